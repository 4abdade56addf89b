// Handlers: their masks, running once, running again, and what they are told.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static volatile sig_atomic_t count, depth, deepest;
static siginfo_t told;

static void counting(int signal) { (void)signal; count++; }

static void nesting(int signal)
{
    depth++;
    if (depth > deepest)
        deepest = depth;
    count++;
    if (count < 3)
        raise(signal);
    depth--;
}

static void telling(int signal, siginfo_t *info, void *context) { (void)signal; (void)context; told = *info; }

int main(void)
{
    say(action(SIGUSR1, counting, 0));
    say(raise(SIGUSR1));
    say(kill(getpid(), SIGUSR1));
    printf("%d\n", (int)count);

    count = 0;
    action(SIGUSR1, nesting, 0);
    raise(SIGUSR1);
    printf("masked while it runs: deepest %d, ran %d\n", (int)deepest, (int)count);
    count = depth = deepest = 0;
    action(SIGUSR1, nesting, SA_NODEFER);
    raise(SIGUSR1);
    printf("SA_NODEFER: deepest %d, ran %d\n", (int)deepest, (int)count);

    count = 0;
    action(SIGUSR2, counting, (int)SA_RESETHAND);
    raise(SIGUSR2);
    struct sigaction now;
    sigaction(SIGUSR2, NULL, &now);
    printf("SA_RESETHAND: ran %d, default again %d\n", (int)count, now.sa_handler == SIG_DFL);

    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = telling;
    a.sa_flags = SA_SIGINFO;
    sigaction(SIGUSR2, &a, NULL);
    kill(getpid(), SIGUSR2);
    printf("SA_SIGINFO: %d %d %d %d\n", told.si_signo == SIGUSR2, told.si_code == SI_USER, told.si_pid == getpid(), told.si_uid == getuid());
    union sigval value = { .sival_int = 1234 };
    sigqueue(getpid(), SIGUSR2, value);
    printf("sigqueue: %d %d\n", told.si_code == SI_QUEUE, told.si_value.sival_int);

    action(SIGUSR1, SIG_IGN, 0);
    say(raise(SIGUSR1));
    truth(signal(SIGUSR1, counting) == SIG_IGN);
    truth(signal(SIGUSR1, SIG_DFL) == counting);
    say(action(SIGKILL, counting, 0));
    say(action(SIGSTOP, SIG_IGN, 0));
    say(action(0, counting, 0));
    say(action(65, counting, 0));
    say(kill(getpid(), 65));
    say(kill(getpid(), 0));
    say(kill(1 << 22, SIGTERM));
    errno = 77;
    action(SIGUSR1, counting, 0);
    errno = 77;
    raise(SIGUSR1);
    printf("errno is kept: %d\n", errno == 77);
    return 0;
}
