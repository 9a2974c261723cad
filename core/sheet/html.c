#include "sheet/html.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "data/text.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void vb_html_text(struct vb_buf *out, const char *text)
{
    struct vb_buf clean = { 0 };
    if (text == NULL)
        return;
    vb_text_clean(&clean, text, strlen(text));
    for (size_t i = 0; i < clean.len; i++) {
        const char *escaped = entity(clean.data[i]);
        if (escaped != NULL)
            vb_buf_puts(out, escaped);
        else
            vb_buf_putc(out, clean.data[i]);
    }
    vb_buf_finish(&clean);
}

void vb_html_element(struct vb_buf *out, const char *name, const char *attributes, const char *text)
{
    vb_buf_printf(out, "<%s%s>", name, attributes);
    vb_html_text(out, text);
    vb_buf_printf(out, "</%s>\n", name);
}

bool vb_html_mirrored(const char *language)
{
    static const char *const mirrored[] = { "ar",  "arc", "ckb", "dv",  "fa", "he", "nqo",
                                            "prs", "ps",  "sd",  "syr", "ug", "ur", "yi" };
    size_t len = strcspn(language, "-");
    for (size_t i = 0; i < sizeof mirrored / sizeof mirrored[0]; i++)
        if (strlen(mirrored[i]) == len && strncmp(mirrored[i], language, len) == 0)
            return true;
    return false;
}

void vb_html_picture(struct vb_buf *out, const char *type, const void *bytes, size_t len)
{
    size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = vb_alloc(room);
    vb_assert(strncmp(type, "image/", 6) == 0);
    sodium_bin2base64(text, room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    vb_buf_puts(out, "data:");
    vb_html_text(out, type);
    vb_buf_puts(out, ";base64,");
    vb_buf_puts(out, text);
    free(text);
}
