/* A main with a third argument: clang gives only mains of none and of two names of their own. */
extern char **environ;
int three(int count, char **arguments, char **environment) __asm__("main");

int __main_argc_argv(int count, char **arguments)
{
    return three(count, arguments, environ);
}
