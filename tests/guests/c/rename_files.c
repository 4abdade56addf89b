// Renaming files and links: over others, over itself, over another name of the same file, to where nothing is.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1];
    put(in(dir, "a"), "from a");
    put(in(dir, "b"), "from b");
    mkdir(in(dir, "sub"), 0777);

    want("to a new name", outcome(rename(in(dir, "a"), in(dir, "c"))), 0);
    check("the old name is gone", !exists(in(dir, "a")));
    text("content", get(in(dir, "c")), "from a");
    want("over a file", outcome(rename(in(dir, "c"), in(dir, "b"))), 0);
    text("content", get(in(dir, "b")), "from a");
    want("into a directory", outcome(rename(in(dir, "b"), in(dir, "sub/b"))), 0);
    text("content", get(in(dir, "sub/b")), "from a");
    want("and back", outcome(rename(in(dir, "sub/b"), in(dir, "b"))), 0);
    want("over itself", outcome(rename(in(dir, "b"), in(dir, "b"))), 0);
    text("content", get(in(dir, "b")), "from a");
    link(in(dir, "b"), in(dir, "twin"));
    want("over its other name", outcome(rename(in(dir, "b"), in(dir, "twin"))), 0);
    check("which keeps both", exists(in(dir, "b")) && exists(in(dir, "twin")));

    want("nothing", outcome(rename(in(dir, "none"), in(dir, "x"))), ENOENT);
    want("into nothing", outcome(rename(in(dir, "b"), in(dir, "none/b"))), ENOENT);
    want("below a file", outcome(rename(in(dir, "b"), in(dir, "twin/b"))), ENOTDIR);
    want("over a directory", outcome(rename(in(dir, "b"), in(dir, "sub"))), EISDIR);
    want("to a name with a slash", outcome(rename(in(dir, "b"), in(dir, "x/"))), ENOTDIR);
    text("content", get(in(dir, "b")), "from a");

    symlink("b", in(dir, "soft"));
    want("a link", outcome(rename(in(dir, "soft"), in(dir, "soft2"))), 0);
    text("which still leads there", get(in(dir, "soft2")), "from a");
    check("and the file stays", exists(in(dir, "b")));
    put(in(dir, "d"), "from d");
    want("over a link", outcome(rename(in(dir, "d"), in(dir, "soft2"))), 0);
    text("replaces the link", get(in(dir, "soft2")), "from d");
    text("not what it led to", get(in(dir, "b")), "from a");
    return finish();
}
