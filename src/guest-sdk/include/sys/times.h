/* Times of the process and of its children; sysconf(_SC_CLK_TCK) ticks a second. */
#ifndef MARCOTTE_SYS_TIMES_H
#define MARCOTTE_SYS_TIMES_H
#define _WASI_EMULATED_PROCESS_CLOCKS 1
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <sys/times.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#endif
