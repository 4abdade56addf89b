// A blocked call that a handler interrupts: begun again with SA_RESTART, EINTR without.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static volatile sig_atomic_t count;
static void counting(int signal) { (void)signal; count++; }

static void trial(const char *name, int flags)
{
    int p[2];
    char c = 0;
    pipe(p);
    action(SIGUSR1, counting, flags);
    count = 0;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        usleep(50000);
        kill(parent, SIGUSR1);
        usleep(50000);
        write(p[1], "!", 1);
        _exit(0);
    }
    long got = read(p[0], &c, 1);
    printf("%s: %s %d\n", name, got == 1 ? "read" : error_name(errno), (int)count);
    int status;
    while (waitpid(pid, &status, 0) < 0)
        printf("%s: waitpid %s\n", name, error_name(errno));
    close(p[0]);
    close(p[1]);
}

int main(void)
{
    trial("SA_RESTART", SA_RESTART);
    trial("plain", 0);

    action(SIGUSR1, counting, SA_RESTART);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        usleep(30000);
        kill(parent, SIGUSR1);
        _exit(0);
    }
    struct timespec left, time = { 5, 0 };
    say(nanosleep(&time, &left));
    truth(left.tv_sec == 4);
    while (waitpid(pid, NULL, 0) < 0) { }
    pid = fork();
    if (pid == 0) {
        usleep(30000);
        kill(parent, SIGUSR1);
        _exit(0);
    }
    say(pause());
    while (waitpid(pid, NULL, 0) < 0) { }
    return 0;
}
