// fork and setjmp where there are threads: the child has the one that called it, and malloc and stdio work there.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <threads.h>
#include "sdk.h"

static volatile int stop;
static atomic_long churned;
static pthread_t forker;

static void *churns(void *value)
{
    while (!stop) {
        free(malloc(100));
        churned++;
    }
    return value;
}

static void *child_thread(void *value) { return (void *)((long)value + 1); }

static void in_child(int code)
{
    pthread_t thread;
    void *result;
    free(malloc(1000));
    printf("child: same thread %d", pthread_equal(forker, pthread_self()) != 0);
    pthread_create(&thread, NULL, child_thread, (void *)1);
    pthread_join(thread, &result);
    printf(", its own thread %ld\n", (long)result);
    fflush(stdout);
    _exit(code);
}

static void before(void) { printf("before\n"); fflush(stdout); }
static void after_parent(void) { }
static void after_child(void) { printf("after, in the child\n"); }

static void *forks(void *value)
{
    for (int i = 0; i < 5; i++) {
        forker = pthread_self();
        pid_t pid = fork();
        if (pid == 0)
            in_child(i + 3);
        reap("forked in a thread", pid);
    }
    return value;
}

static void *jumps(void *value)
{
    jmp_buf here;
    volatile long sum = 0;
    int n = setjmp(here);
    sum += n;
    if (n < 20)
        longjmp(here, n + 1);
    return (void *)(sum + (long)value);
}

static int standard(void *value)
{
    static mtx_t mutex;
    static once_flag flag = ONCE_FLAG_INIT;
    (void)flag;
    mtx_init(&mutex, mtx_plain);
    mtx_lock(&mutex);
    mtx_unlock(&mutex);
    return *(int *)value * 3;
}

int main(void)
{
    pthread_t churner[2], thread;
    void *result;
    pthread_atfork(before, after_parent, after_child);
    for (int i = 0; i < 2; i++)
        pthread_create(&churner[i], NULL, churns, NULL);
    forker = pthread_self();
    for (int i = 0; i < 3; i++) {
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0)
            in_child(i);
        reap("forked in main", pid);
    }
    pthread_create(&thread, NULL, forks, NULL);
    pthread_join(thread, NULL);
    for (int i = 0; i < 4; i++) {
        pthread_create(&thread, NULL, jumps, (void *)1000);
        pthread_join(thread, &result);
        printf("jumped %ld\n", (long)result);
    }
    stop = 1;
    for (int i = 0; i < 2; i++)
        pthread_join(churner[i], NULL);
    truth(churned > 0);
    thrd_t other;
    int five = 5, got;
    if (thrd_create(&other, standard, &five) == thrd_success && thrd_join(other, &got) == thrd_success)
        printf("standard %d\n", got);
    return 0;
}
