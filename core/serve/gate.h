/* gate.h - is this head of a request one that can be read in one way only?
 *
 * Everything that two programs could read differently is refused here, before a route is looked for
 * and before a byte of the body is taken: whoever stands between a browser and us then cannot be
 * made to see another request than we do. After a refusal the connection closes. Rules of RFC 9112
 * where it says must, and stricter where a browser never needs it. What libmicrohttpd has made of
 * the bytes below is described in docs/reference/http-gate.md. Pure; any thread. */
#ifndef VB_GATE_H
#define VB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    VB_HEAD_MOST = 8192,   /* bytes of the request line and all fields */
    VB_TARGET_MOST = 2048, /* bytes of path and query as they came */
    VB_LINES_MOST = 64     /* fields */
};

struct vb_gate_line {
    const char *name, *value; /* not NUL-terminated */
    size_t name_len, value_len;
};
struct vb_gate_head {
    const char *method, *target, *version; /* as they came */
    const struct vb_gate_line *lines;
    size_t count;
    size_t size; /* bytes of all of it; 0: nobody counted */
    bool whole;  /* each line ended in CR LF, none was folded and none was cut short */
};

/* Why not: what metrics count refusals by. */
enum vb_gate_class {
    VB_GATE_PASS,
    VB_GATE_METHOD,  /* 501: not GET, HEAD, POST, PUT, DELETE */
    VB_GATE_VERSION, /* 400: not HTTP/1.1 or HTTP/1.0 */
    VB_GATE_TARGET,  /* 400: not a path; a bad escape, a dot segment, a NUL */
    VB_GATE_LINES,   /* 400: a bare LF, a folded line, a NUL */
    VB_GATE_FIELD,   /* 400: a name that is no token, a control byte, one too often */
    VB_GATE_HOST,    /* 400: none, two, or not a host */
    VB_GATE_LENGTH,  /* 400: two, not a number, or one beside Transfer-Encoding */
    VB_GATE_CODING,  /* 400: Transfer-Encoding that is not chunked, once */
    VB_GATE_BODY,    /* 400: a body where none is due */
    VB_GATE_HEAD,    /* 431: too large, too many */
    VB_GATE_SIZE,    /* 413: a body beyond what the route takes */
    VB_GATE_CLASSES
};
const char *vb_gate_class_name(enum vb_gate_class class); /* "method", "lines", ... */
int vb_gate_status(enum vb_gate_class class);
/* For http-api.md: "request", "head", "size". */
const char *vb_gate_code(enum vb_gate_class class);
const char *vb_gate_words(enum vb_gate_class class); /* a sentence for whoever sent it */

struct vb_gate_body { /* what is to come behind the head */
    bool chunked;
    uint64_t length; /* of one that is not chunked; 0: none */
};
/* VB_GATE_PASS fills in *body. Never VB_GATE_SIZE: that depends on the route. */
enum vb_gate_class vb_gate(const struct vb_gate_head *head, struct vb_gate_body *body);

/* Percent-escapes become bytes; plus: a + is a space, as in a query. out has room for len + 1.
 * False: a bad escape, a control byte, or not UTF-8. */
bool vb_gate_decode(const char *text, size_t len, bool plus, char *out);

#endif
