/* There is no record of logins: nobody is found in it. */
#ifndef _UTMP_H
#define _UTMP_H

#include <features.h>
#define __NEED_pid_t
#define __NEED_time_t
#define __NEED_struct_timeval
#include <bits/alltypes.h>

#ifdef __cplusplus
extern "C" {
#endif

struct utmp {
    short ut_type;
    pid_t ut_pid;
    char ut_line[32];
    char ut_id[4];
    char ut_user[32];
    char ut_host[256];
    struct {
        short e_termination, e_exit;
    } ut_exit;
    int ut_session;
    struct timeval ut_tv;
    int ut_addr_v6[4];
};
#define ut_name ut_user
#define ut_time ut_tv.tv_sec
#define EMPTY 0
#define RUN_LVL 1
#define BOOT_TIME 2
#define NEW_TIME 3
#define OLD_TIME 4
#define INIT_PROCESS 5
#define LOGIN_PROCESS 6
#define USER_PROCESS 7
#define DEAD_PROCESS 8
#define UT_LINESIZE 32
#define UT_NAMESIZE 32
#define UT_HOSTSIZE 256

void setutent(void);
void endutent(void);
struct utmp *getutent(void);
struct utmp *getutid(const struct utmp *);
struct utmp *getutline(const struct utmp *);
struct utmp *pututline(const struct utmp *);
void updwtmp(const char *, const struct utmp *);
int utmpname(const char *);
int login_tty(int);

#ifdef __cplusplus
}
#endif

#endif
