#include "outbox/protocol.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/str.h"
#include "data/json.h"
#include "data/value_json.h"
#include "outbox/protocol_names.h"

/* Fields are asked for by name; what nobody asks for is passed over, so that a newer minor version
 * may say more. The first failure writes err and stays; what is read after it is empty. */
struct reader {
    const cJSON *object;
    char *line; /* as it came, in the arena */
    struct vb_arena *arena;
    struct vb_err *err;
    bool failed;
};

enum {
    NAME_MAX_BYTES = 256, /* of a parcel, a digest, an option's name */
    TEXT_MAX_BYTES = 4096,
    OPTIONS_MAX = 64,
    BLOBS_MAX = 1024
};
static const int64_t number_max = INT64_C(1) << 52;

static void refuse(struct reader *reader, const char *name, const char *what)
{
    if (!reader->failed)
        vb_fail(reader->err, VB_E_DATA, "\"%s\" %s", name, what);
    reader->failed = true;
}

static const cJSON *take(const struct reader *reader, const char *name)
{
    const cJSON *field = cJSON_GetObjectItemCaseSensitive(reader->object, name);
    return cJSON_IsNull(field) ? NULL : field;
}

/* -- texts and numbers ------------------------------------------------------------------------ */

static const char *text(struct reader *reader, const char *name, size_t max)
{
    const cJSON *field = take(reader, name);
    if (field == NULL)
        return NULL;
    if (!cJSON_IsString(field)) {
        refuse(reader, name, "is not a text");
        return NULL;
    }
    if (strlen(field->valuestring) > max) {
        refuse(reader, name, "is too long");
        return NULL;
    }
    return vb_arena_strdup(reader->arena, field->valuestring);
}

static const char *needed(struct reader *reader, const char *name, size_t max)
{
    const char *found = text(reader, name, max);
    if (found == NULL)
        refuse(reader, name, "is missing");
    return found;
}

/* For a person to read: cut and cleaned rather than refused. */
static const char *line_of(struct reader *reader, const char *name)
{
    const cJSON *field = take(reader, name);
    if (field == NULL)
        return "";
    if (!cJSON_IsString(field)) {
        refuse(reader, name, "is not a text");
        return "";
    }
    return vb_protocol_line(reader->arena, field->valuestring, strlen(field->valuestring),
                            VB_PROTOCOL_REASON_MAX);
}

static int64_t number(struct reader *reader, const char *name, int64_t least, int64_t most)
{
    const cJSON *field = take(reader, name);
    int64_t whole = 0;
    if (field == NULL)
        refuse(reader, name, "is missing");
    else if (!cJSON_IsNumber(field) || !vb_number_whole(field->valuedouble, most, &whole) ||
             whole < least)
        refuse(reader, name, "is no number that belongs here");
    return whole;
}

static bool flag(struct reader *reader, const char *name)
{
    const cJSON *field = take(reader, name);
    if (field != NULL && !cJSON_IsBool(field))
        refuse(reader, name, "is not true or false");
    return cJSON_IsTrue(field);
}

/* Which of the words it is; 0 when it is none, which is refused. */
static int word(struct reader *reader, const char *name, const char *const *words)
{
    const char *found = needed(reader, name, NAME_MAX_BYTES);
    for (int i = 0; found != NULL && words[i] != NULL; i++)
        if (vb_streq(found, words[i]))
            return i;
    refuse(reader, name, "is no word of the protocol");
    return 0;
}

static bool version_part(const char **at, int *out)
{
    const char *from = *at;
    *out = 0;
    for (; **at >= '0' && **at <= '9' && *at - from < 4; (*at)++)
        *out = *out * 10 + (**at - '0');
    return *at > from;
}

static void version(struct reader *reader, int *major, int *minor)
{
    const char *at = needed(reader, "protocol", NAME_MAX_BYTES);
    if (at == NULL)
        return;
    if (!version_part(&at, major) || *at++ != '.' || !version_part(&at, minor) || *at != '\0')
        refuse(reader, "protocol", "is no version such as 1.0");
}

/* The elements of an array of objects, in the arena; NULL when there are none. */
static void *elements(struct reader *reader, const char *name, int most, size_t size,
                      const cJSON **first, size_t *count)
{
    const cJSON *array = take(reader, name);
    *count = 0;
    *first = NULL;
    if (array == NULL)
        return NULL;
    int n = cJSON_IsArray(array) ? cJSON_GetArraySize(array) : -1;
    const cJSON *element;
    cJSON_ArrayForEach(element, array)
    {
        if (!cJSON_IsObject(element))
            n = -1;
    }
    if (n < 0 || n > most) {
        refuse(reader, name, n < 0 ? "is not a list of objects" : "has too many elements");
        return NULL;
    }
    *count = (size_t)n;
    *first = array->child;
    return n == 0 ? NULL : vb_arena_alloc(reader->arena, size * (size_t)n);
}

