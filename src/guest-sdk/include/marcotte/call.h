/*
 * The Marcotte call: what POSIX needs of the host and WASIX has no words for.
 *
 * A guest calls
 *
 *     path_readlink(MARCOTTE_CALL_FD, request, request_len, reply, reply_len, &used)
 *
 * of wasi_snapshot_preview1, so a module that uses it imports nothing that another runtime lacks.
 * MARCOTTE_CALL_FD is negative and never a descriptor: any other runtime answers EBADF, and the
 * library then does without. It asks once, by MARCOTTE_OP_VERSION, as the first thing in _start and before
 * callback_signal, and remembers: so a host knows from then on that default actions are its own.
 *
 * Encoding
 *
 *   Everything is little-endian and packed, in the order written here; there is no padding but what is
 *   written as `zero`.
 *   request   u16 op, u16 zero, then the op's arguments
 *   reply     the op's result; `used` is its length. Where nothing is written after "->" there is none.
 *   text      u32 length, then so many bytes; no NUL at the end and none inside
 *   list      u32 count, u32 bytes, then `count` strings of `bytes` bytes in all, each ended by a NUL
 *   set       u64, a set of signals: signal n is bit n - 1 (so 1 << 13 is SIGALRM)
 *   ns, us    i64, nanoseconds or microseconds
 *   The result of path_readlink is the errno, in preview 1's numbers. With an errno other than 0 nothing
 *   is written and `used` means nothing.
 *   EINVAL    a request that is too short, too long, or has a nonzero `zero`; a number out of its range
 *   ENOSYS    an op that this host does not know, or that no layer of the box backs
 *   ERANGE    a reply that does not fit reply_len (nothing is written). A reply marked [cut] is cut short
 *             instead, as readlink does.
 *   EFAULT    request, reply or `used` lie outside of memory
 *   The request is read whole before anything is written: request and reply may overlap.
 *
 * Numbers inside of requests and replies are Linux's (asm-generic): signals, flags of open, modes, wait
 * options, resources, poll bits, termios. AT_FDCWD is -100. Only errnos are preview 1's.
 * Paths are resolved as the kernel does it, against the process's root and working directory or against
 * the directory `dirfd`; preopens have no part in it. An empty path is ENOENT unless AT_EMPTY_PATH is given.
 *
 * Blocking and signals
 *
 *   An op marked [blocks] waits. If a handler runs meanwhile, the host restarts the call when the handler
 *   has SA_RESTART and POSIX restarts that call, and answers EINTR otherwise. [eintr] says that it is EINTR
 *   whatever SA_RESTART says. The same holds for fd_read, fd_write, poll_oneoff (always EINTR), and so on.
 *   The host calls the export `__wasm_signal(i32 signo)` for a signal that is not blocked and whose
 *   disposition is `handler`, and for no other: default actions and ignoring are the host's. It blocks the
 *   action's mask, and the signal itself unless SA_NODEFER, for as long as the call lasts, and resets the
 *   disposition to default before it with SA_RESETHAND. It is registered by WASIX's callback_signal.
 *   The handler may leave by stack_restore (longjmp): the frames in between, the host's own too, are gone,
 *   and the mask stays as it was inside of the handler until the guest sets it (siglongjmp does).
 *   stack_restore gives back the stack pointer and what asyncify keeps (locals, frames), and leaves memory
 *   alone, the C stack in memory too: C wants changed volatile locals to keep their change. The value goes
 *   where the second argument of the stack_checkpoint pointed to.
 *
 * Fork, exec and spawn carry over what Linux says: credentials, groups, umask, mask, ignored dispositions,
 * limits, priority, group, session, terminal, root, working directory, descriptors without CLOEXEC.
 */
#ifndef MARCOTTE_CALL_H
#define MARCOTTE_CALL_H

#define MARCOTTE_CALL_FD ((int)0x80706F73)
#define MARCOTTE_CALL_VERSION 1

/* 0x00: the call itself */

