// RLIMIT_FSIZE: a write that begins at the limit fails with EFBIG and SIGXFSZ, one that crosses it is cut short.
//
// expect: exit=0
// compare: native
#include "sdk.h"
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

static volatile sig_atomic_t signals;

static void on_signal(int number)
{
    (void)number;
    signals++;
}

static void said_signals(void)
{
    printf("signals: %d\n", (int)signals);
    signals = 0;
}

static void limit_to(rlim_t bytes)
{
    struct rlimit limit = { bytes, RLIM_INFINITY };
    say(setrlimit(RLIMIT_FSIZE, &limit));
}

int main(void)
{
    char bytes[64] = { 0 };
    struct iovec parts[] = { { bytes, 6 }, { bytes, 6 } };
    int two[2];
    scratch();
    int before = open("before", O_RDWR | O_CREAT, 0644);
    say(write(before, bytes, 20));
    signal(SIGXFSZ, on_signal);
    limit_to(10);

    int fd = open("file", O_RDWR | O_CREAT, 0644);
    say(write(fd, bytes, 4));
    say(write(fd, bytes, 64));
    said_signals();
    say(write(fd, bytes, 1));
    said_signals();
    say(write(fd, bytes, 0));
    say(pwrite(fd, bytes, 8, 5));
    say(pwrite(fd, bytes, 1, 10));
    say(pwrite(fd, bytes, 1, 1000));
    said_signals();
    say(lseek(fd, 0, SEEK_SET));
    say(writev(fd, parts, 2));
    said_signals();
    say(writev(fd, parts, 2));
    said_signals();

    puts("sizes");
    say(ftruncate(fd, 4));
    say(ftruncate(fd, 10));
    say(ftruncate(fd, 11));
    say(truncate("file", 11));
    said_signals();
    say(posix_fallocate(fd, 0, 10));
    truth(posix_fallocate(fd, 0, 11) == EFBIG);
    said_signals();
    say(ftruncate(before, 15));
    say(write(before, bytes, 1));
    said_signals();

    puts("appending");
    int end = open("file", O_WRONLY | O_APPEND);
    say(ftruncate(fd, 8));
    say(write(end, bytes, 4));
    say(write(end, bytes, 4));
    said_signals();

    puts("copying");
    off_t from = 0;
    int copy = open("copy", O_WRONLY | O_CREAT, 0644);
    say(sendfile(copy, before, &from, 15));
    say(sendfile(copy, before, &from, 5));
    said_signals();

    puts("what is no regular file");
    pipe(two);
    say(write(two[1], bytes, 20));
    int null = open("/dev/null", O_WRONLY);
    say(write(null, bytes, 20));

    puts("ignored, then not");
    fflush(stdout);
    signal(SIGXFSZ, SIG_IGN);
    say(pwrite(fd, bytes, 1, 10));
    signal(SIGXFSZ, SIG_DFL);
    pid_t child = fork();
    if (child == 0) {
        pwrite(fd, bytes, 1, 10);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    printf("child: %d by %d\n", WIFSIGNALED(status), WTERMSIG(status));
    limit_to(RLIM_INFINITY);
    say(pwrite(fd, bytes, 1, 10));
    return 0;
}
