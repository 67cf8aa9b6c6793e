#!/bin/sh
# usage: documentation.sh [FOLDER]
#
# Makes the documentation of ColophonKit and of what it exposes with DocC from the debug build, into FOLDER
# (.build/documentation). A warning of DocC is an error, and so is a public declaration without documentation.
set -eu
cd "$(dirname "$0")/.."
output=${1:-.build/documentation}
swift=${SWIFT:-swift}
tools=$(dirname "$(readlink -f "$(command -v "$swift")")")
if [ ! -x "$tools/docc" ]; then
    printf '%s\n' "documentation: 'docc' is not part of this toolchain ($tools)" >&2
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build=$(cd "$("$swift" build --show-bin-path)" && pwd)
target=$("$swift" -print-target-info | sed -n 's/^ *"unversionedTriple": "\(.*\)".*/\1/p' | head -n 1)
mkdir "$work/graphs"
# The modules that a module is built from have to be found, those in C too.
for map in Sources/*/module.modulemap .build/checkouts/*/Sources/*/module.modulemap .build/checkouts/*/Sources/*/include/module.modulemap \
    .build/checkouts/*/*/include/module.modulemap "$build"/*.build/module.modulemap; do
    [ -f "$map" ] && printf '%s\n' -Xcc "-fmodule-map-file=$map" >> "$work/maps"
done
for module in Text StageKit Commands; do
    "$tools/swift-symbolgraph-extract" -module-name "$module" -I "$build/Modules" -target "$target" \
        -minimum-access-level public -output-dir "$work/graphs" $(cat "$work/maps")
done
# Extensions of types of the standard library stand in graphs of their own; `Commands` exposes one type.
python3 - "$work/graphs" <<'END'
import json, pathlib, sys
missing = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.symbols.json")):
    for symbol in json.loads(path.read_text())["symbols"]:
        kind, place = symbol["kind"]["identifier"], symbol.get("location", {})
        # what the compiler makes; the cases of an enumeration are documented by it
        if kind == "swift.enum.case" or "location" not in symbol or "docComment" in symbol or "::SYNTHESIZED::" in symbol["identifier"]["precise"]:
            continue
        missing.append((place["uri"].rsplit("/", 1)[-1], place["position"]["line"] + 1, ".".join(symbol["pathComponents"]), kind))
for name, line, symbol, kind in missing:
    print(f"{name}:{line}: {symbol} has no documentation ({kind})")
sys.exit(1 if missing else 0)
END
mkdir -p "$output"
"$tools/docc" convert --additional-symbol-graph-dir "$work/graphs" --output-path "$output" \
    --fallback-display-name ColophonKit --fallback-bundle-identifier org.colophon.ColophonKit --warnings-as-errors
printf '%s\n' "documentation: $output"
