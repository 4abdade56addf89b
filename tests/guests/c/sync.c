// Flushing works on files to read and to write, and changes nothing.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    int fd = open(path, O_WRONLY | O_CREAT, 0666);
    equal("write", write(fd, "data", 4), 4);
    want("fsync", outcome(fsync(fd)), 0);
    want("fdatasync", outcome(fdatasync(fd)), 0);
    close(fd);
    fd = open(path, O_RDONLY);
    want("fsync of a reader", outcome(fsync(fd)), 0);
    want("fdatasync of a reader", outcome(fdatasync(fd)), 0);
    text("content", get(path), "data");
    return finish();
}
