// wasm-only
// Lists of parts: none, empty ones, 1,024 of them, more than that, and a part that repeats.
// The built-in takes only the first part that is not empty, which is allowed; so the guest asks again.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static struct iov parts[70000];

int main(int argc, char **argv) {
    (void)argc;
    char letters[] = "abcdefgh";
    uint32_t size = 99;
    int fd = open(in(argv[1], "file"), O_RDWR | O_CREAT, 0666);
    want("none", wasi_fd_write(fd, ADDRESS(parts), 0, ADDRESS(&size)), 0);
    equal("bytes", size, 0);
    for (int i = 0; i < 1000; i++) {
        parts[i] = (struct iov){ADDRESS(letters), 0};
    }
    want("a thousand empty ones", wasi_fd_write(fd, ADDRESS(parts), 1000, ADDRESS(&size)), 0);
    equal("bytes", size, 0);
    want("a thousand empty ones to read into", wasi_fd_read(fd, ADDRESS(parts), 1000, ADDRESS(&size)), 0);
    equal("bytes", size, 0);

    uint32_t done = 0;
    for (int i = 0; i < 1024; i++) {
        parts[i] = (struct iov){ADDRESS(letters + i % 8), 1};
    }
    while (done < 1024 && wasi_fd_write(fd, ADDRESS(parts + done), 1024 - done, ADDRESS(&size)) == 0 && size > 0) {
        done += size;
    }
    equal("1024 parts", done, 1024);
    char back[1024];
    equal("read", pread(fd, back, 1024, 0), 1024);
    int right = 0;
    for (int i = 0; i < 1024; i++) {
        right += back[i] == letters[i % 8];
    }
    equal("in their order", right, 1024);

    // More than IOV_MAX: either done in part or refused, never more than asked for.
    for (int i = 0; i < 70000; i++) {
        parts[i] = (struct iov){ADDRESS(letters), 1};
    }
    lseek(fd, 0, SEEK_END);
    size = 0;
    uint32_t error = wasi_fd_write(fd, ADDRESS(parts), 70000, ADDRESS(&size));
    check("70,000 parts: some or EINVAL", error == EINVAL || (error == 0 && size >= 1 && size <= 70000));
    check("and no more than that was written", size_of(in(argv[1], "file")) == 1024 + (error == 0 ? size : 0));
    return finish();
}
