#!/bin/sh
# Debian's dash, unmodified, by its own configure and make, with the guest SDK.
. "$(dirname "$0")/../common.sh"
. "$recipe/../sdk.sh"

source_tree dash

# A builtin of no parameters (times) is called with two, which WebAssembly does not let pass as it is.
export MARCOTTE_PASSES=--fpcast-emu

# As Debian builds it, but without a line editor: the terminal has one.
cd "$work"
cflags="-O2 -w -ffile-prefix-map=$GUESTS_OUT=."
"$tree/configure" --host=wasm32-wasi --prefix=/usr --without-libedit --disable-dependency-tracking \
    CC="$sdk/marcotte-cc" AR="$sdk/marcotte-ar" RANLIB="$sdk/marcotte-ranlib" CC_FOR_BUILD=gcc \
    CFLAGS="$cflags" >configure.log 2>&1 || { tail -n 20 configure.log >&2; exit 1; }
# Debian's patches add a file, and are newer than what automake made of the old list. No automake: the file is named here.
(cd src && "$sdk/marcotte-cc" $cflags -DHAVE_CONFIG_H -DBSD=1 -DSHELL -I. -I.. -I"$tree/src" -include ../config.h -c "$tree/src/priv.c" -o priv.o)
MAKEFLAGS= make -j2 ACLOCAL=: AUTOCONF=: AUTOMAKE=: AUTOHEADER=: \
    dash_LDADD='builtins.o init.o nodes.o signames.o syntax.o priv.o' >make.log 2>&1 || { tail -n 40 make.log >&2; exit 1; }
mv src/dash "$output"
