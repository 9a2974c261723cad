/* api_sheet.c - what a released round shows: the sheet, the result, a picture; and how to talk.
 *
 * Nothing is shown before the release, and nothing before its row of the audit is durable. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "data/json.h"
#include "data/text.h"
#include "serve/api.h"
#include "serve/audio.h"
#include "serve/desk.h"
#include "session/named.h"
#include "session/pictures.h"
#include "sheet/sheet.h"
#include "sheet/talk_guide.h"

/* ?revision=N, from 1; 0: the newest. */
static bool read_revision(struct vb_exchange *exchange, int *out)
{
    enum { MOST = 1000000 };
    char *end;
    const char *text = vb_exchange_query(exchange, "revision");
    *out = 0;
    if (text == NULL)
        return true;
    long number = strtol(text, &end, 10);
    *out = (int)number;
    if (*end == '\0' && end != text && number >= 1 && number <= MOST)
        return true;
    vb_reply_refuse(exchange, 422, "value", "revision", "this is a number from 1");
    return false;
}

/* -- the sheet -------------------------------------------------------------------------------- */

/* The page has one style and no script: the browser is told which, so that nothing that stands in a
 * text is ever taken for either. */
static void allow_style(struct vb_exchange *exchange, const struct vb_buf *page)
{
    static const char opening[] = "<style>", closing[] = "</style>";
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];
    const char *from = strstr(page->data, opening);
    const char *to = from == NULL ? NULL : strstr(from, closing);
    vb_assert(from != NULL && to != NULL);
    from += strlen(opening);
    crypto_hash_sha256(hash, (const unsigned char *)from, (unsigned long long)(to - from));
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    vb_reply_header(exchange, "Content-Security-Policy",
                    vb_arena_printf(&exchange->arena,
                                    "default-src 'none'; style-src 'sha256-%s'; img-src 'self' "
                                    "data:; base-uri 'none'; form-action 'none'; frame-ancestors "
                                    "'self'; sandbox allow-same-origin allow-modals",
                                    text));
}

/* What somebody gave the worker alone stands on the professional's sheet. */
static bool wanted(struct vb_exchange *exchange, const struct vb_plan *plan,
                   struct vb_sheet_options *options)
{
    struct vb_err err;
    options->for_role = vb_exchange_query(exchange, "for");
    options->language = vb_exchange_query(exchange, "lang");
    if (vb_named_role(plan, options->for_role, &err) != VB_OK) {
        vb_reply_refuse(exchange, 422, "value", "for", "this round has no such role");
        return false;
    }
    if (vb_named_language(plan, options->language, &err) != VB_OK) {
        vb_reply_refuse(exchange, 422, "value", "lang", "this instrument has no such language");
        return false;
    }
    if (vb_streq(options->for_role, "professional") && (exchange->who.roles & VB_WORKER) == 0) {
        vb_reply_refuse(exchange, 403, "role", "for", "this sheet is for the worker alone");
        return false;
    }
    return true;
}

/* What a sheet is shown as, once it is written. */
typedef void show_sheet(struct vb_exchange *exchange, const struct vb_round *round,
                        const char *language, struct vb_buf *page);

static void open_sheet(struct vb_exchange *exchange, show_sheet *show)
{
    struct vb_result result;
    const struct vb_sheet_pictures pictures = vb_pictures_of(vb_desk_house(exchange)->store);
    struct vb_sheet_options options = { .pictures = &pictures };
    struct vb_buf page = { 0 };
    struct vb_err err;
    int revision;
    if (!read_revision(exchange, &revision))
        return;
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL || !wanted(exchange, vb_round_plan(round), &options))
        return;
    enum vb_code code = vb_round_result(round, revision, &exchange->arena, &result, &err);
    if (code != VB_OK)
        vb_reply_code(exchange, code, &err);
    else if (!vb_result_shows_anybody(&result))
        vb_reply_refuse(exchange, 409, "busy", NULL, "there is nothing left to show");
    else {
        vb_sheet_html(&page, &result, &options);
        show(exchange, round, vb_sheet_language(&result, &options), &page);
    }
    vb_buf_finish(&page);
}

static void show_page(struct vb_exchange *exchange, const struct vb_round *round,
                      const char *language, struct vb_buf *page)
{
    (void)language; /* it says so itself */
    allow_style(exchange, page);
    vb_desk_show(exchange, "sheet", vb_desk_subject(round), "text/html; charset=utf-8", page);
}

void vb_api_sheet(struct vb_exchange *exchange)
{
    open_sheet(exchange, show_page);
}

static void show_lines(struct vb_exchange *exchange, const struct vb_round *round,
                       const char *language, struct vb_buf *page)
{
    struct vb_buf json = { 0 };
    vb_audio_put_lines(&json, exchange->serve, vb_desk_hearer(exchange, round), language, page);
    vb_desk_show(exchange, "sheet", vb_desk_subject(round), NULL, &json);
    vb_buf_finish(&json);
}

void vb_api_sheet_aloud(struct vb_exchange *exchange)
{
    open_sheet(exchange, show_lines);
}

