/* receiver.h - what the results are sent to, by the scheme of a plugin's url. Of this room only. */
#ifndef VB_CONFORM_RECEIVER_H
#define VB_CONFORM_RECEIVER_H

#include "conform/suite.h"

/* The url that takes sample's place, with its path; sample itself where there is no receiver. */
const char *vb_receiver_url(struct vb_suite *suite, struct vb_arena *arena, const char *sample);

#endif
