#!/usr/bin/env python3
"""Measures first runs over documents of several sizes: time and memory for each megabyte.

usage: large.py [--tool .build/release/colophon] [--largest 50000000]

Documents are put together of those that corpus.py makes, each of them once, so that a long one is a long text and not a short
one many times. Time and memory that grow with the size, and not faster, give the same figures from the second row on; what
a run takes at least stands in the first.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from run import HERE, Measure, PIPELINE, table

# Bytes of a document, and how many there are of them.
SIZES = [(4_000, 2500), (100_000, 100), (2_000_000, 5), (2_000_000, 100), (50_000_000, 1)]


def texts(folder, size):
    """The documents of an invented corpus of so many bytes."""
    subprocess.run([sys.executable, str(HERE / "corpus.py"), str(folder), "--documents", str(size // 3900)], check=True,
                   stdout=subprocess.DEVNULL)
    return [path.read_text("utf-8") for path in sorted(folder.glob("corpus/**/*.txt"))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", default=str(HERE.parent / ".build/release/colophon"))
    parser.add_argument("--largest", type=int, default=50_000_000, help="leave out what has more bytes in all")
    options = parser.parse_args()
    tool = str(pathlib.Path(options.tool).resolve())
    if not os.access(tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")
    root = pathlib.Path(tempfile.mkdtemp(prefix="colophon-large-"))
    rows = []
    try:
        sizes = [(size, count) for size, count in SIZES if size * count <= options.largest]
        parts = texts(root / "source", max(size * count for size, count in sizes))
        for size, count in sizes:
            folder = root / f"{size}-{count}"
            (folder / "corpus").mkdir(parents=True)
            (folder / "pipelines").mkdir()
            (folder / "pipelines/bench.yaml").write_text(PIPELINE.replace("  metadata: corpus/metadata.csv\n", ""))
            left = iter(parts)
            for number in range(count):
                text, length = [], 0
                while length < size and (part := next(left, None)) is not None:
                    text.append(part)
                    length += len(part.encode())
                (folder / f"corpus/d{number}.txt").write_text("\n".join(text), "utf-8")
            megabytes = sum(path.stat().st_size for path in folder.glob("corpus/*")) / 1e6
            measure = Measure([tool, "run", "--quiet", "pipelines/bench.yaml"], folder)
            rows.append([f"{count:,} of {megabytes * 1000 / count:,.0f} KB", f"{megabytes:.1f} MB", f"{measure.wall:.1f} s",
                         f"{measure.processor:.1f} s", f"{measure.processor / megabytes:.2f} s",
                         f"{measure.memory:.0f} MiB", f"{measure.memory / megabytes:.1f} MiB"])
            print(" · ".join(rows[-1]), file=sys.stderr, flush=True)
            shutil.rmtree(folder)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    head = ["documents", "corpus", "time", "processor", "processor a MB", "memory", "memory a MB"]
    print(f"Load when this ended: {os.getloadavg()[0]:.1f}.\n")
    print("\n".join(table(head, rows)))


if __name__ == "__main__":
    main()
