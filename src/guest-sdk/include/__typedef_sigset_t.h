/* A set of 64 signals: signal n is bit n - 1. */
#ifndef __wasilibc___typedef_sigset_t_h
#define __wasilibc___typedef_sigset_t_h
typedef struct { unsigned long long __bits; } sigset_t;
#endif
