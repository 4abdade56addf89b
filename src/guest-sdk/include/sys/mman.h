/* Memory of its own and files read into it; nothing is shared with a file. */
#ifndef MARCOTTE_SYS_MMAN_H
#define MARCOTTE_SYS_MMAN_H
#ifndef _WASI_EMULATED_MMAN
#define _WASI_EMULATED_MMAN 1
#endif
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <sys/mman.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
int mprotect(void *, size_t, int);
int madvise(void *, size_t, int);
int msync(void *, size_t, int);
int mlock(const void *, size_t);
int munlock(const void *, size_t);
int mlockall(int);
int munlockall(void);
#ifdef __cplusplus
}
#endif
#endif
