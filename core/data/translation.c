#include "data/translation.h"

#include <stdlib.h>
#include <string.h>

#include "data/digest.h"

/* -- which texts -- */

struct seen {
    const struct vb_text *text;
    size_t at;
};

static int by_text(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->text != y->text)
        return (uintptr_t)x->text < (uintptr_t)y->text ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* own[i]: is entry i the first with its text? */
static void mark_first(const struct vb_text_entry *entries, size_t count, bool *own)
{
    struct seen *seen = vb_alloc((count + 1) * sizeof *seen);
    for (size_t i = 0; i < count; i++)
        seen[i] = (struct seen){ entries[i].text, i };
    qsort(seen, count, sizeof *seen, by_text);
    for (size_t i = 0; i < count; i++)
        own[seen[i].at] = i == 0 || seen[i].text != seen[i - 1].text;
    free(seen);
}

struct vb_text_entry *vb_plan_own_texts(const struct vb_plan *plan, struct vb_arena *arena,
                                        size_t *count)
{
    size_t all, kept = 0;
    struct vb_text_entry *entries = vb_plan_texts(plan, arena, &all);
    bool *own = vb_alloc((all + 1) * sizeof *own);
    mark_first(entries, all, own);
    for (size_t i = 0; i < all; i++)
        if (own[i] && entries[i].text != NULL && entries[i].include < 0)
            entries[kept++] = entries[i];
    free(own);
    *count = kept;
    return entries;
}

/* -- the text it was made from -- */

void vb_source_hash(const char *text, char out[VB_SOURCE_HASH_SIZE])
{
    char digest[VB_DIGEST_SIZE];
    vb_digest(text, strlen(text), digest);
    memcpy(out, digest + strlen("sha256:"), VB_SOURCE_HASH_SIZE - 1);
    out[VB_SOURCE_HASH_SIZE - 1] = '\0';
}

/* -- slots -- */

enum { SLOTS_MAX = 32 };

struct name {
    const char *at;
    size_t len;
};

static int by_name(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    int order = memcmp(x->at, y->at, x->len < y->len ? x->len : y->len);
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

void vb_text_slots(struct vb_buf *out, const char *text)
{
    struct name names[SLOTS_MAX];
    size_t count = 0;
    for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        size_t len = strcspn(open + 1, "{}");
        if (open[len + 1] == '}' && count < SLOTS_MAX)
            names[count++] = (struct name){ open + 1, len };
    }
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || by_name(&names[i], &names[i - 1]) != 0)
            vb_buf_printf(out, "%s{%.*s}", i == 0 ? "" : " ", (int)names[i].len, names[i].at);
}
