/* As wasi-libc has it, with the kinds it has no name for. */
#ifndef MARCOTTE_DIRENT_H
#define MARCOTTE_DIRENT_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <dirent.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifndef DT_SOCK
#define DT_SOCK 12
#endif
#undef DT_FIFO
#define DT_FIFO 13
#ifndef DT_WHT
#define DT_WHT 14
#endif
#ifndef MAXNAMLEN
#define MAXNAMLEN 255
#endif
#ifdef __cplusplus
extern "C" {
#endif
int dirfd(DIR *);
int alphasort(const struct dirent **, const struct dirent **);
int scandir(const char *, struct dirent ***, int (*)(const struct dirent *), int (*)(const struct dirent **, const struct dirent **));
int readdir_r(DIR *__restrict, struct dirent *__restrict, struct dirent **__restrict);
#ifdef __cplusplus
}
#endif
#endif
