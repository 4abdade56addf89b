// What cp -a, mv, ln, find, du, touch and rm -r do, one after the other, on a tree that was there before.
//
// preopen: /data
// setup: dir data/tree
// setup: dir data/tree/empty
// setup: dir data/tree/sub
// setup: dir data/tree/sub/deep
// setup: file data/tree/first "first file\n"
// setup: file data/tree/sub/second "the second, longer file\n"
// setup: file data/tree/sub/deep/third ""
// setup: symlink data/tree/link sub/second
// after: file data/moved/sub/second "the second, longer file\nand more\n"
// after: absent data/tree
// after: entries data/moved 5
// expect: exit=0
// compare: native
#include "guest.h"

static int copy_file(int from, const char *name, int to, const struct stat *stat) {
    char buffer[8];
    ssize_t count;
    struct timespec times[2] = {stat->st_atim, stat->st_mtim};
    int in = openat(from, name, O_RDONLY | O_NOFOLLOW), out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (in < 0 || out < 0) return -1;
    while ((count = read(in, buffer, sizeof buffer)) > 0) {
        if (write(out, buffer, (size_t)count) != count) return -1;
    }
    int done = count == 0 ? futimens(out, times) : -1;
    return close(in) == 0 && close(out) == 0 ? done : -1;
}

// cp -a: what is in one directory, to another; how many entries, -1 when one failed.
static int copy_tree(int from, int to) {
    int copied = 0;
    DIR *listing = fdopendir(openat(from, ".", O_RDONLY | O_DIRECTORY));
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        const char *name = entry->d_name;
        struct stat stat;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
        if (fstatat(from, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) return -1;
        if (S_ISDIR(stat.st_mode)) {
            if (mkdirat(to, name, 0777) != 0) return -1;
            int below = openat(from, name, O_RDONLY | O_DIRECTORY), made = openat(to, name, O_RDONLY | O_DIRECTORY);
            int count = copy_tree(below, made);
            close(below);
            close(made);
            if (count < 0) return -1;
            copied += count;
        } else if (S_ISLNK(stat.st_mode)) {
            char target[64];
            ssize_t length = readlinkat(from, name, target, sizeof target - 1);
            if (length < 0) return -1;
            target[length] = 0;
            if (symlinkat(target, to, name) != 0) return -1;
        } else if (copy_file(from, name, to, &stat) != 0) {
            return -1;
        }
        copied++;
    }
    closedir(listing);
    return copied;
}

// find and du: how many files, and their bytes.
static int measure(int directory, long long *bytes) {
    int files = 0;
    DIR *listing = fdopendir(openat(directory, ".", O_RDONLY | O_DIRECTORY));
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        struct stat stat;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        fstatat(directory, entry->d_name, &stat, AT_SYMLINK_NOFOLLOW);
        if (S_ISDIR(stat.st_mode)) {
            int below = openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY);
            files += measure(below, bytes);
            close(below);
        } else if (S_ISREG(stat.st_mode)) {
            files++;
            *bytes += stat.st_size;
        }
    }
    closedir(listing);
    return files;
}

// rm -r: how many entries.
static int remove_tree(int from, const char *name) {
    int removed = 0, directory = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (directory < 0) return unlinkat(from, name, 0) == 0;
    DIR *listing = fdopendir(directory);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) removed += remove_tree(directory, entry->d_name);
    }
    removed += unlinkat(from, name, AT_REMOVEDIR) == 0;
    closedir(listing);
    return removed;
}

int main(int argc, char **argv) {
    (void)argc;
    long long bytes = 0;
    struct stat before, after;
    int top = open(argv[1], O_RDONLY | O_DIRECTORY), tree = openat(top, "tree", O_RDONLY | O_DIRECTORY);
    fstatat(tree, "first", &before, 0);

    want("mkdir", outcome(mkdirat(top, "copy", 0777)), 0);
    int copy = openat(top, "copy", O_RDONLY | O_DIRECTORY);
    equal("copied", copy_tree(tree, copy), 7);
    equal("files", measure(copy, &bytes), 3);
    equal("bytes", bytes, 35);
    fstatat(copy, "first", &after, 0);
    equal("same time", after.st_mtim.tv_sec == before.st_mtim.tv_sec && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec, 1);
    equal("same inode", after.st_ino == before.st_ino, 0);

    want("ln", outcome(linkat(tree, "first", copy, "hard", 0)), 0);
    fstatat(copy, "hard", &after, 0);
    equal("same inode", after.st_ino == before.st_ino, 1);
    equal("links", after.st_nlink, 2);
    want("ln again", outcome(linkat(tree, "first", copy, "hard", 0)), EEXIST);

    int second = openat(copy, "link", O_WRONLY | O_APPEND);
    equal("append through a link", write(second, "and more\n", 9), 9);
    close(second);
    fstatat(tree, "sub/second", &after, 0);
    equal("the original's size", after.st_size, 24);

    want("mv", outcome(renameat(top, "copy", top, "moved")), 0);
    want("mv into itself", outcome(renameat(top, "moved", top, "moved/sub/moved")), EINVAL);
    want("mv onto a full one", outcome(renameat(top, "tree/sub", top, "moved")), ENOTEMPTY);
    want("mv over", outcome(renameat(top, "tree/sub/deep", top, "moved/empty")), 0);
    want("rmdir of a full one", outcome(unlinkat(top, "moved", AT_REMOVEDIR)), ENOTEMPTY);
    want("touch", outcome(utimensat(top, "moved/first", NULL, 0)), 0);
    equal("removed", remove_tree(top, "tree"), 6);
    want("it is gone", outcome(fstatat(top, "tree", &after, 0)), ENOENT);
    bytes = 0;
    equal("files", measure(copy, &bytes), 5);
    equal("bytes", bytes, 55);
    return finish();
}
