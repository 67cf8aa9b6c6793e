#!/usr/bin/env python3
"""Measures Colophon and writes what came out to Benchmarks/RESULTS.md.

usage: run.py [--tool .build/release/colophon] [--documents 1000] [--repeat 3] [--generator PROGRAM] [--no-write]

Every figure is the median of the repeats; memory is the largest. A figure is a fact about one machine on one day: compare
figures within one run of this script.
"""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
STAGES = ["clean", "segment", "tag-entities", "link-claims"]
PIPELINE = """\
corpus:
  include: corpus/**/*.txt
  metadata: corpus/metadata.csv
parameters:
  window: 5
stages:
  - uses: clean
  - uses: segment
  - uses: tag-entities
  - uses: link-claims
  - uses: summarize-statistics
    with: { window: $window }
"""


class Measure:
    """Wall time in seconds, processor time and the largest memory in MiB of one command."""

    def __init__(self, command, folder, ok=(0,)):
        began = time.perf_counter()
        with open(os.devnull, "wb") as sink, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in ok:
                errors.seek(0)
                sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{errors.read().decode()}")
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def median(measures):
    """The middle by wall time, with the largest memory."""
    middle = sorted(measures, key=lambda m: m.wall)[len(measures) // 2]
    middle.memory = max(m.memory for m in measures)
    return middle


class Bench:
    def __init__(self, options):
        self.tool = str(pathlib.Path(options.tool).resolve())
        self.documents = options.documents
        self.repeat = options.repeat
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="colophon-bench-"))
        generator = options.generator or str(HERE / "corpus.py")
        subprocess.run(
            [sys.executable, generator, str(self.folder), "--documents", str(self.documents)],
            check=True, stdout=subprocess.DEVNULL)
        self.paths = sorted(self.folder.glob("corpus/**/*.txt"))
        self.size = sum(path.stat().st_size for path in self.paths) / 1e6
        (self.folder / "pipelines").mkdir()
        (self.folder / "pipelines/bench.yaml").write_text(PIPELINE)
        with open(self.folder / "all.jsonl", "w", encoding="utf-8") as file:
            for path in self.paths:
                record = {"id": str(path.relative_to(self.folder)), "text": path.read_text("utf-8")}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def command(self, *arguments):
        return Measure([self.tool, *arguments], self.folder)

    def times(self, *arguments):
        return median([self.command(*arguments) for _ in range(self.repeat)])

    def start_up(self):
        walls = [self.command("--help").wall for _ in range(20)]
        return statistics.median(walls)

    def stages(self):
        """Each stage by what it adds to the chain before it: processor time of one worker, output included."""
        rows, before = [], 0.0
        for count in range(1, len(STAGES) + 1):
            chain = STAGES[:count]
            measure = self.times("annotate", "--jobs", "1", "--stages", ",".join(chain), "all.jsonl")
            rows.append((chain[-1], max(measure.wall - before, 1e-9), measure.wall, measure.memory))
            before = measure.wall
        return rows

    def run(self, *arguments):
        return self.command("run", "--quiet", *arguments, "pipelines/bench.yaml")

    def forget(self):
        for name in [".colophon", "outputs"]:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def runs(self):
        """First, second and changed runs, in the order of a day's work."""
        rows = []

        def measured(name, prepare, arguments=lambda number: []):
            found = []
            for number in range(self.repeat):
                prepare(number)
                found.append(self.run(*arguments(number)))
            rows.append((name, median(found)))

        def change(number):
            path = self.paths[(number * 37 + 11) % len(self.paths)]
            path.write_text(path.read_text("utf-8") + f"\nThe inquiry {number} heard 12 witnesses.\n", "utf-8")

        def touch(number):
            for path in self.paths:
                path.touch()
            time.sleep(0.3)

        def settle(number):
            time.sleep(0.3)

        added = self.folder / "corpus" / "added.txt"
        measured("first run, empty store", lambda number: self.forget())
        self.run()
        measured("nothing changed", settle)
        measured("nothing changed, every file touched", touch)
        measured("one document changed", change)
        measured("one document added", lambda n: (added.unlink(missing_ok=True), self.run(), added.write_text(
            f"Witness {n}\n\nAdela Ashcombe said the dam leaked. She counted {n + 3} boats.\n", "utf-8")))
        measured("one option of one stage set, to outputs of its own", settle, lambda n: ["--set", f"window={n + 6}"])
        measured("outputs deleted, store kept", lambda n: shutil.rmtree(self.folder / "outputs"))
        return rows


def machine():
    """What the figures depend on; no name of the host."""
    memory = "unknown"
    try:
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB"
    except (ValueError, OSError):
        pass
    system = f"{platform.system()} {platform.release()}"
    release = pathlib.Path("/etc/os-release")
    if release.exists():
        fields = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
        system = fields.get("PRETTY_NAME", system).strip('"')
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=False).stdout
    line = next((line.strip() for line in swift.splitlines() if "Swift version" in line), "unknown")
    return f"{os.cpu_count()} cores, {memory} of memory, {platform.machine()}, {system}, {line}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", default=str(HERE.parent / ".build/release/colophon"))
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--generator", help="another program that takes FOLDER --documents N")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    if not os.access(options.tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")

    bench = Bench(options)
    load = os.getloadavg()[0]
    try:
        lines = report(bench, load)
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)
    print("\n".join(lines))
    if not options.no_write:
        (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", "utf-8")


def report(bench, load):
    count, size = bench.documents, bench.size
    lines = [
        "# What was measured", "",
        f"With `Benchmarks/run.py --documents {count} --repeat {bench.repeat}`, over {count} invented documents of "
        f"{size:.1f} MB in all (`Benchmarks/corpus.py`). Each figure is the median of {bench.repeat} runs, memory the "
        "largest. Files were in the system's cache.", "",
        f"Machine: {machine()}. Other work was going on when this began: a load of {load:.1f}."
        if load > 0.5 else f"Machine: {machine()}, otherwise idle.", "",
        f"`colophon --help`: {bench.start_up() * 1000:.0f} ms.", "",
        "## Stages, one worker", "",
        "`colophon annotate --jobs 1 --stages … all.jsonl`: what each stage adds to the chain before it, with its share of "
        "decoding and of writing the records as JSON; then the chain up to it.", "",
    ]
    lines += table(
        ["stage", "adds", "documents/s", "MB/s", "chain", "chain MB/s", "memory"],
        [[f"`{name}`", f"{own:.2f} s", f"{count / own:,.0f}", f"{size / own:.1f}", f"{whole:.2f} s",
          f"{size / whole:.1f}", f"{memory:.0f} MiB"] for name, own, whole, memory in bench.stages()])
    lines += ["", "## Runs, all five stages with results and report", "", "`colophon run --quiet pipelines/bench.yaml`", ""]
    lines += table(
        ["run", "time", "processor", "documents/s", "MB/s", "memory"],
        [[name, f"{m.wall:.2f} s", f"{m.processor:.2f} s", f"{count / m.wall:,.0f}", f"{size / m.wall:.1f}",
          f"{m.memory:.0f} MiB"] for name, m in bench.runs()])
    return lines


if __name__ == "__main__":
    main()
