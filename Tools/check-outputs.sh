#!/bin/sh
# usage: check-outputs.sh COLOPHON PIPELINE...
#
# Makes the reports of the pipelines with an empty store, so that nothing cached can hide a difference, and fails if
# what is committed of them (reports, charts, evidence, locks) differs by a byte, lacks a file or has one too many.
set -eu
colophon=$1
shift
store=$(mktemp -d)
trap 'rm -rf "$store"' EXIT

for pipeline in "$@"; do
    XDG_DATA_HOME=$store/consents "$colophon" trust --yes "$pipeline" > "$store/trust"
    XDG_DATA_HOME=$store/consents COLOPHON_STORE=$store/cache "$colophon" run --quiet "$pipeline"
done

changed=$(git status --porcelain --untracked-files=all -- outputs 'pipelines/*.lock')
if [ -n "$changed" ]; then
    printf '%s\n' 'the sample reports are not what is committed:' "$changed" >&2
    git --no-pager diff --stat -- outputs 'pipelines/*.lock' >&2
    git --no-pager diff --unified=0 -- outputs 'pipelines/*.lock' | head -n 60 >&2
    printf '%s\n' 'When the change is meant, commit the new ones with it.' >&2
    exit 1
fi
printf '%s\n' 'the sample reports are byte for byte what is committed'
