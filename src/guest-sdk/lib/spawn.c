/* posix_spawn: the host makes the new process; nothing is copied. */
#include "internal.h"
#include "lists.h"
#include <paths.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

/* WASIX's record of what to do with a descriptor. */
struct wasix_op {
    uint8_t cmd;
    int32_t fd, src_fd;
    const char *path;
    uint32_t path_len, dirflags;
    uint16_t oflags;
    uint64_t rights_base, rights_inheriting;
    uint16_t fdflags, fdflagsext;
};
_Static_assert(sizeof(struct wasix_op) == 56, "as in WASIX");

static int by_wasix(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, char *const argv[],
    char *const envp[], const char *search)
{
    int count = actions == NULL ? 0 : actions->__count;
    size_t args_length = 0, envs_length = 0;
    char *args = marcotte_lines(argv, &args_length), *envs = marcotte_lines(envp, &envs_length);
    struct wasix_op *ops = calloc((size_t)count + 1, sizeof *ops);
    int error = ENOMEM;
    if (args != NULL && envs != NULL && ops != NULL) {
        for (int i = 0; i < count; i++) {
            const struct marcotte_spawn_action *action = &actions->__actions[i];
            ops[i] = (struct wasix_op) {
                .cmd = (uint8_t)action->kind, .fd = action->fd, .src_fd = action->other, .path = action->path,
                .path_len = action->path == NULL ? 0 : (uint32_t)strlen(action->path),
                .oflags = (uint16_t)(((int)action->oflag >> 12) & 0xfff), .fdflags = (uint16_t)(action->oflag & 0xfff),
                .rights_base = ~0ull, .rights_inheriting = ~0ull,
            };
        }
        error = marcotte_proc_spawn2(file, strlen(file), args, args_length, envs, envs_length, ops, (size_t)count, NULL, 0,
            search != NULL, search, search == NULL ? 0 : strlen(search), pid);
    }
    free(args);
    free(envs);
    free(ops);
    return error;
}

static int spawn(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
    char *const argv[], char *const envp[], const char *search)
{
    static const posix_spawnattr_t plain;
    if (attributes == NULL)
        attributes = &plain;
    int count = actions == NULL ? 0 : actions->__count;
    uint32_t flags = (uint32_t)attributes->__flags & 0x8fu;
    int32_t child = 0;
    int error;
    if (!marcotte_host()) {
        error = flags == 0 ? by_wasix(&child, file, actions, argv, envp, search) : ENOSYS;
    } else {
        size_t room = 64 + strlen(file) + (search == NULL ? 0 : strlen(search)) + marcotte_list_bytes(argv) + marcotte_list_bytes(envp);
        for (int i = 0; i < count; i++)
            room += 24 + (actions->__actions[i].path == NULL ? 0 : strlen(actions->__actions[i].path));
        uint8_t *bytes = malloc(room);
        if (bytes == NULL)
            return ENOMEM;
        struct request r;
        marcotte_begin(&r, bytes, room, MARCOTTE_OP_SPAWN);
        put_text(&r, file);
        put_text(&r, search == NULL ? "" : search);
        marcotte_put_list(&r, argv);
        marcotte_put_list(&r, envp);
        put32(&r, flags);
        put32(&r, (uint32_t)attributes->__pgroup);
        put64(&r, attributes->__mask.__bits);
        put64(&r, attributes->__defaults.__bits);
        put32(&r, (uint32_t)count);
        for (int i = 0; i < count; i++) {
            const struct marcotte_spawn_action *action = &actions->__actions[i];
            put32(&r, action->kind);
            put32(&r, (uint32_t)action->fd);
            put32(&r, (uint32_t)action->other);
            put32(&r, action->kind == MARCOTTE_SPAWN_OPEN ? marcotte_host_oflags((int)action->oflag) : 0);
            put32(&r, action->mode);
            put_text(&r, action->path == NULL ? "" : action->path);
        }
        error = marcotte_send(&r, &child, sizeof child, NULL);
        free(bytes);
    }
    if (error == 0 && pid != NULL)
        *pid = child;
    return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *restrict attributes, char *const argv[restrict], char *const envp[restrict])
{
    return spawn(pid, path, actions, attributes, argv, envp == NULL ? environ : envp, NULL);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
    const posix_spawnattr_t *restrict attributes, char *const argv[restrict], char *const envp[restrict])
{
    const char *search = getenv("PATH");
    return spawn(pid, file, actions, attributes, argv, envp == NULL ? environ : envp,
        strchr(file, '/') != NULL ? NULL : search != NULL ? search : _PATH_DEFPATH);
}

