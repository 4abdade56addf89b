#!/bin/sh
# Lua 5.4, the interpreter. Errors and coroutines are setjmp and longjmp.
. "$(dirname "$0")/../common.sh"

source_tree lua5.4

# Debian's rules write this header; it only shapes the path that C modules would be loaded from.
echo '#define DEB_HOST_MULTIARCH "wasm32-wasi"' >"$work/lua5.4-deb-multiarch.h"

sources=
for file in "$tree"/src/*.c; do
    case $file in */luac.c) ;; *) sources="$sources $file" ;; esac
done

# shellcheck disable=SC2086
link $setjmp_flags -I "$work" $sources "$support/setjmp.c"
