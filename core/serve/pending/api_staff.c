#include "serve/route.h"
const struct vb_route vb_staff_routes[] = { { .path = NULL } };
