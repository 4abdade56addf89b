/* Reading directories into arrays. */
#include "internal.h"
#include <dirent.h>
#include <stdlib.h>

int scandirat(int dirfd, const char *path, struct dirent ***names, int (*wanted)(const struct dirent *),
    int (*compare)(const struct dirent **, const struct dirent **))
{
    DIR *directory = opendirat(dirfd, path);
    struct dirent *entry, **list = NULL;
    size_t count = 0, room = 0;
    if (directory == NULL)
        return -1;
    for (;;) {
        errno = 0;
        if ((entry = readdir(directory)) == NULL)
            break;
        if (wanted != NULL && !wanted(entry))
            continue;
        if (count == room) {
            size_t larger = room == 0 ? 16 : room * 2;
            struct dirent **more = realloc(list, larger * sizeof *list);
            if (more == NULL)
                break;
            list = more;
            room = larger;
        }
        size_t size = offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
        list[count] = malloc(size);
        if (list[count] == NULL)
            break;
        memcpy(list[count++], entry, size);
    }
    int error = errno;
    closedir(directory);
    if (error != 0) {
        while (count > 0)
            free(list[--count]);
        free(list);
        return fail(error);
    }
    if (compare != NULL && count > 0)
        qsort(list, count, sizeof *list, (int (*)(const void *, const void *))compare);
    *names = list;
    return (int)count;
}

int scandir(const char *path, struct dirent ***names, int (*wanted)(const struct dirent *),
    int (*compare)(const struct dirent **, const struct dirent **))
{
    return scandirat(AT_FDCWD, path, names, wanted, compare);
}
