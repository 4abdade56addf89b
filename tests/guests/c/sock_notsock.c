// wasm-only
// Socket calls on what is no socket are ENOTSOCK, on what is not open EBADF.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void all(const char *what, uint32_t fd, int wanted) {
    char byte = 'x';
    struct iov part = {ADDRESS(&byte), 1};
    uint32_t size, accepted;
    uint16_t flags;
    say("%s", what);
    want("recv", wasi_sock_recv(fd, ADDRESS(&part), 1, 0, ADDRESS(&size), ADDRESS(&flags)), wanted);
    want("send", wasi_sock_send(fd, ADDRESS(&part), 1, 0, ADDRESS(&size)), wanted);
    want("accept", wasi_sock_accept(fd, 0, ADDRESS(&accepted)), wanted);
    want("shutdown", wasi_sock_shutdown(fd, 3), wanted);
}

int main(int argc, char **argv) {
    (void)argc;
    int fd = open(in(argv[1], "file"), O_RDWR | O_CREAT, 0666);
    all("a file", fd, ENOTSOCK);
    all("a directory", 3, ENOTSOCK);
    all("standard input", 0, ENOTSOCK);
    all("standard output", 1, ENOTSOCK);
    close(fd);
    all("a closed one", fd, EBADF);
    all("a number never used", 4000000000u, EBADF);
    equal("nothing was written", size_of(in(argv[1], "file")), 0);
    return finish();
}
