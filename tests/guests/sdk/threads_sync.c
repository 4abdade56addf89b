// Mutexes of all kinds, a bounded buffer, rwlocks, barriers, once, keys, spin locks, storage and errno of each thread.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include <sched.h>
#include "sdk.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t full = PTHREAD_COND_INITIALIZER, empty = PTHREAD_COND_INITIALIZER;
static int buffer[8], count, head, produced;
static long taken_sum;

static void *produces(void *value)
{
    for (int i = 0; i < 5000; i++) {
        pthread_mutex_lock(&lock);
        while (count == 8)
            pthread_cond_wait(&empty, &lock);
        buffer[(head + count++) % 8] = ++produced;
        pthread_cond_signal(&full);
        pthread_mutex_unlock(&lock);
    }
    return value;
}

static void *consumes(void *value)
{
    for (int i = 0; i < 5000; i++) {
        pthread_mutex_lock(&lock);
        while (count == 0)
            pthread_cond_wait(&full, &lock);
        taken_sum += buffer[head];
        head = (head + 1) % 8;
        count--;
        pthread_cond_signal(&empty);
        pthread_mutex_unlock(&lock);
    }
    return value;
}

static pthread_mutex_t kind;
static void *tries(void *value) { *(int *)value = pthread_mutex_trylock(&kind); return NULL; }
static void *unlocks(void *value) { *(int *)value = pthread_mutex_unlock(&kind); return NULL; }

static int elsewhere(void *(*run)(void *))
{
    pthread_t thread;
    int result = -1;
    pthread_create(&thread, NULL, run, &result);
    pthread_join(thread, NULL);
    return result;
}

static void mutexes(void)
{
    static const int types[] = { PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK };
    for (int i = 0; i < 3; i++) {
        pthread_mutexattr_t attribute;
        pthread_mutexattr_init(&attribute);
        pthread_mutexattr_settype(&attribute, types[i]);
        pthread_mutex_init(&kind, &attribute);
        pthread_mutex_lock(&kind);
        printf("kind %d: try %s", i, error_name(pthread_mutex_trylock(&kind)));
        if (i > 0)
            printf(", again %s, unlock elsewhere %s", error_name(pthread_mutex_lock(&kind)), error_name(elsewhere(unlocks)));
        printf(", try elsewhere %s\n", error_name(elsewhere(tries)));
        for (int n = i == 1 ? 3 : 1; n > 0; n--)
            pthread_mutex_unlock(&kind);
        if (i > 0)
            printf("unlocked: %s\n", error_name(pthread_mutex_unlock(&kind)));
        printf("destroy %d\n", pthread_mutex_destroy(&kind));
    }
}

static pthread_rwlock_t shelf = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t start;
static long books, serials;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int onces;
static pthread_spinlock_t spin;
static long spins;
static _Thread_local int mine = 5;
static _Thread_local char large[300] = "each its own";
static pthread_key_t key;
static int destroyed;

static void one(void) { onces++; }

static void destroys(void *value)
{
    pthread_mutex_lock(&lock);
    destroyed += *(int *)value;
    pthread_mutex_unlock(&lock);
    free(value);
}

static void *everything(void *value)
{
    long n = (long)value;
    int *own = malloc(sizeof *own);
    *own = (int)n;
    pthread_setspecific(key, own);
    if (pthread_barrier_wait(&start) == PTHREAD_BARRIER_SERIAL_THREAD) {
        pthread_mutex_lock(&lock);
        serials++;
        pthread_mutex_unlock(&lock);
    }
    pthread_once(&once, one);
    mine += (int)n;
    snprintf(large, sizeof large, "thread %ld", n);
    errno = (int)n;
    for (int i = 0; i < 1000; i++) {
        if (i % 10 == 0) {
            pthread_rwlock_wrlock(&shelf);
            books++;
            pthread_rwlock_unlock(&shelf);
        } else {
            pthread_rwlock_rdlock(&shelf);
            if (books < 0)
                exit(1);
            pthread_rwlock_unlock(&shelf);
        }
        pthread_spin_lock(&spin);
        spins++;
        pthread_spin_unlock(&spin);
    }
    char expected[32];
    snprintf(expected, sizeof expected, "thread %ld", n);
    return (void *)(long)(mine == 5 + n && errno == n && strcmp(large, expected) == 0 && pthread_getspecific(key) == own);
}

int main(void)
{
    pthread_t thread[8];
    for (int i = 0; i < 8; i++)
        pthread_create(&thread[i], NULL, i % 2 ? produces : consumes, NULL);
    for (int i = 0; i < 8; i++)
        pthread_join(thread[i], NULL);
    printf("taken %ld\n", taken_sum);
    mutexes();

    pthread_barrier_init(&start, NULL, 8);
    pthread_spin_init(&spin, 0);
    pthread_key_create(&key, destroys);
    errno = 77;
    for (long i = 0; i < 8; i++)
        pthread_create(&thread[i], NULL, everything, (void *)(i + 1));
    int right = 0;
    for (int i = 0; i < 8; i++) {
        void *result;
        pthread_join(thread[i], &result);
        right += (int)(long)result;
    }
    printf("right %d, serial %ld, once %d, books %ld, spins %ld, destroyed %d\n", right, serials, onces, books, spins, destroyed);
    printf("own %d %s %d\n", mine, large, errno);
    printf("barrier %d rwlock %d key %d\n", pthread_barrier_destroy(&start), pthread_rwlock_destroy(&shelf), pthread_key_delete(key));
    pthread_rwlock_rdlock(&shelf);
    printf("write while read: %s\n", error_name(pthread_rwlock_trywrlock(&shelf)));
    printf("read while read: %s\n", error_name(pthread_rwlock_tryrdlock(&shelf)));
    return 0;
}
