#!/bin/sh
# Builds the example, runs its pipeline, and looks for the words that it has to find. One argument: the build folder.
set -eu
cd "$(dirname "$0")"
swift build --scratch-path "${1:-.build}" --product long-words
tool=$(swift build --scratch-path "${1:-.build}" --show-bin-path)/long-words
rm -rf .colophon outputs
"$tool" run --quiet pipelines/words.yaml
"$tool" export pipelines/words.yaml --to csv --table long_words --quiet
words=$(cut -d, -f9 outputs/words/export/csv/long_words.csv | tail -n +2 | sort | paste -sd ' ' -)
[ "$words" = 'extinguished extraordinary lighthouse' ] || { printf '%s\n' "found: $words" >&2; exit 1; }
"$tool" verify pipelines/words.yaml > /dev/null
rm -rf .colophon outputs pipelines/words.lock
