// system, popen and pclose; they need /bin/sh.
//
// expect: exit=0
// compare: native
#include "sdk.h"

int main(void)
{
    char line[64];
    truth(system(NULL) != 0);
    print_status("system", system("exit 3"));
    print_status("system", system("kill -TERM $$"));
    fflush(stdout);
    system("echo from the shell");
    FILE *reading = popen("echo one; echo two; exit 4", "r");
    while (fgets(line, sizeof line, reading))
        printf("read %s", line);
    print_status("popen", pclose(reading));
    fflush(stdout);
    FILE *writing = popen("while read x; do echo got $x; done", "w");
    fputs("a\nb\n", writing);
    print_status("popen", pclose(writing));
    truth(popen("true", "x") == NULL && errno == EINVAL);
    setenv("VALUE", "through the environment", 1);
    system("echo $VALUE");
    return 0;
}
