// wasm-only
// A seek from the end whose sum passes the last place there is: refused, and the position stays.
// The built-in's position becomes negative, so it is left out.
//
// class: pointer arithmetic
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    uint64_t position = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    either("from the end", wasi_fd_seek(fd, INT64_MAX, 2, ADDRESS(&position)), EINVAL, EOVERFLOW);
    wasi_fd_tell(fd, ADDRESS(&position));
    equal("position kept", position, 0);

    // Some file systems have no place that far out; where there is one, it is the last.
    either("to the last place", wasi_fd_seek(fd, INT64_MAX, 0, ADDRESS(&position)), 0, EINVAL);
    wasi_fd_tell(fd, ADDRESS(&position));
    if (position == 0) {
        return finish();
    }
    either("one further", wasi_fd_seek(fd, 1, 1, ADDRESS(&position)), EINVAL, EOVERFLOW);
    wasi_fd_tell(fd, ADDRESS(&position));
    check("position kept", position == INT64_MAX);
    char byte;
    struct iov part = {ADDRESS(&byte), 1};
    uint32_t size = 9;
    want("read there", wasi_fd_read(fd, ADDRESS(&part), 1, ADDRESS(&size)), 0);
    equal("bytes", size, 0);
    uint32_t error = wasi_fd_write(fd, ADDRESS(&part), 1, ADDRESS(&size));
    check("write there is refused", error == EFBIG || error == EINVAL || error == ENOSPC);
    return finish();
}
