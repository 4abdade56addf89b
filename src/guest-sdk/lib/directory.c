/* The working directory and the root. */
#include "internal.h"
#include <stdlib.h>
#include <unistd.h>

int chdir(const char *path)
{
    if (!marcotte_host()) {
        struct stat found;
        if (stat(path, &found) < 0)
            return -1;
        return S_ISDIR(found.st_mode) ? done(marcotte_chdir(path, strlen(path))) : fail(ENOTDIR);
    }
    REQUEST(r, MARCOTTE_OP_CHDIR, PATH_ROOM);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

int fchdir(int fd)
{
    REQUEST(r, MARCOTTE_OP_FCHDIR, 8);
    put32(&r, (uint32_t)fd);
    return marcotte_do(&r, NULL, 0);
}

int chroot(const char *path)
{
    REQUEST(r, MARCOTTE_OP_CHROOT, PATH_ROOM);
    put_text(&r, path);
    return marcotte_do(&r, NULL, 0);
}

char *getcwd(char *buffer, size_t room)
{
    char path[PATH_MAX];
    size_t length = sizeof path - 1;
    REQUEST(r, MARCOTTE_OP_GETCWD, 4);
    if (buffer != NULL && room == 0) {
        errno = EINVAL;
        return NULL;
    }
    int error = marcotte_send(&r, path, sizeof path - 1, &length);
    if (error == ENOSYS)
        error = marcotte_getcwd(path, &length);
    if (error != 0) {
        errno = error;
        return NULL;
    }
    path[length] = '\0';
    if (buffer == NULL && (buffer = malloc(room == 0 ? length + 1 : room)) == NULL)
        return NULL;
    if (room != 0 && length + 1 > room) {
        errno = ERANGE;
        return NULL;
    }
    return memcpy(buffer, path, length + 1);
}

char *get_current_dir_name(void) { return getcwd(NULL, 0); }

char *getwd(char *buffer)
{
    return getcwd(buffer, PATH_MAX);
}

void sync(void)
{
    REQUEST(r, MARCOTTE_OP_SYNC, 4);
    marcotte_send(&r, NULL, 0, NULL);
}

int syncfs(int fd) { return fsync(fd); }
