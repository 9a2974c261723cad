/* The gate in front of every route: what passes it, and why the rest does not. */
#include "tests.h"

#include "serve/gate.h"

enum { MOST = VB_LINES_MOST + 8 };
struct asked {
    struct vb_gate_line lines[MOST];
    struct vb_gate_head head;
    struct vb_gate_body body;
};

/* A line as "Name: value"; NULL ends them. Always HTTP/1.1 and whole, unless a test says else. */
static void ask(struct asked *asked, const char *method, const char *target,
                const char *const *lines)
{
    memset(asked, 0, sizeof *asked);
    asked->head = (struct vb_gate_head){ .method = method,
                                         .target = target,
                                         .version = "HTTP/1.1",
                                         .lines = asked->lines,
                                         .size = 200,
                                         .whole = true };
    for (; *lines != NULL; lines++) {
        const char *colon = strchr(*lines, ':');
        const char *value = colon + 1 + strspn(colon + 1, " ");
        assert_in_range(asked->head.count, 0, MOST - 1);
        asked->lines[asked->head.count++] =
            (struct vb_gate_line){ *lines, value, (size_t)(colon - *lines), strlen(value) };
    }
}

static enum vb_gate_class answer(const char *method, const char *target, const char *const *lines)
{
    struct asked asked;
    ask(&asked, method, target, lines);
    return vb_gate(&asked.head, &asked.body);
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })
static const char host[] = "Host: verbond.test";

static void is_class(enum vb_gate_class is, enum vb_gate_class wanted, const char *what)
{
    if (is != wanted)
        fail_msg("%s: %s instead of %s", what, vb_gate_class_name(is), vb_gate_class_name(wanted));
}

/* -- what passes ------------------------------------------------------------------------------- */

static void what_a_browser_sends_passes(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, "POST", "/api/v1/turn/answer",
        LINES("Host: praat.example:8443", "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
              "Accept: */*", "Accept-Language: nl,en;q=0.7", "Accept-Encoding: gzip, deflate, br",
              "Content-Type: application/json", "X-Verbond-Token: abc", "Content-Length: 42",
              "Origin: https://praat.example:8443", "Connection: keep-alive",
              "Cookie: __Host-verbond-seat=x; other=\"y\"", "Sec-Fetch-Site: same-origin",
              "DNT: 1"));
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_PASS, "a browser's");
    assert_false(asked.body.chunked);
    assert_int_equal(asked.body.length, 42);
    is_class(answer("GET", "/", LINES("Host: [::1]:8480")), VB_GATE_PASS, "IPv6");
    is_class(answer("GET", "/r?lang=nl&x=%C3%A9+b", LINES(host)), VB_GATE_PASS, "a query");
    is_class(answer("HEAD", "/", LINES("hOsT:x")), VB_GATE_PASS, "a name in any case");
}

static void a_chunked_body_is_told(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, "POST", "/x", LINES(host, "Transfer-Encoding: chunked"));
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_PASS, "chunked");
    assert_true(asked.body.chunked);
    is_class(answer("PUT", "/x", LINES(host, "transfer-encoding: CHUNKED")), VB_GATE_PASS, "case");
}

/* -- the request line -------------------------------------------------------------------------- */

static void other_methods_are_501(void **state)
{
    static const char *const methods[] = { "PATCH", "OPTIONS", "TRACE",  "CONNECT", "get",
                                           "GETS",  "PRI",     "DELETe", "",        "PO ST" };
    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        is_class(answer(methods[i], "/", LINES(host)), VB_GATE_METHOD, methods[i]);
    assert_int_equal(vb_gate_status(VB_GATE_METHOD), 501);
}

static void other_versions_are_400(void **state)
{
    static const char *const versions[] = { "HTTP/2.0", "HTTP/1.2", "http/1.1", "HTTP/1.1 ",
                                            "HTTP/0.9", "",         "HTTP/1.10" };
    struct asked asked;
    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        ask(&asked, "GET", "/", LINES(host));
        asked.head.version = versions[i];
        is_class(vb_gate(&asked.head, &asked.body), VB_GATE_VERSION, versions[i]);
    }
    assert_int_equal(vb_gate_status(VB_GATE_VERSION), 400);
}

static void a_target_is_a_plain_path(void **state)
{
    static const char *const targets[] = {
        "",          "*",           "x",      "http://verbond.test/",
        "//../x",    "/a b",        "/a\tb",  "/a#b",
        "/a\"b",     "/a<b>",       "/a\\b",  "/a|b",
        "/\xC3\xA9", "/a%",         "/a%2",   "/a%zz",
        "/a%00b",    "/a%0d%0ab",   "/a%7f",  "/a%2fb",
        "/a%2Fb",    "/a%5cb",      "/a%C3",  "/a%ED%A0%80",
        "/a%C0%AE",  "/.",          "/..",    "/a/../b",
        "/a/./b",    "/a/%2e%2e/b", "/a/%2e", "/a/.%2E/b",
        "/?a=%00",   "/?a=%",       "/?a=%FF"
    };
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        is_class(answer("GET", targets[i], LINES(host)), VB_GATE_TARGET, targets[i]);
    is_class(answer("GET", "/a/..b/c...", LINES(host)), VB_GATE_PASS, "dots in a name");
    is_class(answer("GET", "/?next=%2Fa%2F..", LINES(host)), VB_GATE_PASS, "a slash in a query");
}

