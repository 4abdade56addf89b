// wasm-only
// Opening with truncation is writing, also when no right to write is asked for (CVE-2026-47261): a read-only file keeps
// its content and the error is EROFS.
// The built-in answers EPERM, so it is left out.
//
// class: truncate as write
// preopen: /ro ro
// setup: file ro/file "precious"
// after: file ro/file "precious"
// after: entries ro 1
// expect: exit=0
// compare:
#include "guest.h"
#include "preview1.h"

static uint32_t opens(uint32_t oflags, uint64_t rights) {
    uint32_t fd;
    return wasi_path_open(3, LOOKUP_FOLLOW, PATH("file"), oflags, rights, RIGHTS_ALL, 0, ADDRESS(&fd));
}

int main(int argc, char **argv) {
    (void)argc;
    want("for nothing", opens(OFLAG_TRUNC, 0), EROFS);
    want("to read", opens(OFLAG_TRUNC, RIGHT_FD_READ), EROFS);
    want("to write", opens(OFLAG_TRUNC, RIGHT_FD_WRITE), EROFS);
    want("to set its size", opens(OFLAG_TRUNC, RIGHT_FD_FILESTAT_SET_SIZE), EROFS);
    want("creating too", opens(OFLAG_TRUNC | OFLAG_CREAT, 0), EROFS);
    text("content", get(in(argv[1], "file")), "precious");
    return finish();
}
