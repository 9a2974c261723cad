/* i18n_po.h - what both sides of a .po file need of libgettextpo. Inside of i18n. */
#ifndef VB_I18N_PO_H
#define VB_I18N_PO_H

#include <gettext-po.h>

#include "author/i18n.h"

/* As po_file_free, which (in 0.21) leaves the context of every message behind. */
void vb_po_free(po_file_t file);

#endif
