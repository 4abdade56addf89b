// Creating through a link whose target is outside, and not there yet, must make nothing there (CVE-2024-38358,
// CVE-2025-43853).
//
// class: create through a link
// preopen: /data
// setup: file outside/secret "secret"
// setup: symlink data/relative ../outside/made
// setup: symlink data/absolute {root}/outside/made
// setup: symlink data/directory ../outside
// setup: symlink data/by-link directory/made
// setup: file data/file "mine"
// after: absent outside/made
// after: entries outside 1
// after: file outside/secret "secret"
// expect: exit=0
// compare: builtin
#include "guest.h"

static void all(const char *dir, const char *name) {
    say("%s", name);
    refused("create", outcome(open(in(dir, name), O_WRONLY | O_CREAT, 0666)));
    refused("create and truncate", outcome(open(in(dir, name), O_WRONLY | O_CREAT | O_TRUNC, 0666)));
    refused("create to read", outcome(open(in(dir, name), O_RDONLY | O_CREAT, 0666)));
    refused("open", outcome(open(in(dir, name), O_RDWR)));
}

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    all(dir, "relative");
    all(dir, "absolute");
    all(dir, "by-link");
    all(dir, "directory/made");
    want("exclusively", outcome(open(in(dir, "relative"), O_WRONLY | O_CREAT | O_EXCL, 0666)), EEXIST);
    want("mkdir", outcome(mkdir(in(dir, "relative"), 0777)), EEXIST);
    refused("mkdir below", outcome(mkdir(in(dir, "directory/made"), 0777)));
    refused("symlink below", outcome(symlink("x", in(dir, "directory/made"))));
    refused("link below", outcome(link(in(dir, "file"), in(dir, "directory/made"))));
    refused("rename below", outcome(rename(in(dir, "file"), in(dir, "directory/made"))));

    // A link that the guest makes itself is worth no more than one it found.
    want("its own link", outcome(symlink("../outside/made", in(dir, "own"))), 0);
    refused("create", outcome(open(in(dir, "own"), O_WRONLY | O_CREAT, 0666)));
    want("rename over a link replaces the link", outcome(rename(in(dir, "file"), in(dir, "own"))), 0);
    text("which is a file now", get(in(dir, "own")), "mine");
    return finish();
}