/* () -> u32 version, u32 zero. Version is 1. A later version has more ops and changes none. */
#define MARCOTTE_OP_VERSION 0x0000

/* 0x01: who the process is */

/* () -> i32 pid, i32 ppid, i32 pgid, i32 sid, i32 tid */
#define MARCOTTE_OP_GETIDS 0x0101
/* (i32 pid) -> i32 pgid. pid 0 is the caller. ESRCH */
#define MARCOTTE_OP_GETPGID 0x0102
/* (i32 pid, i32 pgid): setpgid(2). EACCES after the child's exec, EPERM, ESRCH, EINVAL */
#define MARCOTTE_OP_SETPGID 0x0103
/* (i32 pid) -> i32 sid. ESRCH */
#define MARCOTTE_OP_GETSID 0x0104
/* () -> i32 sid. EPERM for a group's leader */
#define MARCOTTE_OP_SETSID 0x0105
/* () -> u32 ruid, euid, suid, rgid, egid, sgid */
#define MARCOTTE_OP_GETCRED 0x0106
/* (u32 kind, u32 a, u32 b, u32 c): sets ids; 0xFFFFFFFF leaves one as it is. Unused ones are 0xFFFFFFFF.
   kind 0 setuid(a)  1 setreuid(a, b)  2 setresuid(a, b, c)  3 setgid(a)  4 setregid(a, b)  5 setresgid(a, b, c)
   6 seteuid(a)  7 setegid(a). EPERM, EINVAL */
#define MARCOTTE_OP_SETCRED 0x0107
#define MARCOTTE_CRED_UID 0
#define MARCOTTE_CRED_REUID 1
#define MARCOTTE_CRED_RESUID 2
#define MARCOTTE_CRED_GID 3
#define MARCOTTE_CRED_REGID 4
#define MARCOTTE_CRED_RESGID 5
#define MARCOTTE_CRED_EUID 6
#define MARCOTTE_CRED_EGID 7
/* () -> u32 count, count × u32: the supplementary groups. ERANGE if they do not fit */
#define MARCOTTE_OP_GETGROUPS 0x0108
/* (u32 count, count × u32). EPERM, EINVAL for too many */
#define MARCOTTE_OP_SETGROUPS 0x0109
/* (u32 mask) -> u32 old. 0xFFFFFFFF only asks; else the low 9 bits are taken */
#define MARCOTTE_OP_UMASK 0x010A
/* () -> 6 × text: sysname, nodename, release, version, machine, domainname */
#define MARCOTTE_OP_UNAME 0x010B
/* (u32 kind, text): 0 the host's name, 1 the domain's. EPERM, EINVAL for more than 64 bytes */
#define MARCOTTE_OP_SETHOSTNAME 0x010C
/* (text): the process's name, as /proc/self/comm shows it, cut to 15 bytes */
#define MARCOTTE_OP_SETNAME 0x010D
/* () -> text */
#define MARCOTTE_OP_GETNAME 0x010E

/* 0x02: children, programs, usage */

/* (u32 idtype, i32 id, u32 options) -> i32 pid, i32 status, u32 uid, usage   [blocks]
   idtype 0 any child (P_ALL), 1 the child `id` (P_PID), 2 a child in group `id`, 0 the caller's (P_PGID).
   options: WNOHANG 1, WUNTRACED/WSTOPPED 2, WEXITED 4, WCONTINUED 8, WNOWAIT 0x01000000.
   At least one of WSTOPPED, WEXITED, WCONTINUED, else EINVAL.
   pid 0: WNOHANG, and nothing to say yet. status is the status word: code << 8, signal (| 0x80 with a core),
   signal << 8 | 0x7F stopped, 0xFFFF continued. usage is the child's with its own waited-for children. ECHILD */
#define MARCOTTE_OP_WAIT 0x0201
/* usage = us utime, us stime, i64 maxrss (KiB), i64 minflt, i64 majflt, i64 inblock, i64 oublock, i64 nvcsw,
   i64 nivcsw: 72 bytes */
