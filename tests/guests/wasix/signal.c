/* Signals as WASIX' libc has them: all go to the export that is named, while one is; a broken pipe raises one; a child ended by one tells so. */
#include "wasix.h"

void callback_signal(const char *name, size_t length) WASIX(callback_signal);
int32_t proc_signal(int32_t pid, int32_t signal) WASIX(proc_signal);
int32_t thread_signal(int32_t tid, int32_t signal) WASIX(thread_signal);
int32_t fd_pipe(int32_t *reader, int32_t *writer) WASIX(fd_pipe);
int32_t proc_raise(int32_t signal) __attribute__((__import_module__("wasi_snapshot_preview1"), __import_name__("proc_raise")));
int32_t proc_raise_interval(int32_t signal, int64_t interval, int32_t repeat) WASIX(proc_raise_interval);
int32_t thread_sleep(int64_t nanoseconds) WASIX(thread_sleep);

static volatile int seen[65];

__attribute__((__export_name__("__wasm_signal"))) void __wasm_signal(int signal) { seen[signal]++; }

int main(void)
{
    int32_t self, reader, writer, pid;
    proc_id(&self);
    callback_signal("__wasm_signal", 13);
    check("proc_signal", proc_signal(self, 10), 0);
    check("handled", seen[10], 1);
    check("proc_raise", proc_raise(15), 0);
    check("handled", seen[15], 1);
    check("only asking", proc_signal(self, 0), 0);
    check("nobody", proc_signal(4711, 15), 71);
    check("no signal", proc_signal(self, 65), 28);

    callback_signal("__wasm_signal_blocked", 21);
    check("thread_signal", thread_signal(self, 12), 0);
    check("waits", seen[12], 0);
    callback_signal("__wasm_signal", 13);
    check("handled", seen[12], 1);

    check("fd_pipe", fd_pipe(&reader, &writer), 0);
    close(reader);
    check("write", write(writer, "x", 1), -1);
    check("handled", seen[13], 1);

    check("proc_raise_interval", proc_raise_interval(14, 1000000, 0), 0);
    check("interrupted", thread_sleep(60000000000), 27);
    check("handled", seen[14], 1);
    check("no timer", proc_raise_interval(10, 1000000, 0), 58);

    check("proc_fork", proc_fork(1, &pid), 0);
    if (pid == 0)
        for (;;)
            ;
    check("proc_signal", proc_signal(pid, 9), 0);
    struct option_pid joined = { 1, pid };
    struct join_status status;
    int32_t error;
    while ((error = proc_join(&joined, 0, &status)) == 27)
        joined = (struct option_pid) { 1, pid };
    check("proc_join", error, 0);
    check("tag", status.tag, 2);
    check("code", status.code, 0);
    check("signal", status.signal, 9);
    check("told", seen[17], 1);
    printf("all of them\n");
    return 0;
}
