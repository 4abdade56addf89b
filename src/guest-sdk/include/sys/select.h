/* The whole of the header: sets of bits, as everywhere else; select and pselect of libmarcotte.a read them. */
#ifndef MARCOTTE_SYS_SELECT_H
#define MARCOTTE_SYS_SELECT_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <sys/select.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#endif
