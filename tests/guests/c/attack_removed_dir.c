// A directory that is removed while it is being listed: the listing ends (CVE-2024-43806), nothing can be made in it,
// and a new directory of its name is another one.
//
// class: removed directory
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

static int entries(DIR *listing) {
    int count = 0;
    while (count < 100000 && readdir(listing) != NULL) {
        count++;
    }
    return count;
}

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], name[32];
    mkdir(in(dir, "doomed"), 0777);
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "doomed/%d", i);
        close(open(in(dir, name), O_WRONLY | O_CREAT, 0666));
    }
    DIR *listing = opendir(in(dir, "doomed"));
    check("first entry", readdir(listing) != NULL);
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "doomed/%d", i);
        unlink(in(dir, name));
    }
    want("rmdir", outcome(rmdir(in(dir, "doomed"))), 0);
    check("the listing ends", entries(listing) < 100000);
    rewinddir(listing);
    check("it is empty from the start", entries(listing) <= 2);
    int fd = dirfd(listing);
    want("create in it", outcome(openat(fd, "new", O_WRONLY | O_CREAT, 0666)), ENOENT);
    want("mkdir in it", outcome(mkdirat(fd, "new", 0777)), ENOENT);
    want("symlink in it", outcome(symlinkat("x", fd, "new")), ENOENT);

    mkdir(in(dir, "doomed"), 0777);
    put(in(dir, "doomed/fresh"), "");
    rewinddir(listing);
    check("the old one stays empty", entries(listing) <= 2);
    want("look in the old one", outcome(faccessat(fd, "fresh", F_OK, 0)), ENOENT);
    closedir(listing);
    return finish();
}
