/* cmd_explain.c - verbond explain: the page of a code, or the list of them. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "lint/finding_page.h"
#include "main/command.h"
#include "main/workplace.h"

struct arguments {
    const char *code; /* NULL: list them */
    bool json;
};
enum { KEY_JSON = 256 };
static const struct argp_option options[] = {
    { "json", KEY_JSON, NULL, 0, "as JSON, with what each page says", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_JSON:
        arguments->json = true;
        break;
    case ARGP_KEY_ARG:
        if (arguments->code != NULL)
            argp_error(state, "one code at a time");
        arguments->code = arg;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "[CODE]",
    "Says what a finding of verbond check means, why it matters, and how to mend it, with an "
    "example. Without CODE: all codes, a line each.",
    NULL,
    NULL,
    NULL
};

static const struct vb_finding_page *find(const struct vb_finding_page *pages, size_t count,
                                          const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (vb_streq(pages[i].code, code))
            return &pages[i];
    return NULL;
}

static int unknown(struct vb_arena *arena, const struct vb_finding_page *pages, size_t count,
                   const char *code)
{
    const char **codes = vb_arena_alloc(arena, count * sizeof *codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = pages[i].code;
    const char *meant = vb_did_you_mean(code, codes, count);
    if (meant != NULL)
        vb_workplace_say(stderr, "verbond: there is no code %s; did you mean %s?\n", code, meant);
    else
        vb_workplace_say(stderr, "verbond: there is no code %s; verbond explain lists them\n",
                         code);
    return vb_exit_code(VB_E_USAGE);
}

static void put_string(struct vb_buf *out, const char *before, const char *value)
{
    vb_buf_puts(out, before);
    vb_json_string(out, value, strlen(value));
}

static void write_json(struct vb_buf *out, const struct vb_finding_page *page)
{
    put_string(out, "{\"code\":", page->code);
    put_string(out, ",\"level\":", page->level == VB_ERROR ? "error" : "warning");
    put_string(out, ",\"summary\":", page->summary);
    put_string(out, ",\"text\":", page->text);
    vb_buf_putc(out, '}');
}

static void write_all(struct vb_buf *out, const struct vb_finding_page *pages, size_t count,
                      bool json)
{
    for (size_t i = 0; i < count; i++) {
        if (json) {
            vb_buf_puts(out, i == 0 ? "[" : ",\n");
            write_json(out, &pages[i]);
        } else {
            vb_buf_printf(out, "%-25s %s %s\n", pages[i].code,
                          pages[i].level == VB_ERROR ? "error  " : "warning", pages[i].summary);
        }
    }
    vb_buf_puts(out, json ? "]\n" : "");
}

int vb_cmd_explain(int argc, char **argv)
{
    struct arguments arguments = { 0 };
    struct vb_arena arena = { 0 };
    struct vb_buf out = { 0 };
    size_t count;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    const struct vb_finding_page *pages = vb_finding_pages(&arena, &count);
    const struct vb_finding_page *page =
        arguments.code == NULL ? NULL : find(pages, count, arguments.code);
    int code = 0;
    if (arguments.code == NULL)
        write_all(&out, pages, count, arguments.json);
    else if (page == NULL)
        code = unknown(&arena, pages, count, arguments.code);
    else if (arguments.json)
        write_json(&out, page);
    else
        vb_finding_page_write(&out, page);
    if (arguments.json && page != NULL)
        vb_buf_putc(&out, '\n');
    vb_workplace_print(&out);
    vb_buf_finish(&out);
    vb_arena_finish(&arena);
    return code;
}
