// A link or a rename must not carry a file from a read-only directory to a writable one (CVE-2026-58494), nor back.
// The built-in answers EPERM, so it is left out; natively neither directory would be read-only.
//
// class: link across rights
// archive: everything
// preopen: /ro ro
// preopen: /rw
// setup: file ro/file "precious"
// setup: file rw/file "mine"
// setup: symlink rw/to-ro ../ro/file
// after: file ro/file "precious"
// after: file rw/file "mine"
// after: entries ro 1
// after: entries rw 2
// expect: exit=0
// compare:
#include "guest.h"

int main(int argc, char **argv) {
    (void)argc;
    char *ro = argv[1], *rw = argv[2];
    either("link out", outcome(link(in(ro, "file"), in(rw, "stolen"))), EXDEV, EROFS);
    either("rename out", outcome(rename(in(ro, "file"), in(rw, "stolen"))), EXDEV, EROFS);
    either("rename out over a file", outcome(rename(in(ro, "file"), in(rw, "file"))), EXDEV, EROFS);
    either("link in", outcome(link(in(rw, "file"), in(ro, "planted"))), EXDEV, EROFS);
    either("rename in", outcome(rename(in(rw, "file"), in(ro, "planted"))), EXDEV, EROFS);
    either("rename in over a file", outcome(rename(in(rw, "file"), in(ro, "file"))), EXDEV, EROFS);

    // Out of one granted directory and into the other is still out: a link is no bridge between them.
    refused("write by a link across", outcome(open(in(rw, "to-ro"), O_WRONLY)));
    refused("truncate by a link across", outcome(truncate(in(rw, "to-ro"), 0)));
    text("content there", get(in(ro, "file")), "precious");
    text("content here", get(in(rw, "file")), "mine");
    return finish();
}
