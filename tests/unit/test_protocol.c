/* test_protocol.c - the lines between the engine and an output: written, read, and refused. */
#include "tests.h"

#include "base/mem.h"
#include "data/json.h"
#include "outbox/protocol.h"

static struct vb_arena arena;

static int empty_arena(void **state)
{
    (void)state;
    vb_arena_finish(&arena);
    return 0;
}

/* -- what the engine says --------------------------------------------------------------------- */

static struct vb_engine_line heard(const struct vb_buf *line)
{
    struct vb_engine_line out;
    struct vb_err err;
    if (vb_protocol_read_engine(&out, &arena, line->data, line->len, &err) != VB_OK)
        fail_msg("%s", err.text);
    return out;
}

static void a_hello_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct vb_buf line = { 0 };
    vb_protocol_hello(&line, &(struct vb_hello){ .major = 1,
                                                 .minor = 0,
                                                 .output = "jsonl",
                                                 .options = "{\"path\":\"/a \\\"b\\\".jsonl\"}",
                                                 .dir = "/var/x" });
    assert_string_equal(line.data,
                        "{\"type\":\"hello\",\"protocol\":\"1.0\",\"output\":\"jsonl\","
                        "\"options\":{\"path\":\"/a \\\"b\\\".jsonl\"},\"dir\":\"/var/x\"}");
    struct vb_engine_line out = heard(&line);
    assert_int_equal(out.says, VB_SAYS_HELLO);
    assert_int_equal(out.hello.major, 1);
    assert_int_equal(out.hello.minor, 0);
    assert_string_equal(out.hello.output, "jsonl");
    assert_string_equal(out.hello.options, "{\"path\":\"/a \\\"b\\\".jsonl\"}");
    assert_string_equal(out.hello.dir, "/var/x");
    vb_buf_finish(&line);
}

static void a_hello_without_options_only_asks_for_a_description(void **state)
{
    (void)state;
    struct vb_buf line = { 0 };
    vb_protocol_hello(&line, &(struct vb_hello){ .major = 12, .output = "x", .dir = "/" });
    assert_non_null(strstr(line.data, "\"protocol\":\"12.0\""));
    assert_non_null(strstr(line.data, "\"options\":null"));
    assert_null(heard(&line).hello.options);
    vb_buf_finish(&line);
}

/* 70.0 and 70 are the same number and not the same bytes. */
static void a_result_goes_over_byte_for_byte(void **state)
{
    (void)state;
    static const char result[] =
        "{\"pomp\":70.0, \"text\":\"}\\\"],\\\\\",\"deep\":[{\"a\":[]},{}]}";
    const struct vb_wire_blob blobs[] = { { "sha256:1", "image/png", "/b/1" },
                                          { "sheet.html", "text/html", "/b/2" } };
    struct vb_buf line = { 0 };
    vb_protocol_deliver(&line, &(struct vb_deliver){ .parcel = "r/o/1",
                                                     .attempt = 3,
                                                     .deadline_ms = 30000,
                                                     .digest = "sha256:9",
                                                     .result = result,
                                                     .result_len = sizeof result - 1,
                                                     .blobs = blobs,
                                                     .blob_count = 2 });
    struct vb_engine_line out = heard(&line);
    assert_int_equal(out.says, VB_SAYS_DELIVER);
    assert_string_equal(out.deliver.result, result);
    assert_int_equal(out.deliver.result_len, sizeof result - 1);
    assert_string_equal(out.deliver.parcel, "r/o/1");
    assert_int_equal(out.deliver.attempt, 3);
    assert_int_equal(out.deliver.deadline_ms, 30000);
    assert_string_equal(out.deliver.digest, "sha256:9");
    assert_int_equal(out.deliver.blob_count, 2);
    assert_string_equal(out.deliver.blobs[1].digest, "sheet.html");
    assert_string_equal(out.deliver.blobs[1].type, "text/html");
    assert_string_equal(out.deliver.blobs[0].file, "/b/1");
    vb_buf_finish(&line);
}

