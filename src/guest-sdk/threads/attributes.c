/* What concerns one thread: signals, names, schedules; and what is refused. */
#include "threads.h"
#include <sched.h>
#include <semaphore.h>
#include <string.h>
#include <threads.h>
#include <time.h>

#define NAME_BYTES 16

/* What a thread without a stack of its own choosing has. */
unsigned __default_stacksize = 256 * 1024, __default_guardsize = 0;

static _Thread_local char name[NAME_BYTES];

static char *name_of(pthread_t thread) { return (char *)thread + (name - (char *)&marcotte_thread); }

int pthread_setname_np(pthread_t thread, const char *text)
{
    if (strlen(text) >= NAME_BYTES)
        return ERANGE;
    strcpy(name_of(thread), text);
    return 0;
}

int pthread_getname_np(pthread_t thread, char *text, size_t length)
{
    if (strlen(name_of(thread)) >= length)
        return ERANGE;
    strcpy(text, name_of(thread));
    return 0;
}

int pthread_kill(pthread_t thread, int signal)
{
    if (signal < 0 || signal >= _NSIG)
        return EINVAL;
    uint64_t mask = marcotte_block_all();
    marcotte_lock(thread->killlock);
    int error = thread->tid == 0 ? 0 : signal == 0 ? 0 : marcotte_thread_signal(thread->tid, signal);
    marcotte_unlock(thread->killlock);
    marcotte_restore(mask);
    return error;
}

int pthread_getattr_np(pthread_t thread, pthread_attr_t *attribute)
{
    pthread_attr_init(attribute);
    attribute->_a_detach = thread->detach_state == DT_DETACHED;
    if (thread->stack != NULL) {
        attribute->_a_stackaddr = (uintptr_t)thread->stack;
        attribute->_a_stacksize = thread->stack_size;
    }
    return 0;
}

int pthread_getschedparam(pthread_t thread, int *restrict policy, struct sched_param *restrict parameters)
{
    (void)thread;
    *policy = SCHED_OTHER;
    *parameters = (struct sched_param) { 0 };
    return 0;
}

int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *parameters)
{
    (void)thread;
    return policy != SCHED_OTHER ? EPERM : parameters->sched_priority != 0 ? EINVAL : 0;
}

int pthread_setschedprio(pthread_t thread, int priority) { (void)thread; return priority == 0 ? 0 : EINVAL; }
int pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set) { (void)thread; return sched_getaffinity(0, size, set) < 0 ? errno : 0; }
int pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set) { (void)thread; (void)size; (void)set; return 0; }

int pthread_getcpuclockid(pthread_t thread, clockid_t *clock)
{
    if (thread != __pthread_self())
        return ENOTSUP;
    *clock = CLOCK_THREAD_CPUTIME_ID;
    return 0;
}

void thrd_yield(void) { sched_yield(); }

int thrd_sleep(const struct timespec *time, struct timespec *left)
{
    int error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
    return error == 0 ? 0 : error == EINTR ? -1 : -2;
}

/* Processes share no memory, so nothing in it can be shared between them. */
static int shared(int value) { return value == PTHREAD_PROCESS_PRIVATE ? 0 : value == PTHREAD_PROCESS_SHARED ? ENOTSUP : EINVAL; }
int pthread_mutexattr_setpshared(pthread_mutexattr_t *attribute, int value) { (void)attribute; return shared(value); }
int pthread_condattr_setpshared(pthread_condattr_t *attribute, int value) { (void)attribute; return shared(value); }
int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attribute, int value) { (void)attribute; return shared(value); }
int pthread_barrierattr_setpshared(pthread_barrierattr_t *attribute, int value) { (void)attribute; return shared(value); }

int sem_init(sem_t *semaphore, int is_shared, unsigned value)
{
    if (value > SEM_VALUE_MAX || is_shared) {
        errno = is_shared ? ENOSYS : EINVAL;
        return -1;
    }
    *semaphore = (sem_t) { .__val = { (int)value, 0, 128 } };
    return 0;
}

sem_t *sem_open(const char *path, int flags, ...) { (void)path; (void)flags; errno = ENOSYS; return SEM_FAILED; }
int sem_close(sem_t *semaphore) { (void)semaphore; errno = ENOSYS; return -1; }
int sem_unlink(const char *path) { (void)path; errno = ENOSYS; return -1; }
