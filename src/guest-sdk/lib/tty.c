/* Terminals. */
#include "internal.h"
#include <pty.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

/* WASIX's terminal, for hosts that have no more. */
struct wasix_tty {
    uint32_t cols, rows, width, height;
    uint8_t is_terminal[3], echo, line_buffered, line_feeds;
};

static const struct {
    speed_t code;
    uint32_t baud;
} speeds[] = {
    { B0, 0 }, { B50, 50 }, { B75, 75 }, { B110, 110 }, { B134, 134 }, { B150, 150 }, { B200, 200 }, { B300, 300 }, { B600, 600 },
    { B1200, 1200 }, { B1800, 1800 }, { B2400, 2400 }, { B4800, 4800 }, { B9600, 9600 }, { B19200, 19200 }, { B38400, 38400 },
    { B57600, 57600 }, { B115200, 115200 }, { B230400, 230400 }, { B460800, 460800 }, { B921600, 921600 }, { B1000000, 1000000 },
};

#define SPEEDS (sizeof speeds / sizeof *speeds)

static speed_t speed_code(uint32_t baud)
{
    for (size_t i = 0; i < SPEEDS; i++)
        if (speeds[i].baud == baud)
            return speeds[i].code;
    return B38400;
}

static uint32_t speed_baud(speed_t code)
{
    for (size_t i = 0; i < SPEEDS; i++)
        if (speeds[i].code == code)
            return speeds[i].baud;
    return 38400;
}

enum { line_at = 16, cc_at = 17, cc_count = 19, ispeed_at = 36, ospeed_at = 40 };

static int get_by_wasix(int fd, struct termios *termios)
{
    struct wasix_tty tty;
    if (!isatty(fd))
        return fail(ENOTTY);
    int error = marcotte_tty_get(&tty);
    if (error != 0)
        return fail(error);
    memset(termios, 0, sizeof *termios);
    termios->c_iflag = ICRNL | IXON;
    termios->c_oflag = OPOST | ONLCR;
    termios->c_cflag = CS8 | CREAD | B38400;
    termios->c_lflag = (tty.line_buffered ? ICANON | ISIG | IEXTEN : 0) | (tty.echo ? ECHO | ECHOE | ECHOK : 0);
    static const cc_t cc[] = { 3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26 };
    memcpy(termios->c_cc, cc, sizeof cc);
    return 0;
}

int tcgetattr(int fd, struct termios *termios)
{
    uint8_t reply[MARCOTTE_TERMIOS_BYTES];
    REQUEST(r, MARCOTTE_OP_TCGETATTR, 8);
    put32(&r, (uint32_t)fd);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error == ENOSYS)
        return get_by_wasix(fd, termios);
    if (error != 0)
        return fail(error);
    memset(termios, 0, sizeof *termios);
    termios->c_iflag = get32(reply);
    termios->c_oflag = get32(reply + 4);
    termios->__c_ispeed = speed_code(get32(reply + ispeed_at));
    termios->__c_ospeed = speed_code(get32(reply + ospeed_at));
    termios->c_cflag = (get32(reply + 8) & ~(tcflag_t)CBAUD) | termios->__c_ospeed;
    termios->c_lflag = get32(reply + 12);
    termios->c_line = reply[line_at];
    memcpy(termios->c_cc, reply + cc_at, cc_count);
    return 0;
}

int tcsetattr(int fd, int when, const struct termios *termios)
{
    if (when < TCSANOW || when > TCSAFLUSH)
        return fail(EINVAL);
    if (!marcotte_host()) {
        struct wasix_tty tty;
        if (!isatty(fd))
            return fail(ENOTTY);
        int error = marcotte_tty_get(&tty);
        tty.echo = (termios->c_lflag & ECHO) != 0;
        tty.line_buffered = (termios->c_lflag & ICANON) != 0;
        return done(error != 0 ? error : marcotte_tty_set(&tty));
    }
    REQUEST(r, MARCOTTE_OP_TCSETATTR, 64);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)when);
    put32(&r, termios->c_iflag);
    put32(&r, termios->c_oflag);
    put32(&r, termios->c_cflag);
    put32(&r, termios->c_lflag);
    marcotte_put(&r, &termios->c_line, 1);
    marcotte_put(&r, termios->c_cc, cc_count);
    uint32_t baud = speed_baud(termios->c_cflag & CBAUD);
    put32(&r, baud);
    put32(&r, baud);
    return marcotte_do(&r, NULL, 0);
}

