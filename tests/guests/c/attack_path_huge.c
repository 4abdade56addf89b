// wasm-only
// Paths and link texts of megabytes: ENAMETOOLONG (a path of many short parts too), and no host memory goes with it.
//
// class: guest-sized allocation
// class: limits
// preopen: /data
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

enum { size = 16 << 20 };

int main(void) {
    char *path = malloc(size);
    struct filestat status;
    uint32_t fd;
    memset(path, 'n', size);
    want("one name, stat", wasi_path_filestat_get(3, 0, ADDRESS(path), size, ADDRESS(&status)), ENAMETOOLONG);
    want("one name, create", wasi_path_open(
        3, 0, ADDRESS(path), size, OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)), ENAMETOOLONG);
    want("one name, mkdir", wasi_path_create_directory(3, ADDRESS(path), size), ENAMETOOLONG);
    want("one name, rename", wasi_path_rename(3, PATH("none"), 3, ADDRESS(path), size) == 0 ? 0 : ENAMETOOLONG, ENAMETOOLONG);
    want("link text", wasi_path_symlink(ADDRESS(path), size, 3, PATH("soft")), ENAMETOOLONG);
    want("which made nothing", wasi_path_filestat_get(3, 0, PATH("soft"), ADDRESS(&status)), ENOENT);
    for (int i = 1; i < size; i += 2) {
        path[i] = '/';
    }
    uint32_t error = wasi_path_filestat_get(3, 0, ADDRESS(path), size, ADDRESS(&status));
    either("many names", error, ENAMETOOLONG, ENOENT);
    memset(path, '/', size);
    path[0] = '.';
    error = wasi_path_filestat_get(3, 0, ADDRESS(path), size, ADDRESS(&status));
    either("many slashes", error, ENAMETOOLONG, 0);
    return finish();
}
