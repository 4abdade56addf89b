// Eight threads, a mutex and a condition variable, a million rounds.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include "sdk.h"

#define THREADS 8
#define ROUNDS 1000000

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static long rounds, done[THREADS], tokens = 2;

static void *hammers(void *value)
{
    int own = (int)(long)value;
    for (;;) {
        pthread_mutex_lock(&lock);
        while (tokens == 0 && rounds < ROUNDS)
            pthread_cond_wait(&moved, &lock);
        if (rounds == ROUNDS) {
            pthread_cond_broadcast(&moved);
            pthread_mutex_unlock(&lock);
            return NULL;
        }
        tokens--;
        rounds++;
        pthread_mutex_unlock(&lock);
        done[own]++;
        pthread_mutex_lock(&lock);
        tokens++;
        pthread_cond_signal(&moved);
        pthread_mutex_unlock(&lock);
    }
}

int main(void)
{
    pthread_t thread[THREADS];
    long sum = 0;
    for (long i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, hammers, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        sum += done[i];
    }
    printf("rounds %ld, done %ld, tokens %ld\n", rounds, sum, tokens);
    return 0;
}
