// Eight threads allocate, free and write through one stream and streams of their own.
//
// expect: exit=0
// compare: native
#include <pthread.h>
#include "sdk.h"

static FILE *shared;

static void *storms(void *value)
{
    long n = (long)value;
    unsigned seed = (unsigned)n;
    char *kept[64] = { 0 };
    size_t sizes[64] = { 0 };
    for (int i = 0; i < 20000; i++) {
        int at = rand_r(&seed) % 64;
        for (size_t b = 0; kept[at] != NULL && b < sizes[at]; b += 97)
            if (kept[at][b] != (char)n)
                return (void *)1;
        sizes[at] = (size_t)(rand_r(&seed) % 2000) + 1;
        kept[at] = i % 3 ? realloc(kept[at], sizes[at]) : (free(kept[at]), malloc(sizes[at]));
        if (kept[at] == NULL)
            return (void *)2;
        memset(kept[at], (int)n, sizes[at]);
    }
    for (int i = 0; i < 64; i++)
        free(kept[i]);
    for (int i = 0; i < 500; i++)
        fprintf(shared, "%ld:%d:%s\n", n, i, "abcdefghijklmnopqrstuvwxyz");
    char name[32], line[64];
    snprintf(name, sizeof name, "own%ld", n);
    for (int i = 0; i < 50; i++) {
        FILE *own = fopen(name, "w+");
        if (own == NULL)
            return (void *)3;
        fprintf(own, "%ld %d\n", n, i);
        rewind(own);
        long a;
        int b;
        if (fgets(line, sizeof line, own) == NULL || sscanf(line, "%ld %d", &a, &b) != 2 || a != n || b != i)
            return (void *)4;
        fclose(own);
    }
    flockfile(shared);
    for (const char *c = "together "; *c; c++)
        putc(*c, shared);
    putc('\n', shared);
    funlockfile(shared);
    return NULL;
}

int main(void)
{
    scratch();
    pthread_t thread[8];
    shared = fopen("shared", "w+");
    setvbuf(shared, NULL, _IOFBF, 128);
    for (long i = 0; i < 8; i++)
        pthread_create(&thread[i], NULL, storms, (void *)(i + 1));
    for (int i = 0; i < 8; i++) {
        void *result;
        pthread_join(thread[i], &result);
        printf("thread %d: %ld\n", i, (long)result);
    }
    rewind(shared);
    char line[128];
    int next[9] = { 0 }, together = 0, broken = 0;
    while (fgets(line, sizeof line, shared) != NULL) {
        int n, i;
        char text[64];
        if (strcmp(line, "together \n") == 0)
            together++;
        else if (sscanf(line, "%d:%d:%63s", &n, &i, text) == 3 && n >= 1 && n <= 8 && i == next[n] && strcmp(text, "abcdefghijklmnopqrstuvwxyz") == 0)
            next[n]++;
        else
            broken++;
    }
    printf("together %d, broken %d, lines", together, broken);
    for (int i = 1; i <= 8; i++)
        printf(" %d", next[i]);
    printf("\n");
    return 0;
}
