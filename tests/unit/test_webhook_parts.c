/* What the plugin webhook decides without a network: which addresses are whose, how long to wait.
 * Its own files, compiled in: a plugin exports nothing else. */
#include "tests.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "../../plugins/webhook/address.c"
#include "../../plugins/webhook/retry_after.c"

/* -- addresses -------------------------------------------------------------------------------- */

struct place {
    const char *address;
    enum address_kind kind;
};

static enum address_kind kind_of(const char *text)
{
    struct sockaddr_storage at = { 0 };
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)&at;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&at;
    if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
        at.ss_family = AF_INET;
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &six->sin6_addr), 1);
        at.ss_family = AF_INET6;
    }
    return address_kind((const struct sockaddr *)&at);
}

static void all_are(const struct place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (kind_of(places[i].address) != places[i].kind)
            fail_msg("%s is taken as %d", places[i].address, kind_of(places[i].address));
}

/* The first and last of each range, and their neighbours. */
static void every_range_of_ipv4_begins_and_ends_where_it_does(void **state)
{
    (void)state;
    static const struct place places[] = {
        { "0.0.0.0", ADDRESS_NEVER },           { "0.255.255.255", ADDRESS_NEVER },
        { "1.0.0.0", ADDRESS_PUBLIC },          { "9.255.255.255", ADDRESS_PUBLIC },
        { "10.0.0.0", ADDRESS_PRIVATE },        { "10.255.255.255", ADDRESS_PRIVATE },
        { "11.0.0.0", ADDRESS_PUBLIC },         { "100.63.255.255", ADDRESS_PUBLIC },
        { "100.64.0.0", ADDRESS_PRIVATE },      { "100.100.100.200", ADDRESS_NEVER },
        { "100.127.255.255", ADDRESS_PRIVATE }, { "100.128.0.0", ADDRESS_PUBLIC },
        { "126.255.255.255", ADDRESS_PUBLIC },  { "127.0.0.0", ADDRESS_PRIVATE },
        { "127.255.255.255", ADDRESS_PRIVATE }, { "128.0.0.0", ADDRESS_PUBLIC },
        { "168.63.129.16", ADDRESS_NEVER },     { "168.63.129.17", ADDRESS_PUBLIC },
        { "169.253.255.255", ADDRESS_PUBLIC },  { "169.254.0.0", ADDRESS_NEVER },
        { "169.254.169.254", ADDRESS_NEVER },   { "169.254.255.255", ADDRESS_NEVER },
        { "169.255.0.0", ADDRESS_PUBLIC },      { "172.15.255.255", ADDRESS_PUBLIC },
        { "172.16.0.0", ADDRESS_PRIVATE },      { "172.31.255.255", ADDRESS_PRIVATE },
        { "172.32.0.0", ADDRESS_PUBLIC },       { "191.255.255.255", ADDRESS_PUBLIC },
        { "192.0.0.192", ADDRESS_NEVER },       { "192.0.1.0", ADDRESS_PUBLIC },
        { "192.0.2.1", ADDRESS_NEVER },         { "192.0.3.0", ADDRESS_PUBLIC },
        { "192.88.99.1", ADDRESS_NEVER },       { "192.88.100.0", ADDRESS_PUBLIC },
        { "192.167.255.255", ADDRESS_PUBLIC },  { "192.168.0.0", ADDRESS_PRIVATE },
        { "192.168.255.255", ADDRESS_PRIVATE }, { "192.169.0.0", ADDRESS_PUBLIC },
        { "198.17.255.255", ADDRESS_PUBLIC },   { "198.18.0.0", ADDRESS_PRIVATE },
        { "198.19.255.255", ADDRESS_PRIVATE },  { "198.20.0.0", ADDRESS_PUBLIC },
        { "198.51.100.1", ADDRESS_NEVER },      { "203.0.113.255", ADDRESS_NEVER },
        { "203.0.114.0", ADDRESS_PUBLIC },      { "223.255.255.255", ADDRESS_PUBLIC },
        { "224.0.0.0", ADDRESS_NEVER },         { "239.255.255.255", ADDRESS_NEVER },
        { "240.0.0.1", ADDRESS_NEVER },         { "255.255.255.255", ADDRESS_NEVER },
    };
    all_are(places, sizeof places / sizeof *places);
}
static void of_ipv6_only_what_is_known_to_be_public_is_public(void **state)
{
    (void)state;
    static const struct place places[] = {
        { "::", ADDRESS_NEVER },
        { "::1", ADDRESS_PRIVATE },
        { "1::1", ADDRESS_NEVER },
        { "100::1", ADDRESS_NEVER },
        { "1fff:ffff::1", ADDRESS_NEVER },
        { "2000::1", ADDRESS_PUBLIC },
        { "2001::1", ADDRESS_NEVER },
        { "2001:1ff::1", ADDRESS_NEVER },
        { "2001:200::1", ADDRESS_PUBLIC },
        { "2001:db7::1", ADDRESS_PUBLIC },
        { "2001:db8::1", ADDRESS_NEVER },
        { "2001:db9::1", ADDRESS_PUBLIC },
        { "2606:4700::1", ADDRESS_PUBLIC },
        { "3fff::1", ADDRESS_NEVER },
        { "3fff:0fff::1", ADDRESS_NEVER },
        { "3fff:1000::1", ADDRESS_PUBLIC },
        { "4000::1", ADDRESS_NEVER },
        { "5f00::1", ADDRESS_NEVER },
        { "fbff::1", ADDRESS_NEVER },
        { "fc00::1", ADDRESS_PRIVATE },
        { "fd00:ec2::254", ADDRESS_NEVER },
        { "fdff::1", ADDRESS_PRIVATE },
        { "fe80::1", ADDRESS_NEVER },
        { "febf::1", ADDRESS_NEVER },
        { "fec0::1", ADDRESS_PRIVATE },
        { "ff02::1", ADDRESS_NEVER },
    };
    all_are(places, sizeof places / sizeof *places);
}
static void an_ipv4_address_in_another_coat_is_what_it_is(void **state)
{
    (void)state;
    static const struct place places[] = {
        { "::ffff:8.8.8.8", ADDRESS_PUBLIC },        { "::ffff:127.0.0.1", ADDRESS_PRIVATE },
        { "::ffff:169.254.169.254", ADDRESS_NEVER }, { "::10.0.0.1", ADDRESS_PRIVATE },
        { "::169.254.169.254", ADDRESS_NEVER },      { "64:ff9b::8.8.8.8", ADDRESS_PUBLIC },
        { "64:ff9b::10.0.0.1", ADDRESS_PRIVATE },    { "64:ff9b::169.254.169.254", ADDRESS_NEVER },
        { "64:ff9b:1::8.8.8.8", ADDRESS_PRIVATE },   { "64:ff9b:2::8.8.8.8", ADDRESS_NEVER },
        { "2002:808:808::1", ADDRESS_PUBLIC },       { "2002:a00:1::1", ADDRESS_PRIVATE },
        { "2002:a9fe:a9fe::1", ADDRESS_NEVER },
    };
    all_are(places, sizeof places / sizeof *places);
}
static void what_is_no_internet_address_is_never_connected_to(void **state)
{
    (void)state;
    assert_int_equal(address_kind(&(struct sockaddr){ .sa_family = AF_UNIX }), ADDRESS_NEVER);
    assert_int_equal(address_kind(&(struct sockaddr){ .sa_family = AF_UNSPEC }), ADDRESS_NEVER);
}

