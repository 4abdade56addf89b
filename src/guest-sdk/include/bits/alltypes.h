/* wasi-libc's types, even inside of a header that is read whole (see unistd.h): there they would be defined twice. */
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include <__struct_iovec.h>
#include <__struct_timespec.h>
#include <__struct_timeval.h>
#ifndef __DEFINED_struct_timeval
#define __DEFINED_struct_timeval
#define __DEFINED_struct_timespec
#define __DEFINED_struct_iovec
#define __DEFINED_struct__IO_FILE
#endif
#include_next <bits/alltypes.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
