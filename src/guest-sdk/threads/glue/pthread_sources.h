/* Comes before wasi-libc's sources of pthread: what the headers of a libc without threads leave out. */
#define SEM_VALUE_MAX 0x7fffffff
/* The head of it: they look at nothing else. */
struct sched_param {
    int sched_priority;
};

void __block_app_sigs(void *);
void __restore_sigs(void *);

/* A clock is a pointer here, and these take it for a number: clock.c has them. */
#define pthread_condattr_getclock marcotte_unused_getclock
