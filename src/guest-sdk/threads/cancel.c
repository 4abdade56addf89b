/* Cancelling: deferred to the next cancellation point, of which a signal ends the wait; or at once, where a thread asks for it. */
#include "threads.h"

_Thread_local bool marcotte_at_point;

static void seen(int signal)
{
    (void)signal;
    struct __pthread *self = __pthread_self();
    if (self->cancel && self->canceldisable == PTHREAD_CANCEL_ENABLE && (self->cancelasync || marcotte_at_point))
        __pthread_exit(PTHREAD_CANCELED);
}

int pthread_cancel(pthread_t thread)
{
    static volatile int ready;
    if (!ready) {
        struct sigaction action = { .sa_handler = seen };
        if (sigaction(MARCOTTE_SIGCANCEL, &action, NULL) < 0)
            return errno;
        a_store(&ready, 1);
    }
    a_store(&thread->cancel, 1);
    if (thread != __pthread_self())
        return pthread_kill(thread, MARCOTTE_SIGCANCEL);
    if (thread->canceldisable == PTHREAD_CANCEL_ENABLE && thread->cancelasync)
        __pthread_exit(PTHREAD_CANCELED);
    return 0;
}

void __do_cleanup_push(struct __ptcb *cleanup)
{
    struct __pthread *self = __pthread_self();
    cleanup->__next = self->cancelbuf;
    self->cancelbuf = cleanup;
}

void __do_cleanup_pop(struct __ptcb *cleanup) { __pthread_self()->cancelbuf = cleanup->__next; }
