#include "slots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "record.h"
#include "result.h"

static bool is_true(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(result_of(object, name));
}

static int most_of(const cJSON *respondent)
{
    return (int)cJSON_GetNumberValue(result_of(respondent, "max"));
}

/* -- the crowd --------------------------------------------------------------------------------- */

/* Which role "client 2" is and which number; the roles' count: a stranger. False: of no role. */
static bool read_key(const cJSON *instrument, const char *key, int *role, int *number)
{
    const cJSON *respondents = result_of(instrument, "respondents"), *one;
    const char *blank = strrchr(key, ' ');
    size_t len = blank == NULL ? 0 : (size_t)(blank - key);
    *role = 0;
    *number = blank == NULL ? 0 : atoi(blank + 1);
    if (len == strlen(STATS_STRANGER) && memcmp(key, STATS_STRANGER, len) == 0) {
        *role = STATS_ROLES_MAX;
        return true;
    }
    cJSON_ArrayForEach(one, respondents)
    {
        const char *name = result_text(one, "role");
        if (name != NULL && strlen(name) == len && memcmp(name, key, len) == 0)
            return *role < STATS_ROLES_MAX;
        ++*role;
    }
    return false;
}

static void raise_to(int *most, int number)
{
    if (number > *most)
        *most = number;
}

void stats_crowd_add(struct stats_crowd *crowd, const cJSON *instrument, const cJSON *content)
{
    const cJSON *person, *about;
    int role, number, about_role, about_number;
    crowd->reasons |= is_true(content, "reasons");
    cJSON_ArrayForEach(person, result_of(content, "people"))
    {
        if (!read_key(instrument, person->string, &role, &number) || role == STATS_ROLES_MAX)
            continue;
        raise_to(&crowd->persons[role], number);
        cJSON_ArrayForEach(about, result_of(person, "about"))
        {
            if (read_key(instrument, about->string, &about_role, &about_number))
                raise_to(&crowd->about[role][about_role], about_number);
        }
    }
}

/* -- suffixes ---------------------------------------------------------------------------------- */

struct letters { /* "c", "p"; the last one is a stranger's */
    char of[STATS_ROLES_MAX + 1][STATS_NAME_MAX + 1];
};

/* The shortest beginning that no role before has; false: no memory */
static bool begin_of(struct stats_names *taken, const char *role, char out[STATS_NAME_MAX + 1])
{
    char part[STATS_NAME_MAX + 1];
    for (size_t len = 1; len <= 4 && len <= strlen(role); len++) {
        snprintf(part, sizeof part, "%.*s", (int)len, role);
        if (!stats_names_take(taken, part, 4, out))
            return false;
        if (strcmp(part, out) == 0)
            return true;
    }
    return true; /* a number stands in it */
}

static bool make_letters(struct letters *letters, const cJSON *instrument)
{
    struct stats_names taken = { 0 };
    const cJSON *one;
    int role = 0;
    bool done = true;
    cJSON_ArrayForEach(one, result_of(instrument, "respondents"))
    {
        if (role < STATS_ROLES_MAX)
            done = done && begin_of(&taken, result_text(one, "role"), letters->of[role++]);
    }
    done = done && begin_of(&taken, "member", letters->of[STATS_ROLES_MAX]);
    stats_names_free(&taken);
    return done;
}

static int digits(int number)
{
    return snprintf(NULL, 0, "%d", number);
}

size_t stats_suffix_most(const cJSON *instrument)
{
    struct letters letters = { 0 };
    const cJSON *one, *item;
    size_t most = 0, about = 1;
    int role = 0;
    if (!make_letters(&letters, instrument))
        return 2 * (STATS_SUFFIX_MAX - 1);
    cJSON_ArrayForEach(one, result_of(instrument, "respondents"))
    {
        size_t len = 1 + strlen(letters.of[role++]);
        len += most_of(one) > 1 ? (size_t)digits(most_of(one)) : 0;
        most = len > most ? len : most;
    }
    cJSON_ArrayForEach(item, result_of(instrument, "items"))
    {
        if (result_text(item, "about") != NULL)
            about = 2;
    }
    return most * about;
}

