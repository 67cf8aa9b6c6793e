#!/bin/sh
# usage: embed.sh OUTPUT TARGET-FOLDER [ROOT SOURCE-FOLDER]...
#
# Writes a Swift file with the fingerprint of the source folders (SHA-256 over their sorted file names, each relative
# to the ROOT before the folder, and their contents) and the files of TARGET-FOLDER/Data as string literals. A file's name
# becomes the literal's in camel case: abbreviations-en.txt is `abbreviationsEn`. Where a package stands does not
# change the fingerprint; a stage of another package has a ROOT of its own.
set -eu
LC_ALL=C
export LC_ALL
output=$1 target=$2
shift 2

if command -v sha256sum >/dev/null 2>&1; then hash() { sha256sum "$@"; }; else hash() { shasum -a 256 "$@"; }; fi

list() {
    while [ $# -gt 1 ]; do
        printf '%s\t%s\n' "${2#"$1"/}" "$1"
        shift 2
    done
}
fingerprint=$(list "$@" | sort | while IFS='	' read -r folder root; do
    (cd "$root" && find "$folder" -type f ! -name '.*' | sort | while IFS= read -r file; do hash "$file"; done)
done | hash | cut -c 1-64)

{
    echo '// Made by the build; see Tools/embed.sh.'
    echo 'enum Embedded {'
    echo '    /// SHA-256 over the sources and data files that this target is built from, in hexadecimal.'
    echo "    static let fingerprint = \"$fingerprint\""
    if [ -d "$target/Data" ]; then
        find "$target/Data" -type f ! -name '.*' | sort | while IFS= read -r file; do
            name=$(basename "$file" | sed 's/\.[^.]*$//' | awk '{
                n = split($0, part, /[^A-Za-z0-9]+/); out = part[1]
                for (i = 2; i <= n; i++) out = out toupper(substr(part[i], 1, 1)) substr(part[i], 2)
                print out }')
            printf '    static let %s: StaticString = ####"""\n' "$name"
            cat "$file"
            printf '\n"""####\n'
        done
    fi
    echo '}'
} >"$output.part"
mv "$output.part" "$output"
