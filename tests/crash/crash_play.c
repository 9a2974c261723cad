/* crash_play.c - the program that is killed, starved and cut off.
 *
 *   play DATA LIFE...        plays lives (lives.h) one after the other in a process
 *   play DATA look           only opens the folder
 *   play lives               names them
 *   play verbond ARGUMENT... is verbond itself
 *
 * Either with a witness (witness.h) to every commit. Ends with verbond's exit codes. */
#include <stdio.h>
#include <string.h>

#include "main/command.h"
#include "lives.h"

int verbond_main(int argc, char **argv);

static int play(const char *data, const char *name)
{
    struct vb_workplace place;
    struct vb_err err;
    const struct life *life = life_named(name);
    bool looks = strcmp(name, "look") == 0;
    if (life == NULL && !looks) {
        fprintf(stderr, "play: there is no life %s\n", name);
        return 2;
    }
    enum vb_code code = vb_workplace_begin(&place, data, &err);
    if (code == VB_OK)
        code = looks ? vb_workplace_open(&place, &err) : life->play(&place, &err);
    return vb_workplace_end(&place, code, &err);
}

int main(int argc, char **argv)
{
    int code = 0;
    if (argc >= 2 && strcmp(argv[1], "verbond") == 0)
        return verbond_main(argc - 1, argv + 1);
    if (argc == 2 && strcmp(argv[1], "lives") == 0) {
        for (const struct life *life = lives; life->name != NULL; life++)
            puts(life->name);
        return 0;
    }
    if (argc < 3) {
        fputs("usage: play DATA LIFE... | play lives | play verbond ARGUMENT...\n", stderr);
        return 2;
    }
    for (int i = 2; code == 0 && i < argc; i++)
        code = play(argv[1], argv[i]);
    return code;
}