static int flush(int fd, uint32_t kind)
{
    REQUEST(r, MARCOTTE_OP_TCFLUSH, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, kind);
    return marcotte_do(&r, NULL, 0);
}

int tcflush(int fd, int queue) { return queue < TCIFLUSH || queue > TCIOFLUSH ? fail(EINVAL) : flush(fd, (uint32_t)queue); }
int tcdrain(int fd) { return flush(fd, 3); }
int tcsendbreak(int fd, int duration) { (void)duration; return flush(fd, 4); }
int tcflow(int fd, int action) { return action < TCOOFF || action > TCION ? fail(EINVAL) : flush(fd, 5 + (uint32_t)action); }

static int ask_of(uint32_t op, int fd)
{
    REQUEST(r, op, 8);
    put32(&r, (uint32_t)fd);
    return marcotte_ask(&r);
}

pid_t tcgetsid(int fd) { return ask_of(MARCOTTE_OP_TCGETSID, fd); }
pid_t tcgetpgrp(int fd) { return ask_of(MARCOTTE_OP_TCGETPGRP, fd); }

int tcsetpgrp(int fd, pid_t group)
{
    REQUEST(r, MARCOTTE_OP_TCSETPGRP, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)group);
    return marcotte_do(&r, NULL, 0);
}

int tcgetwinsize(int fd, struct winsize *size)
{
    REQUEST(r, MARCOTTE_OP_GETWINSIZE, 8);
    put32(&r, (uint32_t)fd);
    int error = marcotte_send(&r, size, sizeof *size, NULL);
    if (error == ENOSYS) {
        struct wasix_tty tty;
        if (!isatty(fd))
            return fail(ENOTTY);
        error = marcotte_tty_get(&tty);
        *size = (struct winsize) { (unsigned short)tty.rows, (unsigned short)tty.cols, (unsigned short)tty.width, (unsigned short)tty.height };
    }
    return done(error);
}

int tcsetwinsize(int fd, const struct winsize *size)
{
    REQUEST(r, MARCOTTE_OP_SETWINSIZE, 16);
    put32(&r, (uint32_t)fd);
    marcotte_put(&r, size, sizeof *size);
    return marcotte_do(&r, NULL, 0);
}

static int control(int fd, uint32_t set)
{
    REQUEST(r, MARCOTTE_OP_CTTY, 16);
    put32(&r, (uint32_t)fd);
    put32(&r, set);
    return marcotte_do(&r, NULL, 0);
}

int ioctl(int fd, int request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    int value;
    switch (request) {
    case TCGETS: return tcgetattr(fd, argument);
    case TCSETS: case TCSETSW: case TCSETSF: return tcsetattr(fd, request - TCSETS, argument);
    case TCSBRK: return flush(fd, argument == NULL ? 4 : 3);
    case TCXONC: return tcflow(fd, (int)(intptr_t)argument);
    case TCFLSH: return tcflush(fd, (int)(intptr_t)argument);
    case TIOCGWINSZ: return tcgetwinsize(fd, argument);
    case TIOCSWINSZ: return tcsetwinsize(fd, argument);
    case TIOCSCTTY: return control(fd, 1);
    case TIOCNOTTY: return control(fd, 0);
    case TIOCSPGRP: return tcsetpgrp(fd, *(pid_t *)argument);
    case TIOCGPGRP: value = tcgetpgrp(fd); break;
    case TIOCGSID: value = tcgetsid(fd); break;
    case FIONREAD: value = ask_of(MARCOTTE_OP_FIONREAD, fd); break;
    case TIOCGPTN: value = ask_of(MARCOTTE_OP_PTSNUMBER, fd); break;
    case TIOCSPTLCK: return ask_of(MARCOTTE_OP_PTSNUMBER, fd) < 0 ? -1 : 0;
    case FIOCLEX: return fcntl(fd, F_SETFD, FD_CLOEXEC);
    case FIONCLEX: return fcntl(fd, F_SETFD, 0);
    case FIONBIO:
        value = fcntl(fd, F_GETFL);
        return value < 0 ? -1 : fcntl(fd, F_SETFL, *(int *)argument ? value | O_NONBLOCK : value & ~O_NONBLOCK);
    default:
        return fcntl(fd, F_GETFD) < 0 ? -1 : fail(ENOTTY);
    }
    if (value < 0)
        return -1;
    *(int *)argument = value;
    return 0;
}

