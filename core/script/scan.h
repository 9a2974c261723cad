/* scan.h - reads Lua source as tokens, and finds in it what an instrument should not
 * have: bitwise operators, and divisions by what may be nothing.
 *
 * Debian's Lua 5.4.4 computes them wrongly in functions with many constants, silently, and an
 * instrument has no use for them: they are refused before the compiler sees them. Pure; any
 * thread. */
#ifndef VB_SCAN_H
#define VB_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* The first bitwise operator (& | ~ << >>) outside strings and comments: true, its line (from 1)
 * and its text ("<<"). Reads tokens as Lua does, so "~=", "//" and "<=" are not meant; source that
 * does not end its strings is the compiler's to refuse. */
bool vb_scan_bitwise(const char *source, size_t len, int *line, char text[3]);

/* A division that may be by nothing: "/", "//" or "%" before a literal 0, or before a count ("#x")
 * that was not compared with a number in the lines before. Goes on from *at (0 at first), which it
 * moves past what it found. divisor: "#s.members" or "0", cut when it is long. */
struct vb_scan_divisor {
    int line;
    char text[48];
};
bool vb_scan_division(const char *source, size_t len, size_t *at, struct vb_scan_divisor *found);

/* Where a reading stands. Begin with { source, source + len, 1 }. */
struct vb_scan {
    const char *at, *end;
    int line; /* from 1 */
};
/* NUMBER: a sign in an exponent stands beside it as a token of its own. SIGN: an operator, a
 * bracket, a comma. NAME: a keyword as well. */
enum vb_token_type { VB_TOKEN_NAME, VB_TOKEN_STRING, VB_TOKEN_NUMBER, VB_TOKEN_SIGN };
struct vb_token {
    enum vb_token_type type;
    const char *text; /* in the source, quotes included */
    size_t len;
    int line; /* where it begins */
};
/* The next one, comments passed over; false at the end. */
bool vb_scan_token(struct vb_scan *scan, struct vb_token *token);
bool vb_token_is(const struct vb_token *token, const char *text); /* never true of a string */

#endif
