// A name of 255 bytes is the longest and 256 is ENAMETOOLONG, for every call, also in the middle of a path; deep trees
// of long names work as far as PATH_MAX lets a path name them.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char longest[256], too_long[257], below[300];
    char *dir = argv[1];
    struct stat status;
    memset(longest, 'n', 255);
    longest[255] = '\0';
    memset(too_long, 'n', 256);
    too_long[256] = '\0';
    snprintf(below, sizeof below, "%s/x", too_long);
    put(in(dir, "file"), "");

    want("255, open", outcome(open(in(dir, longest), O_WRONLY | O_CREAT, 0666)), 0);
    want("255, unlink", outcome(unlink(in(dir, longest))), 0);
    want("255, mkdir", outcome(mkdir(in(dir, longest), 0777)), 0);
    want("255, rmdir", outcome(rmdir(in(dir, longest))), 0);
    want("256, stat", outcome(stat(in(dir, too_long), &status)), ENAMETOOLONG);
    want("256, open", outcome(open(in(dir, too_long), O_RDONLY)), ENAMETOOLONG);
    want("256, create", outcome(open(in(dir, too_long), O_WRONLY | O_CREAT, 0666)), ENAMETOOLONG);
    want("256, mkdir", outcome(mkdir(in(dir, too_long), 0777)), ENAMETOOLONG);
    want("256, rename to", outcome(rename(in(dir, "file"), in(dir, too_long))), ENAMETOOLONG);
    want("256, link to", outcome(link(in(dir, "file"), in(dir, too_long))), ENAMETOOLONG);
    want("256, symlink", outcome(symlink("x", in(dir, too_long))), ENAMETOOLONG);
    want("256, in the middle", outcome(stat(in(dir, below), &status)), ENAMETOOLONG);
    want("256, target of a link", outcome(symlink(too_long, in(dir, "soft"))), 0);
    want("256, followed", outcome(stat(in(dir, "soft"), &status)), ENAMETOOLONG);
    return finish();
}