#define MARCOTTE_USAGE_BYTES 72
/* (i32 who) -> usage. 0 the process, -1 its waited-for children, 1 the calling thread */
#define MARCOTTE_OP_GETRUSAGE 0x0202
/* () -> us utime, us stime, us child utime, us child stime, us elapsed since the box began */
#define MARCOTTE_OP_TIMES 0x0203
/* (i32 pid, u32 resource, u32 set, u64 soft, u64 hard) -> u64 soft, u64 hard (as they were).
   prlimit(2); pid 0 is the caller; set 0 only asks; RLIM_INFINITY is all ones. EPERM, EINVAL, ESRCH */
#define MARCOTTE_OP_PRLIMIT 0x0204
/* (u32 which, i32 who) -> i32 nice (-20 … 19). which 0 process, 1 group, 2 user. ESRCH */
#define MARCOTTE_OP_GETPRIORITY 0x0205
/* (u32 which, i32 who, i32 nice). EACCES, EPERM, ESRCH */
#define MARCOTTE_OP_SETPRIORITY 0x0206
/* (i32 dirfd, text path, list argv, list envp, u32 flags): execveat(2). No reply: it does not come back.
   flags: AT_EMPTY_PATH 0x1000 (run dirfd itself), AT_SYMLINK_NOFOLLOW 0x100. `#!` is the host's business.
   No search of PATH. ENOENT, EACCES, ENOEXEC, E2BIG, ELOOP … */
#define MARCOTTE_OP_EXEC 0x0207
/* (text path, text search, list argv, list envp, u32 flags, i32 pgroup, set mask, set defaults,
    u32 actions, actions × action) -> i32 pid
   search is the text of PATH: a path with no `/` in it is looked for there, in order, as execvp does; empty: no search.
   flags are posix_spawn's: RESETIDS 1, SETPGROUP 2, SETSIGDEF 4, SETSIGMASK 8, SETSID 0x80. Others EINVAL.
   action = u32 kind, i32 fd, i32 other, u32 oflag, u32 mode, text path; unused fields are 0:
     0 close(fd) (not open: no error)   1 dup2(other, fd) (fd == other: clears CLOEXEC)
     2 open(path, oflag, mode) as fd    3 chdir(path)   4 fchdir(fd)   5 give fd the foreground: tcsetpgrp(fd, own group)
   in order, in the child, after flags. An action's errno is the call's. */
#define MARCOTTE_OP_SPAWN 0x0208
#define MARCOTTE_SPAWN_CLOSE 0
#define MARCOTTE_SPAWN_DUP2 1
#define MARCOTTE_SPAWN_OPEN 2
#define MARCOTTE_SPAWN_CHDIR 3
#define MARCOTTE_SPAWN_FCHDIR 4
#define MARCOTTE_SPAWN_TCSETPGRP 5
/* () -> us uptime, u64 load1, u64 load5, u64 load15 (× 65536), u64 totalram, u64 freeram, u32 processes, u32 cpus */
#define MARCOTTE_OP_SYSINFO 0x0209

/* 0x03: signals */

/* (i32 pid, i32 signal, u32 has_value, u32 value): kill(2), and sigqueue(3) with a value. pid 0 the caller's group,
   -1 everyone, < -1 a group; signal 0 only checks. ESRCH, EPERM, EINVAL. If the signal is for the caller, unblocked
   and handled, its handler has run when the call comes back. */
#define MARCOTTE_OP_KILL 0x0301
/* (i32 signal, u32 set, u32 disposition, u32 flags, set mask) -> u32 disposition, u32 flags, set mask (as they were).
   set 0 only asks. disposition 0 default, 1 ignore, 2 handler. flags: SA_NOCLDSTOP 1, SA_NOCLDWAIT 2, SA_SIGINFO 4,
   SA_ONSTACK 0x08000000, SA_RESTART 0x10000000, SA_NODEFER 0x40000000, SA_RESETHAND 0x80000000. EINVAL for
   KILL and STOP (unless set is 0) and for numbers outside of 1 … 64 */
