// A pipe: bytes in order, its ends, its errors.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    int p[2];
    char buffer[16] = "";
    say(pipe(p));
    say(write(p[1], "abcdef", 6));
    say(read(p[0], buffer, 4));
    printf("%.4s\n", buffer);
    say(read(p[0], buffer, sizeof buffer));
    say(fcntl(p[0], F_SETFL, O_NONBLOCK));
    say(read(p[0], buffer, 1));
    say(write(p[0], "x", 1));
    say(read(p[1], buffer, 1));
    say(lseek(p[0], 0, SEEK_CUR));
    close(p[1]);
    say(read(p[0], buffer, 1));

    signal(SIGPIPE, SIG_IGN);
    pipe(p);
    close(p[0]);
    say(write(p[1], "x", 1));
    close(p[1]);

    say(pipe2(p, O_NONBLOCK | O_CLOEXEC));
    printf("%d %d\n", fcntl(p[0], F_GETFD), (fcntl(p[1], F_GETFL) & O_NONBLOCK) != 0);
    static char block[4096];
    long total = 0, one;
    while ((one = write(p[1], block, sizeof block)) > 0)
        total += one;
    printf("full: %s after %ld\n", error_name(errno), total);
    say(pipe2(p, 0x7));
    struct stat s;
    fstat(p[0], &s);
    truth(S_ISFIFO(s.st_mode));

    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGPIPE, SIG_DFL);
        pipe(p);
        close(p[0]);
        write(p[1], "x", 1);
        _exit(0);
    }
    reap("writer", pid);
    return 0;
}