static void a_target_that_is_too_long_is_431(void **state)
{
    char target[VB_TARGET_MOST + 2];
    (void)state;
    memset(target, 'a', sizeof target - 1);
    target[0] = '/';
    target[sizeof target - 1] = '\0';
    is_class(answer("GET", target, LINES(host)), VB_GATE_HEAD, "one byte too long");
    target[sizeof target - 2] = '\0';
    is_class(answer("GET", target, LINES(host)), VB_GATE_PASS, "the longest");
    assert_int_equal(vb_gate_status(VB_GATE_HEAD), 431);
}

/* -- the fields -------------------------------------------------------------------------------- */

static void a_head_whose_lines_are_not_whole_is_400(void **state)
{
    struct asked asked;
    (void)state;
    ask(&asked, "GET", "/", LINES(host));
    asked.head.whole = false;
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_LINES, "not whole");
}

static void a_name_is_a_token(void **state)
{
    static const char *const lines[] = { ":x",     "A b:x",   "A :x",       "A\t:x",  "A(b):x",
                                         "A\"b:x", "A\x01:x", "\xC3\xA9:x", "A[b]:x", "A/b:x" };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        is_class(answer("GET", "/", LINES(host, lines[i])), VB_GATE_FIELD, lines[i]);
}

static void a_value_has_no_control_byte(void **state)
{
    static const char *const lines[] = { "A:b\rc", "A:b\nc", "A:\x01", "A:\x7f", "A:b\x1b[2J" };
    struct asked asked;
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        is_class(answer("GET", "/", LINES(host, lines[i])), VB_GATE_FIELD, lines[i]);
    ask(&asked, "GET", "/", LINES(host, "A:b"));
    asked.lines[1].value = "b\0c";
    asked.lines[1].value_len = 3;
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_FIELD, "a NUL");
    is_class(answer("GET", "/", LINES(host, "A:b\tc")), VB_GATE_PASS, "a tab");
    is_class(answer("GET", "/", LINES(host, "A:caf\xC3\xA9")), VB_GATE_PASS, "UTF-8");
}

static void one_host_is_needed(void **state)
{
    static const char *const hosts[] = { "Host:",      "Host:a b",       "Host:a/b",
                                         "Host:u@h",   "Host:a,b",       "Host:a%00",
                                         "Host:\"a\"", "Host:a\xC3\xA9", "Host:a?b" };
    (void)state;
    is_class(answer("GET", "/", LINES("A:b")), VB_GATE_HOST, "none");
    is_class(answer("GET", "/", LINES(host, host)), VB_GATE_HOST, "two alike");
    is_class(answer("GET", "/", LINES(host, "hOST: evil")), VB_GATE_HOST, "two");
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        is_class(answer("GET", "/", LINES(hosts[i])), VB_GATE_HOST, hosts[i]);
}

static void what_decides_something_stands_once(void **state)
{
    static const char *const names[] = { "Content-Type",    "Cookie",         "Origin",
                                         "X-Verbond-Token", "Sec-Fetch-Site", "Expect",
                                         "Authorization" };
    char first[64], second[64];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(first, sizeof first, "%s: 100-continue", names[i]);
        snprintf(second, sizeof second, "%s: b", names[i]);
        is_class(answer("POST", "/", LINES(host, first, second)), VB_GATE_FIELD, names[i]);
        is_class(answer("POST", "/", LINES(host, first)), VB_GATE_PASS, names[i]);
    }
    is_class(answer("GET", "/", LINES(host, "Accept: a", "Accept: b")), VB_GATE_PASS, "a list");
    is_class(answer("POST", "/", LINES(host, "Expect: something")), VB_GATE_FIELD, "Expect");
}

static void too_many_fields_and_too_large_a_head_are_431(void **state)
{
    const char *lines[VB_LINES_MOST + 2] = { host };
    struct asked asked;
    (void)state;
    for (int i = 1; i < VB_LINES_MOST; i++)
        lines[i] = "A:b";
    is_class(answer("GET", "/", lines), VB_GATE_PASS, "as many as there may be");
    lines[VB_LINES_MOST] = "A:b";
    is_class(answer("GET", "/", lines), VB_GATE_HEAD, "one more");
    ask(&asked, "GET", "/", LINES(host));
    asked.head.size = VB_HEAD_MOST;
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_PASS, "as large as it may be");
    asked.head.size = VB_HEAD_MOST + 1;
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_HEAD, "one byte more");
}

/* -- the body ---------------------------------------------------------------------------------- */

