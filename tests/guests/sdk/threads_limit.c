// As many threads at a time as $THREADS says, or as there may be.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include "sdk.h"

#define MOST 64

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *waits(void *value) { pthread_mutex_lock(&lock); pthread_mutex_unlock(&lock); return value; }

static void begin_and_end(int wanted)
{
    pthread_t thread[MOST];
    int made = 0, error = 0;
    pthread_mutex_lock(&lock);
    while (made < wanted && (error = pthread_create(&thread[made], NULL, waits, NULL)) == 0)
        made++;
    pthread_mutex_unlock(&lock);
    printf("%d threads, then %s\n", made, error_name(error));
    while (made > 0)
        pthread_join(thread[--made], NULL);
}

int main(void)
{
    const char *wanted = getenv("THREADS");
    for (int i = 0; i < 3; i++)
        begin_and_end(wanted == NULL ? 4 : atoi(wanted));
    return 0;
}
