/* wasi-libc's flags of open, and those that need a process to mean something. */
#ifndef MARCOTTE_FCNTL_H
#define MARCOTTE_FCNTL_H
#pragma push_macro("__wasilibc_unmodified_upstream")
#undef __wasilibc_unmodified_upstream
#include_next <fcntl.h>
#pragma pop_macro("__wasilibc_unmodified_upstream")
#include <__mode_t.h>
#include <__typedef_ssize_t.h>

#undef O_CLOEXEC
#undef O_NOCTTY
#define O_CLOEXEC 0x40000000
#define O_NOCTTY 0x00800000
#define O_PATH 0x00400000
#define O_TMPFILE (0x00200000 | O_DIRECTORY)
#define O_NOATIME 0x00100000
#define O_ASYNC 0x00000800
#define O_DIRECT 0
#define O_LARGEFILE 0
#define O_NDELAY O_NONBLOCK

#undef F_DUPFD
#define F_DUPFD 0
#undef F_GETLK
#undef F_SETLK
#undef F_SETLKW
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7
#define F_SETOWN 8
#define F_GETOWN 9
#define F_SETSIG 10
#define F_GETSIG 11
#define F_GETLK64 F_GETLK
#define F_SETLK64 F_SETLK
#define F_SETLKW64 F_SETLKW
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#define F_DUPFD_CLOEXEC 1030
#ifndef F_SETPIPE_SZ
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#endif
#undef F_RDLCK
#undef F_WRLCK
#undef F_UNLCK
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
#ifndef F_LOCK
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#endif
#define flock64 flock

#undef AT_EACCESS
#define AT_EACCESS 0x200
#undef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#undef AT_NO_AUTOMOUNT
#define AT_NO_AUTOMOUNT 0x800

#define FALLOC_FL_KEEP_SIZE 1
#define FALLOC_FL_PUNCH_HOLE 2
#define FALLOC_FL_COLLAPSE_RANGE 8
#define FALLOC_FL_ZERO_RANGE 16
#define FALLOC_FL_INSERT_RANGE 32
#define SPLICE_F_MOVE 1
#define SPLICE_F_NONBLOCK 2
#define SPLICE_F_MORE 4
#define SPLICE_F_GIFT 8
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#define RENAME_WHITEOUT 4
#endif

#ifdef __cplusplus
extern "C" {
#endif
int lockf(int, int, off_t);
int fallocate(int, int, off_t, off_t);
#define fallocate64 fallocate

ssize_t splice(int, off_t *, int, off_t *, __SIZE_TYPE__, unsigned);
#ifdef __cplusplus
}
#endif
#endif
