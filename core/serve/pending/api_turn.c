#include "serve/route.h"
const struct vb_route vb_seat_routes[] = { { .path = NULL } };
