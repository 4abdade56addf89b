// wasm-only
// Offsets and sizes at the ends of 64 bits: an error that says so, never a wrapped position, and the file stays whole.
//
// class: pointer arithmetic
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void beyond(const char *what, uint32_t error) {
    if (error == EINVAL || error == EFBIG || error == EOVERFLOW || error == ENOSPC || error == ENOTSUP) {
        say("%s: refused", what);
    } else {
        want(what, error, EINVAL);
    }
}

int main(int argc, char **argv) {
    (void)argc;
    char byte = 'x';
    struct iov part = {ADDRESS(&byte), 1};
    uint32_t size;
    uint64_t position = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);

    beyond("seek before the start", wasi_fd_seek(fd, INT64_MIN, 0, ADDRESS(&position)));
    beyond("seek back before the start", wasi_fd_seek(fd, INT64_MIN, 1, ADDRESS(&position)));
    beyond("seek before the start from the end", wasi_fd_seek(fd, INT64_MIN, 2, ADDRESS(&position)));
    wasi_fd_tell(fd, ADDRESS(&position));
    equal("position kept", position, 0);
    beyond("write behind the last place", wasi_fd_pwrite(fd, ADDRESS(&part), 1, INT64_MAX, ADDRESS(&size)));
    beyond("write at -1", wasi_fd_pwrite(fd, ADDRESS(&part), 1, UINT64_MAX, ADDRESS(&size)));
    beyond("write at the lowest", wasi_fd_pwrite(fd, ADDRESS(&part), 1, 1ull << 63, ADDRESS(&size)));
    beyond("read at -1", wasi_fd_pread(fd, ADDRESS(&part), 1, UINT64_MAX, ADDRESS(&size)));
    beyond("size of -1", wasi_fd_filestat_set_size(fd, UINT64_MAX));
    beyond("size of 2^63", wasi_fd_filestat_set_size(fd, 1ull << 63));
    beyond("reserve to -1", wasi_fd_allocate(fd, UINT64_MAX - 1, 1));
    beyond("reserve over the end", wasi_fd_allocate(fd, INT64_MAX, INT64_MAX));
    beyond("reserve a sum that wraps", wasi_fd_allocate(fd, UINT64_MAX, 2));
    text("content", get(in(argv[1], "file")), "content");
    equal("size", size_of(in(argv[1], "file")), 7);
    return finish();
}
