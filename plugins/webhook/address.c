#include "address.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first range that holds an address counts. */

struct range4 {
    unsigned char bytes[4];
    unsigned bits;
    enum address_kind kind;
};
static const struct range4 ranges4[] = {
    { { 100, 100, 100, 200 }, 32, ADDRESS_NEVER }, /* metadata of a cloud, within RFC 6598 */
    { { 168, 63, 129, 16 }, 32, ADDRESS_NEVER },   /* and one at an address like any other */
    { { 0 }, 8, ADDRESS_NEVER },                   /* "this host": it leads to the machine itself */
    { { 10 }, 8, ADDRESS_PRIVATE },
    { { 100, 64 }, 10, ADDRESS_PRIVATE }, /* behind a provider's own translation, RFC 6598 */
    { { 127 }, 8, ADDRESS_PRIVATE },
    { { 169, 254 }, 16, ADDRESS_NEVER }, /* link-local, and the metadata of most clouds */
    { { 172, 16 }, 12, ADDRESS_PRIVATE },
    { { 192, 0, 0 }, 24, ADDRESS_NEVER },   /* protocol assignments */
    { { 192, 0, 2 }, 24, ADDRESS_NEVER },   /* documentation */
    { { 192, 88, 99 }, 24, ADDRESS_NEVER }, /* relays of 6to4 */
    { { 192, 168 }, 16, ADDRESS_PRIVATE },
    { { 198, 18 }, 15, ADDRESS_PRIVATE },    /* benchmarks of networks */
    { { 198, 51, 100 }, 24, ADDRESS_NEVER }, /* documentation */
    { { 203, 0, 113 }, 24, ADDRESS_NEVER },  /* documentation */
    { { 224 }, 3, ADDRESS_NEVER },           /* multicast, reserved, broadcast */
};

/* within: at this byte lies an IPv4 address that decides; 0: none. */
struct range6 {
    unsigned char bytes[16];
    unsigned bits;
    unsigned within;
    enum address_kind kind;
};
static const struct range6 ranges6[] = {
    { { [15] = 1 }, 128, 0, ADDRESS_PRIVATE },                    /* ::1 */
    { { 0 }, 128, 0, ADDRESS_NEVER },                             /* :: leads to the machine */
    { { 0 }, 96, 12, ADDRESS_NEVER },                             /* IPv4-compatible */
    { { [10] = 0xff, 0xff }, 96, 12, ADDRESS_NEVER },             /* IPv4-mapped */
    { { 0x00, 0x64, 0xff, 0x9b }, 96, 12, ADDRESS_NEVER },        /* NAT64, RFC 6052 */
    { { 0x00, 0x64, 0xff, 0x9b, 0, 1 }, 48, 0, ADDRESS_PRIVATE }, /* NAT64 of one's own */
    { { 0x20, 0x02 }, 16, 2, ADDRESS_NEVER },                     /* 6to4 */
    { { 0x20, 0x01, 0, 0 }, 23, 0, ADDRESS_NEVER },               /* Teredo, benchmarks, ORCHID */
    { { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0, ADDRESS_NEVER },         /* documentation */
    { { 0x3f, 0xff }, 20, 0, ADDRESS_NEVER },                     /* documentation, RFC 9637 */
    { { 0xfd, 0x00, 0x0e, 0xc2 }, 32, 0, ADDRESS_NEVER },         /* metadata of a cloud */
    { { 0xfc }, 7, 0, ADDRESS_PRIVATE },                          /* unique local, RFC 4193 */
    { { 0xfe, 0xc0 }, 10, 0, ADDRESS_PRIVATE },                   /* site-local, of old */
    { { 0x20 }, 3, 0, ADDRESS_PUBLIC },                           /* global unicast */
};

static bool begins_with(const unsigned char *address, const unsigned char *range, unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;
    if (memcmp(address, range, whole) != 0)
        return false;
    return rest == 0 || (address[whole] ^ range[whole]) >> (8 - rest) == 0;
}

static enum address_kind kind4(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof ranges4 / sizeof *ranges4; i++)
        if (begins_with(address, ranges4[i].bytes, ranges4[i].bits))
            return ranges4[i].kind;
    return ADDRESS_PUBLIC;
}

/* What is in no range is assigned to nobody (link-local and multicast too), and refused. */
static enum address_kind kind6(const unsigned char *address)
{
    for (size_t i = 0; i < sizeof ranges6 / sizeof *ranges6; i++)
        if (begins_with(address, ranges6[i].bytes, ranges6[i].bits))
            return ranges6[i].within > 0 ? kind4(address + ranges6[i].within) : ranges6[i].kind;
    return ADDRESS_NEVER;
}

enum address_kind address_kind(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return kind4(
            (const unsigned char *)&((const struct sockaddr_in *)(const void *)address)->sin_addr);
    if (address->sa_family == AF_INET6)
        return kind6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
    return ADDRESS_NEVER;
}
