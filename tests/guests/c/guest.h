// What every guest shares. A guest prints one line for each thing it tried, the same wherever it runs, so that the
// lines can be compared between hosts; it also knows what should have come out, complains on stderr when it did not,
// and ends with 1 then.
#ifndef GUEST_H
#define GUEST_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// Not every guest uses every helper.
#define HELPER static __attribute__((__unused__))

static int guest_failures;

HELPER const char *error_name(int error) {
    static char number[24];
    switch (error) {
    case 0: return "ok";
#define NAME(error) case error: return #error
    NAME(E2BIG); NAME(EACCES); NAME(EAGAIN); NAME(EBADF); NAME(EBUSY); NAME(EEXIST); NAME(EFAULT); NAME(EFBIG);
    NAME(EILSEQ); NAME(EINTR); NAME(EINVAL); NAME(EIO); NAME(EISDIR); NAME(ELOOP); NAME(EMFILE); NAME(EMLINK);
    NAME(ENAMETOOLONG); NAME(ENFILE); NAME(ENODEV); NAME(ENOENT); NAME(ENOMEM); NAME(ENOSPC); NAME(ENOSYS);
    NAME(ENOTDIR); NAME(ENOTEMPTY); NAME(ENOTSOCK); NAME(ENOTSUP); NAME(ENOTTY); NAME(ENXIO); NAME(EOVERFLOW);
    NAME(EPERM); NAME(EPIPE); NAME(ERANGE); NAME(EROFS); NAME(ESPIPE); NAME(ETXTBSY); NAME(EXDEV);
    NAME(EDQUOT);
#ifdef ENOTCAPABLE
    NAME(ENOTCAPABLE);
#endif
#undef NAME
    default:
        snprintf(number, sizeof number, "error %d", error);
        return number;
    }
}

HELPER __attribute__((__format__(__printf__, 1, 2))) void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
}

HELPER void fail(const char *what, const char *wanted) {
    guest_failures++;
    fprintf(stderr, "FAIL %s: expected %s\n", what, wanted);
}

// The errno of a call that returns -1 on failure: outcome(mkdir(path, 0777)).
HELPER int outcome(long long result) {
    return result == -1 ? errno : 0;
}

// The same for calls that return NULL on failure.
HELPER int outcome_of(const void *result) {
    return result == NULL ? errno : 0;
}

HELPER void want(const char *what, int got, int wanted) {
    say("%s: %s", what, error_name(got));
    if (got != wanted) {
        fail(what, error_name(wanted));
    }
}

HELPER void equal(const char *what, long long got, long long wanted) {
    char text[32];
    say("%s: %lld", what, got);
    if (got != wanted) {
        snprintf(text, sizeof text, "%lld", wanted);
        fail(what, text);
    }
}

HELPER void check(const char *what, int holds) {
    say("%s: %s", what, holds ? "yes" : "no");
    if (!holds) {
        fail(what, "yes");
    }
}

HELPER void text(const char *what, const char *got, const char *wanted) {
    say("%s: %s", what, got);
    if (strcmp(got, wanted) != 0) {
        fail(what, wanted);
    }
}

// One of two errors: where the specification leaves a choice, the line says only that it was one of them.
HELPER void either(const char *what, int got, int wanted, int also) {
    if (got == wanted || got == also) {
        say("%s: as expected", what);
    } else {
        want(what, got, wanted);
    }
}

// A path that leads out of what was granted. Preview 1 hosts say EPERM or ENOTCAPABLE.
HELPER void refused(const char *what, int got) {
#ifdef ENOTCAPABLE
    int capability = got == ENOTCAPABLE;
#else
    int capability = 0;
#endif
    if (got == EPERM || capability) {
        say("%s: refused", what);
    } else {
        say("%s: %s", what, error_name(got));
        fail(what, "EPERM or ENOTCAPABLE");
    }
}

HELPER int finish(void) {
    say("%s", guest_failures == 0 ? "done" : "failed");
    return guest_failures == 0 ? 0 : 1;
}

// DIRECTORY/NAME, in one of a few buffers that take turns: two paths fit into one call.
HELPER char *in(const char *directory, const char *name) {
    static char paths[4][PATH_MAX];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, PATH_MAX, "%s/%s", directory, name);
    return path;
}

// Makes a file with this content, replacing what was there.
HELPER void put(const char *path, const char *content) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    size_t length = strlen(content);
    if (fd < 0 || write(fd, content, length) != (ssize_t)length || close(fd) != 0) {
        say("put: %s", error_name(errno));
        fail(path, "to be written");
    }
}

// The content of a small file, or the name of the error.
HELPER const char *get(const char *path) {
    static char content[4096];
    int fd = open(path, O_RDONLY);
    ssize_t length = fd < 0 ? -1 : read(fd, content, sizeof content - 1);
    if (length < 0) {
        snprintf(content, sizeof content, "(%s)", error_name(errno));
    } else {
        content[length] = '\0';
    }
    if (fd >= 0) {
        close(fd);
    }
    return content;
}

HELPER int exists(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

HELPER long long size_of(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? (long long)status.st_size : -1;
}

#endif
