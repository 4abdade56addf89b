/* Sets of signals. */
#include "internal.h"

static int bit(int signal, uint64_t *result)
{
    if (signal <= 0 || signal >= _NSIG)
        return fail(EINVAL);
    *result = 1ull << (signal - 1);
    return 0;
}

int sigemptyset(sigset_t *set) { set->__bits = 0; return 0; }
int sigfillset(sigset_t *set) { set->__bits = ~0ull; return 0; }

int sigaddset(sigset_t *set, int signal)
{
    uint64_t mask;
    if (bit(signal, &mask) < 0)
        return -1;
    set->__bits |= mask;
    return 0;
}

int sigdelset(sigset_t *set, int signal)
{
    uint64_t mask;
    if (bit(signal, &mask) < 0)
        return -1;
    set->__bits &= ~mask;
    return 0;
}

int sigismember(const sigset_t *set, int signal)
{
    uint64_t mask;
    return bit(signal, &mask) < 0 ? -1 : (set->__bits & mask) != 0;
}

int sigisemptyset(const sigset_t *set) { return set->__bits == 0; }
int sigorset(sigset_t *set, const sigset_t *a, const sigset_t *b) { set->__bits = a->__bits | b->__bits; return 0; }
int sigandset(sigset_t *set, const sigset_t *a, const sigset_t *b) { set->__bits = a->__bits & b->__bits; return 0; }
int __libc_current_sigrtmin(void) { return 34; }
int __libc_current_sigrtmax(void) { return 64; }
