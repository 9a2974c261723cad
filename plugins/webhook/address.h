/* address.h - where a webhook may connect to. Pure: of one address, no names, no system calls.
 *
 * What is looked at is the address that a socket is about to be connected to, so that no name that
 * leads elsewhere the second time it is asked gets around it. */
#ifndef WEBHOOK_ADDRESS_H
#define WEBHOOK_ADDRESS_H

#include <sys/socket.h>

enum address_kind {
    ADDRESS_PUBLIC,  /* on the internet */
    ADDRESS_PRIVATE, /* this machine, or a network that somebody runs: RFC 1918, 4193, 6598 */
    ADDRESS_NEVER,   /* nobody's receiver: link-local, metadata of clouds, multicast, documentation,
                        reserved, and whatever is not known */
};
/* Of IPv4 (AF_INET) and IPv6 (AF_INET6); any other family is ADDRESS_NEVER. An IPv4 address within
 * an IPv6 one (mapped, compatible, NAT64, 6to4) is what the IPv4 address is. Ranges: the IANA
 * special-purpose registries for IPv4 and IPv6 (RFC 6890). */
enum address_kind address_kind(const struct sockaddr *address);

#endif
