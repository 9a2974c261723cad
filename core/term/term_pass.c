#include "term/term_pass.h"

#include <string.h>

enum vb_code vb_pass_close(struct vb_desk *desk, enum vb_phrase words, struct vb_err *err)
{
    vb_screen_wipe(&desk->screen);
    vb_desk_settle(desk);
    vb_desk_say(desk, VB_PLAIN, 0, words, NULL);
    enum vb_code code = vb_desk_enter(desk, vb_phrase(desk->tongue, VB_SAY_PRESS_ENTER), err);
    vb_screen_wipe(&desk->screen);
    return code == VB_E_STOPPED ? VB_OK : code;
}

/* Enter alone is too easily typed by whoever sat here before. */
static enum vb_code ask_who(struct vb_desk *desk, const char *name, struct vb_err *err)
{
    struct vb_arena arena = { 0 };
    enum vb_code code = VB_OK;
    bool sure = false;
    while (code == VB_OK && !sure) {
        const char *line;
        vb_desk_settle(desk);
        vb_desk_say(desk, VB_BOLD, 0, VB_SAY_ARE_YOU, name);
        code = vb_desk_line(desk, &arena, &line, err);
        sure = code == VB_OK && line != NULL && strcmp(line, "1") == 0;
    }
    vb_arena_finish(&arena);
    return code;
}

enum vb_code vb_pass_on(struct vb_desk *desk, const char *name, struct vb_err *err)
{
    vb_screen_wipe(&desk->screen);
    vb_desk_say(desk, VB_PLAIN, 0, VB_SAY_TURN, name);
    vb_screen_gap(&desk->screen);
    return ask_who(desk, name, err);
}

enum vb_code vb_pass_check(struct vb_desk *desk, const char *name, struct vb_err *err)
{
    vb_screen_wipe(&desk->screen);
    return ask_who(desk, name, err);
}
