/* crash_check.c - does a folder hold what was acknowledged?
 *
 *   check DIR MARKS       MARKS: a file with what a witness wrote
 *
 * Ends with 0 when DIR/here/data opens, is whole and holds it, and at most one event more. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "folder.h"
#include "witness.h"

int main(int argc, char **argv)
{
    struct dump dump = { 0 };
    struct dump_plans plans = { 0 };
    struct vb_buf marks = { 0 }, nothing = { 0 };
    struct vb_err err;
    char chunk[16384];
    ssize_t n;
    int file = argc == 3 ? open(argv[2], O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) {
        fputs("usage: check DIR MARKS\n", stderr);
        return 2;
    }
    while ((n = read(file, chunk, sizeof chunk)) > 0)
        vb_buf_put(&marks, chunk, (size_t)n);
    close(file);
    vb_buf_puts(&nothing, "");
    enum vb_code code = folder_read(argv[1], &plans, &dump, &err);
    if (code == VB_OK)
        code = witness_holds(&marks, &nothing, &dump, 1, &err);
    if (code != VB_OK)
        printf("# %s\n", err.text);
    dump_finish(&dump);
    dump_plans_finish(&plans);
    vb_buf_finish(&marks);
    vb_buf_finish(&nothing);
    return code != VB_OK;
}
