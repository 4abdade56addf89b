#!/bin/sh
# Debian's busybox, unmodified, by its own makefile, with the guest SDK.
. "$(dirname "$0")/../common.sh"
. "$recipe/../sdk.sh"

source_tree busybox

# The host is as good as Linux for sysinfo and the like, whose header comes with Linux's own elsewhere; here it is named.
busybox() {
    MAKEFLAGS= make -C "$work" -f "$tree/Makefile" KBUILD_SRC="$tree" O="$work" HOSTCC=gcc CC="$sdk/marcotte-cc" AR="$sdk/marcotte-ar" \
        NM="$sdk/marcotte-nm" STRIP=true SKIP_STRIP=y \
        CPP="$sdk/marcotte-cc -E -D__linux__=1" EXTRA_CFLAGS="-w -include sys/sysinfo.h -ffile-prefix-map=$GUESTS_OUT=." "$@" >>"$work/make.log" 2>&1 \
        || { tail -n 40 "$work/make.log" >&2; exit 1; }
}

# From everything down to what the list names; then make asks nothing.
busybox defconfig </dev/null
awk -F= '
    NR == FNR { if (/^CONFIG_/) wanted[$1] = $0; next }
    { name = $1; if (sub(/^# /, "", name)) sub(/ is not set$/, "", name) }
    name in wanted { print wanted[name]; next }
    /^CONFIG_[A-Z0-9_]*=y$/ { print "# " name " is not set"; next }
    { print }' "$recipe/config" "$work/.config" >"$work/config"
mv "$work/config" "$work/.config"
yes "" | busybox oldconfig

# Nothing that differs from run to run goes into the binary.
SOURCE_DATE_EPOCH=0 KCONFIG_NOTIMESTAMP=1 busybox -j2 busybox_unstripped
mv "$work/busybox_unstripped" "$output"
