/* The whole of the header: what wasi-libc leaves out is in libmarcotte.a. */
#ifndef MARCOTTE_STDLIB_H
#define MARCOTTE_STDLIB_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <stdlib.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
int system(const char *);
char *mktemp(char *);
int posix_openpt(int);
int ptsname_r(int, char *, size_t);
int clearenv(void);
#ifdef __cplusplus
}
#endif
#endif
