#include "main/password.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/str.h"
#include "data/json.h"
#include "serve/account.h"

enum { FILE_MOST = VB_PASSWORD_MOST + 2 };

static enum vb_code from_file(struct vb_workplace *place, const char *path, const char **out,
                              struct vb_err *err)
{
    struct vb_buf text = { 0 };
    enum vb_code code = vb_file_read(&text, path, FILE_MOST, err);
    if (code == VB_OK) {
        size_t len = text.data == NULL ? 0 : strcspn(text.data, "\r\n");
        if (len < text.len && strlen(text.data) < text.len)
            code = vb_fail(err, VB_E_DATA, "%s has a zero byte in it", path);
        *out = vb_arena_strndup(&place->arena, text.data == NULL ? "" : text.data, len);
    }
    if (text.data != NULL)
        sodium_memzero(text.data, text.cap);
    vb_buf_finish(&text);
    return code;
}

/* Whatever ends the asking, the terminal echoes again. */
static enum vb_code ask(struct vb_workplace *place, const char *what, const char **out,
                        struct vb_err *err)
{
    char line[VB_PASSWORD_MOST + 2];
    struct termios before, silent;
    place->asked = true;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return vb_fail(err, VB_E_IO, "the terminal cannot be silenced");
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent); /* before anybody is asked to type */
    fprintf(stderr, "%s: ", what);
    bool read = fgets(line, sizeof line, stdin) != NULL;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    fputc('\n', stderr);
    if (!read)
        return vb_fail(err, VB_E_STOPPED, "nothing was changed");
    line[strcspn(line, "\r\n")] = '\0';
    *out = vb_arena_strdup(&place->arena, line);
    sodium_memzero(line, sizeof line);
    return VB_OK;
}

static enum vb_code ask_twice(struct vb_workplace *place, const char **out, struct vb_err *err)
{
    const char *again = "";
    enum vb_code code = ask(place, "password (nothing: one is made)", out, err);
    if (code == VB_OK && (*out)[0] != '\0')
        code = ask(place, "once more", &again, err);
    if (code == VB_OK && (*out)[0] != '\0' && !vb_streq(*out, again))
        code = vb_fail(err, VB_E_DATA, "the two are not the same; nothing was changed");
    return code;
}

enum vb_code vb_password_get(struct vb_workplace *place, const char *path, const char *name,
                             const char **out, bool *made, struct vb_err *err)
{
    enum vb_code code = VB_OK;
    *out = "";
    if (path != NULL)
        code = from_file(place, path, out, err);
    else if (vb_workplace_terminal())
        code = ask_twice(place, out, err);
    *made = code == VB_OK && path == NULL && (*out)[0] == '\0';
    if (*made) {
        char *fresh = vb_arena_alloc(&place->arena, VB_PASSWORD_MADE_SIZE);
        vb_password_make(&place->env.random, fresh);
        *out = fresh;
    }
    return code == VB_OK ? vb_password_check(*out, name, err) : code;
}
