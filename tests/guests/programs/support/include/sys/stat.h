/* Permission bits: preview 1 has none. */
#include_next <sys/stat.h>

#ifndef GUESTS_SYS_STAT_H
#define GUESTS_SYS_STAT_H

int chmod(const char *path, mode_t mode);
int fchmod(int fd, mode_t mode);
mode_t umask(mode_t mask);

#endif