void vb_api_result(struct vb_exchange *exchange)
{
    struct vb_result result;
    struct vb_buf out = { 0 };
    struct vb_err err;
    int revision;
    if (!read_revision(exchange, &revision))
        return;
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL)
        return;
    enum vb_code code = vb_round_result(round, revision, &exchange->arena, &result, &err);
    if (code == VB_OK) {
        vb_result_write(&out, &result, VB_CONTENT_ITEMS);
        vb_desk_show(exchange, "result", vb_desk_subject(round), NULL, &out);
    } else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&out);
}

/* -- how to talk ------------------------------------------------------------------------------ */

static void put_prompts(struct vb_buf *out, const struct vb_round *round, int language)
{
    const struct vb_plan *plan = vb_round_plan(round);
    const struct vb_round_row *row = vb_round_row(round);
    const struct vb_naming naming = { .plan = plan,
                                      .language = language,
                                      .variant = vb_plan_variant(plan, row->variant),
                                      .setting = vb_plan_setting(plan, row->setting) };
    vb_buf_puts(out, "],\"prompts\":[");
    for (int i = 0; i < plan->talk_prompt_count; i++) {
        struct vb_buf text = { 0 };
        vb_text_fill(&text, &naming, plan->talk_prompts[i].by_language[language]);
        vb_json_put_text(out, i > 0 ? "," : "", text.len == 0 ? "" : text.data);
        vb_buf_finish(&text);
    }
    vb_buf_puts(out, "]}");
}

/* Of the instrument alone, and nothing of anybody: also before the release. */
void vb_api_guide(struct vb_exchange *exchange)
{
    struct vb_talk_guide guide;
    struct vb_buf out = { 0 };
    const struct vb_round *round = vb_desk_round(exchange);
    if (round == NULL)
        return;
    const struct vb_plan *plan = vb_round_plan(round);
    int language = vb_desk_language(exchange, plan);
    vb_talk_guide_make(&guide, plan, plan->languages[language], &exchange->arena);
    if (guide.count == 0) {
        vb_reply_refuse(exchange, 404, "absent", NULL, "there is no talk about this instrument");
        return;
    }
    vb_json_put_text(&out, "{\"title\":", guide.title);
    vb_buf_puts(&out, ",\"steps\":[");
    for (int i = 0; i < guide.count; i++) {
        vb_json_put_text(&out, i > 0 ? ",{\"head\":" : "{\"head\":", guide.steps[i].head);
        vb_json_put_text(&out, ",\"text\":", guide.steps[i].text);
        vb_buf_putc(&out, '}');
    }
    put_prompts(&out, round, language);
    vb_desk_json(exchange, &out);
    vb_buf_finish(&out);
}

/* -- a picture -------------------------------------------------------------------------------- */

static bool is_digest(const struct vb_item *item, const struct vb_value *value, const char *digest)
{
    if (!vb_kind_is_picture(item->kind) || value->type != VB_VALUE_JSON)
        return false;
    cJSON *tree = cJSON_ParseWithLength(value->text, value->len);
    bool found =
        vb_streq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(tree, "blob")), digest);
    cJSON_Delete(tree);
    return found;
}

static bool part_shows(const struct vb_plan *plan, const struct vb_part *part, const char *digest)
{
    for (int i = 0; part->values != NULL && i < plan->item_count; i++)
        if (is_digest(&plan->items[i], &part->values[i], digest))
            return true;
    return false;
}

/* Only what stands on the newest sheet of this round: a digest that somebody knows is no key. */
static bool shows(const struct vb_result *result, const char *digest)
{
    bool found = false;
    for (int i = 0; i < result->respondent_count; i++) {
        const struct vb_respondent *one = &result->respondents[i];
        found |= part_shows(result->plan, &one->own, digest);
        for (int j = 0; j < one->about_count; j++)
            found |= part_shows(result->plan, &one->about[j], digest);
        for (int j = 0; j < one->for_worker_count; j++)
            found |= part_shows(result->plan, &one->for_worker[j], digest);
    }
    for (int i = 0; i < result->talk.together_count; i++)
        found |= is_digest(&result->plan->items[result->talk.together[i]],
                           &result->talk.together_values[i], digest);
    return found;
}

void vb_api_blob(struct vb_exchange *exchange)
{
    struct vb_result result;
    struct vb_blob_row row = { 0 };
    struct vb_buf bytes = { 0 };
    struct vb_err err;
    const char *digest = exchange->params[1];
    struct vb_store *store = vb_desk_store(exchange);
    struct vb_round *round = vb_desk_released(exchange);
    if (round == NULL)
        return;
    enum vb_code code = vb_round_result(round, 0, &exchange->arena, &result, &err);
    if (code == VB_OK && !shows(&result, digest))
        code = vb_fail(&err, VB_E_ABSENT, "this sheet has no such picture");
    if (code == VB_OK)
        code = store->ops->blob(store, digest, &exchange->arena, &row, &err);
    if (code == VB_OK && (row.erased || row.bytes == NULL))
        code = vb_fail(&err, VB_E_ABSENT, "this picture was erased");
    if (code == VB_OK) {
        vb_buf_put(&bytes, row.bytes, row.len);
        vb_desk_show(exchange, "picture", vb_desk_subject(round), row.type, &bytes);
    } else
        vb_reply_code(exchange, code, &err);
    vb_buf_finish(&bytes);
}
