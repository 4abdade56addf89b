/* Paths without a host that resolves them: preview 1's preopened directories, and WASIX's working directory. */
#include "internal.h"
#include <stdlib.h>

struct preopen {
    int fd;
    char *path;
};

static struct preopen *preopens;
static int count = -1;

static void find_preopens(void)
{
    __wasi_prestat_t prestat;
    count = 0;
    for (int fd = 3; __wasi_fd_prestat_get(fd, &prestat) == 0; fd++) {
        size_t length = prestat.u.dir.pr_name_len;
        struct preopen *more = realloc(preopens, (size_t)(count + 1) * sizeof *more);
        char *path = malloc(length + 1);
        if (more == NULL || path == NULL)
            return;
        preopens = more;
        if (__wasi_fd_prestat_dir_name(fd, (uint8_t *)path, length) != 0)
            return;
        path[length] = '\0';
        preopens[count++] = (struct preopen) { fd, path };
    }
}

/* Makes `path` absolute, without `.` and `//`; `..` is left to the host. The result is an errno. */
static int absolute(const char *path, char *buffer)
{
    size_t length = 0;
    if (*path != '/') {
        length = PATH_MAX - 1;
        if (marcotte_getcwd(buffer, &length) != 0) {
            memcpy(buffer, "/", 1);
            length = 1;
        }
        if (length > 0 && buffer[length - 1] == '\0')
            length--;
    }
    while (*path != '\0') {
        size_t part = strcspn(path, "/");
        if (part > 0 && !(part == 1 && *path == '.')) {
            if (length + part + 2 > PATH_MAX)
                return ENAMETOOLONG;
            if (length == 0 || buffer[length - 1] != '/')
                buffer[length++] = '/';
            memcpy(buffer + length, path, part);
            length += part;
        }
        path += part;
        if (*path == '/' && *++path == '\0') {
            if (length + 2 > PATH_MAX)
                return ENAMETOOLONG;
            if (length == 0 || buffer[length - 1] != '/')
                buffer[length++] = '/';
        }
    }
    buffer[length] = '\0';
    return 0;
}

/* How much of `path` the directory `prefix` is; -1 if it is not above it. */
static int covers(const char *prefix, const char *path)
{
    while (*prefix == '/' || (*prefix == '.' && (prefix[1] == '/' || prefix[1] == '\0')))
        prefix++;
    size_t length = strlen(prefix);
    while (length > 0 && prefix[length - 1] == '/')
        length--;
    if (length == 0)
        return 0;
    return strncmp(prefix, path, length) == 0 && (path[length] == '/' || path[length] == '\0') ? (int)length : -1;
}

int marcotte_resolve(int dirfd, const char *path, char *buffer, int *fd, const char **rest)
{
    if (*path == '\0')
        return ENOENT;
    if (dirfd != AT_FDCWD && *path != '/') {
        *fd = dirfd;
        *rest = path;
        return 0;
    }
    int error = absolute(path, buffer);
    if (error != 0)
        return error;
    if (count < 0)
        find_preopens();
    int best = -1;
    for (int i = 0; i < count; i++) {
        int length = covers(preopens[i].path, buffer + 1);
        if (length > best) {
            best = length;
            *fd = preopens[i].fd;
        }
    }
    if (best < 0)
        return ENOTCAPABLE;
    const char *at = buffer + 1 + best;
    while (*at == '/')
        at++;
    *rest = *at == '\0' ? "." : at;
    return 0;
}
