// nftw, glob and fnmatch over a tree.
//
// expect: exit=0
// compare: native
#include <fnmatch.h>
#include <glob.h>
#include "sdk.h"

static char seen[20][64];
static int count;

static int visit(const char *path, const struct stat *found, int type, struct FTW *where)
{
    (void)found;
    snprintf(seen[count++], sizeof *seen, "%s %s level %d base %s", path, type == FTW_D ? "D" : type == FTW_DP ? "DP" : type == FTW_F ? "F"
        : type == FTW_SL ? "SL" : "?", where->level, path + where->base);
    return 0;
}

static int compare(const void *a, const void *b) { return strcmp(a, b); }

static void walk(int flags)
{
    count = 0;
    say(nftw("t", visit, 8, flags));
    qsort(seen, (size_t)count, sizeof *seen, compare);
    for (int i = 0; i < count; i++)
        puts(seen[i]);
}

static void match(const char *pattern, int flags)
{
    glob_t found;
    int result = glob(pattern, flags, NULL, &found);
    printf("%s: %s", pattern, result == 0 ? "" : result == GLOB_NOMATCH ? "none" : "?");
    for (size_t i = 0; result == 0 && i < found.gl_pathc; i++)
        printf(" %s", found.gl_pathv[i]);
    printf("\n");
    if (result == 0)
        globfree(&found);
}

int main(void)
{
    scratch();
    mkdir("t", 0755);
    mkdir("t/sub", 0755);
    close(creat("t/one.c", 0644));
    close(creat("t/two.c", 0644));
    close(creat("t/.hidden", 0644));
    close(creat("t/sub/three.h", 0644));
    symlink("one.c", "t/link");
    walk(FTW_PHYS);
    walk(FTW_PHYS | FTW_DEPTH);
    match("t/*.c", 0);
    match("t/*", GLOB_MARK);
    match("*/*/*.h", 0);
    match("t/[!o]*.c", 0);
    match("t/.h*", 0);
    match("x*", 0);
    match("x*", GLOB_NOCHECK);
    printf("%d %d %d\n", fnmatch("*.c", "a.c", 0), fnmatch("*", ".a", FNM_PERIOD) == FNM_NOMATCH, fnmatch("a/*", "a/b/c", FNM_PATHNAME) == FNM_NOMATCH);
    return 0;
}
