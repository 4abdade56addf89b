/* Temporary files. */
#include "internal.h"
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { directory = -1, name_only = -2 };

static bool fill(char *at)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    uint8_t random[6];
    if (__wasi_random_get(random, sizeof random) != 0)
        return false;
    for (int i = 0; i < 6; i++)
        at[i] = letters[random[i] % (sizeof letters - 1)];
    return true;
}

static int make(char *template, int suffix, int flags)
{
    size_t length = strlen(template);
    if (suffix < 0 || length < 6 + (size_t)suffix || memcmp(template + length - 6 - (size_t)suffix, "XXXXXX", 6) != 0)
        return fail(EINVAL);
    for (int attempt = 0; attempt < 100; attempt++) {
        struct stat found;
        if (!fill(template + length - 6 - suffix))
            return fail(EIO);
        int result = flags == directory ? mkdir(template, 0700)
            : flags == name_only ? (lstat(template, &found) == 0 ? fail(EEXIST) : errno == ENOENT ? 0 : -1)
            : open(template, (flags & ~O_ACCMODE) | O_RDWR | O_CREAT | O_EXCL, 0600);
        if (result >= 0 || errno != EEXIST)
            return result;
    }
    return fail(EEXIST);
}

int mkostemps(char *template, int suffix, int flags) { return make(template, suffix, flags & (O_APPEND | O_CLOEXEC | O_SYNC)); }
int mkstemps(char *template, int suffix) { return make(template, suffix, 0); }
int mkostemp(char *template, int flags) { return mkostemps(template, 0, flags); }
int mkstemp(char *template) { return make(template, 0, 0); }
char *mkdtemp(char *template) { return make(template, 0, directory) < 0 ? NULL : template; }

char *mktemp(char *template)
{
    if (make(template, 0, name_only) < 0)
        *template = '\0';
    return template;
}

char *tmpnam(char *buffer)
{
    static char shared[L_tmpnam];
    char *name = strcpy(buffer != NULL ? buffer : shared, _PATH_TMP "tmpXXXXXX");
    return make(name, 0, name_only) < 0 ? NULL : name;
}

char *tempnam(const char *where, const char *prefix)
{
    char path[PATH_MAX];
    if (where == NULL)
        where = P_tmpdir;
    if ((size_t)snprintf(path, sizeof path, "%s/%.5sXXXXXX", where, prefix == NULL ? "file" : prefix) >= sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    return make(path, 0, name_only) < 0 ? NULL : strdup(path);
}

FILE *tmpfile(void)
{
    char path[] = _PATH_TMP "tmpXXXXXX";
    int fd = make(path, 0, O_CLOEXEC);
    if (fd < 0)
        return NULL;
    unlink(path);
    FILE *file = fdopen(fd, "w+");
    if (file == NULL)
        close(fd);
    return file;
}
