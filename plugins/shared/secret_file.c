#include "secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* -1: errno says why. */
static ssize_t read_all(int fd, char *text, size_t most)
{
    size_t len = 0;
    while (len < most) {
        ssize_t got = read(fd, text + len, most - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

char *secret_file_read(const char *path, size_t most, char *error, size_t error_size)
{
    struct stat is;
    char *text = calloc(1, most + 2);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = text == NULL || fd < 0 || fstat(fd, &is) != 0 ? -1 : read_all(fd, text, most + 1);
    const char *wrong = NULL;
    if (len < 0)
        wrong = strerror(errno);
    else if ((is.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        wrong = "others may read it: chmod 600";
    else if ((size_t)len > most)
        wrong = "it is too long for a secret";
    else if (memchr(text, '\0', (size_t)len) != NULL)
        wrong = "it holds a zero byte, so it is no text";
    if (fd >= 0)
        close(fd);
    if (wrong == NULL)
        return text;
    snprintf(error, error_size, "cannot use %s: %s", path, wrong);
    secret_file_free(text);
    return NULL;
}

void secret_file_free(char *text)
{
    if (text != NULL)
        explicit_bzero(text, strlen(text));
    free(text);
}
