// Waits that end by the clock, on both clocks; semaphores.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include <semaphore.h>
#include "sdk.h"

static struct timespec in(clockid_t clock, long ms)
{
    struct timespec time;
    clock_gettime(clock, &time);
    time.tv_nsec += ms * 1000000;
    time.tv_sec += time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

static const char *name(int error) { return error == ETIMEDOUT ? "ETIMEDOUT" : error_name(error); }

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t shelf = PTHREAD_RWLOCK_INITIALIZER;
static sem_t items, turns[2];
static int total;

static void *late(void *value)
{
    (void)value;
    struct timespec soon = in(CLOCK_REALTIME, 30);
    printf("lock: %s\n", name(pthread_mutex_timedlock(&lock, &soon)));
    printf("read: %s\n", name(pthread_rwlock_timedrdlock(&shelf, &soon)));
    printf("write: %s\n", name(pthread_rwlock_timedwrlock(&shelf, &soon)));
    return NULL;
}

static void *takes(void *value)
{
    for (int i = 0; i < 1000; i++) {
        sem_wait(&items);
        __atomic_fetch_add(&total, 1, __ATOMIC_SEQ_CST);
    }
    return value;
}

static void *alternates(void *value)
{
    int own = (int)(long)value;
    for (int i = 0; i < 5; i++) {
        sem_wait(&turns[own]);
        printf("%s", own ? "pong\n" : "ping ");
        sem_post(&turns[!own]);
    }
    return NULL;
}

int main(void)
{
    pthread_t thread[4];
    pthread_mutex_lock(&lock);
    pthread_rwlock_wrlock(&shelf);
    pthread_create(&thread[0], NULL, late, NULL);
    pthread_join(thread[0], NULL);

    for (int i = 0; i < 2; i++) {
        clockid_t clock = i ? CLOCK_MONOTONIC : CLOCK_REALTIME, same;
        pthread_condattr_t attribute;
        pthread_condattr_init(&attribute);
        printf("clock %s", name(pthread_condattr_setclock(&attribute, clock)));
        pthread_condattr_getclock(&attribute, &same);
        printf(" %d\n", same == clock);
        pthread_cond_t never;
        pthread_cond_init(&never, &attribute);
        struct timespec begin = in(clock, 0), until = in(clock, 50);
        printf("cond: %s\n", name(pthread_cond_timedwait(&never, &lock, &until)));
        struct timespec end = in(clock, 0);
        long took = (end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000;
        truth(took >= 49 && took < 5000);
        until.tv_nsec = -1;
        printf("cond: %s\n", name(pthread_cond_timedwait(&never, &lock, &until)));
        pthread_cond_destroy(&never);
    }

    say(sem_init(&items, 0, 2));
    int value;
    sem_getvalue(&items, &value);
    printf("value %d\n", value);
    say(sem_wait(&items));
    say(sem_trywait(&items));
    say(sem_trywait(&items));
    struct timespec until = in(CLOCK_REALTIME, 30);
    int timed = sem_timedwait(&items, &until);
    printf("timed: %d %s\n", timed, name(errno));
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, takes, NULL);
    for (int i = 0; i < 4000; i++)
        sem_post(&items);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    printf("total %d\n", total);
    sem_init(&turns[0], 0, 1);
    sem_init(&turns[1], 0, 0);
    for (long i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, alternates, (void *)i);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}
