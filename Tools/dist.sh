#!/bin/sh
# usage: dist.sh COLOPHON
#
# Makes dist/colophon-VERSION-SYSTEM-MACHINE.tar.gz: the program without symbols, completion scripts for bash, zsh and
# fish, the manual page, and the licences of everything that is compiled into the program. Then unpacks it and runs the
# program on a text. Where the weights for `meaning: sentences` were made (`make meaning`), dist/colophon-meaning-VERSION.tar.gz
# holds these.
set -eu
tool=$1
version=$("$tool" --version)
name=colophon-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
sh Tools/layout.sh "$tool" "$root"
size=$(wc -c < "$root/bin/colophon")
if [ "$(uname -s)" = Linux ] && [ "$size" -gt 60000000 ]; then
    printf '%s\n' "dist: the program has $size bytes: a newer Swift may have ICU's data under a name that Sources/CLocaleData lacks" >&2
fi
cat > "$root/INSTALL.txt" <<END
Copy bin and share into /usr/local, or another folder whose bin is in your PATH:

  sudo cp -R bin share /usr/local/

The program uses these libraries of the system:

$(if command -v ldd > /dev/null; then ldd "$root/bin/colophon" | sed -n 's/^\t\(lib[^ ]*\) => .*/  \1/p' | sort; fi)

In Debian and Ubuntu they are the packages libyaml-0-2, libgumbo1 or libgumbo3, libcmark-gfm0.29.0.gfm.6 (or a later one)
with libcmark-gfm-extensions of the same version, libsqlite3-0, libpcre2-8-0, libzstd1, zlib1g, libexpat1, libjemalloc2
and libssl3.
END

mkdir -p dist
# The same bytes from the same files, where tar can do that.
pack() {
    if tar --version 2> /dev/null | grep -q GNU; then
        tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime='2000-01-01 00:00Z' -cf - "$1" | gzip -9n > "dist/$1.tar.gz"
    else
        tar -C "$work" -cf - "$1" | gzip -9n > "dist/$1.tar.gz"
    fi
}
pack "$name"

# What was packed works from another folder.
mkdir "$work/try"
tar -C "$work/try" -xzf "dist/$name.tar.gz"
mine=$work/try/$name/bin/colophon
"$mine" init "$work/try/project" > /dev/null
printf '%s\n' 'Rain' '' 'Tom Reed said that it rained in Skerrow.' > "$work/try/project/corpus/rain.txt"
"$mine" run --quiet "$work/try/project/pipelines/analysis.yaml"
grep -q 'Tom Reed' "$work/try/project/outputs/analysis/report.md"
# Each shell that is here reads its completion script without a complaint.
completions() { # SHELL SCRIPT
    if command -v "$1" > /dev/null; then
        "$1" -n "$work/try/$name/share/$2"
    else
        printf '%s\n' "dist: the completion script for $1 was not tried, because $1 is not installed" >&2
    fi
}
completions bash bash-completion/completions/colophon
completions zsh zsh/site-functions/_colophon
completions fish fish/vendor_completions.d/colophon.fish
printf '%s\n' "dist/$name.tar.gz: $(wc -c < "dist/$name.tar.gz") bytes, the program $size"

# The weights for `meaning: sentences`, if they were made, are an archive of their own, to be unpacked beside the other.
weights=.build/weights/sentences.weights
[ -s $weights ] || exit 0
meaning=colophon-meaning-$version
mkdir -p "$work/$meaning/share/colophon" "$work/$meaning/share/doc/colophon-meaning"
cp $weights "$work/$meaning/share/colophon/"
cp $weights.LICENSE "$work/$meaning/share/doc/colophon-meaning/LICENSE"
cp $weights.NOTICE "$work/$meaning/share/doc/colophon-meaning/NOTICE"
pack "$meaning"
cp -R "$work/$meaning/share" "$work/try/$name/"
"$mine" annotate --set link-claims.meaning=sentences "$work/try/project/corpus/rain.txt" > /dev/null
printf '%s\n' "dist/$meaning.tar.gz: $(wc -c < "dist/$meaning.tar.gz") bytes"
