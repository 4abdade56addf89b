// Links hold any text, are followed in the middle and at the end, from the directory they are in.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    mkdir(in(dir, "sub"), 0777);
    mkdir(in(dir, "sub/deep"), 0777);
    put(in(dir, "top"), "top");
    put(in(dir, "sub/inner"), "inner");
    put(in(dir, "sub/deep/bottom"), "bottom");

    want("to a file", outcome(symlink("top", in(dir, "a"))), 0);
    text("read", get(in(dir, "a")), "top");
    want("to a directory", outcome(symlink("sub/deep", in(dir, "b"))), 0);
    text("through it", get(in(dir, "b/bottom")), "bottom");
    text("to its real parent", get(in(dir, "b/../inner")), "inner");
    want("upward", outcome(symlink("../top", in(dir, "sub/up"))), 0);
    text("read", get(in(dir, "sub/up")), "top");
    want("by a link by a link", outcome(symlink("b/bottom", in(dir, "c"))), 0);
    text("read", get(in(dir, "c")), "bottom");
    want("around itself", outcome(symlink("sub/../sub/./deep//bottom", in(dir, "d"))), 0);
    text("read", get(in(dir, "d")), "bottom");
    want("with a slash", outcome(symlink("sub/", in(dir, "e"))), 0);
    text("through it", get(in(dir, "e/inner")), "inner");
    want("to dot", outcome(symlink(".", in(dir, "f"))), 0);
    text("through it", get(in(dir, "f/f/f/top")), "top");
    want("write through one", outcome(truncate(in(dir, "a"), 1)), 0);
    text("read", get(in(dir, "top")), "t");

    want("over a file", outcome(symlink("x", in(dir, "top"))), EEXIST);
    want("over a directory", outcome(symlink("x", in(dir, "sub"))), EEXIST);
    want("over a link", outcome(symlink("x", in(dir, "a"))), EEXIST);
    want("into nothing", outcome(symlink("x", in(dir, "none/x"))), ENOENT);
    want("below a file", outcome(symlink("x", in(dir, "top/x"))), ENOTDIR);
    want("of no text", outcome(symlink("", in(dir, "x"))), ENOENT);
    check("nothing was made", !exists(in(dir, "x")));
    return finish();
}
