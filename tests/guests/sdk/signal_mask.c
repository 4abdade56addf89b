// Blocked signals wait, once each, and come when they may; masks go through fork.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static volatile sig_atomic_t got[3];

static void note(int signal)
{
    got[signal == SIGUSR1 ? 0 : signal == SIGUSR2 ? 1 : 2]++;
}

int main(void)
{
    sigset_t block, old, pending;
    action(SIGUSR1, note, 0);
    action(SIGUSR2, note, 0);
    action(SIGTERM, note, 0);
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    sigaddset(&block, SIGUSR2);
    say(sigprocmask(SIG_BLOCK, &block, &old));
    printf("before: %d\n", sigismember(&old, SIGUSR1));
    raise(SIGUSR1);
    raise(SIGUSR1);
    raise(SIGUSR2);
    printf("held back: %d %d\n", (int)got[0], (int)got[1]);
    say(sigpending(&pending));
    printf("pending: %d %d %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2), sigismember(&pending, SIGTERM));

    pid_t pid = fork();
    if (pid == 0) {
        sigset_t mask;
        sigprocmask(SIG_BLOCK, NULL, &mask);
        sigpending(&pending);
        printf("child: blocked %d, pending %d\n", sigismember(&mask, SIGUSR1), sigismember(&pending, SIGUSR1));
        exit(0);
    }
    waitpid(pid, NULL, 0);

    say(sigprocmask(SIG_SETMASK, &old, NULL));
    printf("came: %d %d\n", (int)got[0], (int)got[1]);

    sigprocmask(SIG_BLOCK, &block, NULL);
    raise(SIGUSR1);
    sigset_t all_but;
    sigfillset(&all_but);
    sigdelset(&all_but, SIGUSR1);
    say(sigsuspend(&all_but));
    printf("during sigsuspend: %d\n", (int)got[0]);
    sigprocmask(SIG_BLOCK, NULL, &old);
    printf("and the mask is back: %d %d\n", sigismember(&old, SIGUSR1), sigismember(&old, SIGTERM));

    // Ignoring drops what is pending.
    raise(SIGUSR2);
    action(SIGUSR2, SIG_IGN, 0);
    sigpending(&pending);
    printf("dropped: %d\n", !sigismember(&pending, SIGUSR2));

    // A handler's own mask.
    struct sigaction a;
    memset(&a, 0, sizeof a);
    sigemptyset(&block);
    sigprocmask(SIG_SETMASK, &block, NULL);
    say(sigprocmask(17, &block, NULL));
    sigfillset(&block);
    sigprocmask(SIG_SETMASK, &block, NULL);
    sigprocmask(SIG_BLOCK, NULL, &old);
    printf("never blocked: %d %d\n", sigismember(&old, SIGKILL), sigismember(&old, SIGSTOP));
    return 0;
}