#define MARCOTTE_OP_SIGACTION 0x0302
#define MARCOTTE_SIG_DEFAULT 0
#define MARCOTTE_SIG_IGNORE 1
#define MARCOTTE_SIG_HANDLER 2
/* (u32 how, set) -> set old. how 0 block, 1 unblock, 2 set, 3 only asks. The calling thread's. What comes unblocked
   and is pending has been delivered when the call comes back. KILL and STOP are never blocked */
#define MARCOTTE_OP_SIGPROCMASK 0x0303
/* () -> set: pending and blocked */
#define MARCOTTE_OP_SIGPENDING 0x0304
/* (set mask): puts the mask, waits for a handler to have run, puts the mask back. Always EINTR   [blocks] [eintr] */
#define MARCOTTE_OP_SIGSUSPEND 0x0305
/* (set, ns timeout) -> siginfo. timeout < 0: for ever. EAGAIN when it is over   [blocks] [eintr] */
#define MARCOTTE_OP_SIGTIMEDWAIT 0x0306
/* () -> siginfo of the signal whose handler runs innermost. ENOENT outside of any handler
   siginfo = i32 signo, i32 code, i32 errno, i32 pid, u32 uid, i32 status, u32 value, i32 band, us utime, us stime:
   48 bytes. code as in Linux: SI_USER 0, SI_QUEUE -1, SI_TIMER -2, SI_KERNEL 0x80, SI_TKILL -6, CLD_EXITED 1,
   CLD_KILLED 2, CLD_DUMPED 3, CLD_TRAPPED 4, CLD_STOPPED 5, CLD_CONTINUED 6. For CHLD status is the exit code
   or the signal. */
#define MARCOTTE_OP_SIGINFO 0x0307
#define MARCOTTE_SIGINFO_BYTES 48
/* (u32 which, u32 set, us interval, us value) -> us interval, us value (what was left of it).
   which 0 real (SIGALRM), 1 virtual (SIGVTALRM), 2 profiling (SIGPROF). value 0 stops. EINVAL for negative times */
#define MARCOTTE_OP_ITIMER 0x0308
/* (i32 tid, i32 signal): to one thread of the process. ESRCH */
#define MARCOTTE_OP_TKILL 0x0309
/* (u32 clock, i32 signal, u32 value) -> i32 timer: clock 0 real, 1 monotonic, 2 the process's CPU time; signal 0 for none. What it raises has
   code SI_TIMER, the timer for a pid, overruns for a uid, and the value. ENOTSUP for other clocks, EAGAIN, EINVAL */
#define MARCOTTE_OP_TIMER_CREATE 0x030A
/* (i32 timer). EINVAL */
#define MARCOTTE_OP_TIMER_DELETE 0x030B
/* (i32 timer, u32 set, u32 flags, ns interval, ns value) -> ns interval, ns value (left), i32 overruns. set 0 only asks; flags 1 is absolute.
   EINVAL */
#define MARCOTTE_OP_TIMER_TIME 0x030C

/* 0x04: paths. `flags` of these: AT_SYMLINK_NOFOLLOW 0x100, AT_REMOVEDIR 0x200 (EACCESS in ACCESS), AT_SYMLINK_FOLLOW 0x400,
   AT_EMPTY_PATH 0x1000 (an empty path is dirfd itself) */

/* (i32 dirfd, u32 flags, u32 mode, text path) -> i32 fd   [blocks] on FIFOs. openat(2), the lowest free descriptor; mode is
   subject to the umask. flags: O_WRONLY 1, O_RDWR 2, O_CREAT 0100, O_EXCL 0200, O_NOCTTY 0400, O_TRUNC 01000, O_APPEND 02000,
   O_NONBLOCK 04000, O_DSYNC 010000, O_ASYNC 020000, O_DIRECTORY 0200000, O_NOFOLLOW 0400000, O_NOATIME 01000000,
   O_CLOEXEC 02000000, O_SYNC 04010000, O_PATH 010000000, O_TMPFILE 020200000. A directory can be read with fd_readdir. */
