/* Sending signals. */
#include "internal.h"
#include <stdlib.h>
#include <unistd.h>

static int send_signal(pid_t pid, int signal, bool queued, uint32_t value)
{
    if (signal < 0 || signal >= _NSIG)
        return fail(EINVAL);
    REQUEST(r, MARCOTTE_OP_KILL, 32);
    put32(&r, (uint32_t)pid);
    put32(&r, (uint32_t)signal);
    put32(&r, queued);
    put32(&r, value);
    int error = marcotte_send(&r, NULL, 0, NULL);
    if (error == ENOSYS && !queued)
        error = marcotte_proc_signal(pid, signal);
    return done(error);
}

int kill(pid_t pid, int signal) { return send_signal(pid, signal, false, 0); }

int killpg(pid_t group, int signal)
{
    return group < 0 ? fail(EINVAL) : kill(-group, signal);
}

int sigqueue(pid_t pid, int signal, union sigval value)
{
    return send_signal(pid, signal, true, (uint32_t)value.sival_int);
}

int raise(int signal)
{
    int32_t tid = 0;
    if (signal < 0 || signal >= _NSIG)
        return fail(EINVAL);
    int error = marcotte_thread_id(&tid);
    return done(error != 0 ? error : marcotte_thread_signal(tid, signal));
}

int tgkill(int group, int tid, int signal)
{
    (void)group;
    return done(marcotte_thread_signal(tid, signal));
}
