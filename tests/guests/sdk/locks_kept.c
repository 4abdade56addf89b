// How long locks last: across fork, dup, exec, close, the holder's end; and that a killed holder holds nothing.
//
// expect: exit=0
// compare: native
#include <sys/file.h>
#include "sdk.h"

static int record(int fd, int command, short type, struct flock *lock)
{
    *lock = (struct flock) { .l_type = type, .l_whence = SEEK_SET, .l_start = 0, .l_len = 10 };
    return fcntl(fd, command, lock);
}

// What a stranger with an open file of his own sees.
static void stranger(const char *when)
{
    struct flock lock;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        int mine = open("file", O_RDWR);
        int whole = flock(mine, LOCK_EX | LOCK_NB), error = errno;
        printf("%s: flock %s", when, whole == 0 ? "free" : error_name(error));
        whole = flock(mine, LOCK_SH | LOCK_NB);
        printf(", shared %s", whole == 0 ? "free" : error_name(errno));
        record(mine, F_GETLK, F_WRLCK, &lock);
        printf(", record %s\n", lock.l_type == F_UNLCK ? "free" : lock.l_pid == getppid() ? "of my parent" : "of another");
        exit(0);
    }
    waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
    struct flock lock;
    if (argc > 1) {
        // After exec: both kinds are still held, by the same process.
        fflush(stdout);
        stranger("after exec");
        return 0;
    }
    scratch();
    int fd = open("file", O_RDWR | O_CREAT, 0644);
    say(flock(fd, LOCK_EX));
    stranger("exclusive");
    int copy = dup(fd);
    close(fd);
    stranger("after the first of two descriptors was closed");
    pid_t pid = fork();
    if (pid == 0) {
        close(copy);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    stranger("after a child closed its own");
    pid = fork();
    if (pid == 0) {
        flock(copy, LOCK_UN);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    stranger("after a child let go of it");
    say(flock(copy, LOCK_SH));
    stranger("shared");
    int second = open("file", O_RDWR);
    say(flock(second, LOCK_SH | LOCK_NB));
    say(flock(second, LOCK_EX | LOCK_NB));
    close(second);
    say(flock(copy, LOCK_EX | LOCK_NB));
    stranger("raised");
    close(copy);
    stranger("closed");

    fd = open("file", O_RDWR);
    say(record(fd, F_SETLK, F_WRLCK, &lock));
    copy = dup(fd);
    stranger("a record");
    pid = fork();
    if (pid == 0) {
        say(record(fd, F_SETLK, F_WRLCK, &lock));
        close(fd);
        exit(0);
    }
    waitpid(pid, NULL, 0);
    stranger("a child has none and takes none away");
    close(copy);
    stranger("after the other of two descriptors was closed");

    // Not by exec, but by the end that nobody can catch.
    fd = open("file", O_RDWR);
    fflush(stdout);
    struct gate up = gate_make();
    pid = fork();
    if (pid == 0) {
        int mine = open("file", O_RDWR);
        flock(mine, LOCK_EX);
        record(mine, F_SETLK, F_WRLCK, &lock);
        gate_open(up);
        for (;;)
            pause();
    }
    gate_wait(up);
    stranger("another holds both");
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    stranger("its holder was killed");

    pid = fork();
    if (pid == 0) {
        int mine = open("file", O_RDWR);
        flock(mine, LOCK_EX);
        record(mine, F_SETLK, F_WRLCK, &lock);
        scratch_owner = 0;
        execl(argv[0], argv[0], "after", (char *)NULL);
        printf("no exec: %s\n", error_name(errno));
        exit(1);
    }
    reap("executed", pid);
    stranger("at its end");
    return 0;
}
