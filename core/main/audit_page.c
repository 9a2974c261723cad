#include "main/audit_page.h"

#include "base/clock.h"
#include "base/str.h"
#include "sheet/sheet_audit_words.h"

enum tongue { DUTCH, ENGLISH };
static const char *const tongues[] = { "nl", "en" };

static enum tongue tongue_of(const struct vb_audit_page *page)
{
    return page->language != NULL && vb_starts_with(page->language, "nl") ? DUTCH : ENGLISH;
}

static void write_round(struct vb_buf *out, const struct vb_exported_round *round,
                        enum tongue tongue, bool own)
{
    static const char *const words[2][2] = { { "de ronde", "the round" },
                                             { "jouw vragen in", "your questions in" } };
    vb_buf_printf(out, "%s %s %s (%s)", words[own][tongue], round->instrument, round->wave,
                  round->id);
}

/* What of theirs it is. */
static void write_subject(struct vb_buf *out, const struct vb_export *about,
                          const struct vb_audit_row *row, enum tongue tongue)
{
    const char *subject = row->subject;
    if (vb_audit_of_everything(row)) {
        vb_buf_puts(out,
                    tongue == DUTCH ? "alles wat hier bewaard is" : "everything that is kept here");
        return;
    }
    for (int i = 0; i < about->round_count; i++) {
        const struct vb_exported_round *round = &about->rounds[i];
        bool own = round->own != NULL && vb_starts_with(subject, round->own->id);
        if (own || vb_streq(subject, round->id)) {
            write_round(out, round, tongue, own);
            return;
        }
    }
    if (vb_streq(subject, about->person))
        vb_buf_puts(out, tongue == DUTCH ? "alles over jou" : "everything about you");
    else if (vb_streq(subject, about->case_id))
        vb_buf_printf(out, tongue == DUTCH ? "het dossier (%s)" : "the case (%s)", subject);
    else
        vb_buf_printf(
            out, tongue == DUTCH ? "de vragen voor samen (%s)" : "the questions for together (%s)",
            subject);
}

static void write_time(struct vb_buf *out, int64_t wall_ms)
{
    enum { DATE = 10, MINUTE_AT = 11, MINUTES = 5 };
    char time[VB_TIME_SIZE];
    vb_time_format(wall_ms, time);
    if (time[0] != '\0')
        vb_buf_printf(out, "%.*s %.*s", DATE, time, MINUTES, time + MINUTE_AT);
}

static void write_row(struct vb_buf *out, const struct vb_export *about,
                      const struct vb_audit_row *row, enum tongue tongue)
{
    write_time(out, row->wall_ms);
    vb_buf_printf(out, "  %s", vb_audit_words_author(tongues[tongue], row->by));
    if (row->on_behalf != NULL)
        vb_buf_printf(out, tongue == DUTCH ? ", namens %s" : ", on behalf of %s", row->on_behalf);
    vb_buf_printf(out, "\n    %s: ", vb_audit_words_action(tongues[tongue], row->action));
    write_subject(out, about, row, tongue);
    vb_buf_puts(out, "\n");
}

static void write_head(struct vb_buf *out, const struct vb_audit_page *page, enum tongue tongue)
{
    const struct vb_export *about = page->about;
    bool dutch = tongue == DUTCH;
    vb_buf_puts(out, dutch ? "WIE KEEK NAAR JE GEGEVENS OF VERANDERDE ZE\n\n"
                           : "WHO LOOKED AT YOUR DATA OR CHANGED IT\n\n");
    vb_buf_printf(out, "%s %s (%s)\n", dutch ? "Persoon  " : "Person   ", about->person,
                  about->role);
    vb_buf_printf(out, "%s %s %s %s\n", dutch ? "Periode  " : "Period   ",
                  page->since != NULL ? page->since
                  : dutch             ? "begin"
                                      : "beginning",
                  dutch ? "tot en met" : "to",
                  page->until != NULL ? page->until
                  : dutch             ? "nu"
                                      : "now");
    vb_buf_printf(out, "%s ", dutch ? "Gemaakt  " : "Made     ");
    write_time(out, about->made_wall_ms);
    vb_buf_puts(out, "\n\n");
}

void vb_audit_page_write(struct vb_buf *out, const struct vb_audit_page *page)
{
    enum tongue tongue = tongue_of(page);
    write_head(out, page, tongue);
    for (size_t i = 0; i < page->count; i++)
        write_row(out, page->about, &page->rows[i], tongue);
    if (page->count == 0)
        vb_buf_puts(out, tongue == DUTCH ? "In deze tijd deed niemand iets met je gegevens.\n"
                                         : "Nobody did anything with your data in this time.\n");
    vb_buf_puts(
        out, tongue == DUTCH
                 ? "\nDe tijden zijn UTC. In deze lijst staan geen antwoorden. Vragen? Stel ze aan "
                   "wie je deze lijst gaf.\n"
                 : "\nTimes are UTC. This list holds no answers. Questions? Ask who gave you "
                   "this list.\n");
}
