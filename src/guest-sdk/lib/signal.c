/* Actions, masks and waiting for signals. */
#include "internal.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

extern struct sigaction marcotte_actions[_NSIG];
extern void (*marcotte_fetch_siginfo)(siginfo_t *);

uint64_t marcotte_set(const sigset_t *set) { return set->__bits; }

void marcotte_siginfo(const uint8_t *reply, siginfo_t *info)
{
    memset(info, 0, sizeof *info);
    info->si_signo = (int)get32(reply);
    info->si_code = (int)get32(reply + 4);
    info->si_errno = (int)get32(reply + 8);
    info->si_pid = (pid_t)get32(reply + 12);
    info->si_uid = get32(reply + 16);
    if (info->si_signo == SIGCHLD) {
        info->si_status = (int)get32(reply + 20);
        info->si_utime = (clock_t)get64(reply + 32);
        info->si_stime = (clock_t)get64(reply + 40);
    } else if (info->si_signo == SIGPOLL) {
        info->si_band = (long)get32(reply + 28);
    } else {
        info->si_value.sival_int = (int)get32(reply + 24);
    }
}

static void fetch_siginfo(siginfo_t *info)
{
    uint8_t reply[MARCOTTE_SIGINFO_BYTES];
    REQUEST(r, MARCOTTE_OP_SIGINFO, 4);
    if (marcotte_send(&r, reply, sizeof reply, NULL) == 0)
        marcotte_siginfo(reply, info);
}

int sigaction(int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
    if (signal <= 0 || signal >= _NSIG || (action != NULL && (signal == SIGKILL || signal == SIGSTOP)))
        return fail(EINVAL);
    struct sigaction before = marcotte_actions[signal];
    if (action != NULL && (action->sa_flags & SA_SIGINFO))
        marcotte_fetch_siginfo = fetch_siginfo;

    /* The handler must be there before the host may call it, and until it no longer does. */
    bool handled = action != NULL && action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN;
    struct sigaction next = before;
    if (action != NULL)
        next = *action;
    if (handled)
        marcotte_actions[signal] = next;

    uint8_t reply[16];
    REQUEST(r, MARCOTTE_OP_SIGACTION, 32);
    put32(&r, (uint32_t)signal);
    put32(&r, action != NULL);
    put32(&r, handled ? MARCOTTE_SIG_HANDLER : next.sa_handler == SIG_IGN ? MARCOTTE_SIG_IGNORE : MARCOTTE_SIG_DEFAULT);
    put32(&r, action != NULL ? (uint32_t)next.sa_flags : 0);
    put64(&r, action != NULL ? next.sa_mask.__bits : 0);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error != 0 && error != ENOSYS) {
        marcotte_actions[signal] = before;
        return fail(error);
    }
    if (error == 0) {
        /* What is ignored from before exec, and what a handler that ran once was reset to, only the host knows. */
        uint32_t disposition = get32(reply);
        if (disposition != MARCOTTE_SIG_HANDLER)
            before.sa_handler = disposition == MARCOTTE_SIG_IGNORE ? SIG_IGN : SIG_DFL;
        before.sa_flags = (int)get32(reply + 4);
        before.sa_mask.__bits = get64(reply + 8);
    }
    if (action != NULL)
        marcotte_actions[signal] = next;
    if (old != NULL)
        *old = before;
    return 0;
}

static void (*install(int signal, void (*handler)(int), int flags))(int)
{
    struct sigaction action = { .sa_flags = flags }, old;
    action.sa_handler = handler;
    return sigaction(signal, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

void (*signal(int number, void (*handler)(int)))(int) { return install(number, handler, SA_RESTART); }
void (*bsd_signal(int number, void (*handler)(int)))(int) { return install(number, handler, SA_RESTART); }
void (*__sysv_signal(int number, void (*handler)(int)))(int) { return install(number, handler, (int)(SA_RESETHAND | SA_NODEFER)); }

int siginterrupt(int number, int interrupt)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0)
        return -1;
    action.sa_flags = interrupt ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
    return sigaction(number, &action, NULL);
}

/* Without a host that knows masks there is one that only this program sees. */
int marcotte_mask(int how, uint64_t set, uint64_t *old)
{
    static uint64_t local;
    uint64_t before = 0;
    REQUEST(r, MARCOTTE_OP_SIGPROCMASK, 16);
    put32(&r, (uint32_t)how);
    put64(&r, set);
    int error = marcotte_send(&r, &before, sizeof before, NULL);
    if (error == ENOSYS) {
        before = local;
        local = how == SIG_BLOCK ? local | set : how == SIG_UNBLOCK ? local & ~set : how == SIG_SETMASK ? set : local;
        error = 0;
    }
    if (error == 0 && old != NULL)
        *old = before;
    return error;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    uint64_t before;
    if (set != NULL && (how < SIG_BLOCK || how > SIG_SETMASK))
        return fail(EINVAL);
    uint64_t bits = set == NULL ? 0 : set->__bits;
#ifdef _REENTRANT
    /* pthread_cancel's. */
    if (how != SIG_UNBLOCK)
        bits &= ~((uint64_t)1 << 32);
#endif
    int error = marcotte_mask(set == NULL ? 3 : how, bits, &before);
    if (error == 0 && old != NULL)
        old->__bits = before;
    return done(error);
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    return sigprocmask(how, set, old) < 0 ? errno : 0;
}

int sigpending(sigset_t *set)
{
    REQUEST(r, MARCOTTE_OP_SIGPENDING, 4);
    return marcotte_do(&r, &set->__bits, sizeof set->__bits);
}

int sigsuspend(const sigset_t *mask)
{
    REQUEST(r, MARCOTTE_OP_SIGSUSPEND, 16);
    put64(&r, mask->__bits);
    return marcotte_do(&r, NULL, 0);
}

int pause(void)
{
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    return sigsuspend(&mask);
}

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict timeout)
{
    uint8_t reply[MARCOTTE_SIGINFO_BYTES];
    if (timeout != NULL && (timeout->tv_nsec < 0 || timeout->tv_nsec >= 1000000000 || timeout->tv_sec < 0))
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_SIGTIMEDWAIT, 32);
    put64(&r, set->__bits);
    put64(&r, timeout == NULL ? (uint64_t)-1 : (uint64_t)timeout->tv_sec * 1000000000u + (uint64_t)timeout->tv_nsec);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error != 0)
        return fail(error);
    siginfo_t found;
    marcotte_siginfo(reply, &found);
    if (info != NULL)
        *info = found;
    return found.si_signo;
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info) { return sigtimedwait(set, info, NULL); }

int sigwait(const sigset_t *restrict set, int *restrict signal)
{
    int found;
    do {
        found = sigtimedwait(set, NULL, NULL);
    } while (found < 0 && errno == EINTR);
    if (found < 0)
        return errno;
    *signal = found;
    return 0;
}

int sigaltstack(const stack_t *restrict stack, stack_t *restrict old)
{
    /* Handlers run on the stack that was interrupted: there is no other. What was asked for is remembered, no more. */
    static stack_t current = { .ss_flags = SS_DISABLE };
    if (old != NULL)
        *old = current;
    if (stack != NULL) {
        if (!(stack->ss_flags & SS_DISABLE) && stack->ss_size < MINSIGSTKSZ)
            return fail(ENOMEM);
        current = *stack;
    }
    return 0;
}
