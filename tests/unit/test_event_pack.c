/* test_event_pack.c - what is packed comes back byte for byte, and what is not packed is told. */
#include "tests.h"

#include "data/event_pack.h"

static void comes_back(const char *text, size_t len)
{
    struct vb_buf packed = { 0 }, back = { 0 };
    vb_event_pack(&packed, text, len);
    assert_int_equal(vb_event_packed_length(text, len), packed.len);
    assert_true(vb_event_unpack(&back, packed.len == 0 ? "" : packed.data, packed.len));
    assert_int_equal(back.len, len);
    if (len > 0)
        assert_memory_equal(back.data, text, len);
    vb_buf_finish(&packed);
    vb_buf_finish(&back);
}

static void what_is_packed_comes_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "{}",
        "{\"i\":\"trust.report\",\"v\":4}",
        "{\"i\":\"stuck\",\"x\":\"r\"}",
        "{\"c\":\"trust\",\"v\":\"a\",\"by\":\"image\"}",
        "{\"t\":\"share\",\"o\":true,\"private\":[\"a\",\"b\"],\"p\":[\"d\",\"r\"]}",
        "{\"g\":11,\"is\":\"not_yet\",\"c\":true}",
        "{\"t\":\"stop\"}",
        "{\"i\":\"words\",\"v\":\"caf\xc3\xa9, \\\"zo\\\"\\n\"}",
        "no JSON at all: {\"i\":\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        comes_back(texts[i], strlen(texts[i]));
}

/* Also what no event is: every byte, in any order. */
static void any_bytes_come_back(void **state)
{
    (void)state;
    static const char some[] = "{\":,}itvxcbhfg\x01\x02\x1f\x00\xff";
    unsigned next = 20261122;
    char text[64];
    for (int round = 0; round < 20000; round++) {
        next = next * 1103515245u + 12345u;
        size_t len = (next >> 16) % sizeof text;
        for (size_t i = 0; i < len; i++) {
            next = next * 1103515245u + 12345u;
            text[i] = some[(next >> 16) % sizeof some];
        }
        comes_back(text, len);
    }
}

static void an_ordinary_answer_gets_short(void **state)
{
    (void)state;
    const char *text = "{\"i\":\"trust.report\",\"v\":4}";
    assert_int_equal(vb_event_packed_length(text, strlen(text)), strlen("trust.report") + 4);
    for (const char *at = text; *at != '\0'; at++)
        assert_true(vb_event_packed_length(at, strlen(at)) <= strlen(at));
}

static void what_was_never_packed_is_told(void **state)
{
    (void)state;
    static const char *const bytes[] = { "\x01", "a\x01", "\x01 ", "\x01{" };
    struct vb_buf out = { 0 };
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        assert_false(vb_event_unpack(&out, bytes[i], strlen(bytes[i])));
    assert_false(vb_event_unpack(&out, "\0", 1));
    vb_buf_finish(&out);
}

/* Sealed logs hold them: a byte means for good what it meant when it was written. */
static void what_was_written_once_is_read_for_good(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } kept[] = {
        { "\x02"
          "trust.report\x03"
          "4}",
          "{\"i\":\"trust.report\",\"v\":4}" },
        { "\x02"
          "stuck\x04"
          "r\x09",
          "{\"i\":\"stuck\",\"x\":\"r\"}" },
        { "\x05"
          "a\x03"
          "5}",
          "{\"c\":\"a\",\"v\":5}" },
        { "\x06"
          "a\x09\x07"
          "a\x09\x08"
          "a\x09",
          "{\"b\":\"a\"}{\"h\":\"a\"}{\"f\":\"a\"}" },
        { "\x0a"
          "2\x0b\x0d\x0c",
          "{\"g\":2,\"is\":\"not_yet\",\"c\":true}" },
        { "\x0e", "partly" },
        { "\x0f\x10\x11\x13"
          "a\x18"
          "b",
          "{\"t\":\"share\",\"o\":true,\"private\":[\"a\",\"b" },
        { "\x12", ",\"p\":[\"d\",\"r\"]}" },
        { "\x14\x15\x16\x17\x19", ",\"by\":\"image\"}{\"paper\":true}falsetrue\":\"" },
        { "\x1a\x1b\x1c\x1d\x1e\x1f", ",\"role\":\"{\"person\":\",\"person\":\"opened\",\"digest\":"
                                      "\"sha256:,\"language\":\",\"v\":" },
    };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct vb_buf out = { 0 };
        assert_true(vb_event_unpack(&out, kept[i].bytes, strlen(kept[i].bytes)));
        vb_buf_putc(&out, '\0');
        assert_string_equal(out.data, kept[i].text);
        vb_buf_finish(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(any_bytes_come_back),
        cmocka_unit_test(an_ordinary_answer_gets_short),
        cmocka_unit_test(what_was_never_packed_is_told),
        cmocka_unit_test(what_was_written_once_is_read_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
