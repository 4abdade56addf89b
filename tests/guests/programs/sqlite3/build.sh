#!/bin/sh
# The SQLite 3 shell.
. "$(dirname "$0")/../common.sh"

source_tree sqlite3

# SQLite's own makefile joins its sources into two files; it works in the directory it is started in.
(cd "$work" && MAKEFLAGS= make -f "$tree/main.mk" TOP="$tree" TCLSH_CMD=tclsh BCC=gcc NAWK=awk sqlite3.c shell.c >make.log)

# No threads and no shared libraries here, and no memory shared with a file.
link -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_MAX_MMAP_SIZE=0 \
    -I "$work" "$work/shell.c" "$work/sqlite3.c" "$recipe/locks.c" -Wl,--wrap=fcntl
