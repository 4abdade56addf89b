// wasm-only
// The attacks that elsewhere begin with a file of the guest's own, on a tree that can only be read, as an archive is: what
// leads out is refused, what would change something is EROFS, bad numbers and bad addresses are errors, and reading goes on.
// The built-in answers EPERM for EROFS and traps on bad addresses, so it is left out.
//
// class: create through a link
// class: absolute and relative links
// class: trailing slash
// class: truncate as write
// class: check on raw path
// class: link across rights
// class: pointer arithmetic
// class: extreme times
// class: guest-sized allocation
// class: removed directory
// class: renumber
// preopen: /ro ro
// setup: file outside/secret "secret"
// setup: file ro/file "0123456789"
// setup: file ro/sub/inner "inner"
// setup: symlink ro/made ../outside/made
// setup: symlink ro/absolute /outside/made
// setup: symlink ro/dangling sub/none
// setup: symlink ro/secret ../outside/secret
// setup: symlink ro/loop pool
// setup: symlink ro/pool loop
// setup: symlink ro/bomb b1/b1
// setup: symlink ro/b1 b2/b2
// setup: symlink ro/b2 .
// setup: symlink ro/file-slash file/
// after: file outside/secret "secret"
// after: entries outside 1
// after: file ro/file "0123456789"
// after: entries ro 12
// limit: descriptors=64
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

#define RIGHT_PATH_CREATE_DIRECTORY (1ull << 9)
#define RIGHT_PATH_UNLINK_FILE (1ull << 26)
#define RIGHTS_DIRECTORY (RIGHT_FD_READDIR | RIGHT_PATH_CREATE_DIRECTORY | RIGHT_PATH_UNLINK_FILE)

static uint32_t file, sub;

static uint32_t opened(const char *path, uint32_t oflags, uint64_t rights) {
    uint32_t fd;
    return wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), oflags, rights, 0, 0, ADDRESS(&fd));
}

static void links(void) {
    refused("create outside", opened("made", OFLAG_CREAT, RIGHT_FD_WRITE));
    refused("create outside, absolutely", opened("absolute", OFLAG_CREAT, RIGHT_FD_WRITE));
    want("create inside by a link", opened("dangling", OFLAG_CREAT, RIGHT_FD_WRITE), EROFS);
    want("create where a link is", opened("made", OFLAG_CREAT | OFLAG_EXCL, RIGHT_FD_WRITE), EEXIST);
    refused("truncate outside", opened("secret", OFLAG_TRUNC, RIGHT_FD_WRITE));
    refused("read outside", opened("secret", 0, RIGHT_FD_READ));
    want("a loop", opened("loop", 0, RIGHT_FD_READ), ELOOP);
    want("below a loop", opened("pool/x", 0, RIGHT_FD_READ), ELOOP);
    want("few links, many look-ups", opened("bomb/bomb/bomb/bomb/file", 0, RIGHT_FD_READ), 0);
    want("a slash behind a file", opened("file/", 0, RIGHT_FD_READ), ENOTDIR);
    want("a slash in a link to a file", opened("file-slash", 0, RIGHT_FD_READ), ENOTDIR);
    refused("out of a directory", wasi_path_unlink_file(sub, PATH("../file")));
    refused("to outside", wasi_path_rename(3, PATH("file"), 3, PATH("../outside/file")));
    refused("from outside", wasi_path_link(3, 0, PATH("../outside/secret"), 3, PATH("stolen")));
    want("link a link", wasi_path_link(3, 0, PATH("secret"), 3, PATH("stolen")), EROFS);
    want("swap", wasi_path_rename(3, PATH("sub"), 3, PATH("moved")), EROFS);
    want("remove while it is open", wasi_path_remove_directory(3, PATH("sub")), EROFS);
    want("below a directory", wasi_path_create_directory(sub, PATH("made")), EROFS);
}

