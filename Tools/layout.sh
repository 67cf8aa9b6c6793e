#!/bin/sh
# usage: layout.sh COLOPHON FOLDER
#
# Lays out below FOLDER what is installed: the program without symbols in bin/, and in share/ completion scripts for bash,
# zsh and fish, the manual page, and the licences of everything that is compiled into the program.
set -eu
tool=$1 root=$2
version=$("$tool" --version)
share=$root/share
mkdir -p "$root/bin" "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d" "$share/man/man1" "$share/doc/colophon/licenses"

strip -o "$root/bin/colophon" "$tool"
"$tool" --generate-completion-script bash > "$share/bash-completion/completions/colophon"
"$tool" --generate-completion-script zsh > "$share/zsh/site-functions/_colophon"
"$tool" --generate-completion-script fish > "$share/fish/vendor_completions.d/colophon.fish"
"$tool" --experimental-dump-help | python3 Tools/manual.py "$version" > "$share/man/man1/colophon.1"
cp LICENSE NOTICE README.md CHANGELOG.md "$share/doc/colophon/"
for package in .build/checkouts/*/; do
    found=0
    for file in "$package"LICENSE* "$package"NOTICE*; do
        [ -f "$file" ] || continue
        cp "$file" "$share/doc/colophon/licenses/$(basename "$package")-$(basename "$file")"
        found=1
    done
    if [ $found = 0 ]; then
        printf '%s\n' "dist: no licence in $package" >&2
        exit 1
    fi
done
# Swift's own libraries are compiled in too.
swift=$(dirname "$(dirname "$(readlink -f "$(command -v "${SWIFT:-swift}")")")")
cp "$swift/share/swift/LICENSE.txt" "$share/doc/colophon/licenses/swift-LICENSE.txt"
