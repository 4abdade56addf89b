/* Users. */
#include "internal.h"
#include "lines.h"
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

static FILE *table;

static int next_user(FILE *file, struct passwd *user, char *buffer, size_t room)
{
    for (;;) {
        char *fields[7];
        int error = marcotte_line(file, buffer, room);
        if (error != 0)
            return error;
        if (!marcotte_fields(buffer, fields, 7) || !marcotte_number(fields[2], &user->pw_uid) || !marcotte_number(fields[3], &user->pw_gid))
            continue;
        user->pw_name = fields[0];
        user->pw_passwd = fields[1];
        user->pw_gecos = fields[4];
        user->pw_dir = fields[5];
        user->pw_shell = fields[6];
        return 0;
    }
}

static int find(const char *name, uid_t uid, struct passwd *user, char *buffer, size_t room, struct passwd **result)
{
    *result = NULL;
    FILE *file = fopen("/etc/passwd", "re");
    if (file == NULL)
        return errno == ENOENT ? 0 : errno;
    int error;
    while ((error = next_user(file, user, buffer, room)) == 0) {
        if (name != NULL ? strcmp(user->pw_name, name) == 0 : user->pw_uid == uid) {
            *result = user;
            break;
        }
    }
    fclose(file);
    return error == ENOENT ? 0 : error;
}

int getpwnam_r(const char *name, struct passwd *user, char *buffer, size_t room, struct passwd **result)
{
    return find(name, 0, user, buffer, room, result);
}

int getpwuid_r(uid_t uid, struct passwd *user, char *buffer, size_t room, struct passwd **result)
{
    return find(NULL, uid, user, buffer, room, result);
}

static struct passwd shared;
static char line[2048];

static struct passwd *found(int error, struct passwd *user)
{
    if (error != 0)
        errno = error;
    return user;
}

struct passwd *getpwnam(const char *name)
{
    struct passwd *user;
    int error = getpwnam_r(name, &shared, line, sizeof line, &user);
    return found(error, user);
}

struct passwd *getpwuid(uid_t uid)
{
    struct passwd *user;
    int error = getpwuid_r(uid, &shared, line, sizeof line, &user);
    return found(error, user);
}

struct passwd *fgetpwent(FILE *file) { return next_user(file, &shared, line, sizeof line) == 0 ? &shared : NULL; }

struct passwd *getpwent(void)
{
    if (table == NULL)
        table = fopen("/etc/passwd", "re");
    return table == NULL ? NULL : fgetpwent(table);
}

void endpwent(void)
{
    if (table != NULL)
        fclose(table);
    table = NULL;
}

void setpwent(void) { endpwent(); }

int putpwent(const struct passwd *user, FILE *file)
{
    return fprintf(file, "%s:%s:%u:%u:%s:%s:%s\n", user->pw_name, user->pw_passwd, user->pw_uid, user->pw_gid, user->pw_gecos,
        user->pw_dir, user->pw_shell) < 0 ? -1 : 0;
}

int getlogin_r(char *buffer, size_t room)
{
    const char *name = getenv("LOGNAME");
    if (name == NULL)
        return ENXIO;
    if (strlen(name) >= room)
        return ERANGE;
    strcpy(buffer, name);
    return 0;
}

char *getlogin(void) { return getenv("LOGNAME"); }
