/* Variable records of a .sav: rec_type 2, type (0 a number, else the width of a text, -1 a record
 * that goes on with the one before), whether there is a label, how many missing values (negative: a
 * range), two formats, eight bytes of name; then label and values (PSPP, System File Format). */
#include "segments.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 176, RECORD = 32, NAME = 24, PIECE = 252, SHORT = 255 };

static int32_t whole_at(const char *bytes, size_t at)
{
    int32_t value;
    memcpy(&value, bytes + at, sizeof value);
    return value;
}

/* How far it is to the next record; 0: this one is not whole. */
static size_t size_of(const char *bytes, size_t len, size_t at)
{
    size_t size = RECORD;
    if (at + RECORD > len)
        return 0;
    if (whole_at(bytes, at + 8) != 0) {
        if (at + size + 4 > len)
            return 0;
        size += 4 + ((size_t)whole_at(bytes, at + size) + 3) / 4 * 4;
    }
    size += (size_t)abs(whole_at(bytes, at + 12)) * 8;
    return at + size > len ? 0 : size;
}

static size_t pieces_of(const struct stats_variable *variable)
{
    if (variable->form != FORM_TEXT || variable->width <= SHORT)
        return 1;
    return (variable->width + PIECE - 1) / PIECE;
}

void segments_name(char *bytes, size_t len, const struct stats_table *table)
{
    size_t at = HEADER, variable = 0, piece = 0, size;
    unsigned named = 0;
    char name[16];
    while (variable < table->count && (size = size_of(bytes, len, at)) > 0 &&
           whole_at(bytes, at) == 2) {
        if (whole_at(bytes, at + 4) >= 0) {
            if (piece == pieces_of(&table->variables[variable])) {
                variable++;
                piece = 0;
            }
            if (piece++ > 0) {
                snprintf(name, sizeof name, "@%07u", ++named % 10000000);
                memcpy(bytes + at + NAME, name, 8);
            }
        }
        at += size;
    }
}
