/* There is no record of logins: nobody is found in it. */
#ifndef _UTMPX_H
#define _UTMPX_H

#include <utmp.h>

#ifdef __cplusplus
extern "C" {
#endif

#define utmpx utmp
#define setutxent setutent
#define endutxent endutent
#define getutxent getutent
#define getutxid getutid
#define getutxline getutline
#define pututxline pututline
#define updwtmpx updwtmp
#define utmpxname utmpname

#ifdef __cplusplus
}
#endif

#endif
