/* given.h - what `verbond serve` was told, on the command line and by the configuration. */
#ifndef VB_MAIN_SERVE_GIVEN_H
#define VB_MAIN_SERVE_GIVEN_H

#include "main/workplace.h"
#include "serve/serve.h"

struct vb_given_serve { /* as typed; NULL: it was not */
    const char *data, *listen, *cert, *key, *origin, *proxy;
    const char *connections, *per_address, *patience;
};
/* argp: a usage error ends the process with 2, --help with 0. */
void vb_given_serve_read(struct vb_given_serve *out, int argc, char **argv);
/* With what the configuration says where nothing was typed. Strings are place's. VB_E_USAGE: what
 * was typed is wrong; VB_E_CONFIG: what is configured is. */
enum vb_code vb_given_serve_options(const struct vb_given_serve *given, struct vb_workplace *place,
                                    struct vb_serve_options *out, struct vb_err *err);

#endif
