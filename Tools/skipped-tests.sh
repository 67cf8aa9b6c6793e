#!/bin/sh
# usage: skipped-tests.sh LOG [WORD...]
#
# Lists the tests that 'swift test', whose output is in LOG, did not run, each with its reason. A test that was skipped
# once and passed another time has run. Fails if a reason contains one of the words.
set -eu
log=$1
shift
skipped=$(tr -d '\033' < "$log" | sed 's/\[[0-9;]*m//g' | awk '
    match($0, /(Test|Suite) .* (skipped: ".*"|passed after )/) {
        line = substr($0, RSTART, RLENGTH)
        if (sub(/ passed after $/, "", line)) { sub(/ with [0-9]+ test cases$/, "", line); passed[line] = 1; next }
        name = line; sub(/ skipped: ".*"$/, "", name)
        reason = line; sub(/^.* skipped: "/, "", reason); sub(/"$/, "", reason)
        reasons[name] = reason
    }
    END { for (name in reasons) if (!(name in passed)) print name ": " reasons[name] }' | sort)
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
