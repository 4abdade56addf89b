/* Where signals come in. Linked into every program, so that every program is WASIX's and the host need not guess. */
#include "internal.h"

struct sigaction marcotte_actions[_NSIG];
/* Fills in siginfo; set by sigaction, so that a program without it does not carry it. */
void (*marcotte_fetch_siginfo)(siginfo_t *);

#ifdef _REENTRANT
extern _Thread_local unsigned marcotte_interruptions;
#endif

__attribute__((__export_name__("__wasm_signal"))) void __wasm_signal(int signal)
{
    if (signal <= 0 || signal >= _NSIG)
        return;
    struct sigaction action = marcotte_actions[signal];
    if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN)
        return;
    int saved = errno;
#ifdef _REENTRANT
    if (!(action.sa_flags & (int)SA_RESTART))
        marcotte_interruptions++;
#endif
    if (action.sa_flags & (int)SA_RESETHAND)
        marcotte_actions[signal].sa_handler = SIG_DFL;
    if (action.sa_flags & SA_SIGINFO) {
        siginfo_t info;
        memset(&info, 0, sizeof info);
        info.si_signo = signal;
        if (marcotte_fetch_siginfo != NULL)
            marcotte_fetch_siginfo(&info);
        action.sa_sigaction(signal, &info, NULL);
    } else {
        action.sa_handler(signal);
    }
    errno = saved;
}

/* Never called: they are values that no handler of a program's own can have. */
void __SIG_IGN(int signal) { (void)signal; __builtin_trap(); }
void __SIG_ERR(int signal) { (void)signal; __builtin_trap(); }
void __SIG_HOLD(int signal) { (void)signal; __builtin_trap(); }

void marcotte_start_signals(void)
{
    static const char name[] = "__wasm_signal";
    /* First, so that a host that answers knows from the start that default actions are its own. */
    marcotte_host();
    marcotte_callback_signal(name, sizeof name - 1);
}
