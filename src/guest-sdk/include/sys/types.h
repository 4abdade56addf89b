/* Types, and what older programs expect to come with them. */
#ifndef MARCOTTE_SYS_TYPES_H
#define MARCOTTE_SYS_TYPES_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <sys/types.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#include <sys/sysmacros.h>
#endif
