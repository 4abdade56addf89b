/* The whole of the header: what wasi-libc leaves out is in libmarcotte.a. */
#ifndef MARCOTTE_SYS_STAT_H
#define MARCOTTE_SYS_STAT_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <sys/stat.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
int utimensat(int, const char *, const struct timespec[2], int);
int fstatat(int, const char *__restrict, struct stat *__restrict, int);
#ifdef __cplusplus
}
#endif
#endif
