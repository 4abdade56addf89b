// Copies of descriptors, and the flag that each has of its own.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    scratch();
    int fd = open("file", O_RDWR | O_CREAT, 0644);
    int copy = dup(fd);
    say(write(fd, "hello", 5));
    say(lseek(copy, 0, SEEK_CUR));
    say(dup2(fd, 20));
    say(dup2(fd, fd) == fd);
    say(fcntl(fd, F_DUPFD, 30));
    say(fcntl(fd, F_DUPFD_CLOEXEC, 30));
    say(fcntl(30, F_GETFD));
    say(fcntl(31, F_GETFD));
    say(dup3(fd, 21, O_CLOEXEC));
    say(fcntl(21, F_GETFD));
    say(dup2(21, 22));
    say(fcntl(22, F_GETFD));
    say(dup3(fd, fd, 0));
    say(dup3(fd, 23, 0x7));
    say(dup2(99, 24));
    say(dup2(99, 99));
    say(dup(-1));
    say(fcntl(fd, F_DUPFD, -1));
    say(fcntl(20, F_SETFD, FD_CLOEXEC));
    say(fcntl(20, F_GETFD));
    say(fcntl(20, F_SETFD, 0));
    say(fcntl(20, F_GETFD));
    say(fcntl(99, F_GETFD));
    close(fd);
    say(pwrite(20, "J", 1, 0));
    char buffer[8] = "";
    say(pread(copy, buffer, 8, 0));
    puts(buffer);
    return 0;
}
