/* What real programs name and WASI preview 1 has no call for. Only what a program uses is linked. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int no_such_call(void) {
    errno = ENOSYS;
    return -1;
}

/* Other processes: there are none. */

int system(const char *command) {
    return command == NULL ? 0 : no_such_call();
}

FILE *popen(const char *command, const char *mode) {
    (void)command;
    (void)mode;
    no_such_call();
    return NULL;
}

int pclose(FILE *stream) {
    (void)stream;
    return no_such_call();
}

/* Names for temporary files: the standard lets both fail. */

FILE *tmpfile(void) {
    no_such_call();
    return NULL;
}

char *tmpnam(char *name) {
    (void)name;
    no_such_call();
    return NULL;
}

char *mktemp(char *template) {
    no_such_call();
    template[0] = '\0';
    return template;
}

/* The real path of a file: callers fall back on the path as given. */

char *realpath(const char *path, char *resolved) {
    (void)path;
    (void)resolved;
    no_such_call();
    return NULL;
}

/* Owners and modes: as on a volume that keeps none, setting them succeeds and changes nothing. Programs
   that copy a file's attributes (bzip2) take a failure here for a failure of the whole. */

int chmod(const char *path, mode_t mode) {
    (void)path;
    (void)mode;
    return 0;
}

int fchmod(int fd, mode_t mode) {
    (void)fd;
    (void)mode;
    return 0;
}

mode_t umask(mode_t mask) {
    (void)mask;
    return 0;
}

int chown(const char *path, uid_t owner, gid_t group) {
    (void)path;
    (void)owner;
    (void)group;
    return 0;
}

int fchown(int fd, uid_t owner, gid_t group) {
    (void)fd;
    (void)owner;
    (void)group;
    return 0;
}

/* Users: one, and it has no name. */

uid_t getuid(void) {
    return 0;
}

uid_t geteuid(void) {
    return 0;
}

gid_t getgid(void) {
    return 0;
}

gid_t getegid(void) {
    return 0;
}

struct passwd *getpwuid(uid_t uid) {
    (void)uid;
    return NULL;
}

struct passwd *getpwnam(const char *name) {
    (void)name;
    return NULL;
}
