#!/bin/sh
# usage: deb.sh COLOPHON
#
# Makes dist/colophon_VERSION_ARCHITECTURE.deb. The packages that it depends on are those that own the libraries which the
# program loads on this machine. Then installs it into a root of its own and runs the program on a text. Where the weights for
# `meaning: sentences` were made (`make meaning`), dist/colophon-meaning_VERSION_all.deb holds these.
set -eu
tool=$1
for program in dpkg dpkg-deb dpkg-query ldd; do
    command -v $program > /dev/null || { printf '%s\n' "deb: '$program' is missing: packages are made on Debian or Ubuntu" >&2; exit 1; }
done
version=$("$tool" --version)
architecture=$(dpkg --print-architecture)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package=$work/package
sh Tools/layout.sh "$tool" "$package/usr"
mv "$package/usr/share/zsh/site-functions" "$package/usr/share/zsh/vendor-completions"
gzip -9n "$package/usr/share/man/man1/colophon.1"
cp LICENSE "$package/usr/share/doc/colophon/copyright"

depends=''
for library in $(ldd "$tool" | sed -n 's/^.* => \(\/[^ ]*\) .*/\1/p' | sort -u); do
    # the database knows a library by its path before or after the merge of /lib into /usr/lib
    real=$(readlink -f "$library")
    owner=$(dpkg-query -S "$real" "${real#/usr}" "$library" "/usr$library" 2> /dev/null | head -n 1 | cut -d: -f1)
    if [ -z "$owner" ]; then
        printf '%s\n' "deb: no package owns '$library', which the program loads; make the package of a release build" >&2
        exit 1
    fi
    depends="$depends $owner"
done
# The program's relocations have a form that the loader of glibc reads from 2.36 on.
depends=$(printf '%s\n' $depends | sort -u | sed 's/^libc6$/libc6 (>= 2.36)/' | paste -sd, - | sed 's/,/, /g')
mkdir -p "$package/DEBIAN"
cat > "$package/DEBIAN/control" <<END
Package: colophon
Version: $version
Architecture: $architecture
Maintainer: The Colophon contributors <colophon@example.invalid>
Section: text
Priority: optional
Installed-Size: $(du -sk "$package/usr" | cut -f1)
Depends: $depends
Recommends: poppler-utils
Suggests: chromium, colophon-meaning, pandoc, python3
Description: analyses of texts in which every figure leads to its source
 Colophon runs an analysis that is defined in YAML over a folder of documents
 and writes a report in which every figure leads back to the bytes of the
 source. After an edit it recomputes only what depends on the edit.
END
find "$package" -exec touch -h -d '2000-01-01 00:00Z' {} +
mkdir -p dist
file=dist/colophon_${version}_$architecture.deb
SOURCE_DATE_EPOCH=946684800 dpkg-deb --root-owner-group --build "$package" "$file" > /dev/null

# What was packed can be installed, and works from there. The libraries are those of this system.
target=$work/target
mkdir -p "$target/var/lib/dpkg/updates" "$target/var/lib/dpkg/info"
: > "$target/var/lib/dpkg/status"
: > "$target/var/lib/dpkg/available"
dpkg --root="$target" --force-not-root --force-depends --force-bad-path --log="$work/log" --install "$file" > "$work/said" 2>&1 ||
    { cat "$work/said" >&2; exit 1; }
dpkg-query --admindir="$target/var/lib/dpkg" -W colophon > /dev/null
mine=$target/usr/bin/colophon
"$mine" init "$work/project" > /dev/null
printf '%s\n' 'Rain' '' 'Tom Reed said that it rained in Skerrow.' > "$work/project/corpus/rain.txt"
(cd "$work/project" && "$mine" run --quiet)
grep -q 'Tom Reed' "$work/project/outputs/analysis/report.md"
for place in man/man1/colophon.1.gz bash-completion/completions/colophon doc/colophon/copyright; do
    [ -s "$target/usr/share/$place" ] || { printf '%s\n' "deb: $place is missing" >&2; exit 1; }
done
printf '%s\n' "$file: $(wc -c < "$file") bytes; depends on $depends"

# The weights for `meaning: sentences`, if they were made, are a package of their own, for every architecture.
weights=.build/weights/sentences.weights
[ -s $weights ] || exit 0
package=$work/meaning
mkdir -p "$package/DEBIAN" "$package/usr/share/colophon" "$package/usr/share/doc/colophon-meaning"
cp $weights "$package/usr/share/colophon/"
cat $weights.NOTICE $weights.LICENSE > "$package/usr/share/doc/colophon-meaning/copyright"
cat > "$package/DEBIAN/control" <<END
Package: colophon-meaning
Version: $version
Architecture: all
Maintainer: The Colophon contributors <colophon@example.invalid>
Section: text
Priority: optional
Installed-Size: $(du -sk "$package/usr" | cut -f1)
Enhances: colophon
Description: weights with which Colophon compares statements by what they mean
 The sentence encoder all-MiniLM-L6-v2, packed for the option
 'meaning: sentences' of the stage link-claims.
END
find "$package" -exec touch -h -d '2000-01-01 00:00Z' {} +
file=dist/colophon-meaning_${version}_all.deb
SOURCE_DATE_EPOCH=946684800 dpkg-deb --root-owner-group --build "$package" "$file" > /dev/null
dpkg --root="$target" --force-not-root --force-depends --force-bad-path --log="$work/log" --install "$file" > "$work/said" 2>&1 ||
    { cat "$work/said" >&2; exit 1; }
"$mine" annotate --set link-claims.meaning=sentences "$work/project/corpus/rain.txt" > /dev/null
printf '%s\n' "$file: $(wc -c < "$file") bytes"
