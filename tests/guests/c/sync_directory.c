// Flushing a directory works: databases do it after they made or renamed a file.
// The built-in answers EBADF, so it is left out.
//
// preopen: /data
// expect: exit=0
// compare: native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    int fd = open(argv[1], O_RDONLY | O_DIRECTORY);
    want("fsync", outcome(fsync(fd)), 0);
    want("fdatasync", outcome(fdatasync(fd)), 0);
    return finish();
}
