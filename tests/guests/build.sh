#!/bin/sh
# Installs what is missing, then builds every guest that is older than its source. Usage: build.sh [--natives]
#   --natives   also builds the guests as programs of this machine, for comparison
# JOBS says how many compilers run at once (2 unless told).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
targets=all
for argument in "$@"; do
    case $argument in
        --natives) targets="all native" ;;
        *)
            echo "usage: build.sh [--natives]" >&2
            exit 2
            ;;
    esac
done

"$here/install.sh"
# Word splitting is meant: $targets is a list.
# shellcheck disable=SC2086
exec make --no-print-directory -C "$here" -j"${JOBS:-2}" $targets
