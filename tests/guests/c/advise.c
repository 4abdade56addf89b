// Advice on a file's use is taken and changes nothing.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    put(path, "data");
    int fd = open(path, O_RDWR);
    want("sequential", posix_fadvise(fd, 0, 4, POSIX_FADV_SEQUENTIAL), 0);
    want("random", posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM), 0);
    want("needed", posix_fadvise(fd, 1000, 1000, POSIX_FADV_WILLNEED), 0);
    want("not needed", posix_fadvise(fd, 0, 4, POSIX_FADV_DONTNEED), 0);
    want("used once", posix_fadvise(fd, 0, 4, POSIX_FADV_NOREUSE), 0);
    equal("size", size_of(path), 4);
    text("content", get(path), "data");
    return finish();
}
