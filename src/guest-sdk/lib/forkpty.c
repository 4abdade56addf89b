/* Apart from the rest, so that only who forks is instrumented for it. */
#include "internal.h"
#include <pty.h>
#include <unistd.h>
#include <utmp.h>

int forkpty(int *master, char *name, const struct termios *termios, const struct winsize *size)
{
    int here, there;
    if (openpty(&here, &there, name, termios, size) < 0)
        return -1;
    pid_t pid = fork();
    if (pid < 0) {
        int error = errno;
        close(here);
        close(there);
        return fail(error);
    }
    if (pid == 0) {
        close(here);
        if (login_tty(there) < 0)
            _exit(1);
        return 0;
    }
    close(there);
    *master = here;
    return pid;
}
