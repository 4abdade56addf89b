/* Comes before random.c, which uses a lock with threads and declares it without. */
static volatile int lock[1];
