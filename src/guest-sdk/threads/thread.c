/*
 * Threads: one instance of the program each, in one memory. A thread's block has its stack, its thread-local storage
 * (with what is known of the thread in it) and what the host hands back to it, in this order.
 */
#include "threads.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What WASIX takes: 64 bytes of which a host may read these. */
struct start {
    uint32_t stack, tls, run, argument, reserved[10], stack_bytes, guard_bytes;
    uint64_t mask;
    void *(*entry)(void *);
    void *value;
    bool plain;
};

/* At the start of a thread's block: what the host knows it by, and once it has ended detached, the next one that did. The next one to begin frees those. */
struct ended {
    struct ended *next;
    int32_t tid;
};

_Thread_local struct __pthread marcotte_thread;
_Thread_local void *marcotte_values[PTHREAD_KEYS_MAX];
static struct ended *ended_blocks;
static volatile int list_lock;
static uint8_t nobody;

void __tl_lock(void) { marcotte_lock(&list_lock); }
void __tl_unlock(void) { marcotte_unlock(&list_lock); }
/* Where wasi-libc's sources keep the mask there is no room for one. */
static _Thread_local uint64_t kept;
void __block_app_sigs(void *old) { (void)old; kept = marcotte_block_all(); }
void __restore_sigs(void *old) { (void)old; marcotte_restore(kept); }
void __wasm_init_tls(void *);

/* Entered by the host with no stack and no storage of its own. */
__asm__(
    ".globaltype __stack_pointer, i32\n"
    ".globaltype __tls_base, i32\n"
    ".functype marcotte_run (i32, i32) -> ()\n"
    ".globl wasi_thread_start\n"
    ".export_name wasi_thread_start, wasi_thread_start\n"
    ".type wasi_thread_start,@function\n"
    "wasi_thread_start:\n"
    ".functype wasi_thread_start (i32, i32) -> ()\n"
    "local.get 1\n"
    "i32.load 0\n"
    "global.set __stack_pointer\n"
    "local.get 1\n"
    "i32.load 4\n"
    "global.set __tls_base\n"
    "local.get 0\n"
    "local.get 1\n"
    "call marcotte_run\n"
    "end_function\n");

static void begin_self(struct __pthread *self)
{
    self->self = self;
    self->locale = &libc.global_locale;
    self->tsd = (void **)((char *)self + ((char *)marcotte_values - (char *)&marcotte_thread));
    self->robust_list.head = &self->robust_list.head;
}

/* The program's first thread; before anything else of the program. */
void marcotte_start_threads(void)
{
    struct __pthread *self = __pthread_self();
    begin_self(self);
    int32_t tid = 1;
    marcotte_thread_id(&tid);
    self->tid = tid;
    self->detach_state = DT_JOINABLE;
    self->prev = self->next = self;
}

/* From here on streams have locks. */
static void begin_threads(void)
{
    for (FILE *file = *__ofl_lock(); file != NULL; file = file->next)
        if (file->lock < 0)
            file->lock = 0;
    __ofl_unlock();
    FILE *standard[] = { __stdin_used, __stdout_used, __stderr_used };
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        if (standard[i] != NULL && standard[i]->lock < 0)
            standard[i]->lock = 0;
    libc.threaded = 1;
}

/* The creator makes the storage, so that it can name the thread before that runs. Signals are blocked. */
static struct __pthread *new_storage(char *at)
{
    char *own = __builtin_wasm_tls_base();
    __wasm_init_tls(at);
    __asm__ volatile("local.get %0\n\t.globaltype __tls_base, i32\n\tglobal.set __tls_base" : : "r"(own) : "memory");
    return (struct __pthread *)(at + ((char *)&marcotte_thread - own));
}

static void free_ended(void)
{
    for (struct ended *block = __atomic_exchange_n(&ended_blocks, NULL, __ATOMIC_SEQ_CST); block != NULL;) {
        struct ended *next = block->next;
        free(block);
        block = next;
    }
}

int __pthread_create(pthread_t *restrict result, const pthread_attr_t *restrict attributes, void *(*entry)(void *), void *restrict value)
{
    bool plain = attributes == __ATTRP_C11_THREAD;
    pthread_attr_t attribute = { 0 };
    if (attributes != NULL && !plain)
        attribute = *attributes;
    else
        pthread_attr_init(&attribute);
    free_ended();
    size_t align = __builtin_wasm_tls_align() < 16 ? 16 : __builtin_wasm_tls_align();
    size_t storage = (__builtin_wasm_tls_size() + 15) & ~(size_t)15;
    size_t stack = attribute._a_stackaddr ? 0 : (attribute._a_stacksize + 15) & ~(size_t)15;
    size_t length = sizeof(struct ended) + stack + align + storage + sizeof(struct start);
    char *block = length < stack ? NULL : malloc(length);
    if (block == NULL)
        return EAGAIN;
    char *tls = (char *)(((uintptr_t)block + sizeof(struct ended) + stack + align - 1) & -align);
    struct start *start = (struct start *)(tls + storage);

    if (!libc.threaded)
        begin_threads();
    struct __pthread *self = __pthread_self();
    uint64_t mask = marcotte_block_all();
    struct __pthread *made = new_storage(tls);
    begin_self(made);
    made->map_base = (unsigned char *)block;
    made->map_size = length;
    made->stack = attribute._a_stackaddr ? (void *)(attribute._a_stackaddr & ~(size_t)15) : (void *)((uintptr_t)tls & ~(uintptr_t)15);
    made->stack_size = attribute._a_stacksize;
    made->detach_state = attribute._a_detach ? DT_DETACHED : DT_JOINABLE;
    *start = (struct start) {
        .stack = (uint32_t)(uintptr_t)made->stack, .tls = (uint32_t)(uintptr_t)tls, .stack_bytes = (uint32_t)attribute._a_stacksize,
        .mask = mask, .entry = entry, .value = value, .plain = plain,
    };
    *result = made;

    /* It cannot end before its number is known: ending takes the same lock. */
    __tl_lock();
    if (libc.threads_minus_1++ == 0)
        libc.need_locks = 1;
    made->next = self->next;
    made->prev = self;
    made->next->prev = made;
    self->next = made;
    int32_t tid = 0;
    int error = marcotte_thread_spawn(start, &tid);
    if (error == 0) {
        made->tid = tid;
        ((struct ended *)block)->tid = tid;
    } else {
        made->prev->next = made->next;
        made->next->prev = made->prev;
        if (--libc.threads_minus_1 == 0)
            libc.need_locks = -1;
    }
    __tl_unlock();
    marcotte_restore(mask);
    if (error != 0)
        free(block);
    return error == 0 ? 0 : EAGAIN;
}

