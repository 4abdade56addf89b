#!/usr/bin/env bash
# All tests: installs the guests' toolchain where it is missing, compiles the guests, then runs every test project.
set -euo pipefail
cd "$(dirname "$0")/.."

tests/guests/build.sh --natives
dotnet build Marcotte.sln -c Release --nologo -v quiet
exec dotnet test Marcotte.sln -c Release --no-build --nologo
