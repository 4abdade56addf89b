/* abort: SIGABRT, whatever the program did about it. */
#include "internal.h"
#include <stdlib.h>

_Noreturn void abort(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGABRT);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(SIGABRT);
    /* It was ignored, or its handler came back. */
    struct sigaction action = { 0 };
    action.sa_handler = SIG_DFL;
    sigaction(SIGABRT, &action, NULL);
    raise(SIGABRT);
    __builtin_trap();
}
