// Users and groups, from the tables in /etc. There is a root everywhere.
//
// expect: exit=0
// compare: native
#include <grp.h>
#include <pwd.h>
#include "sdk.h"

int main(void)
{
    struct passwd *user = getpwuid(0);
    printf("%s %d\n", user == NULL ? "nobody" : user->pw_name, user == NULL ? -1 : (int)user->pw_gid);
    user = getpwnam("root");
    printf("%d\n", user == NULL ? -1 : (int)user->pw_uid);
    truth(getpwnam("surely-no-such-user") == NULL);
    struct group *group = getgrgid(0);
    printf("%s\n", group == NULL ? "nobody" : group->gr_name);
    struct passwd entry, *found;
    char small[4], buffer[1024];
    printf("%s\n", error_name(getpwuid_r(0, &entry, small, sizeof small, &found)));
    int error = getpwnam_r("root", &entry, buffer, sizeof buffer, &found);
    printf("%s %d\n", error_name(error), found == &entry);
    int count = 0;
    setpwent();
    while (getpwent() != NULL)
        count++;
    endpwent();
    truth(count > 0);
    uid_t real, effective, saved;
    say(getresuid(&real, &effective, &saved));
    truth(real == getuid() && effective == geteuid());
    if (getuid() != 0)
        return 0;

    // Leaving root is for good.
    pid_t pid = fork();
    if (pid == 0) {
        say(setgid(1000));
        say(seteuid(1000));
        say(geteuid());
        say(seteuid(0));
        say(setuid(1000));
        getresuid(&real, &effective, &saved);
        printf("%d %d %d\n", (int)real, (int)effective, (int)saved);
        say(setuid(0));
        say(seteuid(1001));
        say(setreuid(1000, -1));
        exit(0);
    }
    reap("child", pid);
    return 0;
}
