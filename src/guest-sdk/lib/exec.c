/* exec, in all its forms. Nothing is flushed and nothing runs: POSIX wants none of it. */
#include "internal.h"
#include "lists.h"
#include <paths.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

static int by_wasix(const char *path, char *const argv[], char *const envp[])
{
    size_t args_length = 0, envs_length = 0;
    char *args = marcotte_lines(argv, &args_length), *envs = marcotte_lines(envp, &envs_length);
    int error = ENOMEM;
    if (args != NULL && envs != NULL)
        error = marcotte_proc_exec3(path, strlen(path), args, args_length, envs, envs_length, 0, NULL, 0);
    free(args);
    free(envs);
    return fail(error);
}

static int execute(int dirfd, const char *path, char *const argv[], char *const envp[], uint32_t flags)
{
    if (!marcotte_host())
        return flags == 0 ? by_wasix(path, argv, envp) : fail(ENOSYS);
    size_t room = 32 + strlen(path) + marcotte_list_bytes(argv) + marcotte_list_bytes(envp);
    uint8_t *bytes = malloc(room);
    if (bytes == NULL)
        return fail(ENOMEM);
    struct request r;
    marcotte_begin(&r, bytes, room, MARCOTTE_OP_EXEC);
    put32(&r, (uint32_t)marcotte_host_fd(dirfd));
    put_text(&r, path);
    marcotte_put_list(&r, argv);
    marcotte_put_list(&r, envp);
    put32(&r, flags);
    int error = marcotte_send(&r, NULL, 0, NULL);
    free(bytes);
    return fail(error);
}

int execve(const char *path, char *const argv[], char *const envp[]) { return execute(AT_FDCWD, path, argv, envp, 0); }
int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }

int fexecve(int fd, char *const argv[], char *const envp[])
{
    return fd < 0 || argv == NULL || envp == NULL ? fail(EINVAL) : execute(fd, "", argv, envp, HOST_AT_EMPTY_PATH);
}

/* A file that is no program is a script of the shell, says POSIX, where PATH is searched. */
static int by_shell(const char *path, char *const argv[], char *const envp[])
{
    size_t count = 0;
    while (argv[count] != NULL)
        count++;
    char **script = malloc((count + 3) * sizeof *script);
    if (script == NULL)
        return fail(ENOMEM);
    script[0] = "sh";
    script[1] = (char *)path;
    script[2] = NULL;
    if (count > 0)
        memcpy(script + 2, argv + 1, count * sizeof *script);
    execve(_PATH_BSHELL, script, envp);
    int error = errno;
    free(script);
    return fail(error);
}

static int try_path(const char *path, char *const argv[], char *const envp[])
{
    execve(path, argv, envp);
    return errno == ENOEXEC ? by_shell(path, argv, envp) : -1;
}

int execvpe(const char *file, char *const argv[], char *const envp[])
{
    char path[PATH_MAX];
    bool refused = false;
    if (*file == '\0')
        return fail(ENOENT);
    if (strchr(file, '/') != NULL)
        return try_path(file, argv, envp);
    size_t length = strlen(file);
    if (length > NAME_MAX)
        return fail(ENAMETOOLONG);

    const char *search = getenv("PATH");
    if (search == NULL)
        search = _PATH_DEFPATH;
    for (;; search++) {
        size_t directory = strcspn(search, ":");
        if (directory + length + 2 <= sizeof path) {
            memcpy(path, search, directory);
            path[directory] = '/';
            memcpy(path + directory + (directory > 0), file, length + 1);
            try_path(path, argv, envp);
            if (errno == EACCES)
                refused = true;
            else if (errno != ENOENT && errno != ENOTDIR)
                return -1;
        }
        search += directory;
        if (*search == '\0')
            return fail(refused ? EACCES : ENOENT);
    }
}

int execvp(const char *file, char *const argv[]) { return execvpe(file, argv, environ); }

/* The arguments of execl and its kind, counted and then copied to the caller's stack. */
#define ARGUMENTS(first, argv, rest) \
    va_list counting, rest; \
    size_t count = 1; \
    va_start(counting, first); \
    while (va_arg(counting, char *) != NULL) \
        count++; \
    va_end(counting); \
    char *argv[count + 1]; \
    argv[0] = (char *)first; \
    va_start(rest, first); \
    for (size_t i = 1; i <= count; i++) \
        argv[i] = va_arg(rest, char *)

int execl(const char *path, const char *first, ...)
{
    ARGUMENTS(first, argv, rest);
    va_end(rest);
    return execv(path, argv);
}

int execlp(const char *file, const char *first, ...)
{
    ARGUMENTS(first, argv, rest);
    va_end(rest);
    return execvp(file, argv);
}

int execle(const char *path, const char *first, ...)
{
    ARGUMENTS(first, argv, rest);
    char **envp = va_arg(rest, char **);
    va_end(rest);
    return execve(path, argv, envp);
}
