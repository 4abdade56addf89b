/* wasi-libc's malloc with locks that wait instead of spinning, and that fork can hold. */
#include <errno.h>
#include <stddef.h>

void __lock(volatile int *);
void __unlock(volatile int *);

#define HAVE_MMAP 0
#define MORECORE_CANNOT_TRIM 1
#define ABORT __builtin_trap()
#define LACKS_TIME_H 1
#define NO_MALLINFO 1
#define NO_MALLOC_STATS 1
#define MALLOC_ALIGNMENT 16
#define USE_DL_PREFIX 1
#define DLMALLOC_EXPORT static inline
#define USE_LOCKS 2
#define MLOCK_T volatile int
#define INITIAL_LOCK(lock) (*(lock) = 0)
#define DESTROY_LOCK(lock) (0)
#define ACQUIRE_LOCK(lock) (__lock(lock), 0)
#define RELEASE_LOCK(lock) __unlock(lock)
#define TRY_LOCK(lock) (ACQUIRE_LOCK(lock), 1)
static volatile int malloc_global_mutex;
static size_t dlmalloc_usable_size(void *);
#include <malloc.c>

void *malloc(size_t size) { return dlmalloc(size); }
void free(void *at) { dlfree(at); }
void *calloc(size_t count, size_t size) { return dlcalloc(count, size); }
void *realloc(void *at, size_t size) { return dlrealloc(at, size); }
int posix_memalign(void **result, size_t alignment, size_t size) { return dlposix_memalign(result, alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return dlmemalign(alignment, size); }
size_t malloc_usable_size(void *at) { return dlmalloc_usable_size(at); }

void *__libc_malloc(size_t) __attribute__((alias("malloc")));
void __libc_free(void *) __attribute__((alias("free")));
void *__libc_calloc(size_t, size_t) __attribute__((alias("calloc")));

void marcotte_malloc_hold(void)
{
    ensure_initialization();
    __lock(&malloc_global_mutex);
    __lock(&gm->mutex);
}

void marcotte_malloc_release(void)
{
    __unlock(&gm->mutex);
    __unlock(&malloc_global_mutex);
}
