#include "term/term_desk.h"

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "term/term_kind.h"
#include "term/term_suspend.h"

static enum vb_code next_line(struct vb_desk *desk, char **line, size_t *len, struct vb_err *err)
{
    vb_suspend_allow();
    enum vb_code code = vb_lines_next(desk->lines, line, len, err);
    vb_suspend_hold();
    return code;
}

enum vb_code vb_desk_line(struct vb_desk *desk, struct vb_arena *arena, const char **line,
                          struct vb_err *err)
{
    char *read;
    size_t len;
    enum vb_code code = vb_screen_prompt(&desk->screen, err);
    if (code == VB_OK)
        code = next_line(desk, &read, &len, err);
    if (code != VB_OK)
        return code;
    desk->screen.prompted = read == NULL;
    if (read == NULL)
        return vb_fail(err, VB_E_STOPPED, "the input ended");
    if (desk->screen.terminal)
        vb_screen_echoed(&desk->screen, read);
    else
        vb_screen_gap(&desk->screen); /* nobody's newline was echoed */
    *line = NULL;
    desk->cut = vb_lines_cut(desk->lines);
    for (int i = 0; i < 3 && desk->cut && !vb_utf8_valid(read, len, NULL); i++)
        read[--len] = '\0'; /* the cut went through a character */
    if (strlen(read) != len || !vb_utf8_valid(read, len, NULL))
        return VB_OK;
    while (*read == ' ' || *read == '\t')
        read++, len--;
    while (len > 0 && (read[len - 1] == ' ' || read[len - 1] == '\t'))
        len--;
    *line = vb_arena_strndup(arena, read, len);
    return VB_OK;
}

void vb_desk_say(struct vb_desk *desk, enum vb_style style, int indent, enum vb_phrase phrase,
                 const char *what)
{
    struct vb_buf text = { 0 };
    vb_phrase_write(&text, desk->tongue, phrase, what);
    vb_screen_text(&desk->screen, style, indent, text.data);
    vb_buf_finish(&text);
}

void vb_desk_settle(struct vb_desk *desk)
{
    if (desk->screen.terminal)
        vb_lines_discard(desk->lines);
}

enum vb_code vb_desk_enter(struct vb_desk *desk, const char *text, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    const char *line;
    vb_screen_gap(&desk->screen);
    vb_screen_text(&desk->screen, VB_PLAIN, 0, text);
    enum vb_code code = vb_desk_line(desk, &arena, &line, err);
    vb_arena_finish(&arena);
    return code;
}

int vb_yes_or_no(const char *line)
{
    static const char *const yes[] = { "j", "ja", "y", "yes" };
    static const char *const no[] = { "n", "nee", "no" };
    if (line == NULL)
        return -1;
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        if (strcasecmp(line, yes[i]) == 0)
            return 1;
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
        if (strcasecmp(line, no[i]) == 0)
            return 2;
    bool digit = line[0] >= '1' && line[0] <= '9' && line[1] == '\0';
    return digit ? line[0] - '0' : -1;
}

static void show_choices(struct vb_desk *desk, const char *question, const char *const *texts)
{
    vb_screen_gap(&desk->screen);
    vb_screen_text(&desk->screen, VB_BOLD, 0, question);
    vb_screen_gap(&desk->screen);
    for (int i = 0; texts[i] != NULL; i++)
        vb_screen_choice(&desk->screen, i + 1, texts[i]);
}

enum vb_code vb_desk_pick(struct vb_desk *desk, const char *question, const char *const *texts,
                          int *chosen, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    char most[16];
    int64_t number = 0, count = 0;
    while (texts[count] != NULL)
        count++;
    snprintf(most, sizeof most, "%d", (int)count);
    show_choices(desk, question, texts);
    while (code == VB_OK && (number < 1 || number > count)) {
        const char *line;
        code = vb_desk_line(desk, &arena, &line, err);
        if (code == VB_OK &&
            (line == NULL || !vb_read_int(line, &number) || number < 1 || number > count)) {
            number = 0;
            vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_NO_SUCH_NUMBER, most);
        }
    }
    *chosen = (int)number;
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_desk_choose(struct vb_desk *desk, const char *question,
                            const struct vb_choices *choices, int *chosen, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    char number[16];
    int most = 0;
    while (choices->text[most] != NULL)
        most++;
    snprintf(number, sizeof number, "%d", most);
    show_choices(desk, question, choices->text);
    *chosen = -1;
    while (code == VB_OK && (*chosen < 1 || *chosen > most)) {
        const char *line;
        code = vb_desk_line(desk, &arena, &line, err);
        *chosen = code == VB_OK ? vb_yes_or_no(line) : -1;
        if (code == VB_OK && (*chosen < 1 || *chosen > most))
            vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_NO_SUCH_NUMBER, number);
    }
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_desk_confirm(struct vb_desk *desk, const char *question, bool enter_is_no,
                             bool *yes, struct vb_err *err)
{
    struct vb_choices choices = { { vb_phrase(desk->tongue, VB_SAY_YES),
                                    vb_phrase(desk->tongue, VB_SAY_NO) } };
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    int chosen = -1;
    *yes = false;
    while (code == VB_OK && chosen != 1 && chosen != 2) {
        const char *line;
        vb_desk_settle(desk);
        show_choices(desk, question, choices.text);
        vb_screen_gap(&desk->screen);
        vb_desk_say(desk, VB_PLAIN, 0, enter_is_no ? VB_WANT_SURE_ENTER : VB_WANT_SURE, NULL);
        code = vb_desk_line(desk, &arena, &line, err);
        if (code == VB_OK)
            chosen = enter_is_no && line != NULL && line[0] == '\0' ? 2 : vb_yes_or_no(line);
    }
    *yes = code == VB_OK && chosen == 1;
    vb_arena_finish(&arena);
    return code;
}
