/* cmd_i18n.c - verbond i18n: texts to a gettext .po file, and translations back. */
#include <stdio.h>
#include <string.h>

#include "author/i18n.h"
#include "author/put_file.h"
#include "base/str.h"
#include "main/command.h"
#include "main/workplace.h"

enum verb { EXTRACT, MERGE };
enum { KEY_LANG = 256, KEY_FROM, KEY_OUT, EXIT_FOUND = 1 };

struct arguments {
    int verb; /* -1: none yet */
    const char *instrument, *file, *language, *from, *out;
};
static const struct argp_option options[] = {
    { "lang", KEY_LANG, "LANG", 0, "the language translated into (merge: what the file says)", 0 },
    { "from", KEY_FROM, "LANG", 0, "the language translated from (the instrument's first)", 0 },
    { "out", KEY_OUT, "FILE.po", 0, "extract: write it there, not on stdout", 0 },
    { NULL, 0, NULL, 0, NULL, 0 },
};

/* -- arguments --------------------------------------------------------------------------------- */

static void take_word(struct arguments *arguments, const char *word, const struct argp_state *state)
{
    if (arguments->verb < 0) {
        arguments->verb = vb_streq(word, "extract") ? EXTRACT
                          : vb_streq(word, "merge") ? MERGE
                                                    : -1;
        if (arguments->verb < 0)
            argp_error(state, "i18n does extract and merge, not %s", word);
    } else if (arguments->instrument == NULL) {
        arguments->instrument = word;
    } else if (arguments->verb == MERGE && arguments->file == NULL) {
        arguments->file = word;
    } else {
        argp_error(state, "%s is one too many", word);
    }
}

