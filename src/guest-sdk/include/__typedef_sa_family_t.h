/* Included by each of wasi-libc's addresses, which want max_align_t: before C11 stddef.h does not give it. */
#ifndef __wasilibc___typedef_sa_family_t_h
#define __wasilibc___typedef_sa_family_t_h
#include <stddef.h>
#if !defined(__CLANG_MAX_ALIGN_T_DEFINED) && !defined(__cplusplus) && (!defined(__STDC_VERSION__) || __STDC_VERSION__ < 201112L)
#define __CLANG_MAX_ALIGN_T_DEFINED
typedef struct {
    long long __marcotte_whole __attribute__((__aligned__(__alignof__(long long))));
    long double __marcotte_real __attribute__((__aligned__(__alignof__(long double))));
} max_align_t;
#endif
typedef unsigned short sa_family_t;
#endif
