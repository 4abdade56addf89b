/* Makes Marcotte's call: the version, ids, a descriptor by dup2, a file by its path from the root. */
#include "wasix.h"

#define CALL ((int32_t)0x80706F73)

static uint8_t reply[256];
static size_t used;

static int32_t call(const void *request, size_t length, size_t room) { return path_readlink(CALL, request, length, reply, room, &used); }

int main(void)
{
    /* Without this it would import nothing of WASIX, and preview 1 would mean preview 1. */
    int32_t self;
    check("proc_id", proc_id(&self), 0);

    static const uint8_t version[] = { 0, 0, 0, 0 };
    check("version", call(version, sizeof version, sizeof reply), 0);
    check("length", (long)used, 8);
    check("number", reply[0], 1);
    check("too short a reply", call(version, sizeof version, 4), 68);
    static const uint8_t unknown[] = { 0xFF, 0x07, 0, 0 };
    check("unknown", call(unknown, sizeof unknown, sizeof reply), 52);

    static const uint8_t umask[] = { 0x0A, 0x01, 0, 0, 0077, 0, 0, 0 };
    check("umask", call(umask, sizeof umask, sizeof reply), 0);
    check("old", reply[0], 022);

    /* openat(AT_FDCWD, O_RDWR | O_CREAT, 0666, "/data/file") */
    static const uint8_t open[] = { 0x01, 0x04, 0, 0, 0x9C, 0xFF, 0xFF, 0xFF, 0x42, 0, 0, 0, 0xB6, 1, 0, 0, 10, 0, 0, 0, '/', 'd', 'a', 't', 'a', '/', 'f', 'i', 'l', 'e' };
    check("open", call(open, sizeof open, sizeof reply), 0);
    int fd = reply[0];
    check("write", write(fd, "hello\n", 6), 6);
    /* fstat */
    const uint8_t stat[] = { 0x02, 0x04, 0, 0, (uint8_t)fd, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0 };
    check("stat", call(stat, sizeof stat, sizeof reply), 0);
    check("size", reply[24], 6);
    check("mode", reply[40] | reply[41] << 8, 0100600);

    /* dup2 onto a number that is not open, and of a number onto itself */
    check("fd_renumber", fd_renumber(1, 9), 0);
    check("source stays open", write(1, "one\n", 4), 4);
    check("copy", write(9, "nine\n", 5), 5);
    check("onto itself", fd_renumber(9, 9), 0);
    check("not open", fd_renumber(77, 5), 8);
    return 0;
}