#define MARCOTTE_OP_OPEN 0x0401
/* (i32 dirfd, u32 flags, text path) -> stat. Also fstat: AT_EMPTY_PATH and an empty path (any kind of descriptor).
   stat = u64 dev, u64 ino, u64 rdev, i64 size, i64 blocks (of 512), u32 mode (type and permissions), u32 nlink, u32 uid,
   u32 gid, u32 blksize, u32 zero, ns atime, ns mtime, ns ctime, ns btime: 96 bytes */
#define MARCOTTE_OP_STAT 0x0402
#define MARCOTTE_STAT_BYTES 96
/* (i32 dirfd, u32 flags, u32 mode, text path): chmod; fchmod with AT_EMPTY_PATH */
#define MARCOTTE_OP_CHMOD 0x0403
/* (i32 dirfd, u32 flags, u32 uid, u32 gid, text path): 0xFFFFFFFF leaves one as it is */
#define MARCOTTE_OP_CHOWN 0x0404
/* (i32 dirfd, u32 mode, u64 rdev, text path): mknod(2), mode with its type: S_IFIFO 0010000, S_IFCHR 0020000, S_IFBLK 0060000,
   S_IFREG 0100000, S_IFSOCK 0140000. rdev as makedev makes it. Subject to the umask */
#define MARCOTTE_OP_MKNOD 0x0405
/* (i32 dirfd, u32 flags, u32 mode, text path): mode R 4, W 2, X 1, 0 is existence; real ids unless AT_EACCESS 0x200. EACCES, EROFS */
#define MARCOTTE_OP_ACCESS 0x0406
/* (i64 length, text path) */
#define MARCOTTE_OP_TRUNCATE 0x0407
/* (i32 dirfd, u32 mode, text path), subject to the umask */
#define MARCOTTE_OP_MKDIR 0x0408
/* (i32 dirfd, u32 flags, text path): unlink, rmdir with AT_REMOVEDIR */
#define MARCOTTE_OP_UNLINK 0x0409
/* (i32 olddirfd, text old, i32 newdirfd, text new, u32 flags): RENAME_NOREPLACE 1, RENAME_EXCHANGE 2. EINVAL for others */
#define MARCOTTE_OP_RENAME 0x040A
/* (i32 olddirfd, text old, i32 newdirfd, text new, u32 flags): AT_SYMLINK_FOLLOW, AT_EMPTY_PATH */
#define MARCOTTE_OP_LINK 0x040B
/* (text target, i32 dirfd, text path) */
#define MARCOTTE_OP_SYMLINK 0x040C
/* (i32 dirfd, text path) -> bytes of the target   [cut] */
#define MARCOTTE_OP_READLINK 0x040D
/* (i32 dirfd, u32 flags, i64 atime_sec, u32 atime_nsec, i64 mtime_sec, u32 mtime_nsec, text path):
   nsec 0x3FFFFFFF is now, 0x3FFFFFFE leaves it as it is. futimens with AT_EMPTY_PATH */
#define MARCOTTE_OP_UTIMES 0x040E
/* (i32 dirfd, u32 flags, text path) -> u64 type, bsize, frsize, blocks, bfree, bavail, files, ffree, fsid, namemax, flags (ST_*):
   88 bytes. fstatfs with AT_EMPTY_PATH */
#define MARCOTTE_OP_STATFS 0x040F
/* (text path): EPERM unless euid is 0. The working directory stays */
#define MARCOTTE_OP_CHROOT 0x0410
/* (text path) */
#define MARCOTTE_OP_CHDIR 0x0411
/* (i32 fd) */
#define MARCOTTE_OP_FCHDIR 0x0412
/* () -> bytes, absolute, from the process's root; ERANGE when too short; ENOENT when it has been removed */
#define MARCOTTE_OP_GETCWD 0x0413
/* (): sync(2) */
#define MARCOTTE_OP_SYNC 0x0414