static void numbers(void) {
    char buffer[64];
    uint64_t position;
    uint32_t used;
    struct iov part = {ADDRESS(buffer), sizeof buffer}, wild = {MEMORY_END - 4, 64}, none = {MEMORY_END, 0};
    want("read at the end of 64 bits", wasi_fd_pread(file, ADDRESS(&part), 1, UINT64_MAX, ADDRESS(&used)), EINVAL);
    want("read at the last place", wasi_fd_pread(file, ADDRESS(&part), 1, INT64_MAX, ADDRESS(&used)), 0);
    equal("nothing there", used, 0);
    want("seek before the start", wasi_fd_seek(file, -1, 0, ADDRESS(&position)), EINVAL);
    either("seek around", wasi_fd_seek(file, INT64_MAX, 2, ADDRESS(&position)), EINVAL, EOVERFLOW);
    want("buffer across the end", wasi_fd_pread(file, ADDRESS(&wild), 1, 0, ADDRESS(&used)), EFAULT);
    want("list beyond the end", wasi_fd_pread(file, MEMORY_END, 1, 0, ADDRESS(&used)), EFAULT);
    want("result beyond the end", wasi_fd_pread(file, ADDRESS(&part), 1, 0, MEMORY_END), EFAULT);
    uint32_t error = wasi_fd_pread(file, ADDRESS(&part), UINT32_MAX / 8 + 2, 0, ADDRESS(&used));
    check("a count that wraps", error == EFAULT || error == EINVAL);
    error = wasi_fd_pread(file, ADDRESS(&none), 1, 0, ADDRESS(&used));
    check("nothing, nowhere", error == EFAULT || (error == 0 && used == 0));
    want("names beyond the end", wasi_fd_readdir(3, MEMORY_END, 64, 0, ADDRESS(&used)), EFAULT);
    error = wasi_fd_readdir(3, ADDRESS(buffer), sizeof buffer, 0x7fffffffffffff01, ADDRESS(&used));
    check("a cookie that nobody gave", error == EINVAL || error == ENOENT || (error == 0 && used <= sizeof buffer));
    want("the last time", wasi_path_filestat_set_times(3, 0, PATH("file"), 0, INT64_MAX, TIME_ATIM | TIME_MTIM), EROFS);
    either("a time beyond", wasi_path_filestat_set_times(3, 0, PATH("file"), 0, UINT64_MAX, TIME_MTIM), EINVAL, EROFS);
    check("no size", wasi_fd_filestat_set_size(file, UINT64_MAX) != 0);
}

// Opens that fail use up no descriptor, and numbers change places without losing one.
static void descriptors(void) {
    uint32_t error, fds[40];
    for (int i = 0; i < 1000; i++) {
        opened("none", 0, RIGHT_FD_READ);
        opened("file", OFLAG_TRUNC, RIGHT_FD_WRITE);
        opened("file/x", 0, RIGHT_FD_READ);
        opened("loop", 0, RIGHT_FD_READ);
        wasi_fd_renumber(file, file);
    }
    want("onto a closed one", wasi_fd_renumber(file, 60), EBADF);
    int failed = 0;
    for (int i = 0; i < 40; i++) {
        fds[i] = wasi_open(3, "file", 0, RIGHT_FD_READ, &error);
        failed += error != 0;
    }
    equal("failures after it", failed, 0);
    for (int i = 0; i < 40; i++) {
        wasi_fd_close(fds[i]);
    }
}

int main(int argc, char **argv) {
    (void)argc;
    uint32_t error;
    file = wasi_open(3, "file", 0, RIGHT_FD_READ | RIGHT_FD_SEEK | RIGHT_FD_TELL, &error);
    want("open", error, 0);
    sub = wasi_open(3, "sub", OFLAG_DIRECTORY, RIGHTS_DIRECTORY, &error);
    want("open a directory", error, 0);
    links();
    numbers();
    descriptors();
    text("content", get(in(argv[1], "file")), "0123456789");
    text("below", get(in(argv[1], "sub/inner")), "inner");
    return finish();
}
