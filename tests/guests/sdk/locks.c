// flock and record locks, between two processes.
//
// expect: exit=0
// compare: native
#include <sys/file.h>
#include "sdk.h"

static int try_lock(int fd, short type, off_t start, off_t length)
{
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
    return fcntl(fd, F_SETLK, &lock);
}

int main(void)
{
    scratch();
    struct gate up = gate_make(), go = gate_make();
    int fd = open("file", O_RDWR | O_CREAT, 0644);
    pid_t pid = fork();
    if (pid == 0) {
        int mine = open("file", O_RDWR);
        try_lock(mine, F_WRLCK, 10, 10);
        flock(mine, LOCK_EX);
        gate_open(up);
        gate_wait(go);
        _exit(0);
    }
    gate_wait(up);
    say(try_lock(fd, F_WRLCK, 0, 10));
    say(try_lock(fd, F_WRLCK, 15, 1));
    say(try_lock(fd, F_RDLCK, 15, 1));
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    say(fcntl(fd, F_GETLK, &lock));
    printf("%d %d %d %d\n", lock.l_type == F_WRLCK, (int)lock.l_start, (int)lock.l_len, lock.l_pid == pid);
    say(flock(fd, LOCK_SH | LOCK_NB));
    gate_open(go);
    reap("holder", pid);
    say(try_lock(fd, F_WRLCK, 0, 0));
    say(flock(fd, LOCK_SH | LOCK_NB));
    int other = open("file", O_RDWR);
    say(flock(other, LOCK_SH | LOCK_NB));
    say(flock(other, LOCK_EX | LOCK_NB));
    say(flock(fd, LOCK_UN));
    say(flock(other, LOCK_EX | LOCK_NB));
    say(flock(other, 77));

    pid = fork();
    if (pid == 0) {
        // A child has none of its parent's record locks, and its parent's flocks.
        int mine = open("file", O_RDWR);
        say(try_lock(mine, F_WRLCK, 0, 1));
        say(flock(other, LOCK_EX | LOCK_NB));
        say(lockf(mine, F_TEST, 1));
        exit(0);
    }
    reap("child", pid);

    // Closing any descriptor of the file lets go of its record locks.
    close(open("file", O_RDONLY));
    pid = fork();
    if (pid == 0) {
        say(try_lock(fd, F_WRLCK, 0, 1));
        exit(0);
    }
    reap("child", pid);

    // Waiting for one.
    pid = fork();
    if (pid == 0) {
        try_lock(fd, F_WRLCK, 0, 0);
        gate_open(up);
        usleep(30000);
        printf("let go\n");
        exit(0);
    }
    gate_wait(up);
    lock = (struct flock) { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int result = fcntl(fd, F_SETLKW, &lock);
    printf("got it: %d\n", result);
    reap("child", pid);
    return 0;
}
