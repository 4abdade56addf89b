// O_APPEND can be set and cleared on an open descriptor, and F_GETFL tells. The access mode stays what it was.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    put(path, "abc");
    int fd = open(path, O_RDWR);
    check("plain", (fcntl(fd, F_GETFL) & O_APPEND) == 0);
    want("set", outcome(fcntl(fd, F_SETFL, O_APPEND)), 0);
    check("appending", (fcntl(fd, F_GETFL) & O_APPEND) != 0);
    check("mode kept", (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR);
    equal("write", write(fd, "d", 1), 1);
    text("content", get(path), "abcd");
    want("clear", outcome(fcntl(fd, F_SETFL, 0)), 0);
    check("plain again", (fcntl(fd, F_GETFL) & O_APPEND) == 0);
    lseek(fd, 0, SEEK_SET);
    equal("write", write(fd, "A", 1), 1);
    text("content", get(path), "Abcd");

    want("nonblocking", outcome(fcntl(fd, F_SETFL, O_NONBLOCK)), 0);
    char byte;
    lseek(fd, 0, SEEK_SET);
    equal("a file is read all the same", read(fd, &byte, 1), 1);
    want("flags of a closed one", (close(fd), outcome(fcntl(fd, F_GETFL))), EBADF);
    return finish();
}
