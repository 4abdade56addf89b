// The position, from the start, from here and from the end; past the end; never before the start.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file"), byte = 0;
    int fd = open(path, O_RDWR | O_CREAT, 0666);
    equal("write", write(fd, "0123456789", 10), 10);
    equal("here", lseek(fd, 0, SEEK_CUR), 10);
    equal("from the start", lseek(fd, 4, SEEK_SET), 4);
    equal("forward", lseek(fd, 2, SEEK_CUR), 6);
    equal("backward", lseek(fd, -3, SEEK_CUR), 3);
    equal("read", read(fd, &byte, 1), 1);
    equal("the byte", byte, '3');
    equal("from the end", lseek(fd, -1, SEEK_END), 9);
    equal("past the end", lseek(fd, 90, SEEK_END), 100);
    equal("read there", read(fd, &byte, 1), 0);
    equal("size kept", size_of(path), 10);
    want("before the start", outcome(lseek(fd, -1, SEEK_SET)), EINVAL);
    want("back before the start", outcome(lseek(fd, -101, SEEK_CUR)), EINVAL);
    want("before the start from the end", outcome(lseek(fd, -11, SEEK_END)), EINVAL);
    equal("position kept", lseek(fd, 0, SEEK_CUR), 100);
    equal("beyond 32 bits", lseek(fd, 5000000000, SEEK_SET), 5000000000);
    equal("and further", lseek(fd, 5000000000, SEEK_CUR), 10000000000);
    want("of a closed one", (close(fd), outcome(lseek(fd, 0, SEEK_SET))), EBADF);
    return finish();
}
