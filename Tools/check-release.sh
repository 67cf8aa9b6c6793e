#!/bin/sh
# Runs what a release build is asked to do most: a first run, one with nothing changed, one with variants, one after an
# edit, a verification of every result.
#
# Usage: sh Tools/check-release.sh PROGRAM
set -eu
program=$(realpath "$1")
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R pipelines corpus "$copy"
cd "$copy"
"$program" run --quiet pipelines/harbour.yaml
"$program" run --quiet --frozen pipelines/harbour.yaml
"$program" verify --sample 100% pipelines/harbour.yaml
"$program" run --quiet --frozen pipelines/gallery.yaml
file=$(find corpus -name '*.txt' | LC_ALL=C sort | head -n 1)
echo 'Two more boats were seen at the mole.' >> "$file"
"$program" run --quiet pipelines/harbour.yaml
"$program" verify --sample 100% pipelines/harbour.yaml
# From nothing, the edited corpus gives what the rerun gave.
rm -rf .colophon
"$program" run --quiet --frozen pipelines/harbour.yaml
