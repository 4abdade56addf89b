#!/bin/sh
# fetch.sh DIRECTORY NAME: unpacks Debian's source package NAME, with Debian's patches, into DIRECTORY/NAME.
#
# `apt-get source` needs deb-src lines, which few machines have. They are made here from the machine's own
# deb lines, into files of our own: the system's apt is read and never changed, so root is not needed.
set -eu

mkdir -p "$1"
out=$(cd "$1" && pwd)
name=$2
apt=$out/.apt
list_age_minutes=720

apt_with_sources() {
    tool=$1
    shift
    "$tool" -o Dir::Etc::SourceList=/dev/null \
        -o Dir::Etc::SourceParts="$apt/parts" \
        -o Dir::State::Lists="$apt/lists" \
        -o Dir::Cache="$apt/cache" \
        -o APT::Sandbox::User= \
        "$@"
}

# Two builds may come here at once: the index is fetched by the first.
mkdir -p "$out"
exec 9>"$out/.lock"
flock 9

if [ -z "$(find "$apt/updated" -mmin "-$list_age_minutes" 2>/dev/null)" ]; then
    rm -rf "$apt"
    mkdir -p "$apt/parts" "$apt/lists/partial" "$apt/cache/archives/partial"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -e "$file" ] || continue
        sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/parts/${file##*/}"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -e "$file" ] || continue
        sed -n 's/^deb[[:space:]]/deb-src /p' "$file" >"$apt/parts/${file##*/}"
        case $file in *.list) ;; *) mv "$apt/parts/${file##*/}" "$apt/parts/${file##*/}.list" ;; esac
    done
    # A source of someone else's that has no deb-src half is no reason to stop.
    apt_with_sources apt-get update -q || true
    touch "$apt/updated"
fi

# An archive may list a version that it does not hold (security updates, mostly): the next older one then.
versions=$(apt_with_sources apt-cache showsrc --only-source "$name" | sed -n 's/^Version: //p' | sort -rV)
mkdir -p "$out/.archives/$name"
cd "$out/.archives/$name"
fetched=
for version in $versions; do
    if apt_with_sources apt-get source -q --download-only "$name=$version"; then
        fetched=$version
        break
    fi
done
if [ -z "$fetched" ]; then
    echo "fetch.sh: no source package of $name could be fetched; versions tried: ${versions:-none}" >&2
    exit 1
fi

rm -rf "${out:?}/$name" tree
# apt checked the hashes against the signed index; dpkg-source need not check the uploader's signature.
dpkg-source -q --no-check --extract "${name}_${fetched#*:}.dsc" tree
mv tree "$out/$name"
