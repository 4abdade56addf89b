#!/bin/sh
# bzip2.
. "$(dirname "$0")/../common.sh"

source_tree bzip2

cd "$tree"
link -D_FILE_OFFSET_BITS=64 \
    blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c bzip2.c
