# shellcheck shell=sh disable=SC2034
# Sourced by programs/NAME/build.sh, which the Makefile calls with the path of the module to make.
# The Makefile exports GUESTS_OUT (the output directory) and WASM_CC (the compiler with its target).
set -eu

output=$1
recipe=$(cd "$(dirname "$0")" && pwd)
name=${recipe##*/}
support=$recipe/../support

# A directory of our own for what is generated on the way.
work=$GUESTS_OUT/work/$name
rm -rf "$work"
mkdir -p "$work"

# source_tree PACKAGE: sets $tree to Debian's sources of PACKAGE, fetched when they are not there.
source_tree() {
    tree=$GUESTS_OUT/src/$1
    if [ ! -d "$tree" ]; then
        "$recipe/../fetch.sh" "$GUESTS_OUT/src" "$1"
    fi
}

# How C's setjmp becomes WebAssembly exceptions, in the standard encoding.
setjmp_flags='-fwasm-exceptions -mllvm -wasm-enable-sjlj -mllvm -wasm-use-legacy-eh=false'

# link ARGUMENT...: compiles and links into the output. The sources are others' and warn a lot: -w.
# What of stubs.c and of the emulation libraries a program does not use is not linked.
link() {
    # Word splitting is meant: WASM_CC is a command with its arguments.
    # shellcheck disable=SC2086
    $WASM_CC -O2 -w -D_GNU_SOURCE -I "$support/include" "-ffile-prefix-map=$GUESTS_OUT=." \
        -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS -D_WASI_EMULATED_GETPID -D_WASI_EMULATED_MMAN \
        "$@" "$support/stubs.c" \
        -lwasi-emulated-signal -lwasi-emulated-process-clocks -lwasi-emulated-getpid -lwasi-emulated-mman \
        -o "$work/out.wasm"
    mv "$work/out.wasm" "$output"
}