/* -- slots ------------------------------------------------------------------------------------- */

struct making {
    const cJSON *instrument;
    const struct stats_crowd *crowd;
    struct letters letters;
    struct stats_slot *slots;
    size_t count;
};

static void name_one(const struct making *making, int role, int number, const cJSON *respondent,
                     char *key, char *suffix, char *who)
{
    const char *name = respondent == NULL ? STATS_STRANGER : result_text(respondent, "role");
    snprintf(key, STATS_KEY_MAX, "%s %d", name, number);
    if (respondent != NULL && most_of(respondent) <= 1) {
        snprintf(suffix, STATS_SUFFIX_MAX, "_%s", making->letters.of[role]);
        snprintf(who, STATS_KEY_MAX, "%s", name);
    } else {
        snprintf(suffix, STATS_SUFFIX_MAX, "_%s%d", making->letters.of[role], number);
        snprintf(who, STATS_KEY_MAX, "%s %d", respondent == NULL ? "member" : name, number);
    }
}

static const cJSON *role_at(const cJSON *instrument, int role)
{
    return cJSON_GetArrayItem(result_of(instrument, "respondents"), role);
}

static void add(struct making *making, int role, int number, int about_role, int about_number)
{
    char suffix[STATS_SUFFIX_MAX], who[STATS_KEY_MAX];
    struct stats_slot *slot = &making->slots[making->count++];
    slot->role = role_at(making->instrument, role);
    name_one(making, role, number, slot->role, slot->key, slot->suffix, slot->who);
    if (about_number == 0)
        return;
    slot->is_about = true;
    slot->about = about_role == STATS_ROLES_MAX ? NULL : role_at(making->instrument, about_role);
    name_one(making, about_role, about_number, slot->about, slot->about_key, suffix, who);
    strcat(slot->suffix, suffix);
    strcat(slot->who, ", ");
    strcat(slot->who, who);
}

static void add_person(struct making *making, int role, int number)
{
    add(making, role, number, 0, 0);
    for (int about = 0; about <= STATS_ROLES_MAX; about++)
        for (int n = 1; n <= making->crowd->about[role][about]; n++)
            add(making, role, number, about, n);
}

/* One of each role outside a roster is there even when no round has it. */
static int persons_of(const struct making *making, const cJSON *respondent, int role)
{
    int seen = making->crowd->persons[role];
    return seen > 0 || is_true(respondent, "roster") ? seen : 1;
}

struct stats_slot *stats_slots(const cJSON *instrument, const struct stats_crowd *crowd,
                               size_t *count)
{
    struct making making = { .instrument = instrument, .crowd = crowd };
    const cJSON *respondent;
    size_t most = 1;
    int role = 0;
    *count = 0;
    cJSON_ArrayForEach(respondent, result_of(instrument, "respondents"))
    {
        size_t each = 1;
        for (int about = 0; role < STATS_ROLES_MAX && about <= STATS_ROLES_MAX; about++)
            each += (size_t)crowd->about[role][about];
        most += each * (size_t)(role < STATS_ROLES_MAX ? persons_of(&making, respondent, role) : 0);
        role++;
    }
    making.slots = calloc(most, sizeof *making.slots);
    if (making.slots == NULL || !make_letters(&making.letters, instrument)) {
        free(making.slots);
        return NULL;
    }
    role = 0;
    cJSON_ArrayForEach(respondent, result_of(instrument, "respondents"))
    {
        for (int n = 1; role < STATS_ROLES_MAX && n <= persons_of(&making, respondent, role); n++)
            add_person(&making, role, n);
        role++;
    }
    *count = making.count;
    return making.slots;
}
