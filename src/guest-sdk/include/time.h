/* What wasi-libc says of time, and what it leaves out. */
#ifndef MARCOTTE_TIME_H
#define MARCOTTE_TIME_H
#ifndef _WASI_EMULATED_PROCESS_CLOCKS
#define _WASI_EMULATED_PROCESS_CLOCKS 1
#endif
#define __NEED_timer_t
#include <bits/alltypes.h>
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <time.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
struct sigevent;
int timer_create(clockid_t, struct sigevent *__restrict, timer_t *__restrict);
int timer_delete(timer_t);
int timer_settime(timer_t, int, const struct itimerspec *__restrict, struct itimerspec *__restrict);
int timer_gettime(timer_t, struct itimerspec *);
int timer_getoverrun(timer_t);
void tzset(void);
int clock_settime(clockid_t, const struct timespec *);
int stime(const time_t *);
extern char *tzname[2];
extern int daylight;
extern long timezone;
#ifdef __cplusplus
}
#endif
#endif
