// How threads end their process: main leaves first, exit and abort elsewhere, main returns while one spins or waits.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include "sdk.h"

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static volatile int started;

static void *outlives(void *value)
{
    pthread_join(*(pthread_t *)value, NULL);
    printf("main has left\n");
    return NULL;
}

static void *quits(void *value) { exit((int)(long)value); }
static void *aborts(void *value) { (void)value; abort(); }
static void *spins(void *value) { for (started = 1;; ) started = 1; return value; }
static void *waits(void *value) { started = 1; pthread_mutex_lock(&held); return value; }
static void *sleeps(void *value) { started = 1; sleep(1000); return value; }
static void *reads(void *value) { int p[2]; char c; pipe(p); started = 1; read(p[0], &c, 1); return value; }
static void at_end(void) { printf("at the end\n"); }

static void inside(int which)
{
    static pthread_t thread, self;
    static void *(*const others[])(void *) = { spins, waits, sleeps, reads };
    setvbuf(stdout, NULL, _IOLBF, 0);
    atexit(at_end);
    self = pthread_self();
    if (which == 0) {
        pthread_create(&thread, NULL, outlives, &self);
        pthread_exit(NULL);
    }
    if (which == 1 || which == 2) {
        pthread_create(&thread, NULL, which == 1 ? quits : aborts, (void *)7);
        for (;;)
            pause();
    }
    pthread_mutex_lock(&held);
    pthread_create(&thread, NULL, others[which - 3], NULL);
    while (!started)
        sched_yield();
    exit(which);
}

int main(void)
{
    for (int i = 0; i < 7; i++) {
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0)
            inside(i);
        printf("%d ", i);
        reap("process", pid);
    }
    return 0;
}
