/* sanitized.h - was this built with AddressSanitizer? It reserves terabytes of addresses and keeps
 * freed memory for a while, so that limits and figures of memory mean nothing. */
#ifndef VB_SANITIZED_H
#define VB_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define VB_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VB_SANITIZED 1
#endif
#endif
#ifndef VB_SANITIZED
#define VB_SANITIZED 0
#endif

#endif
