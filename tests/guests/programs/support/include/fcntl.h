/* Record locks: wasi-libc has the structure and leaves out the commands. Numbers as in musl. */
#include_next <fcntl.h>

#ifndef GUESTS_FCNTL_H
#define GUESTS_FCNTL_H

#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7

#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2

#endif
