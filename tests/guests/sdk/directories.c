// The working directory, directories by descriptor, reading them.
//
// expect: exit=0
// compare: native
#include <dirent.h>
#include "sdk.h"

static int visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

int main(void)
{
    char path[PATH_MAX], root[PATH_MAX];
    scratch();
    getcwd(root, sizeof root);
    say(mkdir("a", 0755));
    say(mkdir("a/b", 0755));
    say(chdir("a/b"));
    getcwd(path, sizeof path);
    printf("%s\n", path + strlen(root));
    say(chdir(".."));
    getcwd(path, sizeof path);
    printf("%s\n", path + strlen(root));
    int here = open(".", O_RDONLY | O_DIRECTORY);
    say(chdir("/"));
    getcwd(path, sizeof path);
    puts(path);
    say(fchdir(here));
    getcwd(path, sizeof path);
    printf("%s\n", path + strlen(root));
    truth(getcwd(path, 2) == NULL && errno == ERANGE);
    say(chdir("nothing"));
    int fd = openat(here, "file", O_WRONLY | O_CREAT, 0644);
    say(chdir("file"));
    say(fchdir(fd));
    say(fchdir(99));
    say(mkdirat(here, "c", 0755));
    say(symlinkat("c", here, "l"));
    say(renameat(here, "file", here, "renamed"));
    say(linkat(here, "renamed", here, "z", 0));
    struct stat s;
    say(fstatat(here, "l", &s, AT_SYMLINK_NOFOLLOW));
    truth(S_ISLNK(s.st_mode));
    say(openat(fd, "x", O_RDONLY));

    struct dirent **names;
    int count = scandir(".", &names, visible, alphasort);
    for (int i = 0; i < count; i++)
        printf("%s\n", names[i]->d_name);
    say(unlinkat(here, "z", 0));
    say(unlinkat(here, "c", 0));
    say(unlinkat(here, "c", AT_REMOVEDIR));
    truth(opendir("nothing") == NULL && errno == ENOENT);
    truth(opendir("renamed") == NULL && errno == ENOTDIR);

    pid_t pid = fork();
    if (pid == 0) {
        chdir("/");
        _exit(0);
    }
    reap("child", pid);
    getcwd(path, sizeof path);
    printf("%s\n", path + strlen(root));
    mkdir("gone", 0755);
    chdir("gone");
    rmdir("../gone");
    truth(getcwd(path, sizeof path) == NULL && errno == ENOENT);
    say(open("x", O_WRONLY | O_CREAT, 0644));
    say(chdir(root));
    return 0;
}