static void the_shortest_delivery_is_understood(void **state)
{
    (void)state;
    static const char text[] =
        "{\"type\":\"deliver\",\"parcel\":\"r/o/1\",\"attempt\":1,\"deadline_ms\":5,"
        "\"result\":{\"instrument\":{\"digest\":\"sha256:9\"}},"
        "\"blobs\":[{\"digest\":\"sha256:1\",\"file\":\"/b/1\"}]}";
    struct vb_buf line = { 0 };
    vb_buf_puts(&line, text);
    struct vb_engine_line out = heard(&line);
    assert_string_equal(out.deliver.digest, "sha256:9");
    assert_string_equal(out.deliver.blobs[0].type, "application/octet-stream");
    vb_buf_finish(&line);
}

static void a_member_is_found_wherever_it_stands_and_however_it_is_spaced(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"instrument\":{\"a\":1},\"type\":\"instrument\",\"digest\":\"d\"}",
        " { \"x\" : [ \"]\" , {} ] , \"digest\" : \"d\" ,\t\"y\" : -1.5e3 , "
        "\"instrument\" : {\"a\":1} , \"type\" : \"instrument\" } \r",
        "{\"type\":\"instrument\",\"n\":{\"instrument\":2},\"k\":\"instrument\",\"digest\":\"d\","
        "\"t\":true,\"u\":null,\"instrument\":{\"a\":1}}",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct vb_engine_line out;
        struct vb_err err;
        assert_int_equal(vb_protocol_read_engine(&out, &arena, lines[i], strlen(lines[i]), &err),
                         VB_OK);
        assert_string_equal(out.instrument, "{\"a\":1}");
        assert_int_equal(out.instrument_len, 7);
        assert_string_equal(out.digest, "d");
    }
}

static void instrument_and_shutdown_are_read_as_they_were_written(void **state)
{
    (void)state;
    struct vb_buf line = { 0 };
    vb_protocol_instrument(&line, "sha256:1", "{\"id\":\"x\"}", 10);
    struct vb_engine_line out = heard(&line);
    assert_int_equal(out.says, VB_SAYS_INSTRUMENT);
    assert_string_equal(out.digest, "sha256:1");
    assert_string_equal(out.instrument, "{\"id\":\"x\"}");
    vb_buf_clear(&line);
    vb_protocol_shutdown(&line, 5000);
    assert_string_equal(line.data, "{\"type\":\"shutdown\",\"deadline_ms\":5000}");
    out = heard(&line);
    assert_int_equal(out.says, VB_SAYS_SHUTDOWN);
    assert_int_equal(out.deadline_ms, 5000);
    vb_buf_finish(&line);
}

/* -- what the plugin says --------------------------------------------------------------------- */

static struct vb_plugin_line said(const char *line, size_t len)
{
    struct vb_plugin_line out;
    struct vb_err err;
    if (vb_protocol_read_plugin(&out, &arena, line, len, &err) != VB_OK)
        fail_msg("%s", err.text);
    return out;
}

static void ready_is_read_as_it_was_written(void **state)
{
    (void)state;
    static const struct vb_wire_option options[] = {
        { .name = "path", .type = "path", .example = "/tmp/o", .help = "where", .required = true },
        { .name = "layout",
          .type = "choice",
          .default_value = "wide",
          .example = "long",
          .check = "wide",
          .help = "how",
          .choices = "wide long" },
    };
    struct vb_buf line = { 0 };
    vb_protocol_plugin(
        &line, &(struct vb_plugin_line){
                   .says = VB_SAYS_READY, .major = 1, .options = options, .option_count = 2 });
    struct vb_plugin_line out = said(line.data, line.len);
    assert_int_equal(out.says, VB_SAYS_READY);
    assert_int_equal(out.major, 1);
    assert_int_equal(out.option_count, 2);
    assert_true(out.options[0].required);
    assert_null(out.options[0].default_value);
    assert_string_equal(out.options[0].type, "path");
    assert_string_equal(out.options[1].choices, "wide long");
    assert_string_equal(out.options[1].default_value, "wide");
    assert_string_equal(out.options[1].check, "wide");
    assert_false(out.options[1].required);
    vb_buf_finish(&line);
}

