// wasm-only
// Nothing at all, at an address that is not there: success with nothing done, or EFAULT; an empty path stays ENOENT.
// The built-in traps on some of these, so it is left out.
//
// class: pointer arithmetic
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static void harmless(const char *what, uint32_t error) {
    either(what, error, 0, EFAULT);
}

int main(int argc, char **argv) {
    (void)argc;
    static const address places[] = {0x7fffffff, 0xfffffff8, 0xffffffff};
    uint32_t size = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    for (int i = 0; i < 3; i++) {
        struct iov parts[3] = {{places[i], 0}, {MEMORY_END, 0}, {places[i], 0}};
        struct filestat status;
        say("at %x", places[i]);
        harmless("empty part to write", wasi_fd_write(fd, ADDRESS(parts), 1, ADDRESS(&size)));
        harmless("empty part to read into", wasi_fd_read(fd, ADDRESS(parts), 1, ADDRESS(&size)));
        harmless("three empty parts", wasi_fd_pread(fd, ADDRESS(parts), 3, 0, ADDRESS(&size)));
        harmless("no parts", wasi_fd_write(fd, places[i], 0, ADDRESS(&size)));
        harmless("random", wasi_random_get(places[i], 0));
        harmless("list", wasi_fd_readdir(3, places[i], 0, 0, ADDRESS(&size)));
        either("empty path", wasi_path_filestat_get(3, 0, places[i], 0, ADDRESS(&status)), ENOENT, EFAULT);
        either("empty path to make", wasi_path_create_directory(3, places[i], 0), ENOENT, EFAULT);
    }
    harmless("random at the end of memory", wasi_random_get(MEMORY_END, 0));
    equal("nothing was read or written", lseek(fd, 0, SEEK_CUR), 0);
    text("content", get(in(argv[1], "file")), "content");
    return finish();
}