int posix_spawnattr_init(posix_spawnattr_t *attributes)
{
    memset(attributes, 0, sizeof *attributes);
    return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attributes) { (void)attributes; return 0; }

int posix_spawnattr_setflags(posix_spawnattr_t *attributes, short flags)
{
    if (flags & ~0xff)
        return EINVAL;
    attributes->__flags = flags;
    return 0;
}

#define ATTRIBUTE(name, type, field) \
    int posix_spawnattr_get##name(const posix_spawnattr_t *restrict attributes, type *restrict value) \
    { \
        *value = attributes->field; \
        return 0; \
    }

ATTRIBUTE(flags, short, __flags)
ATTRIBUTE(pgroup, pid_t, __pgroup)
ATTRIBUTE(sigmask, sigset_t, __mask)
ATTRIBUTE(sigdefault, sigset_t, __defaults)

int posix_spawnattr_setpgroup(posix_spawnattr_t *attributes, pid_t group) { attributes->__pgroup = group; return 0; }
int posix_spawnattr_setsigmask(posix_spawnattr_t *restrict attributes, const sigset_t *restrict set) { attributes->__mask = *set; return 0; }
int posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict attributes, const sigset_t *restrict set) { attributes->__defaults = *set; return 0; }

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
    memset(actions, 0, sizeof *actions);
    return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
    for (int i = 0; i < actions->__count; i++)
        free(actions->__actions[i].path);
    free(actions->__actions);
    memset(actions, 0, sizeof *actions);
    return 0;
}

static int add(posix_spawn_file_actions_t *actions, struct marcotte_spawn_action action, const char *path)
{
    if (actions->__count == actions->__room) {
        int room = actions->__room == 0 ? 8 : actions->__room * 2;
        struct marcotte_spawn_action *larger = realloc(actions->__actions, (size_t)room * sizeof *larger);
        if (larger == NULL)
            return ENOMEM;
        actions->__actions = larger;
        actions->__room = room;
    }
    if (path != NULL && (action.path = strdup(path)) == NULL)
        return ENOMEM;
    actions->__actions[actions->__count++] = action;
    return 0;
}

#define ACTION(...) ((struct marcotte_spawn_action) { __VA_ARGS__ })

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
    return fd < 0 ? EBADF : add(actions, ACTION(.kind = MARCOTTE_SPAWN_CLOSE, .fd = fd), NULL);
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int result)
{
    return fd < 0 || result < 0 ? EBADF : add(actions, ACTION(.kind = MARCOTTE_SPAWN_DUP2, .fd = result, .other = fd), NULL);
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags, mode_t mode)
{
    return fd < 0 ? EBADF : add(actions, ACTION(.kind = MARCOTTE_SPAWN_OPEN, .fd = fd, .oflag = (uint32_t)flags, .mode = mode), path);
}

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions, const char *restrict path)
{
    return add(actions, ACTION(.kind = MARCOTTE_SPAWN_CHDIR), path);
}

int posix_spawn_file_actions_addfchdir_np(posix_spawn_file_actions_t *actions, int fd)
{
    return fd < 0 ? EBADF : add(actions, ACTION(.kind = MARCOTTE_SPAWN_FCHDIR, .fd = fd), NULL);
}

int posix_spawn_file_actions_addtcsetpgrp_np(posix_spawn_file_actions_t *actions, int fd)
{
    return fd < 0 ? EBADF : add(actions, ACTION(.kind = MARCOTTE_SPAWN_TCSETPGRP, .fd = fd), NULL);
}
