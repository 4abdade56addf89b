// A descriptor does what it was opened for: reading one that writes, and the other way round, is EBADF.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), byte = 'x';
    put(path, "abc");

    int fd = open(path, O_RDONLY);
    equal("read", read(fd, &byte, 1), 1);
    want("write to a reader", outcome(write(fd, "x", 1)), EBADF);
    want("pwrite to a reader", outcome(pwrite(fd, "x", 1, 0)), EBADF);
    want("close", outcome(close(fd)), 0);

    fd = open(path, O_WRONLY);
    want("read from a writer", outcome(read(fd, &byte, 1)), EBADF);
    want("pread from a writer", outcome(pread(fd, &byte, 1, 0)), EBADF);
    equal("write", write(fd, "A", 1), 1);
    want("close", outcome(close(fd)), 0);

    fd = open(path, O_RDWR);
    equal("read from both", read(fd, &byte, 1), 1);
    equal("the byte", byte, 'A');
    equal("write to both", write(fd, "B", 1), 1);
    want("close", outcome(close(fd)), 0);
    text("content", get(path), "ABc");
    return finish();
}
