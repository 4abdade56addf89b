// Waiting for signals without handlers.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    sigset_t set;
    siginfo_t info;
    int signal;
    struct timespec none = { 0, 0 }, soon = { 0, 20000000 };
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    say(sigtimedwait(&set, &info, &none));
    say(sigtimedwait(&set, &info, &soon));
    raise(SIGUSR2);
    say(sigwait(&set, &signal));
    printf("%d\n", signal == SIGUSR2);
    union sigval value = { .sival_int = -5 };
    say(sigqueue(getpid(), SIGUSR1, value));
    say(sigwaitinfo(&set, &info) == SIGUSR1);
    printf("%d %d %d\n", info.si_signo == SIGUSR1, info.si_code == SI_QUEUE, info.si_value.sival_int);

    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        kill(parent, SIGUSR1);
        _exit(0);
    }
    say(sigwaitinfo(&set, &info) == SIGUSR1);
    printf("%d %d\n", info.si_code == SI_USER, info.si_pid == pid);
    reap("child", pid);

    // Real-time signals queue, others merge.
    sigset_t real;
    sigemptyset(&real);
    sigaddset(&real, SIGRTMIN);
    sigaddset(&real, SIGUSR1);
    sigprocmask(SIG_BLOCK, &real, NULL);
    for (int i = 0; i < 3; i++) {
        value.sival_int = i;
        sigqueue(getpid(), SIGRTMIN, value);
        raise(SIGUSR1);
    }
    while (sigtimedwait(&real, &info, &none) > 0)
        printf("%s %d\n", info.si_signo == SIGUSR1 ? "USR1" : "RTMIN", info.si_signo == SIGUSR1 ? 0 : info.si_value.sival_int);
    return 0;
}
