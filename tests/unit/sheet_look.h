/* sheet_look.h - a sheet of a result as text, beside its golden and within its columns. */
#ifndef VB_SHEET_LOOK_H
#define VB_SHEET_LOOK_H

#include "tests.h"

#include "base/str.h"
#include "base/utf8.h"
#include "data/text.h"
#include "sheet/sheet.h"
#include "sheet_fixture.h"

static inline char *sheet_of(const struct scene *scene, const char *language, const char *for_role,
                             bool colour)
{
    struct vb_buf out = { 0 };
    struct vb_sheet_options options = { .language = language,
                                        .for_role = for_role,
                                        .colour = colour };
    vb_sheet_text(&out, &scene->result, &options);
    return out.data;
}

static inline char *sheet_of_columns(const struct scene *scene, int columns)
{
    struct vb_buf out = { 0 };
    vb_sheet_text(&out, &scene->result, &(struct vb_sheet_options){ .columns = columns });
    return out.data;
}

static inline char *read_golden(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct vb_buf text = { 0 };
    char bytes[4096];
    size_t got;
    if (file == NULL)
        fail_msg("%s is not there; VERBOND_WRITE_GOLDEN=1 writes it", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        vb_buf_put(&text, bytes, got);
    fclose(file);
    return text.data;
}

static inline void is_golden_as(const char *sheet, const char *name, const char *suffix)
{
    char path[256];
    snprintf(path, sizeof path, "tests/fixtures/sheet/%s.%s", name, suffix);
    if (getenv("VERBOND_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(sheet, file);
        assert_int_equal(fclose(file), 0);
    }
    char *golden = read_golden(path);
    assert_string_equal(sheet, golden);
    free(golden);
}

static inline void is_golden(const char *sheet, const char *name)
{
    is_golden_as(sheet, name, "txt");
}

static inline void fits_in(const char *sheet, int columns)
{
    assert_true(vb_utf8_valid(sheet, strlen(sheet), NULL));
    for (const char *line = sheet; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        if (vb_text_width(line, len) > columns)
            fail_msg("%d columns: %.*s", vb_text_width(line, len), (int)len, line);
        if (len > 0 && line[len - 1] == ' ')
            fail_msg("a blank at the end of: %.*s", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

static inline void fits(const char *sheet)
{
    fits_in(sheet, 80);
}

/* The family, in which room is asked of each member about itself, and what goes well of everybody
 * about each. */
static inline struct scene *asked_about_each_other(void)
{
    struct scene *scene = family();
    struct vb_item *items = (struct vb_item *)(uintptr_t)scene->plan->items;
    struct vb_part *about = vb_arena_alloc(&scene->plan->arena, 9 * sizeof *about);
    items[ROOM].per_member = items[ROOM].about = items[GOING].per_member = true;
    for (int r = 0; r < 3; r++) {
        scene->values[r][ROOM] = scene->values[r][GOING] = (struct vb_value){ 0 };
        for (int m = 0; m < 3; m++) {
            struct vb_value *values = vb_arena_alloc(&scene->plan->arena, ITEMS * sizeof *values);
            about[3 * r + m] = (struct vb_part){ .member = scene->roster[m].person,
                                                 .member_index = m,
                                                 .values = values,
                                                 .scores = scene->estimates[m] };
            if (r == 2 || r == m)
                values[ROOM] = vb_value_int(100 + 300 * r + 200 * m);
            values[GOING] = m == 2 ? vb_value_missing(VB_MISSING_SKIPPED)
                                   : words(r == m ? "Dat ik luister." : "Er wordt gelachen.");
        }
        scene->people[r].about = &about[3 * r];
        scene->people[r].about_count = 3;
    }
    return scene;
}

/* Two voices, after a talk, and the time before they agreed on something too. */
static inline struct scene *talked(void)
{
    static const struct vb_agreement agreed[] = {
        { "Sam", "de gemeente bellen over de toeslag en daarna terugbellen naar de werker",
          "2026-12-01" },
        { "wij", "samen eten", NULL },
        { "de werker", "mailt", "2026-12-01 of later" },
    };
    static const enum vb_followed client[] = { VB_FOLLOWED_DONE, VB_FOLLOWED_NONE,
                                               VB_FOLLOWED_PARTLY },
                                  worker[] = { VB_FOLLOWED_PARTLY, VB_FOLLOWED_NOT_YET,
                                               VB_FOLLOWED_DONE };
    static struct vb_last_voice voices[2];
    static struct vb_talk_last last;
    static const char *yes[1];
    static struct vb_goal goals[3];
    struct scene *scene = two_voices();
    yes[0] = scene->people[0].person;
    goals[0] = (struct vb_goal){ "Een eigen kamer", yes[0], true, "2027-02-28", yes, 1 };
    goals[1] = (struct vb_goal){ "Rust\nthuis", "together", false, NULL, yes, 0 };
    goals[2] = (struct vb_goal){ "Werk", NULL, false, NULL, yes, 1 }; /* of somebody who left */
    voices[0] = (struct vb_last_voice){ scene->people[0].person, 0, client };
    voices[1] = (struct vb_last_voice){ scene->people[1].person, 1, worker };
    last = (struct vb_talk_last){ "00000000000000r0", agreed, 3, voices, 2 };
    scene->result.revision = 2;
    scene->result.talk.record =
        (struct vb_talk_record){ "Geld", &agreed[1], 2, goals, 3, "2027-01-12" };
    scene->result.talk.last = &last;
    return scene;
}

#endif
