// What exec keeps of signals: ignored ones and the mask, and no handlers. What kills, kills.
//
// expect: exit=0
// compare: native
#include "sdk.h"

static void handler(int signal) { (void)signal; }

int main(int argc, char **argv)
{
    if (argc > 1) {
        struct sigaction one, two;
        sigset_t mask;
        sigaction(SIGUSR1, NULL, &one);
        sigaction(SIGUSR2, NULL, &two);
        sigprocmask(SIG_BLOCK, NULL, &mask);
        printf("handled is default %d, ignored is ignored %d, blocked %d\n", one.sa_handler == SIG_DFL, two.sa_handler == SIG_IGN,
            sigismember(&mask, SIGTERM));
        return 0;
    }
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        sigset_t mask;
        action(SIGUSR1, handler, 0);
        action(SIGUSR2, SIG_IGN, 0);
        sigemptyset(&mask);
        sigaddset(&mask, SIGTERM);
        sigprocmask(SIG_SETMASK, &mask, NULL);
        execl(argv[0], argv[0], "again", (char *)NULL);
        _exit(1);
    }
    reap("exec", pid);

    static const int deadly[] = { SIGHUP, SIGINT, SIGTERM, SIGKILL, SIGUSR1, SIGALRM, SIGPIPE };
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        pid = fork();
        if (pid == 0) {
            raise(deadly[i]);
            _exit(0);
        }
        reap("raised", pid);
    }
    static const int harmless[] = { SIGCHLD, SIGURG, SIGWINCH, SIGCONT };
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        pid = fork();
        if (pid == 0) {
            raise(harmless[i]);
            _exit(0);
        }
        reap("raised", pid);
    }
    pid = fork();
    if (pid == 0)
        abort();
    int status;
    waitpid(pid, &status, 0);
    printf("abort: %d\n", WTERMSIG(status) == SIGABRT);
    return 0;
}
