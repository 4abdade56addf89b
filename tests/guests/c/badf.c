// A descriptor that is not open is EBADF for every call, negative ones too.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static void all(const char *what, int fd) {
    char byte = 0;
    struct iovec part = {&byte, 1};
    struct stat status;
    say("%s", what);
    want("read", outcome(read(fd, &byte, 1)), EBADF);
    want("write", outcome(write(fd, &byte, 1)), EBADF);
    want("pread", outcome(pread(fd, &byte, 1, 0)), EBADF);
    want("pwrite", outcome(pwrite(fd, &byte, 1, 0)), EBADF);
    want("readv", outcome(readv(fd, &part, 1)), EBADF);
    want("writev", outcome(writev(fd, &part, 1)), EBADF);
    want("lseek", outcome(lseek(fd, 0, SEEK_CUR)), EBADF);
    want("fstat", outcome(fstat(fd, &status)), EBADF);
    want("ftruncate", outcome(ftruncate(fd, 0)), EBADF);
    want("fsync", outcome(fsync(fd)), EBADF);
    want("fdatasync", outcome(fdatasync(fd)), EBADF);
    want("futimens", outcome(futimens(fd, (struct timespec[2]){{1, 0}, {1, 0}})), EBADF);
    want("fcntl", outcome(fcntl(fd, F_GETFL)), EBADF);
    want("isatty", isatty(fd) ? 0 : errno, EBADF);
    want("posix_fallocate", posix_fallocate(fd, 0, 1), EBADF);
    want("posix_fadvise", posix_fadvise(fd, 0, 1, POSIX_FADV_NORMAL), EBADF);
    want("fdopendir", outcome_of(fdopendir(fd)), EBADF);
    want("openat", outcome(openat(fd, "x", O_RDONLY)), EBADF);
    want("close", outcome(close(fd)), EBADF);
}

int main(int argc, char **argv) {
    (void)argc;
    int fd = open(in(argv[1], "file"), O_RDWR | O_CREAT, 0666);
    want("close", outcome(close(fd)), 0);
    all("closed", fd);
    all("never opened", 500);
    all("the largest", INT_MAX);
    all("minus one", -1);
    return finish();
}
