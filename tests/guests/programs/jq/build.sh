#!/bin/sh
# jq 1.6, without the regular expressions, which would need Oniguruma.
. "$(dirname "$0")/../common.sh"

source_tree jq

# The two generated files, as Makefile.am makes them.
mkdir "$work/src"
sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/\\n"/' "$tree/src/builtin.jq" >"$work/src/builtin.inc"
echo '#define JQ_VERSION "1.6"' >"$work/src/version.h"

# configure would try each function that configure.ac names; wasi-libc says itself which ones it has.
have=$(sed -nE -e 's/.*(AC_CHECK_MATH_FUNC|AC_CHECK_FUNCS)\(([a-z0-9_]+)\).*/\2/p' \
    -e 's/.*AC_FIND_FUNC\(\[([a-z0-9_]+)\].*/\1/p' "$tree/configure.ac" \
    | sort -u | grep -Fxf /usr/share/wasm32-wasi/defined-symbols.txt \
    | tr '[:lower:]' '[:upper:]' | sed 's/^/-DHAVE_/')

sources=
for file in "$tree"/src/*.c; do
    case $file in */inject_errors.c) ;; *) sources="$sources $file" ;; esac
done

# shellcheck disable=SC2086
link -std=gnu99 $have -DHAVE_TM_TM_GMT_OFF -DIEEE_8087 -I "$work" -I "$tree/src" $sources
