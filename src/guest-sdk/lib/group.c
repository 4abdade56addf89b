/* Groups. */
#include "internal.h"
#include "lines.h"
#include <grp.h>
#include <stdlib.h>

static FILE *table;

/* The members follow the line in the buffer. */
static int next_group(FILE *file, struct group *group, char *buffer, size_t room)
{
    for (;;) {
        char *fields[4];
        int error = marcotte_line(file, buffer, room);
        if (error != 0)
            return error;
        size_t used = strlen(buffer) + 1;
        if (!marcotte_fields(buffer, fields, 4) || !marcotte_number(fields[2], &group->gr_gid))
            continue;
        size_t members = *fields[3] == '\0' ? 0 : 1;
        for (char *c = fields[3]; *c != '\0'; c++)
            members += *c == ',';
        uintptr_t at = ((uintptr_t)buffer + used + sizeof(char *) - 1) & ~(uintptr_t)(sizeof(char *) - 1);
        if (at + (members + 1) * sizeof(char *) > (uintptr_t)buffer + room)
            return ERANGE;
        group->gr_name = fields[0];
        group->gr_passwd = fields[1];
        group->gr_mem = (char **)at;
        char *rest = fields[3];
        for (size_t i = 0; i < members; i++)
            group->gr_mem[i] = strsep(&rest, ",");
        group->gr_mem[members] = NULL;
        return 0;
    }
}

static int find(const char *name, gid_t gid, struct group *group, char *buffer, size_t room, struct group **result)
{
    *result = NULL;
    FILE *file = fopen("/etc/group", "re");
    if (file == NULL)
        return errno == ENOENT ? 0 : errno;
    int error;
    while ((error = next_group(file, group, buffer, room)) == 0) {
        if (name != NULL ? strcmp(group->gr_name, name) == 0 : group->gr_gid == gid) {
            *result = group;
            break;
        }
    }
    fclose(file);
    return error == ENOENT ? 0 : error;
}

int getgrnam_r(const char *name, struct group *group, char *buffer, size_t room, struct group **result)
{
    return find(name, 0, group, buffer, room, result);
}

int getgrgid_r(gid_t gid, struct group *group, char *buffer, size_t room, struct group **result)
{
    return find(NULL, gid, group, buffer, room, result);
}

static struct group shared;
static char line[8192];

static struct group *found(int error, struct group *group)
{
    if (error != 0)
        errno = error;
    return group;
}

struct group *getgrnam(const char *name)
{
    struct group *group;
    int error = getgrnam_r(name, &shared, line, sizeof line, &group);
    return found(error, group);
}

struct group *getgrgid(gid_t gid)
{
    struct group *group;
    int error = getgrgid_r(gid, &shared, line, sizeof line, &group);
    return found(error, group);
}

struct group *fgetgrent(FILE *file) { return next_group(file, &shared, line, sizeof line) == 0 ? &shared : NULL; }

struct group *getgrent(void)
{
    if (table == NULL)
        table = fopen("/etc/group", "re");
    return table == NULL ? NULL : fgetgrent(table);
}

void endgrent(void)
{
    if (table != NULL)
        fclose(table);
    table = NULL;
}

void setgrent(void) { endgrent(); }

int putgrent(const struct group *group, FILE *file)
{
    if (fprintf(file, "%s:%s:%u:", group->gr_name, group->gr_passwd, group->gr_gid) < 0)
        return -1;
    for (char **member = group->gr_mem; member != NULL && *member != NULL; member++)
        fprintf(file, "%s%s", member == group->gr_mem ? "" : ",", *member);
    return putc('\n', file) == EOF ? -1 : 0;
}

int getgrouplist(const char *user, gid_t gid, gid_t *list, int *count)
{
    int room = *count, used = 0;
    if (used < room)
        list[used] = gid;
    used++;
    FILE *file = fopen("/etc/group", "re");
    struct group group;
    char *buffer = malloc(sizeof line);
    while (file != NULL && buffer != NULL && next_group(file, &group, buffer, sizeof line) == 0) {
        for (char **member = group.gr_mem; *member != NULL && group.gr_gid != gid; member++) {
            if (strcmp(*member, user) == 0) {
                if (used < room)
                    list[used] = group.gr_gid;
                used++;
                break;
            }
        }
    }
    free(buffer);
    if (file != NULL)
        fclose(file);
    *count = used;
    return used <= room ? used : -1;
}

int initgroups(const char *user, gid_t gid)
{
    gid_t list[NGROUPS_MAX];
    int count = NGROUPS_MAX;
    if (getgrouplist(user, gid, list, &count) < 0)
        count = NGROUPS_MAX;
    return setgroups((size_t)count, list);
}
