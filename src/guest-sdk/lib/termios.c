/* What can be said of a termios without asking anyone. */
#include "internal.h"
#include <termios.h>

speed_t cfgetospeed(const struct termios *termios) { return termios->c_cflag & CBAUD; }
speed_t cfgetispeed(const struct termios *termios) { return cfgetospeed(termios); }

int cfsetospeed(struct termios *termios, speed_t speed)
{
    if (speed & ~(speed_t)CBAUD)
        return fail(EINVAL);
    termios->c_cflag = (termios->c_cflag & ~(tcflag_t)CBAUD) | speed;
    return 0;
}

int cfsetispeed(struct termios *termios, speed_t speed) { return speed == 0 ? 0 : cfsetospeed(termios, speed); }
int cfsetspeed(struct termios *termios, speed_t speed) { return cfsetospeed(termios, speed); }

void cfmakeraw(struct termios *termios)
{
    termios->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    termios->c_oflag &= ~(tcflag_t)OPOST;
    termios->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    termios->c_cflag = (termios->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
    termios->c_cc[VMIN] = 1;
    termios->c_cc[VTIME] = 0;
}
