// Cutting and growing a file: what is cut off is gone, what is grown is zeros, the position stays, a reader may not.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), buffer[16];
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "0123456789", 10), 10);
    want("cut", outcome(ftruncate(fd, 4)), 0);
    equal("size", size_of(path), 4);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 10);
    want("grow", outcome(ftruncate(fd, 8)), 0);
    equal("read", pread(fd, buffer, 16, 0), 8);
    check("old bytes gone", memcmp(buffer, "0123\0\0\0\0", 8) == 0);
    want("to the same size", outcome(ftruncate(fd, 8)), 0);
    want("to nothing", outcome(ftruncate(fd, 0)), 0);
    equal("size", size_of(path), 0);
    equal("write at the old position", write(fd, "x", 1), 1);
    equal("size", size_of(path), 11);
    want("negative", outcome(ftruncate(fd, -1)), EINVAL);
    close(fd);

    fd = open(path, O_RDONLY);
    either("by a reader", outcome(ftruncate(fd, 0)), EINVAL, EBADF);
    equal("size kept", size_of(path), 11);
    want("by path", outcome(truncate(path, 3)), 0);
    equal("size", size_of(path), 3);
    return finish();
}