static void a_length_is_digits_once(void **state)
{
    static const char *const lengths[] = { "",     "-1",  "+5",  "5 5", "5,5",
                                           "0x10", "5.0", "1e3", "5;a", "9999999999999999999999" };
    char line[64];
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        snprintf(line, sizeof line, "Content-Length:%s", lengths[i]);
        is_class(answer("POST", "/", LINES(host, line)), VB_GATE_LENGTH, lengths[i]);
    }
    is_class(answer("POST", "/", LINES(host, "Content-Length:5", "Content-Length:5")),
             VB_GATE_LENGTH, "two alike");
    is_class(answer("POST", "/", LINES(host, "Content-Length:5", "content-length:6")),
             VB_GATE_LENGTH, "two");
    is_class(answer("POST", "/", LINES(host, "Content-Length:5", "Transfer-Encoding:chunked")),
             VB_GATE_LENGTH, "beside Transfer-Encoding");
    is_class(answer("POST", "/", LINES(host, "Content-Length:0")), VB_GATE_PASS, "none");
}

static void transfer_encoding_is_chunked_or_not(void **state)
{
    static const char *const codings[] = { "",
                                           "gzip",
                                           "chunked, chunked",
                                           "gzip, chunked",
                                           "chunked;q=1",
                                           "chunked,",
                                           "\"chunked\"",
                                           "xchunked",
                                           "identity",
                                           "chunked\t",
                                           "\x0b"
                                           "chunked" };
    struct asked asked;
    char line[64];
    (void)state;
    for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++) {
        snprintf(line, sizeof line, "Transfer-Encoding:%s", codings[i]);
        enum vb_gate_class class = answer("POST", "/", LINES(host, line));
        assert_true(class == VB_GATE_CODING || class == VB_GATE_FIELD);
        assert_int_equal(vb_gate_status(class), 400);
    }
    is_class(
        answer("POST", "/", LINES(host, "Transfer-Encoding:chunked", "Transfer-Encoding:chunked")),
        VB_GATE_CODING, "twice");
    ask(&asked, "POST", "/", LINES(host, "Transfer-Encoding:chunked"));
    asked.head.version = "HTTP/1.0";
    is_class(vb_gate(&asked.head, &asked.body), VB_GATE_CODING, "in HTTP/1.0");
}

static void a_get_has_no_body(void **state)
{
    (void)state;
    is_class(answer("GET", "/", LINES(host, "Content-Length:5")), VB_GATE_BODY, "GET");
    is_class(answer("HEAD", "/", LINES(host, "Transfer-Encoding:chunked")), VB_GATE_BODY, "HEAD");
    is_class(answer("GET", "/", LINES(host, "Content-Length:0")), VB_GATE_PASS, "an empty one");
}

/* -- escapes, and words ------------------------------------------------------------------------ */

static void escapes_become_bytes_once(void **state)
{
    char out[64];
    (void)state;
    assert_true(vb_gate_decode("a%2541", 6, false, out));
    assert_string_equal(out, "a%41");
    assert_true(vb_gate_decode("a+b", 3, false, out));
    assert_string_equal(out, "a+b");
    assert_true(vb_gate_decode("a+b%20%e2%82%ac", 15, true, out));
    assert_string_equal(out, "a b \xE2\x82\xAC");
    assert_false(vb_gate_decode("%4", 2, false, out));
    assert_false(vb_gate_decode("%", 1, false, out));
    assert_false(vb_gate_decode("%0g", 3, false, out));
}

static void every_class_has_a_name_a_status_and_words(void **state)
{
    (void)state;
    for (int i = VB_GATE_PASS + 1; i < VB_GATE_CLASSES; i++) {
        enum vb_gate_class class = (enum vb_gate_class)i;
        int status = vb_gate_status(class);
        assert_true(status == 400 || status == 413 || status == 431 || status == 501);
        assert_true(strlen(vb_gate_class_name(class)) > 0 && strlen(vb_gate_words(class)) > 0);
        assert_true(strlen(vb_gate_code(class)) > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_browser_sends_passes),
        cmocka_unit_test(a_chunked_body_is_told),
        cmocka_unit_test(other_methods_are_501),
        cmocka_unit_test(other_versions_are_400),
        cmocka_unit_test(a_target_is_a_plain_path),
        cmocka_unit_test(a_target_that_is_too_long_is_431),
        cmocka_unit_test(a_head_whose_lines_are_not_whole_is_400),
        cmocka_unit_test(a_name_is_a_token),
        cmocka_unit_test(a_value_has_no_control_byte),
        cmocka_unit_test(one_host_is_needed),
        cmocka_unit_test(what_decides_something_stands_once),
        cmocka_unit_test(too_many_fields_and_too_large_a_head_are_431),
        cmocka_unit_test(a_length_is_digits_once),
        cmocka_unit_test(transfer_encoding_is_chunked_or_not),
        cmocka_unit_test(a_get_has_no_body),
        cmocka_unit_test(escapes_become_bytes_once),
        cmocka_unit_test(every_class_has_a_name_a_status_and_words),
    };
    return cmocka_run_group_tests_name("gate", tests, NULL, NULL);
}
