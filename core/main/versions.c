#include "main/versions.h"

#include <cjson/cJSON.h>
#include <sodium.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include "loop/loop.h"
#include "script/sandbox.h"

void vb_versions_print(FILE *out)
{
    fprintf(out, "verbond %s\n", VERBOND_VERSION);
    fprintf(out, "Lua %s\n", vb_sandbox_version());
    fprintf(out, "libuv %s\n", vb_loop_version());
    fprintf(out, "SQLite %s\n", sqlite3_libversion());
    fprintf(out, "libsodium %s\n", sodium_version_string());
    fprintf(out, "utf8proc %s\n", utf8proc_version());
    fprintf(out, "cJSON %s\n", cJSON_Version());
}
