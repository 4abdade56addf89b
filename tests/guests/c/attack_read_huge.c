// wasm-only
// A thousand parts of 32 MB each, 32 GB together, to read seven bytes into: seven bytes come, and no host memory goes.
//
// class: guest-sized allocation
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

enum { length = 32 << 20 };

int main(int argc, char **argv) {
    (void)argc;
    static struct iov parts[1000];
    char *memory = malloc(length);
    uint32_t size = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    for (int i = 0; i < 1000; i++) {
        parts[i] = (struct iov){ADDRESS(memory), length};
    }
    for (int i = 0; i < 100; i++) {
        lseek(fd, 0, SEEK_SET);
        uint32_t error = wasi_fd_read(fd, ADDRESS(parts), 1000, ADDRESS(&size));
        if (error != EINVAL && (error != 0 || size != 7 || memcmp(memory, "content", 7) != 0)) {
            fail("read", "seven bytes or EINVAL");
        }
    }
    equal("position", lseek(fd, 0, SEEK_CUR) % 7, 0);
    return finish();
}