__attribute__((__used__)) void marcotte_run(int tid, struct start *start)
{
    __pthread_self()->tid = tid;
    marcotte_restore(start->mask);
    void *result = start->plain ? (void *)(intptr_t)((int (*)(void *))(void *)start->entry)(start->value) : start->entry(start->value);
    __pthread_exit(result);
}

/* The last of a thread: from the store on its block is another's, so nothing here is on the stack or in its storage. */
_Noreturn static __attribute__((__noinline__)) void leave_joined(volatile int *state)
{
    a_store(state, DT_EXITED);
    marcotte_futex_wake_all(state, &nobody);
    marcotte_thread_exit(0);
}

_Noreturn static __attribute__((__noinline__)) void leave_alone(struct ended *block)
{
    struct ended *head = __atomic_load_n(&ended_blocks, __ATOMIC_SEQ_CST);
    do {
        block->next = head;
    } while (!__atomic_compare_exchange_n(&ended_blocks, &head, block, true, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    marcotte_thread_exit(0);
}

void __pthread_tsd_run_dtors(void);
void __do_orphaned_stdio_locks(void);

_Noreturn void __pthread_exit(void *result)
{
    struct __pthread *self = __pthread_self();
    self->canceldisable = PTHREAD_CANCEL_DISABLE;
    self->cancelasync = 0;
    self->result = result;
    for (struct __ptcb *cleanup; (cleanup = self->cancelbuf) != NULL;) {
        self->cancelbuf = cleanup->__next;
        cleanup->__f(cleanup->__x);
    }
    __pthread_tsd_run_dtors();

    uint64_t mask = marcotte_block_all();
    __tl_lock();
    if (self->next == self) {
        __tl_unlock();
        marcotte_restore(mask);
        exit(0);
    }
    __do_orphaned_stdio_locks();
    marcotte_lock(self->killlock);
    self->tid = 0;
    marcotte_unlock(self->killlock);
    self->prev->next = self->next;
    self->next->prev = self->prev;
    self->prev = self->next = self;
    if (--libc.threads_minus_1 == 0)
        libc.need_locks = -1;
    int state = a_cas(&self->detach_state, DT_JOINABLE, DT_EXITING);
    unsigned char *block = self->map_base;
    /* The lock's word outlives the thread; after this the thread waits for nothing and nobody. */
    __tl_unlock();
    if (state == DT_DETACHED && block != NULL)
        leave_alone((struct ended *)block);
    leave_joined(&self->detach_state);
}

static int join(pthread_t thread, void **result, clockid_t clock, const struct timespec *until)
{
    int state, cancel;
    if (thread == __pthread_self())
        return EDEADLK;
    pthread_testcancel();
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel);
    if (cancel == PTHREAD_CANCEL_ENABLE)
        pthread_setcancelstate(cancel, NULL);
    int error = 0;
    while ((state = thread->detach_state) != DT_EXITED) {
        if (state == DT_DETACHED)
            error = EINVAL;
        else
            error = __timedwait_cp(&thread->detach_state, state, clock, until, 1);
        if (error == ETIMEDOUT || error == EINVAL)
            break;
    }
    pthread_setcancelstate(cancel, NULL);
    if (state != DT_EXITED)
        return error;
    if (result != NULL)
        *result = thread->result;
    /* It has said its last word; the host's thread is given back a moment later, and whoever joins may count on that. */
    struct ended *block = (struct ended *)thread->map_base;
    if (block != NULL)
        marcotte_thread_join(block->tid);
    free(block);
    return 0;
}

int __pthread_join(pthread_t thread, void **result) { return join(thread, result, CLOCK_REALTIME, NULL); }
int pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *until) { return join(thread, result, CLOCK_REALTIME, until); }
int pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock, const struct timespec *until) { return join(thread, result, clock, until); }

int pthread_tryjoin_np(pthread_t thread, void **result)
{
    return thread->detach_state == DT_EXITED ? __pthread_join(thread, result) : EBUSY;
}

int __pthread_detach(pthread_t thread)
{
    int state = a_cas(&thread->detach_state, DT_JOINABLE, DT_DETACHED);
    return state == DT_JOINABLE ? 0 : state == DT_DETACHED ? EINVAL : __pthread_join(thread, NULL);
}

weak_alias(__pthread_create, pthread_create);
weak_alias(__pthread_exit, pthread_exit);
weak_alias(__pthread_join, pthread_join);
weak_alias(__pthread_detach, pthread_detach);
weak_alias(__pthread_detach, thrd_detach);
