// Reserving space: the file grows to hold the range and never shrinks, what was there stays, advice changes nothing.
// The built-in refuses fd_allocate (ENOTSUP), so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    want("0 + 100", posix_fallocate(fd, 0, 100), 0);
    equal("size", size_of(path), 100);
    want("10 + 10", posix_fallocate(fd, 10, 10), 0);
    equal("size", size_of(path), 100);
    want("90 + 20", posix_fallocate(fd, 90, 20), 0);
    equal("size", size_of(path), 110);
    equal("write", pwrite(fd, "data", 4, 0), 4);
    want("over data", posix_fallocate(fd, 0, 110), 0);
    text("content", get(path), "data");
    want("of nothing", posix_fallocate(fd, 0, 0), EINVAL);
    want("negative", posix_fallocate(fd, -1, 1), EINVAL);
    close(fd);
    fd = open(path, O_RDONLY);
    want("by a reader", posix_fallocate(fd, 0, 200), EBADF);
    equal("size kept", size_of(path), 110);
    return finish();
}
