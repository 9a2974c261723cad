/* pictures.h - what people made, out of the store, for a page that shows it. */
#ifndef VB_PICTURES_H
#define VB_PICTURES_H

#include "sheet/sheet.h"
#include "store/store.h"

/* For vb_sheet_options.pictures; borrows the store; NULL: nothing is shown. One that was erased, is
 * past its date or cannot be read now is not shown: the sheet then says in words that there is one.
 */
struct vb_sheet_pictures vb_pictures_of(struct vb_store *store);

#endif
