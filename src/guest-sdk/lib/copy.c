/* Moving bytes between descriptors, and room in files. */
#include "internal.h"
#include <sys/sendfile.h>
#include <unistd.h>

enum { copy_files, send_file, splice_pipes, splice_without_waiting };

static ssize_t move(int in, off_t *in_offset, int out, off_t *out_offset, size_t count, uint32_t kind)
{
    uint64_t reply[3];
    REQUEST(r, MARCOTTE_OP_COPY, 48);
    put32(&r, (uint32_t)in);
    put64(&r, in_offset == NULL ? (uint64_t)-1 : (uint64_t)*in_offset);
    put32(&r, (uint32_t)out);
    put64(&r, out_offset == NULL ? (uint64_t)-1 : (uint64_t)*out_offset);
    put64(&r, count);
    put32(&r, kind);
    if ((in_offset != NULL && *in_offset < 0) || (out_offset != NULL && *out_offset < 0))
        return fail(EINVAL);
    int error = marcotte_send(&r, reply, sizeof reply, NULL);
    if (error != 0)
        return fail(error);
    if (in_offset != NULL)
        *in_offset = (off_t)reply[1];
    if (out_offset != NULL)
        *out_offset = (off_t)reply[2];
    return (ssize_t)reply[0];
}

ssize_t sendfile(int out, int in, off_t *offset, size_t count) { return move(in, offset, out, NULL, count, send_file); }

ssize_t copy_file_range(int in, off_t *in_offset, int out, off_t *out_offset, size_t count, unsigned flags)
{
    return flags != 0 ? fail(EINVAL) : move(in, in_offset, out, out_offset, count, copy_files);
}

ssize_t splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t count, unsigned flags)
{
    return move(in, in_offset, out, out_offset, count, flags & SPLICE_F_NONBLOCK ? splice_without_waiting : splice_pipes);
}

int fallocate(int fd, int mode, off_t offset, off_t length)
{
    REQUEST(r, MARCOTTE_OP_FALLOCATE, 32);
    put32(&r, (uint32_t)fd);
    put32(&r, (uint32_t)mode);
    put64(&r, (uint64_t)offset);
    put64(&r, (uint64_t)length);
    int error = marcotte_send(&r, NULL, 0, NULL);
    if (error == ENOSYS && mode == 0)
        error = __wasi_fd_allocate(fd, (uint64_t)offset, (uint64_t)length);
    return done(error);
}
