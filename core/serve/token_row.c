#include "serve/token_row.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/buf.h"
#include "data/json.h"

static const char *text_of(const cJSON *tree, const char *name, struct vb_arena *arena)
{
    return vb_arena_strdup(arena, cJSON_GetStringValue(cJSON_GetObjectItem(tree, name)));
}

static int64_t number_of(const cJSON *tree, const char *name)
{
    const cJSON *number = cJSON_GetObjectItem(tree, name);
    return cJSON_IsNumber(number) ? (int64_t)number->valuedouble : 0;
}

enum vb_code vb_token_read(struct vb_arena *arena, const struct vb_token_row *row,
                           struct vb_token *out, struct vb_err *err)
{
    cJSON *tree;
    *out = (struct vb_token){ .row = *row };
    if (row->over || row->body[0] == '\0') {
        out->row.over = true;
        return VB_OK;
    }
    enum vb_code code = vb_json_parse(&tree, row->body, strlen(row->body), 65536, err);
    if (code != VB_OK)
        return vb_while(err, "token %.12s", row->hash);
    out->role = text_of(tree, "role", arena);
    out->label = text_of(tree, "label", arena);
    out->language = text_of(tree, "language", arena);
    out->code = text_of(tree, "code", arena);
    out->from = text_of(tree, "from", arena);
    out->sight = text_of(tree, "sight", arena);
    out->parked = text_of(tree, "parked", arena);
    out->handed = cJSON_IsTrue(cJSON_GetObjectItem(tree, "handed"));
    out->wrong = (int)number_of(tree, "wrong");
    out->seen_wall_ms = number_of(tree, "seen");
    cJSON_Delete(tree);
    return VB_OK;
}

static void put(struct vb_buf *out, const char *key, const char *text)
{
    if (text == NULL)
        return;
    vb_buf_printf(out, "%s\"%s\":", out->len > 1 ? "," : "", key);
    vb_json_text(out, text);
}

struct vb_change vb_token_put(struct vb_arena *arena, const struct vb_token *token)
{
    struct vb_change change = { .kind = VB_PUT_TOKEN, .token = token->row };
    struct vb_buf out = { 0 };
    vb_buf_putc(&out, '{');
    put(&out, "role", token->role);
    put(&out, "label", token->label);
    put(&out, "language", token->language);
    put(&out, "code", token->code);
    put(&out, "from", token->from);
    put(&out, "sight", token->sight);
    put(&out, "parked", token->parked);
    vb_buf_printf(&out, "%s\"handed\":%s,\"wrong\":%d,\"seen\":%lld}", out.len > 1 ? "," : "",
                  token->handed ? "true" : "false", token->wrong, (long long)token->seen_wall_ms);
    change.token.body = vb_arena_strndup(arena, out.data, out.len);
    vb_buf_finish(&out);
    return change;
}

struct vb_change vb_token_end(const char *hash)
{
    return (struct vb_change){ .kind = VB_END_TOKENS, .tokens = { .hash = hash } };
}
