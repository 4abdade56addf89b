// Signals to one thread, masks of each, and cancelling.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include <semaphore.h>
#include "sdk.h"

static pthread_t hit;
static volatile int hits;
static sem_t ready;
static int cleaned;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void handler(int signal)
{
    (void)signal;
    hit = pthread_self();
    hits++;
}

static void *interrupted(void *value)
{
    sem_post(&ready);
    errno = 0;
    int p[2];
    char c;
    pipe(p);
    ssize_t got = read(p[0], &c, 1);
    *(int *)value = got == -1 ? errno : 0;
    return NULL;
}

static void *masks(void *value)
{
    sigset_t set, old;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, &old);
    printf("inherited %d %d\n", sigismember(&old, SIGUSR1), sigismember(&old, SIGUSR2));
    sem_post(&ready);
    int signal;
    sigwait(&set, &signal);
    printf("waited for %d\n", signal == SIGUSR2);
    return value;
}

static void cleans(void *value) { cleaned += (int)(long)value; }

static void *at_read(void *value)
{
    pthread_cleanup_push(cleans, (void *)1);
    int p[2];
    char c;
    pipe(p);
    sem_post(&ready);
    read(p[0], &c, 1);
    pthread_cleanup_pop(0);
    return value;
}

static void unlocks(void *value) { pthread_mutex_unlock(value); cleaned += 10; }

static void *at_condition(void *value)
{
    pthread_mutex_lock(&lock);
    pthread_cleanup_push(unlocks, &lock);
    sem_post(&ready);
    for (;;)
        pthread_cond_wait(&never, &lock);
    pthread_cleanup_pop(0);
    return value;
}

static void *at_sleep(void *value)
{
    pthread_cleanup_push(cleans, (void *)100);
    sem_post(&ready);
    sleep(1000);
    pthread_cleanup_pop(0);
    return value;
}

static void *not_yet(void *value)
{
    int old;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
    sem_post(&ready);
    struct timespec time = { 0, 20000000 };
    nanosleep(&time, NULL);
    cleaned += 1000;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_testcancel();
    cleaned += 100000;
    return value;
}

static void *at_once(void *value)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    sem_post(&ready);
    for (volatile int i = 0;; i++) { }
    return value;
}

int main(void)
{
    pthread_t thread;
    void *result;
    sem_init(&ready, 0, 0);
    action(SIGUSR1, handler, 0);
    int error = -1;
    pthread_create(&thread, NULL, interrupted, &error);
    sem_wait(&ready);
    printf("kill 0: %d\n", pthread_kill(thread, 0));
    // Until it is in the call: a signal before it ends nothing.
    struct timespec tick = { 0, 10000000 };
    nanosleep(&tick, NULL);
    printf("kill %d\n", pthread_kill(thread, SIGUSR1));
    nanosleep(&tick, NULL);
    pthread_t was = thread;
    pthread_join(thread, NULL);
    printf("read: %s\n", error_name(error));
    printf("hit %d, hits %d\n", pthread_equal(hit, was) != 0, hits);

    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_create(&thread, NULL, masks, NULL);
    sem_wait(&ready);
    pthread_kill(thread, SIGUSR2);
    pthread_join(thread, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &set);
    printf("own mask %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2));

    void *(*const all[])(void *) = { at_read, at_condition, at_sleep, not_yet, at_once };
    for (int i = 0; i < 5; i++) {
        pthread_create(&thread, NULL, all[i], NULL);
        sem_wait(&ready);
        if (i == 1)
            pthread_mutex_lock(&lock), pthread_mutex_unlock(&lock);
        printf("cancel %d", pthread_cancel(thread));
        pthread_join(thread, &result);
        printf(", cancelled %d, cleaned %d\n", result == PTHREAD_CANCELED, cleaned);
    }
    return 0;
}