static void answers_are_read_as_they_were_written(void **state)
{
    (void)state;
    static const struct {
        struct vb_plugin_line line;
        const char *text;
    } cases[] = {
        { { .says = VB_SAYS_DELIVERED, .parcel = "r/o/1" },
          "{\"type\":\"delivered\",\"parcel\":\"r/o/1\"}" },
        { { .says = VB_SAYS_RETRY, .parcel = "r/o/1", .after_ms = 2000, .reason = "full" },
          "{\"type\":\"retry\",\"parcel\":\"r/o/1\",\"after_ms\":2000,\"reason\":\"full\"}" },
        { { .says = VB_SAYS_REJECTED, .parcel = "r/o/2", .reason = "gone" },
          "{\"type\":\"rejected\",\"parcel\":\"r/o/2\",\"reason\":\"gone\"}" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct vb_buf line = { 0 };
        vb_protocol_plugin(&line, &cases[i].line);
        assert_string_equal(line.data, cases[i].text);
        struct vb_plugin_line out = said(line.data, line.len);
        assert_int_equal(out.says, cases[i].line.says);
        assert_string_equal(out.parcel, cases[i].line.parcel);
        assert_int_equal(out.after_ms, cases[i].line.after_ms);
        assert_string_equal(out.reason, cases[i].line.reason == NULL ? "" : cases[i].line.reason);
        vb_buf_finish(&line);
    }
}

static void a_message_is_read_as_it_was_written(void **state)
{
    (void)state;
    struct vb_buf line = { 0 };
    vb_protocol_plugin(
        &line, &(struct vb_plugin_line){ .says = VB_SAYS_LOG, .level = "warn", .text = "slow" });
    assert_string_equal(line.data, "{\"type\":\"log\",\"level\":\"warn\",\"text\":\"slow\"}");
    struct vb_plugin_line out = said(line.data, line.len);
    assert_string_equal(out.level, "warn");
    assert_string_equal(out.text, "slow");
    vb_buf_finish(&line);
}

static void what_is_not_known_is_passed_over(void **state)
{
    (void)state;
    static const char line[] = "{\"colour\":[1,{\"parcel\":2}],\"type\":\"delivered\","
                               "\"parcel\":\"p\",\"reason\":null,\"after_ms\":null}";
    struct vb_plugin_line out = said(line, sizeof line - 1);
    assert_string_equal(out.parcel, "p");
    assert_string_equal(out.reason, "");
}

static void a_reason_is_one_clean_line_and_not_too_long(void **state)
{
    (void)state;
    static const char line[] = "{\"type\":\"retry\",\"parcel\":\"p\","
                               "\"reason\":\"a\\u001b[2J\\nb\\tc\\u009b\\u202e.\"}";
    assert_string_equal(said(line, sizeof line - 1).reason,
                        "a\xEF\xBF\xBD[2J b c\xEF\xBF\xBD\xEF\xBF\xBD.");
    struct vb_buf more = { 0 };
    vb_buf_puts(&more, "{\"type\":\"retry\",\"parcel\":\"p\",\"reason\":\"");
    for (int i = 0; i < 500; i++)
        vb_buf_puts(&more, "\xC3\xA9");
    vb_buf_puts(&more, "\"}");
    const char *reason = said(more.data, more.len).reason;
    assert_int_equal(strlen(reason), VB_PROTOCOL_REASON_MAX - 1); /* 127 characters of two bytes */
    vb_buf_finish(&more);
}

/* -- hostile lines ---------------------------------------------------------------------------- */

struct hostile {
    const char *line, *message; /* NULL: any message */
};

static void lines_a_plugin_may_not_say_are_refused_with_the_field(void **state)
{
    (void)state;
    static const struct hostile lines[] = {
        { "", NULL },
        { "hello", NULL },
        { "\xff\xfe", NULL },
        { "{\"type\":\"delivered\",\"parcel\":\"p\"", NULL },
        { "{\"type\":\"delivered\",\"parcel\":\"p\"}{}", NULL },
        { "{\"type\":\"delivered\",\"parcel\":\"a\\u0000b\"}", NULL },
        { "{\"type\":\"delivered\",\"parcel\":\"p\",\"parcel\":\"q\"}", NULL },
        { "[]", "it is not an object" },
        { "\"delivered\"", "it is not an object" },
        { "{}", "\"type\" is missing" },
        { "{\"type\":1}", "\"type\" is not a text" },
        { "{\"type\":\"hello\"}", "\"type\" is no word of the protocol" },
        { "{\"type\":\"delivered\"}", "\"parcel\" is missing" },
        { "{\"type\":\"delivered\",\"parcel\":7}", "\"parcel\" is not a text" },
        { "{\"type\":\"delivered\",\"parcel\":null}", "\"parcel\" is missing" },
        { "{\"type\":\"retry\",\"parcel\":\"p\",\"after_ms\":-1}",
          "\"after_ms\" is no number that belongs here" },
        { "{\"type\":\"retry\",\"parcel\":\"p\",\"after_ms\":1.5}",
          "\"after_ms\" is no number that belongs here" },
        { "{\"type\":\"retry\",\"parcel\":\"p\",\"after_ms\":1e300}",
          "\"after_ms\" is no number that belongs here" },
        { "{\"type\":\"retry\",\"parcel\":\"p\",\"after_ms\":\"1\"}",
          "\"after_ms\" is no number that belongs here" },
        { "{\"type\":\"retry\",\"parcel\":\"p\",\"reason\":{}}", "\"reason\" is not a text" },
        { "{\"type\":\"log\",\"level\":\"info\"}", "\"text\" is missing" },
        { "{\"type\":\"log\",\"level\":\"loud\",\"text\":\"\"}",
          "\"level\" is no word of the protocol" },
        { "{\"type\":\"ready\"}", "\"protocol\" is missing" },
        { "{\"type\":\"ready\",\"protocol\":\"1\"}", "\"protocol\" is no version such as 1.0" },
        { "{\"type\":\"ready\",\"protocol\":\".0\"}", "\"protocol\" is no version such as 1.0" },
        { "{\"type\":\"ready\",\"protocol\":\"1.99999\"}",
          "\"protocol\" is no version such as 1.0" },
        { "{\"type\":\"ready\",\"protocol\":\"1.0\",\"options\":{}}",
          "\"options\" is not a list of objects" },
        { "{\"type\":\"ready\",\"protocol\":\"1.0\",\"options\":[1]}",
          "\"options\" is not a list of objects" },
        { "{\"type\":\"ready\",\"protocol\":\"1.0\",\"options\":[{\"name\":\"a\"}]}",
          "\"type\" is missing" },
        { "{\"type\":\"ready\",\"protocol\":\"1.0\",\"options\":[{\"name\":\"a\",\"type\":\"int\","
          "\"required\":1,\"example\":\"1\",\"help\":\"h\"}]}",
          "\"required\" is not true or false" },
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct vb_plugin_line out;
        struct vb_err err = { 0 };
        enum vb_code code =
            vb_protocol_read_plugin(&out, &arena, lines[i].line, strlen(lines[i].line), &err);
        if (code != VB_E_DATA)
            fail_msg("taken: %s", lines[i].line);
        assert_true(err.text[0] != '\0');
        if (lines[i].message != NULL)
            assert_string_equal(err.text, lines[i].message);
    }
}

static void lines_the_engine_may_not_say_are_refused_with_the_field(void **state)
{
    (void)state;
    static const struct hostile lines[] = {
        { "{\"type\":\"ready\"}", "\"type\" is no word of the protocol" },
        { "{\"type\":\"hello\",\"protocol\":\"1.0\",\"dir\":\"/\"}", "\"output\" is missing" },
        { "{\"type\":\"hello\",\"protocol\":\"1.0\",\"output\":\"o\",\"dir\":\"/\","
          "\"options\":{\"a\":1}}",
          "\"options\" holds something that is not a text" },
        { "{\"type\":\"hello\",\"protocol\":\"1.0\",\"output\":\"o\",\"dir\":\"/\","
          "\"options\":[]}",
          "\"options\" is missing, or is not an object" },
        { "{\"type\":\"instrument\",\"digest\":\"d\"}",
          "\"instrument\" is missing, or is not an object" },
        { "{\"type\":\"instrument\",\"digest\":\"d\",\"instrument\":[]}",
          "\"instrument\" is missing, or is not an object" },
        { "{\"type\":\"instrument\",\"digest\":\"d\",\"n\":{\"instrument\":{}}}",
          "\"instrument\" is missing, or is not an object" },
        { "{\"type\":\"deliver\",\"parcel\":\"p\",\"attempt\":0,\"deadline_ms\":1,"
          "\"digest\":\"d\",\"result\":{}}",
          "\"attempt\" is no number that belongs here" },
        { "{\"type\":\"deliver\",\"parcel\":\"p\",\"attempt\":1,\"deadline_ms\":1,"
          "\"digest\":\"d\",\"result\":{},\"blobs\":[{\"digest\":\"d\",\"type\":\"t\"}]}",
          "\"file\" is missing" },
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct vb_engine_line out;
        struct vb_err err = { 0 };
        assert_int_equal(
            vb_protocol_read_engine(&out, &arena, lines[i].line, strlen(lines[i].line), &err),
            VB_E_DATA);
        assert_string_equal(err.text, lines[i].message);
    }
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct vb_plugin_line out;
    struct vb_err err;
    struct vb_buf line = { 0 };
    vb_buf_puts(&line, "{\"type\":\"log\",\"level\":\"info\",\"text\":\"");
    while (line.len < VB_PROTOCOL_LINE_MAX)
        vb_buf_puts(&line, "0123456789");
    vb_buf_puts(&line, "\"}");
    assert_int_equal(vb_protocol_read_plugin(&out, &arena, line.data, line.len, &err), VB_E_DATA);
    vb_buf_clear(&line);
    vb_buf_printf(&line, "{\"type\":\"delivered\",\"parcel\":\"%0300d\"}", 1);
    assert_int_equal(vb_protocol_read_plugin(&out, &arena, line.data, line.len, &err), VB_E_DATA);
    assert_string_equal(err.text, "\"parcel\" is too long");
    vb_buf_clear(&line);
    vb_buf_puts(&line, "{\"type\":\"ready\",\"protocol\":\"1.0\",\"options\":[{}");
    for (int i = 0; i < 64; i++)
        vb_buf_puts(&line, ",{}");
    vb_buf_puts(&line, "]}");
    assert_int_equal(vb_protocol_read_plugin(&out, &arena, line.data, line.len, &err), VB_E_DATA);
    assert_string_equal(err.text, "\"options\" has too many elements");
    vb_buf_finish(&line);
}

/* Every single byte of a good line, changed and left out: read or refused, never more. */
static void a_line_with_any_byte_changed_is_read_or_refused(void **state)
{
    (void)state;
    static const char good[] =
        "{\"type\":\"deliver\",\"parcel\":\"p\",\"attempt\":1,\"deadline_ms\":5,\"digest\":\"d\","
        "\"result\":{\"a\":[1,{\"b\":\"\\\"}\"}]},\"blobs\":[{\"digest\":\"d\",\"type\":\"t\","
        "\"file\":\"/f\"}]}";
    static const char with[] = "\"\\{}[],: 0x\n\xC3";
    for (size_t at = 0; at < sizeof good - 1; at++) {
        for (size_t k = 0; k <= sizeof with - 1; k++) {
            struct vb_engine_line out;
            struct vb_err err;
            char *line = vb_strdup(good); /* of exactly this size, so that a step past it is seen */
            size_t len = sizeof good - 1;
            if (k == sizeof with - 1)
                memmove(line + at, line + at + 1, len-- - at);
            else
                line[at] = with[k];
            enum vb_code code = vb_protocol_read_engine(&out, &arena, line, len, &err);
            assert_true(code == VB_OK || code == VB_E_DATA);
            if (code == VB_OK && out.says == VB_SAYS_DELIVER)
                assert_int_equal(strlen(out.deliver.result), out.deliver.result_len);
            free(line);
            vb_arena_reset(&arena);
        }
    }
}

/* -- the page --------------------------------------------------------------------------------- */

static void write_engine_again(struct vb_buf *out, const struct vb_engine_line *line)
{
    if (line->says == VB_SAYS_HELLO)
        vb_protocol_hello(out, &line->hello);
    else if (line->says == VB_SAYS_INSTRUMENT)
        vb_protocol_instrument(out, line->digest, line->instrument, line->instrument_len);
    else if (line->says == VB_SAYS_DELIVER)
        vb_protocol_deliver(out, &line->deliver);
    else
        vb_protocol_shutdown(out, line->deadline_ms);
}

static void same_when_written_again(const char *said, size_t len)
{
    struct vb_engine_line engine;
    struct vb_plugin_line plugin;
    struct vb_err err;
    struct vb_buf again = { 0 };
    const char *text = said + 2;
    enum vb_code rc = *said == '>' ? vb_protocol_read_engine(&engine, &arena, text, len - 2, &err)
                                   : vb_protocol_read_plugin(&plugin, &arena, text, len - 2, &err);
    if (rc != VB_OK)
        fail_msg("%s", err.text);
    if (*said == '>')
        write_engine_again(&again, &engine);
    else
        vb_protocol_plugin(&again, &plugin);
    assert_int_equal(again.len, len - 2);
    assert_memory_equal(again.data, text, len - 2);
    vb_buf_finish(&again);
}

static void the_conversation_on_the_page_is_what_is_written_and_read(void **state)
{
    (void)state;
    struct vb_buf page = { 0 };
    struct vb_err err;
    int lines = 0;
    if (vb_file_read(&page, "docs/reference/output.md", 1 << 20, &err) != VB_OK)
        fail_msg("%s", err.text);
    for (const char *at = page.data; *at != '\0';) {
        size_t len = strcspn(at, "\n");
        if ((*at == '>' || *at == '<') && at[1] == ' ' && at[2] == '{') {
            same_when_written_again(at, len);
            lines++;
        }
        at += len + (at[len] == '\n');
    }
    assert_int_equal(lines, 6);
    vb_buf_finish(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hello_is_read_as_it_was_written),
        cmocka_unit_test(a_hello_without_options_only_asks_for_a_description),
        cmocka_unit_test(a_result_goes_over_byte_for_byte),
        cmocka_unit_test(the_shortest_delivery_is_understood),
        cmocka_unit_test(a_member_is_found_wherever_it_stands_and_however_it_is_spaced),
        cmocka_unit_test(instrument_and_shutdown_are_read_as_they_were_written),
        cmocka_unit_test(ready_is_read_as_it_was_written),
        cmocka_unit_test(answers_are_read_as_they_were_written),
        cmocka_unit_test(a_message_is_read_as_it_was_written),
        cmocka_unit_test(what_is_not_known_is_passed_over),
        cmocka_unit_test(a_reason_is_one_clean_line_and_not_too_long),
        cmocka_unit_test(lines_a_plugin_may_not_say_are_refused_with_the_field),
        cmocka_unit_test(lines_the_engine_may_not_say_are_refused_with_the_field),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(a_line_with_any_byte_changed_is_read_or_refused),
        cmocka_unit_test(the_conversation_on_the_page_is_what_is_written_and_read),
    };
    return cmocka_run_group_tests(tests, NULL, empty_arena);
}
