/* One thread: what runs once runs now. Thread-specific data is left out, so that programs that can do without
   it (and ask by a HAVE_ macro) do. */
#ifndef GUESTS_PTHREAD_H
#define GUESTS_PTHREAD_H

typedef int pthread_once_t;
#define PTHREAD_ONCE_INIT 0

static inline int pthread_once(pthread_once_t *done, void (*routine)(void)) {
    if (!*done) {
        *done = 1;
        routine();
    }
    return 0;
}

#endif