/* An object inside this one; its failure is this one's. */
static struct reader inner(const struct reader *reader, const cJSON *object)
{
    struct reader in = *reader;
    in.object = object;
    return in;
}

/* -- bytes as they came -------------------------------------------------------------------------
 *
 * A result goes on byte for byte: 70.0 is not written again as 70. So its place is looked for in
 * the line, which the gate has found to be JSON to the letter. */

static char *past_space(char *at)
{
    return at + strspn(at, " \t\r\n");
}

static char *past_string(char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

static char *past_value(char *at)
{
    int depth = 0;
    do {
        if (*at == '"') {
            at = past_string(at);
            continue;
        }
        depth += *at == '{' || *at == '[';
        depth -= *at == '}' || *at == ']';
        if (depth == 0 && *at != '}' && *at != ']')
            return at + strcspn(at, ",}] \t\r\n");
        at++;
    } while (depth > 0);
    return at;
}

/* The object called name, NUL-terminated by cutting the line behind it. Nothing else may be looked
 * for afterwards. */
static const char *raw_object(struct reader *reader, const char *name, size_t *len)
{
    size_t name_len = strlen(name);
    if (reader->failed)
        return NULL;
    char *at = past_space(past_space(reader->line) + 1);
    while (*at == '"') {
        char *key = at + 1, *key_end = past_string(at) - 1;
        char *value = past_space(past_space(key_end + 1) + 1), *stop = past_value(value);
        if ((size_t)(key_end - key) == name_len && memcmp(key, name, name_len) == 0) {
            if (*value != '{')
                break;
            *len = (size_t)(stop - value);
            *stop = '\0';
            return value;
        }
        at = past_space(stop);
        at = *at == ',' ? past_space(at + 1) : at;
    }
    refuse(reader, name, "is missing, or is not an object");
    return NULL;
}

/* -- one line --------------------------------------------------------------------------------- */

static enum vb_code parse(struct reader *reader, cJSON **tree, struct vb_arena *arena,
                          const char *line, size_t len, struct vb_err *err)
{
    *reader = (struct reader){ .arena = arena, .err = err };
    enum vb_code code = vb_json_parse(tree, line, len, VB_PROTOCOL_LINE_MAX, err);
    if (code != VB_OK) {
        err->code = VB_E_DATA;
        return VB_E_DATA;
    }
    reader->object = *tree;
    reader->line = vb_arena_strndup(arena, line, len);
    if (!cJSON_IsObject(*tree)) {
        cJSON_Delete(*tree);
        *tree = NULL;
        return vb_fail(err, VB_E_DATA, "it is not an object");
    }
    return VB_OK;
}

/* -- what the engine says --------------------------------------------------------------------- */

static void read_hello(struct reader *reader, struct vb_hello *out)
{
    const cJSON *options = take(reader, "options"), *option;
    version(reader, &out->major, &out->minor);
    out->output = needed(reader, "output", NAME_MAX_BYTES);
    out->dir = needed(reader, "dir", TEXT_MAX_BYTES);
    cJSON_ArrayForEach(option, options)
    {
        if (!cJSON_IsString(option))
            refuse(reader, "options", "holds something that is not a text");
    }
    size_t len;
    if (options != NULL)
        out->options = raw_object(reader, "options", &len);
}

static void read_blobs(struct reader *reader, struct vb_deliver *out)
{
    const cJSON *element;
    struct vb_wire_blob *blobs =
        elements(reader, "blobs", BLOBS_MAX, sizeof *blobs, &element, &out->blob_count);
    out->blobs = blobs;
    for (size_t i = 0; i < out->blob_count; i++, element = element->next) {
        struct reader in = inner(reader, element);
        blobs[i].digest = needed(&in, "digest", NAME_MAX_BYTES);
        blobs[i].type = text(&in, "type", NAME_MAX_BYTES);
        if (blobs[i].type == NULL)
            blobs[i].type = "application/octet-stream";
        blobs[i].file = needed(&in, "file", TEXT_MAX_BYTES);
        reader->failed |= in.failed;
    }
}

/* The result names its instrument's digest itself; what stands beside it, as this engine writes it,
 * saves looking there. */
static const char *digest_of_result(struct reader *reader)
{
    struct reader result = *reader, instrument = *reader;
    const char *beside = text(reader, "digest", NAME_MAX_BYTES);
    if (beside != NULL || reader->failed)
        return beside;
    result.object = take(reader, "result");
    instrument.object = take(&result, "instrument");
    const char *found = needed(&instrument, "digest", NAME_MAX_BYTES);
    reader->failed |= instrument.failed;
    return found;
}

static void read_deliver(struct reader *reader, struct vb_deliver *out)
{
    out->parcel = needed(reader, "parcel", NAME_MAX_BYTES);
    out->attempt = (int)number(reader, "attempt", 1, INT32_MAX);
    out->deadline_ms = number(reader, "deadline_ms", 0, number_max);
    out->digest = digest_of_result(reader);
    read_blobs(reader, out);
    out->result = raw_object(reader, "result", &out->result_len);
}

enum vb_code vb_protocol_read_engine(struct vb_engine_line *out, struct vb_arena *arena,
                                     const char *line, size_t len, struct vb_err *err)
{
    struct reader reader;
    cJSON *tree;
    *out = (struct vb_engine_line){ 0 };
    enum vb_code code = parse(&reader, &tree, arena, line, len, err);
    if (code != VB_OK)
        return code;
    out->says = (enum vb_engine_says)word(&reader, "type", vb_wire_engine_types);
    switch (out->says) {
    case VB_SAYS_HELLO:
        read_hello(&reader, &out->hello);
        break;
    case VB_SAYS_INSTRUMENT:
        out->digest = needed(&reader, "digest", NAME_MAX_BYTES);
        out->instrument = raw_object(&reader, "instrument", &out->instrument_len);
        break;
    case VB_SAYS_DELIVER:
        read_deliver(&reader, &out->deliver);
        break;
    case VB_SAYS_SHUTDOWN:
        out->deadline_ms = number(&reader, "deadline_ms", 0, number_max);
        break;
    }
    cJSON_Delete(tree);
    return reader.failed ? VB_E_DATA : VB_OK;
}

/* -- what the plugin says --------------------------------------------------------------------- */

static void read_option(struct reader *reader, struct vb_wire_option *out)
{
    out->name = needed(reader, "name", NAME_MAX_BYTES);
    out->type = vb_wire_option_types[word(reader, "type", vb_wire_option_types)];
    out->required = flag(reader, "required");
    out->default_value = text(reader, "default", TEXT_MAX_BYTES);
    out->example = needed(reader, "example", TEXT_MAX_BYTES);
    out->check = text(reader, "check", TEXT_MAX_BYTES);
    out->help = needed(reader, "help", TEXT_MAX_BYTES);
    out->choices = text(reader, "choices", TEXT_MAX_BYTES);
}

static void read_ready(struct reader *reader, struct vb_plugin_line *out)
{
    const cJSON *element;
    version(reader, &out->major, &out->minor);
    struct vb_wire_option *options =
        elements(reader, "options", OPTIONS_MAX, sizeof *options, &element, &out->option_count);
    out->options = options;
    for (size_t i = 0; i < out->option_count; i++, element = element->next) {
        struct reader in = inner(reader, element);
        read_option(&in, &options[i]);
        reader->failed |= in.failed;
    }
}

static void read_log(struct reader *reader, struct vb_plugin_line *out)
{
    out->level = vb_wire_levels[word(reader, "level", vb_wire_levels)];
    if (take(reader, "text") == NULL)
        refuse(reader, "text", "is missing");
    out->text = line_of(reader, "text");
}

static void read_answer(struct reader *reader, struct vb_plugin_line *out)
{
    out->parcel = needed(reader, "parcel", NAME_MAX_BYTES);
    out->reason = line_of(reader, "reason");
    if (take(reader, "after_ms") != NULL)
        out->after_ms = number(reader, "after_ms", 0, number_max);
}

enum vb_code vb_protocol_read_plugin(struct vb_plugin_line *out, struct vb_arena *arena,
                                     const char *line, size_t len, struct vb_err *err)
{
    struct reader reader;
    cJSON *tree;
    *out = (struct vb_plugin_line){ .reason = "" };
    enum vb_code code = parse(&reader, &tree, arena, line, len, err);
    if (code != VB_OK)
        return code;
    out->says = (enum vb_plugin_says)word(&reader, "type", vb_wire_plugin_types);
    if (out->says == VB_SAYS_READY)
        read_ready(&reader, out);
    else if (out->says == VB_SAYS_LOG)
        read_log(&reader, out);
    else
        read_answer(&reader, out);
    cJSON_Delete(tree);
    return reader.failed ? VB_E_DATA : VB_OK;
}
