#!/bin/sh
# usage: skipped-tests.sh LOG [WORD...]
#
# Lists the tests that 'swift test', whose output is in LOG, did not run, each with its reason. Fails if a reason holds
# one of the words.
set -eu
log=$1
shift
skipped=$(sed -n 's/^.*[^ ] \(\(Test\|Suite\) .*\) skipped: "\(.*\)"$/\1: \3/p' "$log" | sort -u)
if [ -z "$skipped" ]; then
    printf '%s\n' 'every test ran'
    exit 0
fi
printf '%s\n' 'these tests did not run:' "$skipped"
for word in "$@"; do
    if printf '%s\n' "$skipped" | grep -qw -e "$word"; then
        printf '%s\n' "tests that need '$word' have to run here" >&2
        exit 1
    fi
done
