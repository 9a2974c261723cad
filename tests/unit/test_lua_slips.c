/* Slips of who knows another language: told with the line where they stand. */
#include "loads.h"

struct slip {
    const char *source; /* behind the line that requires verbond */
    int line;           /* in the source, from 1 */
    const char *code, *mend;
};

static void told(const struct slip *slip)
{
    struct vb_buf text = { 0 };
    vb_buf_printf(&text, "local v <const> = require \"verbond\"\n%s", slip->source);
    struct loaded loaded = load_text(text.data);
    const struct vb_finding *found = finding(&loaded, slip->code);
    if (found == NULL || found->line != slip->line + 1 || strcmp(found->mend, slip->mend) != 0)
        fail_msg("%s\nline %d: %s", slip->source, found == NULL ? 0 : found->line,
                 found == NULL ? "another finding, or none" : found->mend);
    unload(&loaded);
    vb_buf_finish(&text);
}

static void each_told(const struct slip *slips, size_t count)
{
    for (size_t i = 0; i < count; i++)
        told(&slips[i]);
}

static void what_other_languages_write_is_named_with_what_lua_writes(void **state)
{
    (void)state;
    static const struct slip slips[] = {
        { "# note\nreturn 1", 1, "syntax-error", "begin the note with two dashes: --" },
        { "return {\n  a = 1, // note\n}", 2, "syntax-error",
          "begin the note with two dashes: --" },
        { "local a = 1\nif a != 2 then a = 3 end", 2, "syntax-error", "write ~= in its place" },
        { "local a = 1\nif !a then a = 3 end", 2, "syntax-error", "write not in its place" },
        { "local a = 1\nif a = 2 then a = 3 end", 2, "syntax-error",
          "write == to ask whether things are equal" },
        { "local a = 1\nif a == 2\n  a = 3\nend", 2, "syntax-error",
          "add then behind what is asked" },
        { "local a = 1\nwhile a < 2\n  a = 3\nend", 2, "syntax-error",
          "add do behind what is asked" },
        { "retrun v.tests {}", 1, "syntax-error", "did you mean return?" },
        { "do end\n- note\nreturn 1", 2, "syntax-error", "begin the note with two dashes: --" },
        { "return { [\"a\"] { 1 } }", 1, "syntax-error",
          "write = between the name and what it gets" },
        { "return { a = \"C:\\ home\" }", 1, "syntax-error", "write \\\\ where the text has a \\" },
        { "return { a = 1,, b = 2 }", 1, "syntax-error", "take one of them away" },
        { "return { \xc3\xab = 1 }", 1, "syntax-error", "put it between quotes, or take it out" },
        { "return {\xe2\x80\x8b }", 1, "syntax-error", "type the line anew" },
    };
    each_told(slips, sizeof slips / sizeof *slips);
}

static void a_quote_inside_a_text_is_told_from_one_that_is_missing(void **state)
{
    (void)state;
    static const struct slip slips[] = {
        { "return { a = \"say \"yes\" here\" }", 1, "unfinished-string",
          "write \\\" for a quote inside a text, or ' there" },
        { "return { a = 'what's here' }", 1, "unfinished-string",
          "put the text between \" and \"" },
        { "return { [\"a] = 1, [\"b\"] = 2 }", 1, "unfinished-string",
          "count the quotes: each text has one before and one after" },
        { "return { a = \"one, b = \"two\" }", 1, "unfinished-string",
          "count the quotes: each text has one before and one after" },
    };
    each_told(slips, sizeof slips / sizeof *slips);
}

static void the_block_or_bracket_that_is_not_closed_has_its_own_line(void **state)
{
    (void)state;
    static const struct slip slips[] = {
        { "local f = {\n  flow = function(s)\n    if s then\n      s()\n    s()\n  end,\n}", 3,
          "not-closed", "add an end" },
        { "local f = {\n  flow = function(s)\n    s()\n}", 2, "not-closed", "add an end" },
        { "local function f(s)\n  if s then\n    s()\nend\nreturn 1", 2, "not-closed",
          "add an end" },
        { "local f = {\n  g = (function(s)\n    if s then\n      s()\n    else if s then\n"
          "      s(s)\n    end\n  end),\n}",
          5, "syntax-error", "write elseif, as one word" },
        { "return {\n  a = f({\n    b = 1,\n  },\n}", 2, "not-closed", "add the closing one" },
        { "return {\n  a = { 1, 2 },\n", 1, "not-closed", "add the closing one" },
        { "return {\n  a = {\n    b = { 1,\n  },\n  c = f(2),\n)\n", 3, "not-closed",
          "add the closing one" },
        { "return {\n  a = 1,\n    nl = 2,\n  },\n  b = 3,\n}", 4, "syntax-error",
          "take one } away, or add the { that is missing before it" },
        { "return {\n  { a = 1 },\n    b = 2 },\n  { c = 3 },\n}", 3, "syntax-error",
          "take one } away, or add the { that is missing before it" },
        { "return 1\nend", 2, "syntax-error",
          "take it away: each if, for and function has one end" },
    };
    each_told(slips, sizeof slips / sizeof *slips);
}

static void a_length_and_a_division_are_no_notes(void **state)
{
    (void)state;
    static const struct slip slips[] = {
        { "local a = { 1 }\nreturn { b = #a 2 }", 2, "missing-comma", "add a comma before 2" },
        { "local a = 4\nreturn { b = a // 2 2 }", 2, "missing-comma", "add a comma before 2" },
    };
    each_told(slips, sizeof slips / sizeof *slips);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_other_languages_write_is_named_with_what_lua_writes),
        cmocka_unit_test(a_quote_inside_a_text_is_told_from_one_that_is_missing),
        cmocka_unit_test(the_block_or_bracket_that_is_not_closed_has_its_own_line),
        cmocka_unit_test(a_length_and_a_division_are_no_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
