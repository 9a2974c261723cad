/* engine_error.c - what is told to the caller, in its own struct; and what it handed us in one. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/engine_inner.h"

static const struct {
    enum vb_engine_code code;
    const char *name;
} codes[] = {
    [VB_OK] = { VB_ENGINE_OK, "ok" },
    [VB_E_USAGE] = { VB_ENGINE_MISUSE, "misuse" },
    [VB_E_CONFIG] = { VB_ENGINE_CONFIG, "configuration" },
    [VB_E_DATA] = { VB_ENGINE_DATA, "refused" },
    [VB_E_ABSENT] = { VB_ENGINE_ABSENT, "absent" },
    [VB_E_CHANGED] = { VB_ENGINE_CHANGED, "changed" },
    [VB_E_SCRIPT] = { VB_ENGINE_SCRIPT, "script" },
    [VB_E_LIMIT] = { VB_ENGINE_LIMIT, "limit" },
    [VB_E_BUSY] = { VB_ENGINE_NOT_NOW, "not now" },
    [VB_E_CONFLICT] = { VB_ENGINE_CONFLICT, "conflict" },
    [VB_E_IO] = { VB_ENGINE_IO, "input or output" },
    [VB_E_STOPPED] = { VB_ENGINE_NOT_NOW, "not now" },
    [VB_E_INTERNAL] = { VB_ENGINE_INTERNAL, "internal" },
};

const char *vb_engine_code_name(int code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if ((int)codes[i].code == code)
            return codes[i].name;
    return "no such code";
}

/* Ours is written whole and then cut to what the caller's struct has room for. */
static void hand_over(struct vb_engine_error *error, struct vb_engine_error *ours)
{
    if (error == NULL || error->size < sizeof error->size)
        return;
    size_t size = error->size < sizeof *ours ? error->size : sizeof *ours;
    ours->size = error->size;
    memcpy(error, ours, size);
}

int vb_embed_tell_of(struct vb_engine_error *error, const struct vb_err *err, const char *file,
                     int line, const char *field)
{
    struct vb_engine_error ours = { .code = (int)codes[err->code].code, .line = line };
    snprintf(ours.file, sizeof ours.file, "%s", file == NULL ? "" : file);
    snprintf(ours.field, sizeof ours.field, "%s", field == NULL ? "" : field);
    snprintf(ours.text, sizeof ours.text, "%s", err->text);
    hand_over(error, &ours);
    return ours.code;
}

int vb_embed_tell(struct vb_engine_error *error, const struct vb_err *err)
{
    return vb_embed_tell_of(error, err, NULL, 0, NULL);
}

int vb_embed_misuse(struct vb_engine_error *error, const char *fmt, ...)
{
    struct vb_err err = { .code = VB_E_USAGE };
    va_list args;
    va_start(args, fmt);
    vsnprintf(err.text, sizeof err.text, fmt, args);
    va_end(args);
    return vb_embed_tell(error, &err);
}

int vb_embed_no_out(struct vb_engine_error *error)
{
    return vb_embed_misuse(error, "out is NULL: there is no place for what comes of it");
}

int vb_embed_fine(struct vb_engine_error *error)
{
    struct vb_engine_error ours = { .code = VB_ENGINE_OK };
    hand_over(error, &ours);
    return VB_ENGINE_OK;
}

int vb_embed_end(struct vb_engine_error *error, enum vb_code code, const struct vb_err *err)
{
    return code == VB_OK ? vb_embed_fine(error) : vb_embed_tell(error, err);
}

bool vb_embed_take(void *into, size_t size, const void *given)
{
    size_t known;
    memset(into, 0, size);
    if (given == NULL)
        return true;
    memcpy(&known, given, sizeof known);
    if (known <= sizeof known)
        return false;
    memcpy(into, given, known < size ? known : size);
    return true;
}

int vb_embed_give(struct vb_buf *text, char **out, size_t *len, struct vb_engine_error *error)
{
    vb_buf_puts(text, ""); /* never NULL */
    *out = text->data;
    if (len != NULL)
        *len = text->len;
    *text = (struct vb_buf){ 0 };
    return vb_embed_fine(error);
}

void vb_engine_free(void *text)
{
    free(text);
}
