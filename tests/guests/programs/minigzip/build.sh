#!/bin/sh
# minigzip, the small gzip that zlib brings as its test.
. "$(dirname "$0")/../common.sh"

source_tree zlib

cd "$tree"
link -DHAVE_UNISTD_H -I . \
    adler32.c compress.c crc32.c deflate.c gzclose.c gzlib.c gzread.c gzwrite.c infback.c inffast.c inflate.c \
    inftrees.c trees.c uncompr.c zutil.c test/minigzip.c
