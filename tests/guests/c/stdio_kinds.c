// Standard streams that are pipes: no terminal, no position. The kind preview 1 gives them is left open.
// Natively the streams must be pipes, not files: files have a position.
//
// stdin: "abc"
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(void) {
    char byte;
    for (int fd = 0; fd <= 2; fd++) {
        struct stat status;
        say("descriptor %d", fd);
        check("no terminal", !isatty(fd));
        want("fstat", outcome(fstat(fd, &status)), 0);
        check("no regular file", !S_ISREG(status.st_mode));
        check("no directory", !S_ISDIR(status.st_mode));
        want("lseek", outcome(lseek(fd, 0, SEEK_CUR)), ESPIPE);
    }
    want("pread", outcome(pread(0, &byte, 1, 0)), ESPIPE);
    equal("read", read(0, &byte, 1), 1);
    return finish();
}
