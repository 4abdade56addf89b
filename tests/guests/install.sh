#!/bin/sh
# Installs what tests/guests needs and this machine lacks. Does nothing, quickly, when nothing is missing.
#
#   Debian packages   clang-22 with its WebAssembly half, wasi-libc, what unpacks and builds Debian's sources, and what links .NET to native code
#   npm packages      CPython and esbuild, into artifacts/guests/npm
#
# The sources of the real programs are fetched by programs/fetch.sh when they are first built.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
npm_dir=$here/../../artifacts/guests/npm

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# need PACKAGE FILE-OR-COMMAND: PACKAGE is wanted when the thing it brings is not there.
wanted=
need() {
    case $2 in
        /*) [ -e "$2" ] || wanted="$wanted $1" ;;
        *) command -v "$2" >/dev/null || wanted="$wanted $1" ;;
    esac
}

need clang-22 clang-22
need lld-22 wasm-ld-22
need libclang-rt-22-dev-wasm32 /usr/lib/llvm-22/lib/clang/22/lib/wasi/libclang_rt.builtins-wasm32.a
need wasi-libc /usr/lib/wasm32-wasi/libc.a
need llvm-14 llvm-ar-14
need binaryen wasm-opt
need make make
need gcc gcc
need libc6-dev /usr/include/stdio.h
need zlib1g-dev /usr/include/zlib.h
need dpkg-dev dpkg-source
need xz-utils xz
need bzip2 bzip2
need tcl tclsh
need busybox busybox
need dash dash
need tmux tmux
# A newer npm than Debian's may be there already, from elsewhere: leave it alone.
command -v npm >/dev/null || wanted="$wanted nodejs npm"

if [ -n "$wanted" ]; then
    echo "install.sh: installing$wanted"
    as_root apt-get update -q
    # Word splitting is meant: $wanted is a list.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $wanted
fi

# The lock file names versions and hashes and no registry, so npm's own configuration says where from.
if ! cmp -s "$here/npm/package-lock.json" "$npm_dir/package-lock.json" \
    || [ ! -e "$npm_dir/node_modules/.package-lock.json" ]; then
    echo "install.sh: installing npm packages"
    mkdir -p "$npm_dir"
    cp "$here/npm/package.json" "$npm_dir/"
    cp "$here/npm/package-lock.json" "$npm_dir/"
    (cd "$npm_dir" && npm ci --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved)
fi
