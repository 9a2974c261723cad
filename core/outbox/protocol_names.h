/* protocol_names.h - the words of the protocol, by their enum. Of this room only. */
#ifndef VB_OUTBOX_PROTOCOL_NAMES_H
#define VB_OUTBOX_PROTOCOL_NAMES_H

/* Each ends with NULL. */
extern const char *const vb_wire_engine_types[]; /* enum vb_engine_says */
extern const char *const vb_wire_plugin_types[]; /* enum vb_plugin_says */
extern const char *const vb_wire_levels[];       /* enum vb_output_level */
extern const char *const vb_wire_option_types[]; /* enum vb_output_type */

#endif
