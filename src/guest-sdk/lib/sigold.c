/* System V's words for signals. */
#include "internal.h"

static int mask(int how, int signal)
{
    sigset_t set;
    sigemptyset(&set);
    return sigaddset(&set, signal) < 0 ? -1 : sigprocmask(how, &set, NULL);
}

int sighold(int signal) { return mask(SIG_BLOCK, signal); }
int sigrelse(int signal) { return mask(SIG_UNBLOCK, signal); }

int sigignore(int signal)
{
    struct sigaction action = { 0 };
    action.sa_handler = SIG_IGN;
    return sigaction(signal, &action, NULL);
}

int sigpause(int signal)
{
    sigset_t set;
    sigprocmask(SIG_BLOCK, NULL, &set);
    return sigdelset(&set, signal) < 0 ? -1 : sigsuspend(&set);
}

void (*sigset(int signal, void (*handler)(int)))(int)
{
    struct sigaction action = { 0 }, old;
    sigset_t before;
    if (sigprocmask(SIG_BLOCK, NULL, &before) < 0 || sigaction(signal, NULL, &old) < 0)
        return SIG_ERR;
    bool held = sigismember(&before, signal) == 1;
    if (handler == SIG_HOLD) {
        if (sighold(signal) < 0)
            return SIG_ERR;
    } else {
        action.sa_handler = handler;
        if (sigaction(signal, &action, NULL) < 0 || sigrelse(signal) < 0)
            return SIG_ERR;
    }
    return held ? SIG_HOLD : old.sa_handler;
}
