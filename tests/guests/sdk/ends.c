// How a program ends: handlers of exit, buffers, _exit, orphans.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static void first(void) { printf("registered first, runs last\n"); }
static void second(void) { printf("registered last, runs first\n"); }

int main(void)
{
    setvbuf(stdout, NULL, _IOFBF, 4096);
    printf("buffered, ");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        printf("never written");
        _exit(1);
    }
    reap("_exit", pid);
    pid = fork();
    if (pid == 0) {
        atexit(first);
        atexit(second);
        printf("written at exit\n");
        exit(2);
    }
    reap("exit", pid);

    // An orphan's parent is another (in a box its first process, which this may be); its end of the pipe closes with it.
    int p[2];
    char c;
    pipe(p);
    pid = fork();
    if (pid == 0) {
        pid_t parent = getpid();
        if (fork() == 0) {
            close(p[0]);
            while (getppid() == parent)
                usleep(1000);
            write(p[1], "o", 1);
            _exit(0);
        }
        _exit(0);
    }
    close(p[1]);
    reap("parent of an orphan", pid);
    say(read(p[0], &c, 1));
    say(read(p[0], &c, 1));
    return 0;
}
