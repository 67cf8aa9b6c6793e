#!/bin/sh
# Checks that everything the build needs is installed. Does nothing, and prints nothing, if it is.
#
# System packages that are missing are installed with apt-get where there is one; otherwise they are named.
# `setup.sh browser` also tries to install Chromium, in which Tests/Browser opens reports; `setup.sh readers` Python
# packages, with which tests read exports, into .build/readers; `setup.sh nginx` nginx, which a test has as a shared cache,
# into .build/nginx; `setup.sh weights` packs the weights of the sentence encoder into .build/weights. It is no error if they can't be installed.
set -eu

say() { printf '%s\n' "$*" >&2; }

check_swift() {
    swift=${SWIFT:-swift}
    if ! command -v "$swift" >/dev/null 2>&1; then
        say "setup: '$swift' was not found. Colophon needs Swift 6.2 or newer."
        say 'setup: Install it as https://www.swift.org/install describes (Linux: swiftly; macOS: Xcode 26 or swiftly),'
        say 'setup: make sure that it is on your PATH, and run make again.'
        exit 1
    fi
    version=$("$swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
    major=${version% *}
    minor=${version#* }
    if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
        found=$(printf '%s' "${version:-unknown}" | tr ' ' .)
        say "setup: '$swift' is version $found; Colophon needs Swift 6.2 or newer."
        say 'setup: With swiftly, run `swiftly install latest`; otherwise see https://www.swift.org/install'
        exit 1
    fi
}

# Sets `debian` and `brew` to the packages that are missing.
look() {
    debian='' brew=''
    if command -v pkg-config >/dev/null 2>&1; then
        pkg-config --exists yaml-0.1 || { debian="$debian libyaml-dev" brew="$brew libyaml"; }
        pkg-config --exists libcmark-gfm && [ -e "$(pkg-config --variable=includedir libcmark-gfm)/cmark-gfm-core-extensions.h" ] ||
            { debian="$debian libcmark-gfm-dev libcmark-gfm-extensions-dev" brew="$brew cmark-gfm"; }
        pkg-config --exists gumbo || { debian="$debian libgumbo-dev" brew="$brew gumbo-parser"; }
        pkg-config --exists libcrypto || { debian="$debian libssl-dev" brew="$brew openssl@3"; }
        pkg-config --exists libzstd || { debian="$debian libzstd-dev" brew="$brew zstd"; }
        pkg-config --exists zlib || { debian="$debian zlib1g-dev" brew="$brew zlib"; }
        pkg-config --exists expat || { debian="$debian libexpat1-dev" brew="$brew expat"; }
        pkg-config --exists libpcre2-8 || { debian="$debian libpcre2-dev" brew="$brew pcre2"; }
        # macOS goes on with memory of its own.
        [ "$(uname -s)" = Darwin ] || pkg-config --exists jemalloc || debian="$debian libjemalloc-dev"
        # macOS has SQLite in its SDK, without a file for pkg-config.
        [ "$(uname -s)" = Darwin ] || pkg-config --exists sqlite3 || debian="$debian libsqlite3-dev"
    else
        debian=' pkg-config libyaml-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libgumbo-dev libssl-dev libzstd-dev libpcre2-dev zlib1g-dev libexpat1-dev libsqlite3-dev libjemalloc-dev' brew=' pkgconf libyaml cmark-gfm gumbo-parser openssl@3 zstd pcre2 zlib expat'
    fi
    # A test compares the reader of Markdown with this program; where it is not, the test is skipped.
    ! command -v apt-get >/dev/null 2>&1 || command -v cmark-gfm >/dev/null 2>&1 || debian="$debian cmark-gfm"
    # The sample pipeline harbour-sources has a stage that is a program in Python.
    command -v python3 >/dev/null 2>&1 || { debian="$debian python3" brew="$brew python"; }
}

# Installs the packages that it is given.
install() {
    if [ "$(id -u)" -eq 0 ]; then root=''; elif command -v sudo >/dev/null 2>&1; then root=sudo; else
        say "setup: missing: $*. As root: apt-get install $*"
        return 1
    fi
    say "setup: installing missing packages with ${root:+$root }apt-get: $*"
    $root apt-get update -q >&2 || say 'setup: the package lists could not be updated; trying with the existing ones'
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

check_swift
if [ "${1:-}" = browser ] && ! command -v chromium >/dev/null 2>&1; then
    { command -v apt-get >/dev/null 2>&1 && install chromium; } || say 'setup: Chromium is not installed (Debian: chromium)'
fi
if [ "${1:-}" = readers ] && [ ! -d .build/readers/conllu ]; then
    say 'setup: installing conllu, pandas, roc-validator, rocrate and jsonschema from PyPI into .build/readers'
    python3 -m pip install -q --disable-pip-version-check --target .build/readers conllu pandas roc-validator rocrate jsonschema >&2 ||
        say 'setup: the Python packages conllu, pandas, roc-validator, rocrate and jsonschema are not installed'
fi
if [ "${1:-}" = weights ] && [ ! -s .build/weights/sentences.weights ]; then
    say 'setup: packing the weights of the sentence encoder into .build/weights'
    python3 Tools/pack-sentences.py --out .build/weights/sentences.weights >&2 ||
        say 'setup: the weights of the sentence encoder are not there'
fi
if [ "${1:-}" = nginx ] && ! command -v nginx >/dev/null 2>&1 && [ ! -x .build/nginx/usr/sbin/nginx ]; then
    # Only its files: to install the package would start a server that listens to everybody.
    say 'setup: unpacking nginx into .build/nginx'
    mkdir -p .build/nginx
    { command -v apt-get && (cd .build/nginx && apt-get download -q nginx && dpkg -x nginx_*.deb .); } >/dev/null 2>&1 ||
        say 'setup: nginx is not there (Debian: nginx)'
fi
look
[ -n "$debian" ] || exit 0
if command -v apt-get >/dev/null 2>&1; then
    # Word splitting of the list is meant.
    install $debian
elif command -v brew >/dev/null 2>&1; then
    say "setup: missing. Install with: brew install$brew"
    exit 1
else
    say "setup: missing (Debian package names):$debian"
    say "setup: Install them with your system's package manager and run make again."
    say 'setup: On Fedora they are pkgconf-pkg-config libyaml-devel gumbo-parser-devel openssl-devel libzstd-devel pcre2-devel zlib-devel expat-devel sqlite-devel jemalloc-devel python3 glibc-gconv-extra.'
    exit 1
fi
look
if [ -n "$debian" ]; then
    say "setup: still missing after the installation:$debian"
    exit 1
fi