/* -- Retry-After ------------------------------------------------------------------------------ */

static void a_wait_is_read_in_each_form_and_never_longer_than_a_day(void **state)
{
    (void)state;
    static const time_t now = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT, as in RFC 9110 */
    static const struct {
        const char *value;
        int64_t ms;
    } lines[] = {
        { "120", 120000 },
        { " 120\r\n", 120000 },
        { "\t7 ", 7000 },
        { "0", 0 },
        { "000001", 1000 },
        { "86400", RETRY_AFTER_MAX_MS },
        { "86401", RETRY_AFTER_MAX_MS },
        { "99999999999999999999999999999999", RETRY_AFTER_MAX_MS },
        { "Sun, 06 Nov 1994 08:49:47 GMT", 10000 },
        { "Sunday, 06-Nov-94 08:49:47 GMT", 10000 },
        { "Sun Nov  6 08:49:47 1994", 10000 },
        { "Sun, 06 Nov 1994 08:49:37 GMT", 0 },
        { "Sat, 05 Nov 1994 08:49:37 GMT", 0 },
        { "Sun, 06 Nov 2095 08:49:37 GMT", RETRY_AFTER_MAX_MS },
        { "Sun, 06 Nov 1994 08:49:47 CET", 0 },
        { "Sun, 06 Nov 1994 08:49:47 GMT and more", 0 },
        { "-1", 0 },
        { "1.5", 0 },
        { "12 34", 0 },
        { "+10", 0 },
        { "soon", 0 },
        { "", 0 },
        { " \r\n", 0 },
        { "0000000000000000000000000000000000000000000000000000000000000000000000000000009", 0 },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (retry_after_ms(lines[i].value, strlen(lines[i].value), now) != lines[i].ms)
            fail_msg("\"%s\" is read as %lld", lines[i].value,
                     (long long)retry_after_ms(lines[i].value, strlen(lines[i].value), now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_range_of_ipv4_begins_and_ends_where_it_does),
        cmocka_unit_test(of_ipv6_only_what_is_known_to_be_public_is_public),
        cmocka_unit_test(an_ipv4_address_in_another_coat_is_what_it_is),
        cmocka_unit_test(what_is_no_internet_address_is_never_connected_to),
        cmocka_unit_test(a_wait_is_read_in_each_form_and_never_longer_than_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
