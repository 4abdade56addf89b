// wasm-only
// A slash at the end of a path or of a link's text must not make the last link invisible to the walker: links that lead
// out are refused with and without it (RUSTSEC-2026-0269, CVE-2026-39822).
//
// class: trailing slash
// archive: everything
// preopen: /data
// setup: file outside/secret "secret"
// setup: symlink data/out ../outside
// setup: symlink data/out-slash ../outside/
// setup: symlink data/up ..
// setup: symlink data/up-slash ../
// setup: symlink data/secret ../outside/secret
// setup: symlink data/secret-slash ../outside/secret/
// setup: symlink data/twice out-slash/
// after: file outside/secret "secret"
// after: entries outside 1
// expect: exit=0
// compare: builtin
#include "guest.h"
#include "preview1.h"

static void leads_out(const char *link) {
    char path[64];
    struct filestat status;
    uint32_t fd;
    static const char *endings[] = {"", "/", "//", "/.", "/./"};
    for (int i = 0; i < 5; i++) {
        snprintf(path, sizeof path, "%s%s", link, endings[i]);
        say("%s", path);
        refused("open", wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), 0, RIGHT_FD_READ, 0, 0, ADDRESS(&fd)));
        refused("open as directory", wasi_path_open(
            3, LOOKUP_FOLLOW, PATH(path), OFLAG_DIRECTORY, RIGHT_FD_READDIR, RIGHTS_ALL, 0, ADDRESS(&fd)));
        refused("stat", wasi_path_filestat_get(3, LOOKUP_FOLLOW, PATH(path), ADDRESS(&status)));
        if (i > 0) {
            // With the slash even a call that does not follow has to.
            refused("stat, not following", wasi_path_filestat_get(3, 0, PATH(path), ADDRESS(&status)));
        }
    }
    snprintf(path, sizeof path, "%s/made", link);
    refused("create below", wasi_path_open(3, LOOKUP_FOLLOW, PATH(path), OFLAG_CREAT, RIGHT_FD_WRITE, 0, 0, ADDRESS(&fd)));
    refused("mkdir below", wasi_path_create_directory(3, PATH(path)));
}

int main(void) {
    leads_out("out");
    leads_out("out-slash");
    leads_out("up");
    leads_out("up-slash");
    leads_out("secret");
    leads_out("secret-slash");
    leads_out("twice");
    return finish();
}
