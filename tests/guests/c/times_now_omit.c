// UTIME_OMIT leaves a time as it is, UTIME_NOW sets the present, no times at all means both now; writing moves the
// modification time and reading does not.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

#ifdef __wasi__
// This wasi-libc gets UTIME_OMIT wrong (EINVAL) and takes no times at all for the epoch: the flags are set here.
#include "preview1.h"

static int set_times(const char *path, int fd, const struct timespec *times) {
    uint64_t values[2] = {0, 0};
    uint32_t flags = times == NULL ? TIME_ATIM_NOW | TIME_MTIM_NOW : 0;
    for (int i = 0; times != NULL && i < 2; i++) {
        if (times[i].tv_nsec == UTIME_NOW) {
            flags |= i == 0 ? TIME_ATIM_NOW : TIME_MTIM_NOW;
        } else if (times[i].tv_nsec != UTIME_OMIT) {
            flags |= i == 0 ? TIME_ATIM : TIME_MTIM;
            values[i] = times[i].tv_sec * 1000000000ull + times[i].tv_nsec;
        }
    }
    errno = path == NULL ? wasi_fd_filestat_set_times(fd, values[0], values[1], flags)
                         : wasi_path_filestat_set_times(3, LOOKUP_FOLLOW, PATH("file"), values[0], values[1], flags);
    return errno == 0 ? 0 : -1;
}
#else
static int set_times(const char *path, int fd, const struct timespec *times) {
    return path == NULL ? futimens(fd, times) : utimensat(AT_FDCWD, path, times, 0);
}
#endif

static int recent(struct timespec time) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return time.tv_sec >= now.tv_sec - 60 && time.tv_sec <= now.tv_sec + 1;
}

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), byte;
    struct stat status;
    struct timespec old[2] = {{1000, 1}, {2000, 2}}, times[2];
    put(path, "x");
    stat(path, &status);
    check("a new file's times are now", recent(status.st_atim) && recent(status.st_mtim) && recent(status.st_ctim));

    set_times(path, -1, old);
    times[0] = (struct timespec){3000, 3};
    times[1] = (struct timespec){0, UTIME_OMIT};
    want("access time alone", outcome(set_times(path, -1, times)), 0);
    stat(path, &status);
    equal("access", status.st_atim.tv_sec, 3000);
    equal("modification kept", status.st_mtim.tv_sec, 2000);
    equal("to the nanosecond", status.st_mtim.tv_nsec, 2);

    times[0] = (struct timespec){0, UTIME_OMIT};
    times[1] = (struct timespec){0, UTIME_NOW};
    want("modification time now", outcome(set_times(path, -1, times)), 0);
    stat(path, &status);
    equal("access kept", status.st_atim.tv_sec, 3000);
    check("modification is now", recent(status.st_mtim));

    set_times(path, -1, old);
    times[0] = times[1] = (struct timespec){0, UTIME_OMIT};
    want("neither", outcome(set_times(path, -1, times)), 0);
    stat(path, &status);
    equal("both kept", status.st_atim.tv_sec + status.st_mtim.tv_sec, 3000);

    want("both now", outcome(set_times(path, -1, NULL)), 0);
    stat(path, &status);
    check("both are now", recent(status.st_atim) && recent(status.st_mtim));

    set_times(path, -1, old);
    int fd = open(path, O_RDWR);
    equal("read", read(fd, &byte, 1), 1);
    fstat(fd, &status);
    equal("modification kept by reading", status.st_mtim.tv_sec, 2000);
    equal("write", write(fd, "y", 1), 1);
    fstat(fd, &status);
    check("modification moved by writing", recent(status.st_mtim));
    set_times(NULL, fd, old);
    times[0] = (struct timespec){5000, 5};
    times[1] = (struct timespec){0, UTIME_OMIT};
    want("access time alone, open file", outcome(set_times(NULL, fd, times)), 0);
    fstat(fd, &status);
    equal("access", status.st_atim.tv_sec, 5000);
    equal("modification kept", status.st_mtim.tv_sec, 2000);
    want("truncate", outcome(ftruncate(fd, 0)), 0);
    fstat(fd, &status);
    check("modification moved by truncating", recent(status.st_mtim));
    return finish();
}
