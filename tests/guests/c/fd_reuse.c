// A closed descriptor's number comes back for another file and is then that file; the old one's position is forgotten.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], byte = 0;
    put(in(dir, "a"), "aaaa");
    put(in(dir, "b"), "bbbb");
    int distinct = 1, open_fds[50];
    for (int i = 0; i < 50; i++) {
        open_fds[i] = open(in(dir, "a"), O_RDONLY);
        distinct &= open_fds[i] > 2;
        for (int j = 0; j < i; j++) {
            distinct &= open_fds[i] != open_fds[j];
        }
    }
    check("50 numbers, all different, none of the standard three", distinct);
    lseek(open_fds[25], 3, SEEK_SET);
    want("close", outcome(close(open_fds[25])), 0);
    int fd = open(in(dir, "b"), O_RDONLY);
    check("not a number in use", fd >= 0 && (fd == open_fds[25] || fd > 2));
    equal("starts at the start", lseek(fd, 0, SEEK_CUR), 0);
    equal("read", read(fd, &byte, 1), 1);
    equal("of the new file", byte, 'b');
    equal("read of another", read(open_fds[0], &byte, 1), 1);
    equal("of the old file", byte, 'a');

    int failures = 0;
    for (int i = 0; i < 5000; i++) {
        int again = open(in(dir, "a"), O_RDONLY);
        failures += again < 0 || close(again) != 0;
    }
    equal("failures in 5000 rounds", failures, 0);
    return finish();
}
