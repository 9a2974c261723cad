#!/bin/sh
# assets.sh FILE... - the table of the files of core/web that are compiled in, as C (serve/assets.h).
# Names of symbols are those that ld -r -b binary makes of a path.
set -eu
echo '#include "serve/assets_table.h"'
echo
for file; do
    symbol=_binary_$(printf %s "$file" | tr -c 'A-Za-z0-9' _)
    echo "extern const char ${symbol}_start[], ${symbol}_end[];"
done
echo
echo 'const struct vb_asset_file vb_asset_files[] = {'
for file; do
    symbol=_binary_$(printf %s "$file" | tr -c 'A-Za-z0-9' _)
    echo "    { \"${file#core/web/}\", ${symbol}_start, ${symbol}_end },"
done
echo '    { 0 },'
echo '};'
