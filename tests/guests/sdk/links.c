// Names: links of both kinds, renaming, removing, and their errors.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    char buffer[64];
    scratch();
    close(open("a", O_WRONLY | O_CREAT, 0644));
    mkdir("d", 0755);
    say(link("a", "b"));
    say(link("a", "b"));
    say(link("d", "e"));
    say(link("nothing", "e"));
    say(symlink("a", "l"));
    say(symlink("a", "l"));
    say(symlink("", "m"));
    memset(buffer, '-', sizeof buffer);
    say(readlink("l", buffer, sizeof buffer));
    say(readlink("a", buffer, sizeof buffer));
    symlink("a-long-target", "long");
    say(readlink("long", buffer, 4));
    printf("%.5s\n", buffer);
    symlink("loop2", "loop1");
    symlink("loop1", "loop2");
    say(open("loop1", O_RDONLY));
    say(rename("a", "c"));
    say(access("a", F_OK));
    say(rename("c", "d"));
    say(rename("d", "c"));
    say(rename("nothing", "c"));
    mkdir("d/sub", 0755);
    say(rename("d", "d/sub/x"));
    mkdir("e", 0755);
    say(rename("d", "e"));
    mkdir("f", 0755);
    say(rename("f", "e"));
    say(rename("b", "c"));
    say(access("b", F_OK));
    say(unlink("f"));
    say(rmdir("e"));
    say(rmdir("c"));
    say(rmdir("f"));
    say(rmdir("."));
    say(unlink("nothing"));
    say(mkdir("e", 0755));
    say(mkdir("nothing/x", 0755));
    say(remove("c"));
    say(remove("e/sub"));
    say(remove("e"));
    char *path = realpath("./l/..", NULL);
    printf("%s\n", path == NULL ? error_name(errno) : "?");
    mkdir("real", 0755);
    symlink("real", "r");
    symlink("../real/", "real/up");
    char expected[PATH_MAX];
    getcwd(expected, sizeof expected);
    strcat(expected, "/real");
    path = realpath("r/up/../r/./up//", NULL);
    printf("%d\n", path != NULL && strcmp(path, expected) == 0);
    truth(realpath("loop1", NULL) == NULL && errno == ELOOP);
    return 0;
}
