#include "build.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static bool failed;

static void *noting(size_t size)
{
    void *memory = malloc(size);
    failed |= memory == NULL;
    return memory;
}

void build_begin(void)
{
    cJSON_InitHooks(&(cJSON_Hooks){ .malloc_fn = noting, .free_fn = free });
    failed = false;
}

bool build_failed(void)
{
    bool was = failed;
    failed = false;
    return was;
}

void build_fail(void)
{
    failed = true;
}

/* -- reading ----------------------------------------------------------------------------------- */

bool get_flag(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(result_of(object, name));
}

bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool list_has(const cJSON *texts, const char *text)
{
    const cJSON *each;
    cJSON_ArrayForEach(each, texts)
    {
        if (same(cJSON_GetStringValue(each), text))
            return true;
    }
    return false;
}

/* -- adding ------------------------------------------------------------------------------------ */

cJSON *put(cJSON *parent, const char *name, cJSON *child)
{
    bool added = parent != NULL && child != NULL &&
                 (name == NULL ? cJSON_AddItemToArray(parent, child)
                               : cJSON_AddItemToObject(parent, name, child));
    if (added)
        return child;
    failed = true;
    cJSON_Delete(child);
    return NULL;
}

cJSON *put_object(cJSON *parent, const char *name)
{
    return put(parent, name, cJSON_CreateObject());
}

cJSON *put_list(cJSON *parent, const char *name)
{
    cJSON *there = cJSON_GetObjectItemCaseSensitive(parent, name);
    return there != NULL ? there : put(parent, name, cJSON_CreateArray());
}

void put_text(cJSON *parent, const char *name, const char *text)
{
    if (text != NULL)
        put(parent, name, cJSON_CreateString(text));
}

void put_flag(cJSON *parent, const char *name, bool flag)
{
    put(parent, name, cJSON_CreateBool(flag));
}

void put_int(cJSON *parent, const char *name, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    put(parent, name, cJSON_CreateRaw(text));
}

void put_number(cJSON *parent, const char *name, double number, int decimals)
{
    char text[48];
    int64_t milli = llround(number * 1000);
    while (decimals < 3 && milli % (decimals == 0 ? 1000 : decimals == 1 ? 100 : 10) != 0)
        decimals++;
    snprintf(text, sizeof text, "%.*f", decimals, (double)milli / 1000);
    put(parent, name, cJSON_CreateRaw(text));
}

cJSON *new_resource(const char *type, const char *id)
{
    cJSON *resource = cJSON_CreateObject();
    put_text(resource, "resourceType", type);
    put_text(resource, "id", id);
    return resource;
}

/* -- shapes ------------------------------------------------------------------------------------ */

cJSON *put_extension(cJSON *element, const char *url)
{
    cJSON *extension = put_object(put_list(element, "extension"), NULL);
    put_text(extension, "url", url);
    return extension;
}

cJSON *put_coding(cJSON *parent, const char *name, const char *system, const char *code,
                  const char *display)
{
    cJSON *coding = put_object(parent, name);
    put_text(coding, "system", system);
    put_text(coding, "code", code);
    put_text(coding, "display", display);
    return coding;
}

void put_reference(cJSON *parent, const char *name, const char *reference)
{
    if (reference != NULL)
        put_text(put_object(parent, name), "reference", reference);
}

/* -- texts ------------------------------------------------------------------------------------- */

bool text_begin(struct text *text)
{
    *text = (struct text){ 0 };
    text->file = open_memstream(&text->bytes, &text->len);
    failed |= text->file == NULL;
    return text->file != NULL;
}

char *text_done(struct text *text)
{
    bool whole = ferror(text->file) == 0;
    whole &= fclose(text->file) == 0;
    text->file = NULL;
    if (whole && text->bytes != NULL)
        return text->bytes;
    failed = true;
    free(text->bytes);
    return NULL;
}

char *text_of(const char *format, ...)
{
    struct text text;
    va_list args;
    if (!text_begin(&text))
        return NULL;
    va_start(args, format);
    if (vfprintf(text.file, format, args) < 0)
        failed = true;
    va_end(args);
    return text_done(&text);
}
