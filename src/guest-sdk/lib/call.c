/* The call to the host. */
#include "internal.h"

int32_t marcotte_path_readlink(int32_t fd, const void *path, size_t path_len, void *buf, size_t buf_len, size_t *used)
    __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__("path_readlink")));

bool marcotte_host(void)
{
    static enum { unknown, answers, silent } state;
    if (state == unknown) {
        uint8_t request[4] = {0}, reply[8];
        size_t used = 0;
        int error = marcotte_path_readlink(MARCOTTE_CALL_FD, request, sizeof request, reply, sizeof reply, &used);
        state = error == 0 && used == sizeof reply && get32(reply) >= MARCOTTE_CALL_VERSION ? answers : silent;
    }
    return state == answers;
}

int marcotte_send(struct request *r, void *reply, size_t room, size_t *used)
{
    size_t length = 0;
    if (r->error != 0)
        return r->error;
    if (!marcotte_host())
        return ENOSYS;
    int error = marcotte_path_readlink(MARCOTTE_CALL_FD, r->start, (size_t)(r->at - r->start), reply, room, &length);
    if (error == 0 && used != NULL)
        *used = length;
    return error;
}

int marcotte_do(struct request *r, void *reply, size_t room)
{
    return done(marcotte_send(r, reply, room, NULL));
}

int marcotte_ask(struct request *r)
{
    int32_t value = 0;
    int error = marcotte_send(r, &value, sizeof value, NULL);
    return error == 0 ? value : fail(error);
}

int32_t marcotte_host_fd(int dirfd)
{
    return dirfd == AT_FDCWD ? HOST_AT_FDCWD : dirfd;
}

static const struct {
    int guest;
    uint32_t host;
} open_flags[] = {
    { O_CREAT, 0100 }, { O_EXCL, 0200 }, { O_NOCTTY, 0400 }, { O_TRUNC, 01000 }, { O_APPEND, 02000 },
    { O_NONBLOCK, HOST_O_NONBLOCK }, { O_DSYNC, 010000 }, { O_ASYNC, 020000 }, { O_DIRECTORY, 0200000 },
    { O_NOFOLLOW, 0400000 }, { O_NOATIME, 01000000 }, { O_CLOEXEC, HOST_O_CLOEXEC }, { O_SYNC, 04010000 },
    { O_PATH, 010000000 }, { O_TMPFILE, 020200000 },
};

#define OPEN_FLAGS (sizeof open_flags / sizeof *open_flags)

uint32_t marcotte_host_oflags(int flags)
{
    uint32_t result = (flags & O_RDWR) == O_RDWR ? 2 : (flags & O_WRONLY) ? 1 : 0;
    for (size_t i = 0; i < OPEN_FLAGS; i++)
        if ((flags & open_flags[i].guest) == open_flags[i].guest)
            result |= open_flags[i].host;
    return result;
}

int marcotte_guest_oflags(uint32_t flags)
{
    static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR, O_RDWR };
    int result = modes[flags & 3];
    for (size_t i = 0; i < OPEN_FLAGS; i++)
        if ((flags & open_flags[i].host) == open_flags[i].host)
            result |= open_flags[i].guest;
    return result;
}

bool marcotte_host_fdflags(int flags, int others, uint32_t *result)
{
    if (flags & ~(O_CLOEXEC | O_NONBLOCK | others))
        return false;
    *result = (flags & O_CLOEXEC ? HOST_O_CLOEXEC : 0) | (flags & O_NONBLOCK ? HOST_O_NONBLOCK : 0) | (uint32_t)(flags & others);
    return true;
}
