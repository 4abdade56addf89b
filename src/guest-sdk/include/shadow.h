/* There is no file of shadowed passwords: nobody is found in it. */
#ifndef _SHADOW_H
#define _SHADOW_H

#include <features.h>
#define __NEED_size_t
#include <bits/alltypes.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct spwd {
    char *sp_namp;
    char *sp_pwdp;
    long sp_lstchg, sp_min, sp_max, sp_warn, sp_inact, sp_expire;
    unsigned long sp_flag;
};

struct spwd *getspnam(const char *);
int getspnam_r(const char *, struct spwd *, char *, size_t, struct spwd **);

#ifdef __cplusplus
}
#endif

#endif
