// pread and pwrite leave the position alone, read nothing past the end, fill the gap, and refuse a negative offset.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), buffer[8] = "";
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "abcdef", 6), 6);
    lseek(fd, 1, SEEK_SET);
    equal("pread", pread(fd, buffer, 3, 2), 3);
    check("its bytes", memcmp(buffer, "cde", 3) == 0);
    equal("pwrite", pwrite(fd, "XY", 2, 4), 2);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 1);
    equal("short pread", pread(fd, buffer, 8, 5), 1);
    equal("pread at the end", pread(fd, buffer, 8, 6), 0);
    equal("pread far past it", pread(fd, buffer, 8, 1000000), 0);
    equal("pwrite past the end", pwrite(fd, "Z", 1, 8), 1);
    equal("size", size_of(path), 9);
    equal("pread of the gap", pread(fd, buffer, 3, 6), 3);
    check("zeros, then the byte", memcmp(buffer, "\0\0Z", 3) == 0);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 1);
    want("pread at -1", outcome(pread(fd, buffer, 1, -1)), EINVAL);
    want("pwrite at -1", outcome(pwrite(fd, buffer, 1, -1)), EINVAL);
    return finish();
}
