// A relative path starts at the working directory, which changes; the C library keeps it for a preview 1 program.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char before[PATH_MAX], after[PATH_MAX];
    mkdir(in(argv[1], "sub"), 0777);
    put(in(argv[1], "sub/file"), "found");
    want("chdir", outcome(chdir(argv[1])), 0);
    check("getcwd", getcwd(before, sizeof before) != NULL);
    text("relative", get("sub/file"), "found");
    want("chdir deeper", outcome(chdir("sub")), 0);
    check("getcwd", getcwd(after, sizeof after) != NULL);
    text("what was added", after + strlen(before), "/sub");
    text("relative", get("file"), "found");
    text("by dot", get("./file"), "found");
    want("to nothing", outcome(chdir("none")), ENOENT);
    want("to a file", outcome(chdir("file")), ENOTDIR);
    return finish();
}
