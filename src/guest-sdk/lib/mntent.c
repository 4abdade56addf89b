/* Tables of mounts. */
#include <mntent.h>
#include <stdlib.h>
#include <string.h>

FILE *setmntent(const char *path, const char *mode) { return fopen(path, mode); }

int endmntent(FILE *file)
{
    if (file != NULL)
        fclose(file);
    return 1;
}

/* Blanks in names are written in octal. */
static char *unescape(char *text)
{
    char *to = text;
    for (char *from = text; *from != '\0'; to++) {
        if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] != '\0' && from[3] != '\0') {
            *to = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = '\0';
    return text;
}

struct mntent *getmntent_r(FILE *file, struct mntent *entry, char *buffer, int room)
{
    while (fgets(buffer, room, file) != NULL) {
        char *rest, *fields[6];
        int count = 0;
        for (char *part = strtok_r(buffer, " \t\n", &rest); part != NULL && count < 6; part = strtok_r(NULL, " \t\n", &rest))
            fields[count++] = part;
        if (count < 2 || *fields[0] == '#')
            continue;
        entry->mnt_fsname = unescape(fields[0]);
        entry->mnt_dir = unescape(fields[1]);
        entry->mnt_type = count > 2 ? unescape(fields[2]) : "";
        entry->mnt_opts = count > 3 ? unescape(fields[3]) : "";
        entry->mnt_freq = count > 4 ? atoi(fields[4]) : 0;
        entry->mnt_passno = count > 5 ? atoi(fields[5]) : 0;
        return entry;
    }
    return NULL;
}

struct mntent *getmntent(FILE *file)
{
    static struct mntent entry;
    static char buffer[4096];
    return getmntent_r(file, &entry, buffer, sizeof buffer);
}

int addmntent(FILE *file, const struct mntent *entry)
{
    return fseek(file, 0, SEEK_END) < 0 || fprintf(file, "%s %s %s %s %d %d\n", entry->mnt_fsname, entry->mnt_dir, entry->mnt_type,
        entry->mnt_opts, entry->mnt_freq, entry->mnt_passno) < 0;
}

char *hasmntopt(const struct mntent *entry, const char *option)
{
    size_t length = strlen(option);
    for (char *at = entry->mnt_opts; (at = strstr(at, option)) != NULL; at += length)
        if ((at == entry->mnt_opts || at[-1] == ',') && (at[length] == '\0' || at[length] == ',' || at[length] == '='))
            return at;
    return NULL;
}
