// wasm-only
// Records at odd addresses: EFAULT or EINVAL, or else the right result; never something in between.
// The built-in traps on these, so it is left out.
//
// class: pointer arithmetic
// preopen: /data
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static unsigned char memory[256];

static int good(uint32_t error) {
    return error == 0 || error == EFAULT || error == EINVAL;
}

int main(int argc, char **argv) {
    (void)argc;
    int bad = 0;
    put(in(argv[1], "file"), "content");
    int fd = open(in(argv[1], "file"), O_RDWR);
    char buffer[8] = "";
    for (int shift = 1; shift < 8; shift++) {
        address odd = ADDRESS(memory) + shift;
        uint32_t size = 0, error;
        struct iov part = {ADDRESS(buffer), 7};

        memcpy(memory + shift, &part, sizeof part);
        memset(buffer, 0, sizeof buffer);
        error = wasi_fd_pread(fd, odd, 1, 0, ADDRESS(&size));
        bad += !good(error) || (error == 0 && (size != 7 || memcmp(buffer, "content", 7) != 0));

        memset(memory, 0, sizeof memory);
        part.buffer = ADDRESS(buffer);
        error = wasi_fd_pread(fd, ADDRESS(&part), 1, 0, odd);
        memcpy(&size, memory + shift, sizeof size);
        bad += !good(error) || (error == 0 && size != 7);

        struct filestat status;
        memset(memory, 0, sizeof memory);
        error = wasi_fd_filestat_get(fd, odd);
        memcpy(&status, memory + shift, sizeof status);
        bad += !good(error) || (error == 0 && (status.size != 7 || status.filetype != FILETYPE_REGULAR));

        uint64_t time = 0;
        memset(memory, 0, sizeof memory);
        error = wasi_clock_time_get(CLOCK_IS_MONOTONIC, 0, odd);
        memcpy(&time, memory + shift, sizeof time);
        bad += !good(error) || (error == 0 && time == 0);

        struct subscription one;
        struct event event;
        memset(&one, 0, sizeof one);
        one.userdata = 42;
        memcpy(memory + shift, &one, sizeof one);
        error = wasi_poll_oneoff(odd, odd + 128, 1, ADDRESS(&size));
        memcpy(&event, memory + shift + 128, sizeof event);
        bad += !good(error) || (error == 0 && (size != 1 || event.userdata != 42));
    }
    equal("wrong results", bad, 0);
    return finish();
}
