/* The whole of signal.h. SIG_IGN and SIG_ERR stay functions: 1 is a function pointer like any other here. */
#ifndef MARCOTTE_SIGNAL_H
#define MARCOTTE_SIGNAL_H
#define _WASI_EMULATED_SIGNAL 1
#define __NEED_size_t
#define __NEED_sigset_t
#include <bits/alltypes.h>
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <signal.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#undef SIG_DFL
#undef SIG_IGN
#undef SIG_ERR
#undef SIG_HOLD
#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN (__SIG_IGN)
#define SIG_ERR (__SIG_ERR)
#define SIG_HOLD (__SIG_HOLD)
#ifndef NSIG
#define NSIG _NSIG
#endif
#define SV_ONSTACK SA_ONSTACK
#define SV_INTERRUPT SA_RESTART
#ifdef __cplusplus
extern "C" {
#endif
void __SIG_ERR(int);
void __SIG_IGN(int);
void __SIG_HOLD(int);
extern const char *const sys_siglist[_NSIG];
char *strsignal(int);
int sig2str(int, char *);
int str2sig(const char *, int *);
int tgkill(int, int, int);
#ifdef __cplusplus
}
#endif
#endif
