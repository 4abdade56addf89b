// Opening a terminal gives a session's leader its controlling terminal, unless O_NOCTTY says not to; tcdrain does not wait for who reads
// the other side; tcflow holds output.
//
// expect: exit=0
// compare: native
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include "sdk.h"

// In a new session: opens the terminal, and says whom it controls then.
static void open_as_leader(const char *name, int flags, const char *what)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGHUP, SIG_IGN);
        setsid();
        printf("%s\n", what);
        say(open("/dev/tty", O_RDWR));
        truth(access("/dev/tty", F_OK) == 0);
        int fd = open(name, O_RDWR | flags);
        truth(fd >= 0);
        truth(tcgetsid(fd) == getpid());
        truth(tcgetpgrp(fd) == getpgrp());
        truth(open("/dev/tty", O_RDWR) >= 0);
        exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    print_status(what, status);
}

// In a new session, by a process that does not lead it.
static void open_as_follower(const char *name)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        pid_t follower = fork();
        if (follower == 0) {
            int fd = open(name, O_RDWR);
            truth(fd >= 0);
            truth(tcgetsid(fd) == getsid(0));
            exit(0);
        }
        int status;
        waitpid(follower, &status, 0);
        exit(WEXITSTATUS(status));
    }
    int status;
    waitpid(child, &status, 0);
    print_status("follower", status);
}

int main(void)
{
    int master, slave;
    struct termios raw;
    openpty(&master, &slave, NULL, NULL, NULL);
    char name[64];
    snprintf(name, sizeof name, "%s", ttyname(slave));

    open_as_follower(name);
    open_as_leader(name, O_NOCTTY, "with O_NOCTTY");
    open_as_leader(name, 0, "without");

    tcgetattr(slave, &raw);
    cfmakeraw(&raw);
    tcsetattr(slave, TCSANOW, &raw);
    say(tcdrain(slave));
    say(write(slave, "gone", 4));
    say(tcdrain(slave));
    char buffer[8];
    say(read(master, buffer, sizeof buffer));
    say(tcflow(slave, TCIOFF));
    say(tcflow(slave, TCION));
    say(read(master, buffer, sizeof buffer));
    printf("%d %d\n", buffer[0], buffer[1]);
    fcntl(slave, F_SETFL, O_NONBLOCK);
    say(tcflow(slave, TCOOFF));
    say(write(slave, "held", 4));
    say(tcflow(slave, TCOON));
    say(write(slave, "goes", 4));
    say(tcflow(slave, 4));
    say(tcdrain(-1));
    return 0;
}
