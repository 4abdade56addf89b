// A hole reads as zeros, counts in the size and costs no space: a byte at 1 TB makes no terabyte.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), buffer[64];
    int fd = open(path, O_RDWR | O_CREAT, 0666), zeros = 1;
    equal("write", write(fd, "start", 5), 5);
    equal("seek", lseek(fd, 1000000, SEEK_SET), 1000000);
    equal("write", write(fd, "end", 3), 3);
    equal("size", size_of(path), 1000003);
    for (off_t offset = 5; offset < 1000000; offset += 4099) {
        memset(buffer, 'x', sizeof buffer);
        ssize_t count = pread(fd, buffer, sizeof buffer, offset);
        for (ssize_t i = 0; i < count && offset + i < 1000000; i++) {
            zeros &= buffer[i] == 0;
        }
    }
    check("the hole is zeros", zeros);

    equal("write at 1 TB", pwrite(fd, "far", 3, 1ll << 40), 3);
    equal("size", size_of(path), (1ll << 40) + 3);
    equal("read there", pread(fd, buffer, 64, (1ll << 40) - 2), 5);
    check("its bytes", memcmp(buffer, "\0\0far", 5) == 0);
    want("back to small", outcome(ftruncate(fd, 7)), 0);
    equal("read", pread(fd, buffer, 64, 0), 7);
    check("its bytes", memcmp(buffer, "start\0\0", 7) == 0);
    return finish();
}
