/* assets_table.h - the table that assets.sh writes while verbond is built. */
#ifndef VB_ASSETS_TABLE_H
#define VB_ASSETS_TABLE_H

struct vb_asset_file {
    const char *path, *begin, *end; /* path below core/web */
};
extern const struct vb_asset_file vb_asset_files[]; /* ends with path NULL */

#endif
