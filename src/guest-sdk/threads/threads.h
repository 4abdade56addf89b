/* What the files of this folder share. They are compiled with the private headers of wasi-libc's sources. */
#ifndef MARCOTTE_THREADS_H
#define MARCOTTE_THREADS_H

#include <stdbool.h>
#include <stdint.h>
#define hidden
#define weak_alias(known, alias_) extern __typeof(known) alias_ __attribute__((__weak__, __alias__(#known)))
#include "pthread_impl.h"
#include "stdio_impl.h"
#undef syscall

#define WASIX_IMPORT(name) __attribute__((__import_module__("wasix_32v1"), __import_name__(#name)))
/* Ends a blocked call of another thread so that it sees that it is cancelled. Programs cannot block it. */
#define MARCOTTE_SIGCANCEL 33

struct marcotte_timestamp {
    uint8_t tag;
    uint64_t ns;
};

int32_t marcotte_futex_wait(volatile int *word, int expected, const struct marcotte_timestamp *timeout, uint8_t *woken) WASIX_IMPORT(futex_wait);
int32_t marcotte_futex_wake(volatile int *word, uint8_t *woken) WASIX_IMPORT(futex_wake);
int32_t marcotte_futex_wake_all(volatile int *word, uint8_t *woken) WASIX_IMPORT(futex_wake_all);
int32_t marcotte_thread_spawn(const void *start, int32_t *tid) WASIX_IMPORT(thread_spawn_v2);
int32_t marcotte_thread_join(int32_t tid) WASIX_IMPORT(thread_join);
_Noreturn void marcotte_thread_exit(int32_t code) WASIX_IMPORT(thread_exit);
int32_t marcotte_thread_id(int32_t *tid) WASIX_IMPORT(thread_id);
int32_t marcotte_thread_signal(int32_t tid, int32_t signal) WASIX_IMPORT(thread_signal);

/* The signal mask of the calling thread, as the host has it: SIGCANCEL is a signal like others here. */
int marcotte_mask(int how, uint64_t set, uint64_t *old);

static inline uint64_t marcotte_block_all(void)
{
    uint64_t old = 0;
    marcotte_mask(SIG_BLOCK, ~(uint64_t)0, &old);
    return old;
}

static inline void marcotte_restore(uint64_t old) { marcotte_mask(SIG_SETMASK, old, NULL); }

/* Locks of this folder: 0 free, 1 held, 2 held and waited for. */
void marcotte_lock(volatile int *lock);
void marcotte_unlock(volatile int *lock);

/* Handlers without SA_RESTART that have run in this thread: a wait that one ran in is over. */
extern _Thread_local unsigned marcotte_interruptions;
/* The thread is inside of a call that is a cancellation point. */
extern _Thread_local bool marcotte_at_point;
extern _Thread_local void *marcotte_values[PTHREAD_KEYS_MAX];

void marcotte_malloc_hold(void);
void marcotte_malloc_release(void);

_Noreturn void __pthread_exit(void *result);
int __clock_gettime(clockid_t clock, struct timespec *time);

#endif
