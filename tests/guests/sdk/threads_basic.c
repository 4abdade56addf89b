// Threads: values in and out, joined, detached, equal, attributes, and what is wrong.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include "sdk.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int gone, go;
static pthread_t first;

static void *twice(void *value) { return (void *)((long)value * 2); }
static void *leaves(void *value) { pthread_exit(value); }
static void *is_first(void *value) { (void)value; return (void *)(long)pthread_equal(pthread_self(), first); }

static void *signs_off(void *value)
{
    pthread_mutex_lock(&lock);
    gone += (int)(long)value;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *waits(void *value)
{
    pthread_mutex_lock(&lock);
    while (!go)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return value;
}

static long deep(int n)
{
    volatile char pad[256];
    pad[n & 255] = (char)n;
    return n == 0 ? 0 : pad[n & 255] - (char)n + 1 + deep(n - 1);
}

static void *digs(void *value) { return (void *)deep((int)(long)value); }

int main(void)
{
    pthread_t thread[8];
    void *result;
    long sum = 0;
    for (long i = 0; i < 8; i++)
        if (pthread_create(&thread[i], NULL, twice, (void *)i) != 0)
            return 1;
    for (int i = 0; i < 8; i++) {
        pthread_join(thread[i], &result);
        sum += (long)result;
    }
    printf("sum %ld\n", sum);

    pthread_create(&thread[0], NULL, leaves, (void *)42);
    printf("join %d", pthread_join(thread[0], &result));
    printf(", left with %ld\n", (long)result);

    first = pthread_self();
    truth(pthread_equal(first, pthread_self()));
    pthread_create(&thread[0], NULL, is_first, NULL);
    pthread_join(thread[0], &result);
    truth(result == NULL);
    printf("join self: %s\n", error_name(pthread_join(pthread_self(), NULL)));

    pthread_attr_t attribute;
    int state;
    size_t size;
    pthread_attr_init(&attribute);
    pthread_attr_getdetachstate(&attribute, &state);
    truth(state == PTHREAD_CREATE_JOINABLE);
    printf("%s\n", error_name(pthread_attr_setdetachstate(&attribute, 7)));
    printf("%s\n", error_name(pthread_attr_setstacksize(&attribute, 1)));
    printf("%s\n", error_name(pthread_attr_setstacksize(&attribute, 4 << 20)));
    pthread_attr_getstacksize(&attribute, &size);
    truth(size == 4 << 20);
    pthread_create(&thread[0], &attribute, digs, (void *)5000);
    pthread_join(thread[0], &result);
    printf("deep %ld\n", (long)result);

    pthread_attr_setdetachstate(&attribute, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread[0], &attribute, signs_off, (void *)1);
    pthread_create(&thread[1], NULL, signs_off, (void *)10);
    printf("detach %d\n", pthread_detach(thread[1]));
    pthread_mutex_lock(&lock);
    while (gone != 11)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);

    pthread_create(&thread[2], NULL, waits, (void *)3);
    pthread_t still = thread[2];
    printf("try to join: %s\n", error_name(pthread_tryjoin_np(still, &result)));
    pthread_mutex_lock(&lock);
    go = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    printf("join %d", pthread_join(still, &result));
    printf(" %ld\n", (long)result);

    // Many, one after the other: what is freed is used again.
    for (int i = 0; i < 500; i++) {
        if (pthread_create(&thread[0], i % 2 ? &attribute : NULL, twice, NULL) != 0)
            return 2;
        if (i % 2 == 0)
            pthread_join(thread[0], NULL);
    }
    printf("done\n");
    return 0;
}
