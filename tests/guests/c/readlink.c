// readlink gives the text as it was stored, cuts it silently to the buffer, and refuses what is no link.
//
// preopen: /data
// expect: exit=0
// compare: builtin native
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *dir = argv[1], buffer[64];
    symlink("some/../odd//target/.", in(dir, "soft"));
    put(in(dir, "file"), "");

    memset(buffer, '#', sizeof buffer);
    equal("length", readlink(in(dir, "soft"), buffer, sizeof buffer), 21);
    check("text", memcmp(buffer, "some/../odd//target/.", 21) == 0);
    check("no byte more", buffer[21] == '#');
    memset(buffer, '#', sizeof buffer);
    equal("cut", readlink(in(dir, "soft"), buffer, 4), 4);
    check("text", memcmp(buffer, "some#", 5) == 0);
    equal("exactly", readlink(in(dir, "soft"), buffer, 21), 21);

    want("of a file", outcome(readlink(in(dir, "file"), buffer, sizeof buffer)), EINVAL);
    want("of a directory", outcome(readlink(dir, buffer, sizeof buffer)), EINVAL);
    want("of nothing", outcome(readlink(in(dir, "none"), buffer, sizeof buffer)), ENOENT);
    want("below a file", outcome(readlink(in(dir, "file/x"), buffer, sizeof buffer)), ENOTDIR);
    return finish();
}
