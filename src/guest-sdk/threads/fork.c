/* fork: the child has the thread that called it, and locks that nobody is left to release are free. */
#include "threads.h"
#include <stdlib.h>
#include <unistd.h>

int32_t marcotte_proc_fork(int32_t copy_memory, int32_t *pid) WASIX_IMPORT(proc_fork);

struct handlers {
    void (*prepare)(void), (*parent)(void), (*child)(void);
    struct handlers *previous, *next;
};

static struct handlers *first, *last;
static volatile int handlers_lock, one_at_a_time;

/* The locks of wasi-libc's sources, which have pointers to them. */
#define LOCKS(EACH) \
    EACH(__at_quick_exit_lockptr) EACH(__atexit_lockptr) EACH(__gettext_lockptr) EACH(__locale_lockptr) EACH(__random_lockptr) \
    EACH(__syslog_lockptr) EACH(__timezone_lockptr)
#define DECLARE(name) extern __attribute__((__weak__)) volatile int *const name;
LOCKS(DECLARE)

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
    struct handlers *added = malloc(sizeof *added);
    if (added == NULL)
        return ENOMEM;
    marcotte_lock(&handlers_lock);
    *added = (struct handlers) { prepare, parent, child, last, NULL };
    if (last != NULL)
        last->next = added;
    else
        first = added;
    last = added;
    marcotte_unlock(&handlers_lock);
    return 0;
}

static void release_streams(FILE *file, int before, int now)
{
    for (; file != NULL; file = file->next)
        if (file->lock > 0)
            file->lock = (file->lock & ~MAYBE_WAITERS) == before ? now : 0;
}

static void be_alone(struct __pthread *self)
{
    int before = self->tid;
    int32_t now = before;
    marcotte_thread_id(&now);
    self->tid = now;
    self->prev = self->next = self;
    libc.threads_minus_1 = 0;
    libc.need_locks = -1;
    FILE *standard[] = { __stdin_used, __stdout_used, __stderr_used };
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        if (standard[i] != NULL && standard[i]->lock > 0)
            standard[i]->lock = (standard[i]->lock & ~MAYBE_WAITERS) == before ? now : 0;
#define FREE(name) if (&name != NULL && name != NULL) *name = 0;
    LOCKS(FREE)
    release_streams(*__ofl_lock(), before, now);
    __ofl_unlock();
}

pid_t fork(void)
{
    /* Not on the C stack: the host writes to the parent's and to the child's after both were rewound. */
    static int32_t pid;
    struct __pthread *self = __pthread_self();
    marcotte_lock(&handlers_lock);
    for (struct handlers *each = last; each != NULL; each = each->previous)
        if (each->prepare != NULL)
            each->prepare();
    uint64_t mask = marcotte_block_all();
    marcotte_lock(&one_at_a_time);
    __tl_lock();
    __ofl_lock();
    marcotte_malloc_hold();
    int error = marcotte_proc_fork(1, &pid);
    pid_t result = error == 0 ? pid : -1;
    marcotte_malloc_release();
    __ofl_unlock();
    __tl_unlock();
    marcotte_unlock(&one_at_a_time);
    if (result == 0)
        be_alone(self);
    marcotte_restore(mask);
    for (struct handlers *each = first; each != NULL; each = each->next) {
        void (*after)(void) = result == 0 ? each->child : each->parent;
        if (after != NULL)
            after();
    }
    marcotte_unlock(&handlers_lock);
    if (error != 0)
        errno = error;
    return result;
}

pid_t _Fork(void) { return fork(); }
pid_t vfork(void) { return fork(); }
