#include "session/erase_words.h"

static const char *of_word(enum vb_erase_of of)
{
    return of == VB_ERASE_OF_PERSON ? "person" : of == VB_ERASE_OF_ROUND ? "round" : "case";
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void put_persons(struct vb_buf *out, const struct vb_erase *erase, bool member)
{
    for (size_t i = 0; i < erase->person_count; i++) {
        const struct vb_person_row *person = &erase->persons[i];
        const char *label = member ? NULL : person->label;
        vb_buf_printf(out, "  person %s: %s%s%s\n", person->id, person->role,
                      label == NULL ? "" : " ", label == NULL ? "" : label);
    }
}

static void put_rounds(struct vb_buf *out, const struct vb_erase *erase)
{
    for (size_t i = 0; i < erase->round_count; i++) {
        const struct vb_erase_round *round = &erase->rounds[i];
        vb_buf_printf(out, "  round %s: %s %s, %s\n", round->row.id, round->row.instrument,
                      round->row.wave,
                      round->whole ? "nothing of it is left"
                      : round->row.state == VB_ROUND_RELEASED
                          ? "the others stay; the sheet has a new revision"
                          : "the others stay");
    }
}

void vb_erase_words_what(struct vb_buf *out, const struct vb_erase *erase, bool member,
                         const char *verb)
{
    vb_buf_printf(out, "%s: %s %s\n", verb, of_word(erase->of), erase->id);
    put_persons(out, erase, member);
    put_rounds(out, erase);
    vb_buf_printf(out, "  %d session%s, %d picture%s\n", erase->session_count,
                  plural((size_t)erase->session_count), erase->picture_count,
                  plural((size_t)erase->picture_count));
}

static void put_sent(struct vb_buf *out, const struct vb_erase *erase)
{
    if (erase->sent_count == 0)
        vb_buf_puts(out, "sent to: nobody\n");
    for (size_t i = 0; i < erase->sent_count; i++) {
        const struct vb_erase_sent *sent = &erase->sent[i];
        vb_buf_printf(out, "sent to: %s, revision %d of round %s%s; it is told of the erasure\n",
                      sent->output, sent->revision, sent->round,
                      sent->arrived ? "" : " (whether it arrived is not known)");
    }
}

void vb_erase_words_beyond(struct vb_buf *out, const struct vb_erase *erase)
{
    put_sent(out, erase);
    if (erase->look_count > 0)
        vb_buf_printf(out,
                      "printed or written out here: %d time%s (verbond audit); what left verbond "
                      "that way is not reached\n",
                      erase->look_count, plural((size_t)erase->look_count));
    vb_buf_puts(out,
                "backups: those of the data cannot be read any more; a backup of the keys (backup "
                "--keys) holds keys until its end date, so destroy it\n");
    if (erase->of == VB_ERASE_OF_ROUND)
        vb_buf_puts(out, "names: those of the persons stay; erase --person or --case\n");
}
