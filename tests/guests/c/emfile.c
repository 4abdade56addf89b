// Opening without end ends with EMFILE, at the limit the box was given; closing one makes room for one.
// Natively the guest sets the same limit for itself. The built-in has none of its own, so it is left out.
//
// preopen: /data
// limit: descriptors=64
// expect: exit=0
// compare: native
#include "guest.h"

#ifndef __wasi__
#include <sys/resource.h>
#endif

int main(int argc, char **argv) {
    (void)argc;
    char *path = in(argv[1], "file");
    int count = 0, last = -1, fd;
#ifndef __wasi__
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){64, 64});
#endif
    put(path, "x");
    while (count < 1000 && (fd = open(path, O_RDONLY)) >= 0) {
        last = fd;
        count++;
    }
    want("in the end", errno, EMFILE);
    check("not before 50, not after 64", count >= 50 && count <= 64);
    want("a directory", outcome(open(argv[1], O_RDONLY | O_DIRECTORY)), EMFILE);
    want("creating", outcome(open(in(argv[1], "new"), O_WRONLY | O_CREAT, 0666)), EMFILE);
    check("which made nothing", !exists(in(argv[1], "new")));
    want("close one", outcome(close(last)), 0);
    check("room for one", open(path, O_RDONLY) >= 0);
    want("and no more", outcome(open(path, O_RDONLY)), EMFILE);
    return finish();
}
