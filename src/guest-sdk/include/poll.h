/* Linux's bits; poll and ppoll are in libmarcotte.a. */
#ifndef MARCOTTE_POLL_H
#define MARCOTTE_POLL_H
#define __NEED_struct_timespec
#define __NEED_sigset_t
#include <bits/alltypes.h>
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#define __wasilibc_unmodified_upstream 1
#include_next <poll.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#ifdef __cplusplus
extern "C" {
#endif
int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
#ifdef __cplusplus
}
#endif
#endif
