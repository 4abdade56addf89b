#!/bin/sh
# build-library.sh SDK CACHE CLANG TARGET SOURCE: makes the private sysroot, crt1.o and libmarcotte.a. marcotte-cc calls it.
# With SOURCE, not `none`, the sysroot is one for threads, with a libc made of wasi-libc's sources there.
set -eu

sdk=$1
cache=$2
clang=$3
target=$4
source=$5
include=/usr/include/wasm32-wasi
lib=/usr/lib/wasm32-wasi
[ -e "$lib/libc.a" ] || { echo "marcotte-cc: no wasi-libc: install it" >&2; exit 1; }

# The system's wasi-libc and nothing else: without a sysroot the machine's own /usr/include leaks in.
mkdir -p "$cache/sysroot/include" "$cache/sysroot/lib" "$cache/objects"
threads=
if [ "$source" != none ]; then
    threads="-pthread -isystem $cache/include"
    mkdir -p "$cache/lib"
    lib=$cache/lib
fi
for name in wasm32-wasi wasm32-wasip1; do
    ln -sfn "$include" "$cache/sysroot/include/$name"
    ln -sfn "$lib" "$cache/sysroot/lib/$name"
done
if [ "$source" != none ]; then
    sh "$sdk/build-threads.sh" "$sdk" "$cache" "$clang" "$target" "$source"
fi

cd "$sdk/lib"
# Word splitting is meant: $target is a list.
# shellcheck disable=SC2086
printf '%s\n' *.c | xargs -P "${JOBS:-2}" -I FILE \
    "$clang" $target $threads -isystem "$sdk/include" -std=gnu11 -D_GNU_SOURCE -Os -Wall -Wextra -Wno-unused-command-line-argument \
    -fno-builtin -ffile-prefix-map="$sdk=." -c FILE -o "$cache/objects/FILE.o"
cp "$cache/objects/crt1.c.o" "$cache/crt1.o"
rm -f "$cache/libmarcotte.a"
ar=llvm-ar-${clang##*-}
command -v "$ar" >/dev/null || ar=llvm-ar
command -v "$ar" >/dev/null || ar=$(ls /usr/bin/llvm-ar-* 2>/dev/null | tail -n 1)
for file in *.c; do
    [ "$file" = crt1.c ] || { [ "$file" = fork.c ] && [ "$threads" ]; } || echo "$cache/objects/$file.o"
done | xargs "$ar" rcs "$cache/libmarcotte.a"
touch "$cache/made"
