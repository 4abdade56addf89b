/* Waiting for words: WASIX's futex, which a signal's handler can run in, unlike memory.atomic.wait. */
#include "threads.h"

_Thread_local unsigned marcotte_interruptions;
/* wasi-libc's sources ask whether EINTR can be believed. */
volatile int __eintr_valid_flag = 1;

static struct marcotte_timestamp duration(const struct timespec *time)
{
    if (time == NULL)
        return (struct marcotte_timestamp) { 0 };
    uint64_t seconds = (uint64_t)time->tv_sec;
    uint64_t most = UINT64_MAX / 1000000000 - 1;
    return (struct marcotte_timestamp) { 1, seconds > most ? UINT64_MAX / 2 : seconds * 1000000000 + (uint64_t)time->tv_nsec };
}

/* Whoever was woken and interrupted at once passes the wake on: it may have been for another. */
static long end_of_wait(volatile int *word, int32_t error, uint8_t woken, unsigned before)
{
    if (error != 0)
        return -error;
    if (before != marcotte_interruptions) {
        marcotte_futex_wake(word, &woken);
        return -EINTR;
    }
    return woken ? 0 : -ETIMEDOUT;
}

long marcotte_futex(volatile int *word, int operation, int value, const void *timeout)
{
    uint8_t woken = 0;
    switch (operation & ~FUTEX_PRIVATE) {
    case FUTEX_WAIT: {
        struct marcotte_timestamp limit = duration(timeout);
        unsigned before = marcotte_interruptions;
        return end_of_wait(word, marcotte_futex_wait(word, value, &limit, &woken), woken, before);
    }
    case FUTEX_WAKE:
        if (value == 1)
            marcotte_futex_wake(word, &woken);
        else
            marcotte_futex_wake_all(word, &woken);
        return woken;
    case FUTEX_REQUEUE:
        /* Who is woken here goes on to wait for the mutex by itself. */
        marcotte_futex_wake(word, &woken);
        return woken;
    default:
        return -ENOSYS;
    }
}

static long cancelled(struct __pthread *self)
{
    if (self->canceldisable == PTHREAD_CANCEL_ENABLE || self->cancelasync)
        __pthread_exit(PTHREAD_CANCELED);
    /* A wait for a condition gives its mutex back first. */
    self->canceldisable = PTHREAD_CANCEL_DISABLE;
    return -ECANCELED;
}

/* A wait that is a cancellation point. */
long (__syscall_cp)(long call, long word, long operation, long value, long timeout, long unused, long unused2)
{
    (void)unused;
    (void)unused2;
    struct __pthread *self = __pthread_self();
    if (call != SYS_futex || (operation & ~FUTEX_PRIVATE) != FUTEX_WAIT)
        return -ENOSYS;
    struct marcotte_timestamp limit = duration((const struct timespec *)timeout);
    uint8_t woken = 0;
    unsigned before = marcotte_interruptions;
    /* No handler runs between this look and the wait: between them is no call and no loop, and the wait looks first. */
    if (self->cancel && self->canceldisable != PTHREAD_CANCEL_DISABLE)
        return cancelled(self);
    int32_t error = marcotte_futex_wait((volatile int *)word, (int)value, &limit, &woken);
    long result = end_of_wait((volatile int *)word, error, woken, before);
    return result == -EINTR && self->cancel && self->canceldisable != PTHREAD_CANCEL_DISABLE ? cancelled(self) : result;
}

void __testcancel(void)
{
    struct __pthread *self = __pthread_self();
    if (self->cancel && self->canceldisable == PTHREAD_CANCEL_ENABLE)
        cancelled(self);
}

void marcotte_lock(volatile int *lock)
{
    if (a_cas(lock, 0, 1) == 0)
        return;
    while (a_swap(lock, 2) != 0)
        __futexwait(lock, 2, 1);
}

void marcotte_unlock(volatile int *lock)
{
    if (a_swap(lock, 0) == 2)
        __wake(lock, 1, 1);
}
