// As many processes as the argument says, all of them in read; when standard input ends they are woken, and end.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(int argc, char **argv)
{
    int readers = argc > 1 ? atoi(argv[1]) : 8, woken = 0;
    struct gate gate = gate_make();
    for (int i = 0; i < readers; i++) {
        pid_t pid = fork();
        if (pid < 0) {
            printf("%d readers: %s\n", i, error_name(errno));
            return 1;
        }
        if (pid == 0) {
            char c;
            close(gate.fds[1]);
            _exit((int)read(gate.fds[0], &c, 1));
        }
    }
    printf("ready\n");
    fflush(stdout);
    char c;
    while (read(0, &c, 1) > 0) { }
    close(gate.fds[1]);
    int status;
    while (wait(&status) > 0)
        woken += WIFEXITED(status) && WEXITSTATUS(status) == 0;
    printf("%d woken\n", woken);
    return 0;
}
