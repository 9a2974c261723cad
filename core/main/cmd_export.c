/* cmd_export.c - verbond export: everything about one person, for that person. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "main/as_who.h"
#include "main/command.h"
#include "main/workplace.h"
#include "session/export.h"
#include "sheet/sheet_export.h"

struct arguments {
    const char *person, *round, *as, *out, *language, *data;
    bool html;
};
enum { KEY_DATA = 256, KEY_PERSON, KEY_ROUND, KEY_AS, KEY_OUT, KEY_LANG, KEY_FORMAT };
static const struct argp_option options[] = {
    { "person", KEY_PERSON, "ID", 0, "of whom: an id, or its first characters (four or more)", 0 },
    { "round", KEY_ROUND, "ID", 0, "with --as: of whom, by a round they are in", 0 },
    { "as", KEY_AS, "ROLE[:LABEL]", 0, "with --round: of whom, by the role in that round", 0 },
    { "out", KEY_OUT, "DIR", 0, "write person-ID.html and person-ID.json into this folder", 0 },
    { "format", KEY_FORMAT, "json|html", 0, "without --out: which of the two goes to stdout", 0 },
    { "lang", KEY_LANG, "L", 0, "language of page and texts; the person's when left out", 0 },
    { "data", KEY_DATA, "DIR", 0, "the data folder (VERBOND_DATA, else the XDG state folder)", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_DATA:
        arguments->data = arg;
        break;
    case KEY_PERSON:
        arguments->person = arg;
        break;
    case KEY_ROUND:
        arguments->round = arg;
        break;
    case KEY_AS:
        arguments->as = arg;
        break;
    case KEY_OUT:
        arguments->out = arg;
        break;
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_FORMAT:
        if (!vb_streq(arg, "json") && !vb_streq(arg, "html"))
            argp_error(state, "there is no format %s; there are json and html", arg);
        arguments->html = vb_streq(arg, "html");
        break;
    case ARGP_KEY_ARG:
        argp_error(state, "of whom? export --person ID");
        break;
    case ARGP_KEY_END:
        if ((arguments->round == NULL) != (arguments->as == NULL))
            argp_error(state, "--round and --as go together: --round ID --as ROLE[:LABEL]");
        if ((arguments->person == NULL) == (arguments->as == NULL))
            argp_error(state, "of whom? Either --person ID (verbond rounds --json lists them), or "
                              "--round ID --as ROLE[:LABEL]");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    NULL,
    "Gives everything there is about one person: a page to read and the same as JSON "
    "(docs/reference/export.md).\v"
    "Own answers always; of others only what they shared in released rounds.",
    NULL,
    NULL,
    NULL
};

/* -- into a folder ----------------------------------------------------------------------------- */

static enum vb_code fail_file(struct vb_err *err, const char *path)
{
    enum vb_code code = errno == ENOSPC || errno == EIO || errno == EDQUOT ? VB_E_IO : VB_E_DATA;
    return vb_fail(err, code, "%s: %s", path, strerror(errno));
}

static bool put_all(int fd, const struct vb_buf *bytes)
{
    for (size_t done = 0; done < bytes->len;) {
        ssize_t n = write(fd, bytes->data + done, bytes->len - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return fsync(fd) == 0;
}

/* A file that is there already stays: it may be what somebody was given. */
static enum vb_code write_file(const char *path, const struct vb_buf *bytes, struct vb_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_file(err, path);
    enum vb_code code = put_all(fd, bytes) ? VB_OK : fail_file(err, path);
    if (close(fd) != 0 && code == VB_OK)
        code = fail_file(err, path);
    if (code != VB_OK)
        unlink(path);
    return code;
}

static enum vb_code write_files(struct vb_workplace *place, const struct arguments *arguments,
                                const char *person, const struct vb_buf *page,
                                const struct vb_buf *json, struct vb_err *err)
{
    struct vb_arena *arena = &place->arena;
    const char *html = vb_arena_printf(arena, "%s/person-%s.html", arguments->out, person);
    const char *data = vb_arena_printf(arena, "%s/person-%s.json", arguments->out, person);
    if (mkdir(arguments->out, 0700) != 0 && errno != EEXIST)
        return fail_file(err, arguments->out);
    enum vb_code code = write_file(html, page, err);
    if (code != VB_OK)
        return code;
    code = write_file(data, json, err);
    if (code != VB_OK) {
        unlink(html);
        return code;
    }
    vb_workplace_say(stderr, "%s\n%s\n", html, data);
    return VB_OK;
}

/* -- the command ------------------------------------------------------------------------------- */

static enum vb_code give(struct vb_workplace *place, const struct arguments *arguments,
                         const struct vb_export *export, struct vb_err *err)
{
    struct vb_buf page = { 0 }, json = { 0 };
    enum vb_code code = VB_OK;
    vb_sheet_export(&page, export, arguments->language);
    vb_export_write(&json, export, arguments->language);
    if (arguments->out != NULL)
        code = write_files(place, arguments, export->person, &page, &json, err);
    else
        vb_workplace_print(arguments->html ? &page : &json);
    vb_buf_finish(&page);
    vb_buf_finish(&json);
    return code;
}

/* Before anything is shown. */
static enum vb_code note(struct vb_workplace *place, const struct vb_person_row *person,
                         const struct vb_as_found *found, struct vb_err *err)
{
    const char *subject = person->case_id == NULL ? VB_AUDIT_EVERYTHING : person->id;
    const struct vb_audit_row row = found->member
                                        ? vb_as_audit_row(place, "export", found->round)
                                        : vb_workplace_audit_row(place, "export", subject);
    return vb_workplace_put_audit(place, &row, err);
}

static enum vb_code export_person(struct vb_workplace *place, const struct arguments *arguments,
                                  struct vb_err *err)
{
    struct vb_person_row person;
    struct vb_gathered *gathered = NULL;
    struct vb_as_found found = { .person = arguments->person };
    enum vb_code code = vb_workplace_open_kept(
        place, arguments->as != NULL ? arguments->round : arguments->person, err);
    if (code == VB_OK && arguments->as != NULL)
        code = vb_as_find_in(place, arguments->round, arguments->as, &found, err);
    if (code == VB_OK)
        code = vb_store_find_person(place->store, found.person, &place->arena, &person, err);
    if (code == VB_OK && arguments->as == NULL)
        code = vb_as_not_by_id(place, &person, err);
    if (code == VB_OK)
        code = note(place, &person, &found, err);
    if (code == VB_OK)
        code = vb_export_gather(&gathered, place->store, &place->env, person.id, err);
    if (code == VB_OK)
        code = give(place, arguments, vb_gathered_export(gathered), err);
    vb_gathered_destroy(gathered);
    return code;
}

int vb_cmd_export(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    enum vb_code code = vb_workplace_begin(&place, arguments.data, &err);
    if (code == VB_OK)
        code = export_person(&place, &arguments, &err);
    return vb_workplace_end(&place, code, &err);
}