static void agree(const struct arguments *arguments, const struct argp_state *state)
{
    if (arguments->verb < 0)
        argp_error(state, "i18n what? extract or merge");
    if (arguments->instrument == NULL)
        argp_error(state, "which instrument? Its name, or a path to its folder");
    if (arguments->verb == EXTRACT && arguments->language == NULL)
        argp_error(state, "into which language? --lang fr");
    if (arguments->verb == MERGE && arguments->file == NULL)
        argp_error(state, "which translations? The .po file that extract made");
    if (arguments->verb == MERGE && arguments->out != NULL)
        argp_error(state, "--out goes with extract; merge writes LANG.lua beside instrument.lua");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case KEY_LANG:
        arguments->language = arg;
        break;
    case KEY_FROM:
        arguments->from = arg;
        break;
    case KEY_OUT:
        arguments->out = arg;
        break;
    case ARGP_KEY_ARG:
        take_word(arguments, arg, state);
        break;
    case ARGP_KEY_END:
        agree(arguments, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

static const struct argp argp = {
    options,
    parse,
    "extract INSTRUMENT --lang LANG\nmerge INSTRUMENT FILE.po",
    "Translates an instrument with gettext: extract writes every text of it to a .po file, merge "
    "makes LANG.lua of the translations, beside instrument.lua.\v"
    "docs/how-to/translate.md goes through it. Ends with 1 when the .po file has errors; then "
    "nothing is written.",
    NULL,
    NULL,
    NULL
};

/* -- the instrument ---------------------------------------------------------------------------- */

struct work {
    struct vb_workplace *place;
    const struct arguments *arguments;
    struct vb_plan *plan;
    struct vb_draft_language draft;
    int from;
    const char *folder; /* where LANG.lua goes */
    struct vb_findings findings;
};

static void say_findings(struct vb_findings *findings)
{
    struct vb_buf text = { 0 };
    vb_findings_sort(findings);
    vb_findings_write(&text, findings, VB_FINDINGS_TEXT);
    if (findings->count > 0)
        vb_workplace_say(stderr, "%s", text.data);
    vb_buf_finish(&text);
}

static bool is_tag(const char *tag)
{
    size_t len = strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    return len >= 2 && len < 36 && tag[len] == '\0' && tag[0] >= 'a' && tag[0] <= 'z';
}

static enum vb_code find_from(struct work *work, const char *from, struct vb_err *err)
{
    const struct vb_plan *plan = work->plan;
    for (int i = 0; from != NULL && i < plan->language_count; i++)
        if (strcmp(plan->languages[i], from) == 0 && i != work->draft.index) {
            work->from = i;
            return VB_OK;
        }
    if (from == NULL && work->draft.index == 0)
        return vb_fail(err, VB_E_USAGE,
                       "%s is written in %s: name another language with --lang, or the one to "
                       "translate from with --from",
                       plan->id, plan->languages[0]);
    if (from != NULL)
        return vb_fail(err, VB_E_USAGE, "%s cannot be translated from %s", plan->id, from);
    return VB_OK;
}

static enum vb_code load(struct work *work, const char *language, const char *from,
                         struct vb_err *err)
{
    const char *root, *path;
    struct vb_arena *arena = &work->place->arena;
    if (!is_tag(language))
        return vb_fail(err, VB_E_USAGE, "%s is no language: use a tag such as fr", language);
    enum vb_code rc =
        vb_workplace_find(work->place, work->arguments->instrument, &root, &path, err);
    if (rc != VB_OK)
        return rc;
    struct vb_folder folder = { .root = root };
    struct vb_source source = vb_source_folder(&folder);
    struct vb_sandbox_options sandbox = { .limits = vb_limits_load(),
                                          .clock = work->place->env.clock };
    struct vb_findings findings = { 0 };
    work->draft.language = language;
    rc = vb_load_draft(&work->plan, &work->draft, &source, path, &sandbox, &findings, err);
    if (findings.errors > 0)
        say_findings(&findings);
    vb_findings_finish(&findings);
    const char *slash = strrchr(path, '/');
    work->folder =
        vb_arena_printf(arena, "%s/%.*s", root, slash == NULL ? 0 : (int)(slash - path), path);
    return rc == VB_OK ? find_from(work, from, err) : rc;
}

/* -- extract ----------------------------------------------------------------------------------- */

static enum vb_code extract(struct work *work, struct vb_err *err)
{
    const struct arguments *arguments = work->arguments;
    struct vb_i18n_counts counts;
    struct vb_buf po = { 0 };
    enum vb_code rc = load(work, arguments->language, arguments->from, err);
    if (rc == VB_OK)
        rc = vb_i18n_extract(&po, work->plan, &work->draft, work->from, &counts, err);
    if (rc == VB_OK && arguments->out != NULL)
        rc = vb_put_file(arguments->out, &po, err);
    else if (rc == VB_OK)
        vb_workplace_print(&po);
    if (rc == VB_OK)
        vb_workplace_say(stderr,
                         "%s in %s, from %s: %d translated, %d to read again (fuzzy), %d to "
                         "translate; %d have it in instrument.lua\n",
                         work->plan->id, arguments->language, work->plan->languages[work->from],
                         counts.translated, counts.stale, counts.missing, counts.own);
    vb_buf_finish(&po);
    return rc;
}

/* -- merge ------------------------------------------------------------------------------------- */

static void say_what_to_add(const struct work *work)
{
    const struct vb_draft_language *draft = &work->draft;
    const char *tag = draft->language, *name = strrchr(work->folder, '/');
    name = name == NULL ? work->folder : name + 1;
    if (draft->in_languages && draft->in_translations && draft->in_status)
        return;
    vb_workplace_say(stderr, "instrument.lua does not name %s yet. Add to it:\n", tag);
    if (!draft->in_languages)
        vb_workplace_say(stderr, "  languages = { ..., \"%s\" },\n", tag);
    if (!draft->in_translations)
        vb_workplace_say(stderr, "  translations = { ..., [\"%s\"] = require \"%s.%s\" },\n", tag,
                         name, tag);
    if (!draft->in_status)
        vb_workplace_say(stderr, "  status = { ..., [\"%s\"] = \"draft\" },\n", tag);
}

static enum vb_code write_lua(struct work *work, const struct vb_buf *lua, struct vb_err *err)
{
    const char *path =
        vb_arena_printf(&work->place->arena, "%s/%s.lua", work->folder, work->draft.language);
    enum vb_code rc = vb_put_file(path, lua, err);
    if (rc == VB_OK)
        vb_workplace_say(stderr, "%s written%s\n", path,
                         vb_ends_with(work->plan->version, "-dev")
                             ? ""
                             : ": give the instrument a higher version");
    return rc;
}

static enum vb_code merge(struct work *work, struct vb_err *err)
{
    const struct arguments *arguments = work->arguments;
    struct vb_po *po = NULL;
    struct vb_i18n_counts counts;
    struct vb_buf lua = { 0 };
    enum vb_code rc = vb_po_read(&po, arguments->file, &work->findings, err);
    const char *language = arguments->language;
    if (rc == VB_OK && language == NULL)
        language = vb_po_language(po);
    if (rc == VB_OK && language == NULL)
        rc = vb_fail(err, VB_E_DATA, "%s does not say its Language; give it with --lang",
                     arguments->file);
    if (rc == VB_OK)
        rc = load(work, language, arguments->from != NULL ? arguments->from : vb_po_from(po), err);
    if (rc == VB_OK)
        rc = vb_i18n_merge(&lua, po, work->plan, &work->draft, work->from, &counts, &work->findings,
                           err);
    if (rc == VB_OK)
        rc = write_lua(work, &lua, err);
    say_findings(&work->findings);
    if (rc == VB_OK) {
        vb_workplace_say(stderr,
                         "%d translated; %d made from an older text, %d fuzzy and left out, %d "
                         "unknown and left out, %d missing\n",
                         counts.translated, counts.stale, counts.fuzzy, counts.unknown,
                         counts.missing);
        say_what_to_add(work);
    }
    vb_buf_finish(&lua);
    vb_po_destroy(po);
    return rc;
}

int vb_cmd_i18n(int argc, char **argv)
{
    struct arguments arguments = { .verb = -1 };
    struct vb_workplace place;
    struct vb_err err;
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);
    struct work work = { .place = &place, .arguments = &arguments };
    enum vb_code rc = vb_workplace_begin(&place, ".", &err);
    if (rc == VB_OK)
        rc = arguments.verb == EXTRACT ? extract(&work, &err) : merge(&work, &err);
    bool found = work.findings.errors > 0;
    vb_plan_release(work.plan);
    vb_findings_finish(&work.findings);
    int code = vb_workplace_end(&place, rc, &err);
    return found ? EXIT_FOUND : code;
}
