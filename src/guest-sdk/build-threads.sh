#!/bin/sh
# build-threads.sh SDK CACHE CLANG TARGET SOURCE: makes the libc of programs with threads, in CACHE, of wasi-libc's source package
# in SOURCE, which is only read. marcotte-cc -pthread calls it. Debian builds that package without threads: no thread-local
# storage, no locks. The sources have both, and pthread's own too; what they lack is in threads/.
set -eu

sdk=$1
cache=$2
clang=$3
target=$4
# As make names it: without links.
source=$(cd "$5" && pwd -P)
musl=$source/libc-top-half/musl
bottom=$source/libc-bottom-half
[ -e "$musl/src/internal/pthread_impl.h" ] || { echo "marcotte-cc: $source is not wasi-libc's source package" >&2; exit 1; }
command -v make >/dev/null || { echo "marcotte-cc: -pthread needs make once: install it" >&2; exit 1; }

rm -rf "$cache/libc"
mkdir -p "$cache/libc" "$cache/include" "$cache/lib"
cp "$musl/include/pthread.h" "$cache/include/"

# The makefile knows which files belong to it. Some of them say that they do not know threads: none is linked, since the SDK
# has its own. What follows them is pthread, which the makefile leaves out.
make -s -C "$source" THREAD_MODEL=posix \
    --eval='list: ; @printf "%s\n" $(LIBC_BOTTOM_HALF_ALL_SOURCES) $(LIBWASI_EMULATED_MMAN_SOURCES) $(LIBC_TOP_HALF_ALL_SOURCES)' \
    list 2>/dev/null | grep -Ev '/(preopens|chdir|getcwd|getentropy|nanosleep|sysconf|abort)\.c$' >"$cache/libc/list"
(
    cd "$musl/src"
    ls stdio/__lockfile.c stdio/flockfile.c stdio/ftrylockfile.c stdio/funlockfile.c \
        thread/__lock.c thread/__wait.c thread/vmlock.c thread/lock_ptc.c thread/call_once.c \
        thread/cnd_*.c thread/mtx_*.c thread/tss_*.c thread/thrd_create.c thread/thrd_exit.c thread/thrd_join.c \
        thread/pthread_attr_*.c thread/pthread_setattr_default_np.c thread/pthread_barrier*.c thread/pthread_cleanup_push.c \
        thread/pthread_cond*.c thread/pthread_equal.c thread/pthread_getconcurrency.c thread/pthread_setconcurrency.c \
        thread/pthread_[gs]etspecific.c thread/pthread_key_create.c thread/pthread_mutex*.c thread/pthread_once.c \
        thread/pthread_rwlock*.c thread/pthread_self.c thread/pthread_setcancel*.c thread/pthread_spin_*.c \
        thread/pthread_testcancel.c thread/sem_destroy.c thread/sem_getvalue.c thread/sem_post.c thread/sem_*wait.c
) | grep -v '_setpshared\|condattr_setclock' | sed "s|^|$musl/src/|" >>"$cache/libc/list"

common="-pthread -DNDEBUG -fno-trapping-math -w -ffile-prefix-map=$source=wasi-libc -ffile-prefix-map=$sdk=."
glue="-I$sdk/threads/glue"
private="-I$musl/src/internal -I$musl/arch/wasm32 -I$musl/arch/generic -I$source/libc-top-half/headers/private"

# compile FLAGS, of the sources on standard input. Word splitting is meant: flags are lists.
compile() {
    while read -r file; do
        printf '%s\n%s\n' "$file" "$cache/libc/$(echo "${file#/}" | tr / _).o"
    done | xargs -r -P "${JOBS:-2}" -n 2 sh -c 'exec '"$clang $target $common $1"' -c "$0" -o "$1"'
}

grep "^$bottom" "$cache/libc/list" |
    compile "-O2 -I$bottom/headers/private -I$bottom/cloudlibc/src/include -I$bottom/cloudlibc/src"
libc="-O2 -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_MMAN $glue -I$musl/src/include $private"
grep "^$musl\|^$source/libc-top-half/sources" "$cache/libc/list" | grep -v '/src/thread/\|/random\.c$' | compile "$libc"
grep '/src/thread/' "$cache/libc/list" | compile "$libc -Wno-int-conversion -include $sdk/threads/glue/pthread_sources.h"
grep '/random\.c$' "$cache/libc/list" | compile "$libc -include $sdk/threads/glue/random_lock.h"
printf '%s\n' "$sdk"/threads/*.c |
    compile "-Os $glue $private -I$source/dlmalloc/src -I$cache/include -isystem $sdk/include -std=gnu11 -D_GNU_SOURCE"

ar=llvm-ar-${clang##*-}
command -v "$ar" >/dev/null || ar=llvm-ar
command -v "$ar" >/dev/null || ar=$(ls /usr/bin/llvm-ar-* 2>/dev/null | tail -n 1)
rm -f "$cache/lib/"*.a
find "$cache/libc" -name '*.o' | LC_ALL=C sort | xargs "$ar" rcs "$cache/lib/libc.a"
# What makefiles name and libc has.
for name in m rt pthread crypt util xnet resolv dl wasi-emulated-mman wasi-emulated-signal wasi-emulated-getpid; do
    "$ar" rcs "$cache/lib/lib$name.a"
done
rm -rf "$cache/libc"
