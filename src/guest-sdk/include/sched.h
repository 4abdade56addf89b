/* The whole of the header; sched_getaffinity counts processors, the rest of what it declares is not there. */
#ifndef MARCOTTE_SCHED_H
#define MARCOTTE_SCHED_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <sched.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#endif
