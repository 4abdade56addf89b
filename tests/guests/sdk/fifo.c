// A FIFO between two processes.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    char buffer[32] = "";
    scratch();
    say(mkfifo("pipe", 0600));
    say(mkfifo("pipe", 0600));
    say(open("pipe", O_WRONLY | O_NONBLOCK));
    pid_t pid = fork();
    if (pid == 0) {
        int fd = open("pipe", O_WRONLY);
        write(fd, "through a name", 14);
        _exit(0);
    }
    int fd = open("pipe", O_RDONLY);
    int total = 0, got;
    while ((got = (int)read(fd, buffer + total, sizeof buffer - 1 - (size_t)total)) > 0)
        total += got;
    printf("%s\n", buffer);
    reap("writer", pid);
    close(fd);
    fd = open("pipe", O_RDONLY | O_NONBLOCK);
    truth(fd >= 0);
    say(read(fd, buffer, 1));
    int both = open("pipe", O_WRONLY | O_NONBLOCK);
    truth(both >= 0);
    say(read(fd, buffer, 1));
    say(write(both, "x", 1));
    say(read(fd, buffer, 1));
    return 0;
}
