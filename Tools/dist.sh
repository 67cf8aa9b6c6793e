#!/bin/sh
# usage: dist.sh COLOPHON
#
# Makes dist/colophon-VERSION-SYSTEM-MACHINE.tar.gz: the program without symbols, completion scripts for bash, zsh and
# fish, the manual page, and the licences of everything that is compiled into the program. Then unpacks it and runs the
# program on a text.
set -eu
tool=$1
version=$("$tool" --version)
name=colophon-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
share=$root/share
mkdir -p "$root/bin" "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d" "$share/man/man1" "$share/doc/colophon/licenses"

strip -o "$root/bin/colophon" "$tool"
size=$(wc -c < "$root/bin/colophon")
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
cat > "$root/INSTALL.txt" <<END
Copy bin and share into /usr/local, or another folder whose bin is in your PATH:

  sudo cp -R bin share /usr/local/

The program uses these libraries of the system:

$(if command -v ldd > /dev/null; then ldd "$root/bin/colophon" | sed -n 's/^\t\(lib[^ ]*\) => .*/  \1/p' | sort; fi)

In Debian and Ubuntu they are the packages libyaml-0-2, libgumbo1 or libgumbo3, libcmark-gfm0.29.0.gfm.6 (or a later one)
with libcmark-gfm-extensions of the same version, libsqlite3-0 and libssl3.
END

mkdir -p dist
# The same bytes from the same files, where tar can do that.
if tar --version 2> /dev/null | grep -q GNU; then
    tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' -cf - "$name" | gzip -9n > "dist/$name.tar.gz"
else
    tar -C "$work" -cf - "$name" | gzip -9n > "dist/$name.tar.gz"
fi

# What was packed works from another folder.
mkdir "$work/try"
tar -C "$work/try" -xzf "dist/$name.tar.gz"
mine=$work/try/$name/bin/colophon
"$mine" init "$work/try/project" > /dev/null
printf '%s\n' 'Rain' '' 'Tom Reed said that it rained in Skerrow.' > "$work/try/project/corpus/rain.txt"
"$mine" run --quiet "$work/try/project/pipelines/analysis.yaml"
grep -q 'Tom Reed' "$work/try/project/outputs/analysis/report.md"
printf '%s\n' "dist/$name.tar.gz: $(wc -c < "dist/$name.tar.gz") bytes, the program $size"
