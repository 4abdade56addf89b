/* Paths without links, dots and double slashes. */
#include "internal.h"
#include <stdlib.h>
#include <unistd.h>

char *realpath(const char *restrict path, char *restrict resolved)
{
    char out[PATH_MAX], left[PATH_MAX], link[PATH_MAX];
    size_t length;
    int links = 0;
    if (path == NULL || *path == '\0') {
        errno = path == NULL ? EINVAL : ENOENT;
        return NULL;
    }
    if (strlen(path) >= sizeof left)
        goto too_long;
    strcpy(left, path);
    if (*path == '/')
        strcpy(out, "/");
    else if (getcwd(out, sizeof out) == NULL)
        return NULL;
    length = strlen(out);

    for (char *at = left; *at != '\0';) {
        size_t part = strcspn(at, "/");
        char *next = at + part;
        bool directory = *next == '/';
        while (*next == '/')
            next++;
        if (part == 0 || (part == 1 && *at == '.')) {
            at = next;
            continue;
        }
        if (part == 2 && at[0] == '.' && at[1] == '.') {
            while (length > 1 && out[length - 1] != '/')
                length--;
            if (length > 1)
                length--;
            out[length] = '\0';
            at = next;
            continue;
        }
        size_t before = length;
        if (length + part + 2 > sizeof out)
            goto too_long;
        if (length > 1)
            out[length++] = '/';
        memcpy(out + length, at, part);
        length += part;
        out[length] = '\0';
        struct stat found;
        if (lstat(out, &found) < 0)
            return NULL;
        if (!S_ISLNK(found.st_mode)) {
            if (directory && !S_ISDIR(found.st_mode)) {
                errno = ENOTDIR;
                return NULL;
            }
            at = next;
            continue;
        }
        if (++links > SYMLOOP_MAX) {
            errno = ELOOP;
            return NULL;
        }
        ssize_t target = readlink(out, link, sizeof link - 1);
        if (target < 0)
            return NULL;
        size_t rest = strlen(next);
        if ((size_t)target + rest + 2 > sizeof left)
            goto too_long;
        memmove(left + target + directory, next, rest + 1);
        memcpy(left, link, (size_t)target);
        if (directory)
            left[target] = '/';
        at = left;
        length = *left == '/' ? 1 : before;
        out[length] = '\0';
    }
    return resolved != NULL ? strcpy(resolved, out) : strdup(out);

too_long:
    errno = ENAMETOOLONG;
    return NULL;
}

char *canonicalize_file_name(const char *path) { return realpath(path, NULL); }
