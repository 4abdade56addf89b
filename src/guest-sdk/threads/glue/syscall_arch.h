/* The only system call that wasi-libc's sources of threads make is futex; all others there are not. */
#include <errno.h>

long marcotte_futex(volatile int *word, int operation, int value, const void *timeout);

#define SYS_futex 1
#define SYS_get_robust_list 2
#define SYS_set_robust_list 3

#define MARCOTTE_NO_CALL(...) ((void)(__VA_ARGS__), -(long)ENOSYS)

static inline long (__syscall0)(long n) { return MARCOTTE_NO_CALL(n); }
static inline long (__syscall1)(long n, long a) { return MARCOTTE_NO_CALL(n, a); }
static inline long (__syscall2)(long n, long a, long b) { return MARCOTTE_NO_CALL(n, a, b); }
static inline long (__syscall3)(long n, long a, long b, long c)
{
    return n == SYS_futex ? marcotte_futex((volatile int *)a, (int)b, (int)c, 0) : -(long)ENOSYS;
}

static inline long (__syscall4)(long n, long a, long b, long c, long d)
{
    return n == SYS_futex ? marcotte_futex((volatile int *)a, (int)b, (int)c, (const void *)d) : -(long)ENOSYS;
}

static inline long (__syscall5)(long n, long a, long b, long c, long d, long e)
{
    (void)e;
    return (__syscall4)(n, a, b, c, d);
}

static inline long (__syscall6)(long n, long a, long b, long c, long d, long e, long f)
{
    (void)e;
    (void)f;
    return (__syscall4)(n, a, b, c, d);
}
