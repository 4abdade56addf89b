/* The whole of the header: what wasi-libc leaves out is in libmarcotte.a. */
#ifndef MARCOTTE_LIMITS_H
#define MARCOTTE_LIMITS_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <limits.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#endif
