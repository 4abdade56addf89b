/* What wasi-libc says of time, and what it leaves out. */
#ifndef MARCOTTE_TIME_H
#define MARCOTTE_TIME_H
#ifndef _WASI_EMULATED_PROCESS_CLOCKS
#define _WASI_EMULATED_PROCESS_CLOCKS 1
#endif
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <time.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
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