int ttyname_r(int fd, char *buffer, size_t room)
{
    char path[PATH_MAX];
    size_t length = 0;
    REQUEST(r, MARCOTTE_OP_TTYNAME, 8);
    put32(&r, (uint32_t)fd);
    int error = marcotte_send(&r, path, sizeof path, &length);
    if (error == ENOSYS) {
        if (!isatty(fd))
            return errno;
        length = strlen(strcpy(path, "/dev/tty"));
        error = 0;
    }
    if (error != 0)
        return error;
    if (length + 1 > room)
        return ERANGE;
    memcpy(buffer, path, length);
    buffer[length] = '\0';
    return 0;
}

char *ttyname(int fd)
{
    static char name[64];
    int error = ttyname_r(fd, name, sizeof name);
    errno = error == 0 ? errno : error;
    return error == 0 ? name : NULL;
}

char *ctermid(char *buffer)
{
    static char name[] = "/dev/tty";
    return buffer != NULL ? strcpy(buffer, name) : name;
}

int posix_openpt(int flags)
{
    REQUEST(r, MARCOTTE_OP_OPENPT, 8);
    put32(&r, marcotte_host_oflags(flags));
    return marcotte_ask(&r);
}

int getpt(void) { return posix_openpt(O_RDWR | O_NOCTTY); }

static int is_master(int fd) { return ask_of(MARCOTTE_OP_PTSNUMBER, fd) < 0 ? -1 : 0; }
int grantpt(int fd) { return is_master(fd); }
int unlockpt(int fd) { return is_master(fd); }

int ptsname_r(int fd, char *buffer, size_t room)
{
    int number = ask_of(MARCOTTE_OP_PTSNUMBER, fd);
    if (number < 0)
        return errno;
    return (size_t)snprintf(buffer, room, "/dev/pts/%d", number) < room ? 0 : ERANGE;
}

char *ptsname(int fd)
{
    static char name[32];
    int error = ptsname_r(fd, name, sizeof name);
    if (error != 0)
        errno = error;
    return error == 0 ? name : NULL;
}

int openpty(int *master, int *slave, char *name, const struct termios *termios, const struct winsize *size)
{
    char path[32];
    int here = posix_openpt(O_RDWR | O_NOCTTY);
    if (here < 0)
        return -1;
    int there = ptsname_r(here, path, sizeof path) == 0 ? open(path, O_RDWR | O_NOCTTY) : -1;
    if (there < 0) {
        int error = errno;
        close(here);
        return fail(error);
    }
    if (termios != NULL)
        tcsetattr(there, TCSANOW, termios);
    if (size != NULL)
        tcsetwinsize(there, size);
    if (name != NULL)
        strcpy(name, path);
    *master = here;
    *slave = there;
    return 0;
}

int login_tty(int fd)
{
    setsid();
    if (control(fd, 1) < 0)
        return -1;
    for (int i = 0; i < 3; i++)
        dup2(fd, i);
    if (fd > 2)
        close(fd);
    return 0;
}