/* 0x05: descriptors */

/* (u32 flags) -> i32 read end, i32 write end. O_CLOEXEC, O_NONBLOCK as in OPEN */
#define MARCOTTE_OP_PIPE2 0x0501
/* (i32 fd, i32 newfd, u32 flags) -> i32 newfd: dup3(2). O_CLOEXEC; EINVAL when both are equal; EBADF */
#define MARCOTTE_OP_DUP3 0x0502
/* (i32 fd) -> u32 flags, as F_GETFL: access mode (0, 1, 2) and O_APPEND, O_NONBLOCK, O_DSYNC, O_SYNC, O_PATH */
#define MARCOTTE_OP_GETFL 0x0503
/* (i32 fd, u32 flags): F_SETFL; only O_APPEND and O_NONBLOCK change, the rest is ignored */
#define MARCOTTE_OP_SETFL 0x0504
/* (i32 fd, u32 operation): flock(2): LOCK_SH 1, LOCK_EX 2, LOCK_NB 4, LOCK_UN 8. EAGAIN, EINTR   [blocks] */
#define MARCOTTE_OP_FLOCK 0x0505
/* (i32 fd, u32 command, u32 type, u32 whence, i64 start, i64 len) -> u32 type, u32 whence, i64 start, i64 len, i32 pid
   command 0 F_GETLK, 1 F_SETLK, 2 F_SETLKW [blocks], 3 … 5 the same of the open file (F_OFD_*). type 0 read, 1 write, 2 unlock.
   whence 0 set, 1 current, 2 end. The reply of SETLK is the request. EAGAIN, EDEADLK, EBADF, EINVAL */
#define MARCOTTE_OP_LOCK 0x0506
/* (i32 fd, u32 mode, i64 offset, i64 len): fallocate(2): KEEP_SIZE 1, PUNCH_HOLE 2, COLLAPSE 8, ZERO 16. EOPNOTSUPP (ENOTSUP) */
#define MARCOTTE_OP_FALLOCATE 0x0507
/* (i32 in, i64 in_offset, i32 out, i64 out_offset, u64 len, u32 kind) -> u64 moved, i64 in_offset, i64 out_offset   [blocks]
   offset -1: the descriptor's own position, which moves; then the reply's is -1 too.
   kind 0 copy_file_range, 1 sendfile, 2 splice, 3 splice without blocking */
#define MARCOTTE_OP_COPY 0x0508
/* (i32 fd) -> i32 bytes that can be read at once (FIONREAD). ENOTTY where it has no meaning */
#define MARCOTTE_OP_FIONREAD 0x0509
/* (u64 initial, u32 flags) -> i32 fd: eventfd: EFD_SEMAPHORE 1, O_NONBLOCK, O_CLOEXEC */
#define MARCOTTE_OP_EVENTFD 0x050A
/* (i32 fd, set, u32 flags) -> i32 fd: signalfd4; fd -1 makes one. O_NONBLOCK, O_CLOEXEC. It reads as Linux' 128-byte
   signalfd_siginfo */
#define MARCOTTE_OP_SIGNALFD 0x050B
/* (u32 clock, u32 flags) -> i32 fd: clock 0 real, 1 monotonic; O_NONBLOCK, O_CLOEXEC. It reads as u64 expirations */
#define MARCOTTE_OP_TIMERFD 0x050C
/* (i32 fd, u32 set, u32 flags, ns interval, ns value) -> ns interval, ns value (left). set 0 only asks; flags 1 is absolute */
#define MARCOTTE_OP_TIMERFD_TIME 0x050D
/* (u32 flags) -> i32 fd: O_NONBLOCK, O_CLOEXEC. It reads as Linux' inotify_event */
#define MARCOTTE_OP_INOTIFY 0x050E
/* (i32 fd, u32 mask, text path) -> i32 watch */
#define MARCOTTE_OP_INOTIFY_ADD 0x050F
/* (i32 fd, i32 watch) */
#define MARCOTTE_OP_INOTIFY_REMOVE 0x0510
/* (ns timeout, u32 has_mask, set mask, u32 count, count × (i32 fd, u32 events)) -> u32 ready, count × u32 revents   [blocks] [eintr]
   ppoll(2): timeout < 0 for ever. Bits: IN 1, PRI 2, OUT 4, ERR 8, HUP 0x10, NVAL 0x20, RDNORM 0x40, RDBAND 0x80, WRNORM 0x100,
   WRBAND 0x200, RDHUP 0x2000. A negative fd is skipped. The mask holds for as long as the wait. */
