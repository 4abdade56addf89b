# shellcheck shell=sh disable=SC2034
# Sourced after common.sh by the recipes of programs that are built with the guest SDK: sets $sdk, and where it keeps
# its library.
sdk=$(cd "$recipe/../../../../src/guest-sdk" && pwd)
export MARCOTTE_SDK_CACHE="${MARCOTTE_SDK_CACHE:-$GUESTS_OUT/work/sdk-library}"
