/* The whole of the header: what wasi-libc leaves out is in libmarcotte.a. */
#ifndef MARCOTTE_UNISTD_H
#define MARCOTTE_UNISTD_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <unistd.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifndef F_LOCK
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#endif
#ifdef __cplusplus
extern "C" {
#endif
extern char **environ;
int pipe2(int[2], int);
int dup3(int, int, int);
int execvpe(const char *, char *const[], char *const[]);
int setgroups(size_t, const gid_t *);
int initgroups(const char *, gid_t);
int getgrouplist(const char *, gid_t, gid_t *, int *);
char *getlogin(void);
int getlogin_r(char *, size_t);
char *ctermid(char *);
int gethostname(char *, size_t);
void closefrom(int);
int close_range(unsigned, unsigned, int);
int truncate(const char *, off_t);
#ifdef __cplusplus
}
#endif
#endif
