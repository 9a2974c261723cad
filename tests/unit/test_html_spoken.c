/* A page of ours as it is read aloud. */
#include "tests.h"

#include "base/buf.h"
#include "sheet/html_spoken.h"

static void say(void *ctx, const char *text)
{
    vb_buf_puts(ctx, text);
    vb_buf_putc(ctx, '\n');
}

static void says(const char *page, const char *lines)
{
    struct vb_buf out = { 0 };
    vb_buf_puts(&out, "");
    vb_html_spoken(page, strlen(page), say, &out);
    assert_string_equal(out.data, lines);
    vb_buf_finish(&out);
}

static void headings_paragraphs_entries_and_rows_are_lines(void **state)
{
    (void)state;
    says("<head><title>not said</title><style>p { }</style></head>\n<body>\n<h1>Over  de\n"
         "begeleiding</h1><p class=\"q\">Ik <b>kan</b> praten</p><ul><li>een</li>\n"
         "<li><span>twee</span><span class=\"vh\">drie</span></li></ul></body>",
         "Over de begeleiding\nIk kan praten\neen\ntwee drie\n");
}

static void cells_of_a_row_are_apart(void **state)
{
    (void)state;
    says("<body><table><tr><th scope=\"row\"><div><span>Wat gaat goed?</span></div></th>"
         "<td>het lopen</td><td></td><td>stil zijn</td></tr></table>",
         "Wat gaat goed?\x20het lopen; stil zijn;\n");
}

static void pictures_and_the_foot_say_nothing(void **state)
{
    (void)state;
    says("<body><p><svg class=\"mark\"><text>C</text></svg>de werker <img alt=\"\" src=\"data:x\">"
         "</p><footer><p>kinds 1.0.0</p></footer>",
         "de werker\n");
}

static void what_people_wrote_is_said_as_they_wrote_it(void **state)
{
    (void)state;
    says("<body><p>&lt;b&gt; &amp;amp; &quot;ja&quot; &#39;nee&#39; &x</p>",
         "<b> &amp; \"ja\" 'nee' &x\n");
    says("<body><p>cut <b", "cut\n");
    says("no body at all <p>x</p>", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_paragraphs_entries_and_rows_are_lines),
        cmocka_unit_test(cells_of_a_row_are_apart),
        cmocka_unit_test(pictures_and_the_foot_say_nothing),
        cmocka_unit_test(what_people_wrote_is_said_as_they_wrote_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
