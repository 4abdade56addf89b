/* ftw: nftw without what it adds. */
#include <ftw.h>
#include <sys/stat.h>

static int (*visit)(const char *, const struct stat *, int);

static int each(const char *path, const struct stat *found, int type, struct FTW *where)
{
    (void)where;
    return visit(path, found, type);
}

int ftw(const char *path, int (*function)(const char *, const struct stat *, int), int depth)
{
    int (*outer)(const char *, const struct stat *, int) = visit;
    visit = function;
    int result = nftw(path, each, depth, 0);
    visit = outer;
    return result;
}
