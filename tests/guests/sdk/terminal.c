// A pair of terminals: lines, echo, raw mode, sizes, names.
//
// expect: exit=0
// compare: native
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>
#include "sdk.h"

static void settle(int master, const char *what)
{
    char buffer[256];
    struct pollfd p = { master, POLLIN, 0 };
    printf("%s:", what);
    while (poll(&p, 1, 50) > 0 && (p.revents & POLLIN)) {
        long got = read(master, buffer, sizeof buffer);
        for (long i = 0; i < got; i++)
            printf(buffer[i] >= 32 && buffer[i] < 127 ? " %c" : " %02x", buffer[i]);
    }
    printf("\n");
}

int main(void)
{
    int master, slave;
    struct winsize size = { 24, 80, 0, 0 };
    struct termios t;
    char buffer[64];
    say(openpty(&master, &slave, NULL, NULL, &size) == 0);
    say(isatty(master));
    say(isatty(slave));
    truth(strncmp(ttyname(slave), "/dev/pts/", 9) == 0);
    truth(strcmp(ttyname(slave), ptsname(master)) == 0);
    say(ioctl(slave, TIOCGWINSZ, &size));
    printf("%d %d\n", size.ws_row, size.ws_col);
    size.ws_row = 50;
    say(ioctl(master, TIOCSWINSZ, &size));
    ioctl(slave, TIOCGWINSZ, &size);
    printf("%d %d\n", size.ws_row, size.ws_col);

    say(tcgetattr(slave, &t));
    printf("canonical %d, echo %d, signals %d, icrnl %d, onlcr %d, erase %d, eof %d\n", !!(t.c_lflag & ICANON), !!(t.c_lflag & ECHO), !!(t.c_lflag & ISIG),
        !!(t.c_iflag & ICRNL), !!(t.c_oflag & ONLCR), t.c_cc[VERASE], t.c_cc[VEOF]);
    write(master, "lin\x7f" "ne\r", 7);
    long got = read(slave, buffer, sizeof buffer);
    printf("%ld %.*s", got, (int)got, buffer);
    settle(master, "echo");
    write(slave, "a\nb", 3);
    settle(master, "output");
    write(master, "x\x04", 2);
    say(read(slave, buffer, sizeof buffer));
    write(master, "\x04", 1);
    say(read(slave, buffer, sizeof buffer));
    settle(master, "echo");

    cfmakeraw(&t);
    say(tcsetattr(slave, TCSANOW, &t));
    write(master, "r\x03\r", 3);
    got = read(slave, buffer, sizeof buffer);
    printf("raw: %ld %02x %02x %02x\n", got, buffer[0], buffer[1], buffer[2]);
    settle(master, "echo");
    t.c_cc[VMIN] = 0;
    t.c_cc[VTIME] = 1;
    tcsetattr(slave, TCSANOW, &t);
    say(read(slave, buffer, sizeof buffer));
    write(master, "gone", 4);
    say(tcflush(slave, TCIFLUSH));
    say(read(slave, buffer, sizeof buffer));

    int p[2];
    pipe(p);
    say(isatty(p[0]));
    say(tcgetattr(p[0], &t));
    say(ioctl(p[0], TIOCGWINSZ, &size));
    say(tcgetpgrp(p[0]));
    truth(ttyname(p[0]) == NULL && errno == ENOTTY);
    say(cfsetspeed(&t, B9600));
    say(cfgetospeed(&t) == B9600);
    close(slave);
    say(read(master, buffer, 1));
    return 0;
}