#define MARCOTTE_OP_POLL 0x0511
/* (i32 fd, u32 set, u32 bytes) -> u32 bytes: F_GETPIPE_SZ, F_SETPIPE_SZ. EBADF when it is no pipe, EBUSY, EPERM */
#define MARCOTTE_OP_PIPESIZE 0x0512
/* (u32 first, u32 last, u32 flags): close_range(2): 4 is CLOSE_RANGE_CLOEXEC */
#define MARCOTTE_OP_CLOSERANGE 0x0513
/* (i32 fd, i64 offset, u32 whence) -> i64 position: lseek with SEEK_DATA 3 and SEEK_HOLE 4 too. ENXIO */
#define MARCOTTE_OP_SEEK 0x0514

/* 0x06: terminals. ENOTTY for what is none */

/* termios = u32 iflag, u32 oflag, u32 cflag, u32 lflag, u8 line, u8 cc[19], u32 ispeed, u32 ospeed: 44 bytes, bits, indices
   of cc and numbers as in Linux' struct termios2 (speeds in baud) */
#define MARCOTTE_TERMIOS_BYTES 44
/* (i32 fd) -> termios */
#define MARCOTTE_OP_TCGETATTR 0x0601
/* (i32 fd, u32 when, termios): when 0 now, 1 after output is drained, 2 and input is discarded. From a background group
   SIGTTOU   [blocks] */
#define MARCOTTE_OP_TCSETATTR 0x0602
/* (i32 fd) -> u16 rows, u16 columns, u16 xpixel, u16 ypixel */
#define MARCOTTE_OP_GETWINSIZE 0x0603
/* (i32 fd, u16 rows, u16 columns, u16 xpixel, u16 ypixel): SIGWINCH to the foreground group if it changed */
#define MARCOTTE_OP_SETWINSIZE 0x0604
/* (i32 fd) -> i32 pgid */
#define MARCOTTE_OP_TCGETPGRP 0x0605
/* (i32 fd, i32 pgid). EPERM, EINVAL; SIGTTOU from a background group */
#define MARCOTTE_OP_TCSETPGRP 0x0606
/* (i32 fd) -> i32 sid */
#define MARCOTTE_OP_TCGETSID 0x0607
/* (i32 fd, u32 set): 1 makes fd the session's controlling terminal (TIOCSCTTY), 0 gives it up (TIOCNOTTY). EPERM */
#define MARCOTTE_OP_CTTY 0x0608
/* (i32 fd, u32 kind): 0 discards input (TCIFLUSH), 1 output, 2 both; 3 waits until output is drained   [blocks]; 4 sends a break;
   5 … 8 tcflow's TCOOFF, TCOON, TCIOFF, TCION */
#define MARCOTTE_OP_TCFLUSH 0x0609
/* (u32 flags) -> i32 fd: posix_openpt(3): O_RDWR 2, O_NOCTTY, O_CLOEXEC, O_NONBLOCK as in OPEN */
#define MARCOTTE_OP_OPENPT 0x060A
/* (i32 fd) -> i32 number of the other side (/dev/pts/N), unlocked. ENOTTY when fd is no master */
#define MARCOTTE_OP_PTSNUMBER 0x060B
/* (i32 fd) -> bytes of the terminal's path as ttyname says it. ENOTTY, ENODEV */
#define MARCOTTE_OP_TTYNAME 0x060C

#endif
