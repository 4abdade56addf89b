/* Users and owners: preview 1 has none. */
#include_next <unistd.h>

#ifndef GUESTS_UNISTD_H
#define GUESTS_UNISTD_H

uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int chown(const char *path, uid_t owner, gid_t group);
int fchown(int fd, uid_t owner, gid_t group);

#endif
