/* explore_case.c - the answers of a path, as they are pasted into tests.lua. */
#include <stdio.h>
#include <string.h>

#include "author/explore_inner.h"
#include "base/str.h"
#include "data/json.h"
#include "data/value_json.h"

static void put_string(struct vb_buf *out, const char *text)
{
    vb_buf_putc(out, '"');
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            vb_buf_putc(out, '\\');
        if (*p == '\n')
            vb_buf_puts(out, "\\n");
        else
            vb_buf_putc(out, *p);
    }
    vb_buf_putc(out, '"');
}

static void put_key(struct vb_buf *out, const char *key)
{
    vb_buf_putc(out, '[');
    put_string(out, key);
    vb_buf_puts(out, "] = ");
}

/* Lists, objects and strings: nothing else is written in answers. */
static void put_tree(struct vb_buf *out, const cJSON *tree)
{
    const cJSON *child;
    if (cJSON_IsBool(tree)) {
        vb_buf_puts(out, cJSON_IsTrue(tree) ? "true" : "false");
        return;
    }
    if (cJSON_IsString(tree)) {
        put_string(out, tree->valuestring);
        return;
    }
    vb_buf_puts(out, "{ ");
    cJSON_ArrayForEach(child, tree)
    {
        if (child->string != NULL)
            put_key(out, child->string);
        put_tree(out, child);
        if (child->next != NULL)
            vb_buf_puts(out, ", ");
    }
    vb_buf_puts(out, " }");
}

static void put_value(struct vb_buf *out, const struct vb_item *item, const struct vb_value *value)
{
    struct vb_buf json = { 0 };
    struct vb_err err;
    cJSON *tree = NULL;
    if (value->type == VB_VALUE_MISSING) {
        vb_buf_printf(out, "{ missing = \"%s\" }", vb_missing_name((enum vb_missing)value->number));
        return;
    }
    vb_value_write(&json, item, value);
    bool written = value->type == VB_VALUE_TEXT || value->type == VB_VALUE_DATE ||
                   value->type == VB_VALUE_OPTION || value->type == VB_VALUE_JSON;
    if (!written)
        vb_buf_puts(out, json.data);
    else if (vb_json_parse(&tree, json.data, json.len, VB_EVENT_BODY_MAX, &err) == VB_OK)
        put_tree(out, tree);
    cJSON_Delete(tree);
    vb_buf_finish(&json);
}

/* "youth:A", or a role of which there is one. */
static void put_person(struct vb_buf *out, const char *role, const char *label)
{
    char name[256];
    snprintf(name, sizeof name, "%s%s%s", role, label == NULL ? "" : ":",
             label == NULL ? "" : label);
    put_key(out, name);
}

static void put_about(struct vb_buf *out, struct vb_explorer *x, size_t first)
{
    const struct vb_choice *choice = &x->choices[first];
    bool any = false;
    vb_buf_puts(out, "{ ");
    for (size_t i = first; i < x->count; i++) {
        const struct vb_choice *other = &x->choices[i];
        if (other->item != choice->item || other->from->count == 0)
            continue;
        const struct vb_member *member = &x->setup->opened.members[other->member];
        vb_buf_puts(out, any ? ", " : "");
        any = true;
        put_person(out, member->role, member->label);
        put_value(out, &x->plan->items[other->item], vb_choice_value(other));
    }
    vb_buf_puts(out, " }");
}

static bool came_before(const struct vb_explorer *x, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (!x->choices[i].earlier && x->choices[i].item == x->choices[at].item)
            return true;
    return false;
}

static void put_answers(struct vb_buf *out, struct vb_explorer *x)
{
    for (size_t i = 0; i < x->count; i++) {
        const struct vb_choice *choice = &x->choices[i];
        const struct vb_item *item = &x->plan->items[choice->item];
        if (choice->earlier || choice->from->count == 0 || came_before(x, i))
            continue;
        vb_buf_puts(out, "\n      ");
        put_key(out, item->id);
        if (choice->member >= 0)
            put_about(out, x, i);
        else
            put_value(out, item, vb_choice_value(choice));
        vb_buf_putc(out, ',');
    }
}

static void put_choice_of(struct vb_buf *out, const char *field, const char *value)
{
    if (value == NULL)
        return;
    vb_buf_printf(out, " %s = ", field);
    put_string(out, value);
    vb_buf_putc(out, ',');
}

/* What was said before is no part of a case: it is told beside it. */
static void put_earlier(struct vb_buf *out, struct vb_explorer *x)
{
    for (size_t i = 0; i < x->count; i++) {
        const struct vb_choice *choice = &x->choices[i];
        if (!choice->earlier)
            continue;
        const struct vb_item *item = &x->plan->items[choice->item];
        vb_buf_printf(out,
                      "    -- %s%s: %s = ", choice->wave == NULL ? "in an earlier wave" : "in ",
                      choice->wave == NULL ? "" : choice->wave, item->id);
        if (choice->at > 0)
            put_value(out, item, vb_choice_value(choice));
        else
            vb_buf_puts(out, "nothing");
        vb_buf_putc(out, '\n');
    }
}

static void put_setup(struct vb_buf *out, const struct vb_opened *opened,
                      const struct vb_plan *plan)
{
    bool standard = plan->format_count == 0 || vb_streq(opened->format, plan->formats[0].name);
    put_choice_of(out, "format", standard ? NULL : opened->format);
    put_choice_of(out, "form", opened->form);
    put_choice_of(out, "variant", opened->variant);
    put_choice_of(out, "language",
                  vb_streq(opened->language, plan->languages[0]) ? NULL : opened->language);
    if (opened->with_count == 0)
        return;
    vb_buf_puts(out, " with = { ");
    for (int i = 0; i < opened->with_count; i++) {
        vb_buf_puts(out, i > 0 ? ", " : "");
        put_string(out, opened->with[i]);
    }
    vb_buf_puts(out, " },");
}

const char *vb_case_write(struct vb_explorer *x)
{
    struct vb_buf out = { 0 };
    if (x->setup == NULL)
        return NULL;
    const struct vb_opened *opened = &x->setup->opened;
    vb_buf_puts(&out, "  { name = \"found by verbond explore\",");
    put_setup(&out, opened, x->plan);
    vb_buf_putc(&out, '\n');
    put_earlier(&out, x);
    for (int i = 0; i < opened->member_count; i++) {
        if (opened->person != NULL && vb_streq(opened->members[i].person, opened->person))
            continue;
        vb_buf_puts(&out, "    ");
        put_person(&out, opened->members[i].role, opened->members[i].label);
        if (opened->members[i].form != NULL && !vb_streq(opened->members[i].form, opened->form))
            vb_buf_printf(&out, "{ [\"@form\"] = \"%s\", [\"@share\"] = false },\n",
                          opened->members[i].form);
        else
            vb_buf_puts(&out, "{ [\"@share\"] = false },\n");
    }
    vb_buf_puts(&out, "    ");
    if (opened->person == NULL)
        put_key(&out, "@together");
    else
        put_person(&out, opened->role, opened->label);
    vb_buf_putc(&out, '{');
    put_answers(&out, x);
    vb_buf_puts(&out, "\n    } },\n");
    const char *text = vb_arena_strdup(&x->out->arena, out.data);
    vb_buf_finish(&out);
    return text;
}
