// SIGCHLD: what it says, and parents that do not want to know.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static volatile sig_atomic_t count;
static siginfo_t told;
static void telling(int signal, siginfo_t *info, void *context) { (void)signal; (void)context; count++; told = *info; }

static void child(int code, int signal)
{
    sigset_t block, old;
    sigemptyset(&block);
    sigaddset(&block, SIGCHLD);
    sigprocmask(SIG_BLOCK, &block, &old);
    int before = count;
    pid_t pid = fork();
    if (pid == 0) {
        if (signal)
            raise(signal);
        _exit(code);
    }
    while (count == before)
        sigsuspend(&old);
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("%d %s %d %d\n", told.si_signo == SIGCHLD, told.si_code == CLD_EXITED ? "exited" : told.si_code == CLD_KILLED ? "killed" : "?",
        told.si_status, told.si_pid == pid);
    reap("child", pid);
}

int main(void)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = telling;
    a.sa_flags = SA_SIGINFO | SA_RESTART;
    sigaction(SIGCHLD, &a, NULL);
    child(6, 0);
    child(0, SIGKILL);

    a.sa_flags = SA_SIGINFO | SA_RESTART | SA_NOCLDWAIT;
    sigaction(SIGCHLD, &a, NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(1);
    say(waitpid(pid, NULL, 0));

    signal(SIGCHLD, SIG_IGN);
    pid = fork();
    if (pid == 0)
        _exit(1);
    say(wait(NULL));
    signal(SIGCHLD, SIG_DFL);
    pid = fork();
    if (pid == 0)
        _exit(2);
    reap("child", pid);
    return 0;
}
