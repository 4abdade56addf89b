// wasm-only
// fd_renumber moves: the target's file is closed, the source's number is free. Onto itself it changes nothing. Both
// must be open.
//
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], byte = 0;
    put(in(dir, "a"), "aaaa");
    put(in(dir, "b"), "bbbb");
    int a = open(in(dir, "a"), O_RDWR), b = open(in(dir, "b"), O_RDWR);
    lseek(a, 2, SEEK_SET);

    want("onto itself", wasi_fd_renumber(a, a), 0);
    equal("which keeps its position", lseek(a, 0, SEEK_CUR), 2);
    want("a onto b", wasi_fd_renumber(a, b), 0);
    equal("read from b's number", read(b, &byte, 1), 1);
    equal("gives a's byte", byte, 'a');
    equal("at a's position", lseek(b, 0, SEEK_CUR), 3);
    want("a's number is closed", outcome(read(a, &byte, 1)), EBADF);
    want("from a closed one", wasi_fd_renumber(a, b), EBADF);
    want("to a closed one", wasi_fd_renumber(b, a), EBADF);
    equal("b is untouched", read(b, &byte, 1), 1);
    want("a closed one onto itself", wasi_fd_renumber(a, a), EBADF);
    want("from far away", wasi_fd_renumber(4000000000u, b), EBADF);
    want("to far away", wasi_fd_renumber(b, 4000000000u), EBADF);
    want("close", outcome(close(b)), 0);
    want("close again", outcome(close(b)), EBADF);

    // Onto standard output: what is printed from here on goes into the file, so the checks go to the status alone.
    say("standard output moves away");
    fflush(stdout);
    int file = open(in(dir, "output"), O_RDWR | O_CREAT, 0666);
    want("file onto stdout", wasi_fd_renumber(file, 1), 0);
    say("into the file");
    fflush(stdout);
    if (strcmp(get(in(dir, "output")), "file onto stdout: ok\ninto the file\n") != 0) {
        fail("the file", "the lines printed since");
    }
    return guest_failures == 0 ? 0 : 1;
}
