#!/usr/bin/env python3
"""Measures Colophon, with what people would otherwise use beside it, and writes what came out to Benchmarks/RESULTS.md.

usage: run.py [--tool .build/release/colophon] [--documents 10000] [--growth 0] [--peer-documents 1000] [--repeat 3]
              [--generator PROGRAM] [--no-write]

Every figure is the median of the repeats (first runs: of two at most), memory the largest. A figure is a fact about one
machine on one day: compare figures within one run of this script. `--growth 100000` makes a second corpus of that size and
says by how much everything grows. `--peer-documents 0` leaves the peers out; otherwise they are installed into
Benchmarks/.peers, a virtual environment of Python's.
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

import peers

HERE = pathlib.Path(__file__).resolve().parent
# Stages are measured over the first documents of the corpus: more say nothing new.
STAGE_DOCUMENTS = 1000
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

    def __init__(self, command, folder, ok=(0,), environment=None):
        began = time.perf_counter()
        with open(os.devnull, "wb") as sink, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, cwd=folder, stdout=sink, stderr=errors, env=environment)
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
    """A corpus and a pipeline over it, in a folder of its own."""

    def __init__(self, options, documents):
        self.tool = str(pathlib.Path(options.tool).resolve())
        self.documents = documents
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
            for path in self.paths[:STAGE_DOCUMENTS]:
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

    def change(self, number):
        path = self.paths[(number * 37 + 11) % len(self.paths)]
        path.write_text(path.read_text("utf-8") + f"\nThe inquiry {number} heard 12 witnesses.\n", "utf-8")

    def measured(self, prepare, arguments=lambda number: [], repeat=None):
        """The run after `prepare`, several times."""
        found = []
        for number in range(repeat or self.repeat):
            prepare(number)
            time.sleep(0.3)
            found.append(self.run(*arguments(number)))
        return median(found)

    def core(self):
        """The three runs that count most: nothing there, nothing changed, one document changed."""
        first = self.measured(lambda number: self.forget(), repeat=min(self.repeat, 2))
        self.run()
        self.sizes = self.size_on_disk()
        nothing = self.measured(lambda number: None)
        changed = self.measured(self.change)
        self.work = self.work_of_a_change()
        return [("first run, empty store", first), ("nothing changed", nothing), ("one document changed", changed)]

    def others(self):
        def touch(number):
            for path in self.paths:
                path.touch()

        added = self.folder / "corpus" / "added.txt"
        return [
            ("nothing changed, every file touched and hashed again", self.measured(touch)),
            ("one document added", self.measured(lambda n: (added.unlink(missing_ok=True), self.run(), added.write_text(
                f"Witness {n}\n\nAdela Ashcombe said the dam leaked. She counted {n + 3} boats.\n", "utf-8")))),
            ("one option of one stage set, to outputs of its own",
             self.measured(lambda n: None, lambda n: ["--set", f"window={n + 6}"], repeat=1)),
            ("outputs deleted, store kept", self.measured(lambda n: shutil.rmtree(self.folder / "outputs"), repeat=1)),
        ]

    def size_on_disk(self):
        """Megabytes of what a first run leaves."""
        def megabytes(pattern):
            return sum(path.stat().st_size for path in self.folder.glob(pattern) if path.is_file()) / 1e6
        return [("store", megabytes(".colophon/store.sqlite*") + megabytes(".colophon/objects/**/*")),
                ("state", megabytes(".colophon/state/*")), ("results database", megabytes("outputs/*/results.sqlite*")),
                ("report, charts and evidence", megabytes("outputs/**/*.md") + megabytes("outputs/**/*.svg"))]

    def work_of_a_change(self):
        """What one changed document makes the engine do, as the run's record counts it."""
        self.change(1000)
        time.sleep(0.3)
        output = subprocess.run(
            [self.tool, "run", "--json", "--quiet", "pipelines/bench.yaml"], cwd=self.folder, capture_output=True, text=True,
            check=True).stdout
        record = json.loads(output)
        steps = [(step["step"], f"{step['ran']} of {step['ran'] + step['reused']} documents")
                 for step in record["steps"]]
        tables = [(table["step"], f"{table['touched']} rows moved" if table.get("moved") is None
                   else f"{table['touched']} rows decided again, {table['moved']} decisions moved")
                  for table in record["tables"]]
        return steps + tables

    def peers(self, folder, paths):
        """The same three runs for each peer."""
        programs = peers.install(HERE / ".peers")
        rows = []
        for kind in peers.ALL:
            peer = kind(programs, folder / kind.name, paths, self.folder)

            def run():
                return Measure(peer.line(), peer.folder, environment=peer.environment)

            def measured(prepare, repeat):
                found = []
                for number in range(repeat):
                    prepare(number)
                    found.append(run())
                return median(found)

            first = measured(lambda n: peer.forget(), 1)
            nothing = measured(lambda n: None, self.repeat)
            changed = measured(peer.change, self.repeat)
            rows.append((f"{peer.name} {peer.version()}", peer.note, first, nothing, changed))
            shutil.rmtree(peer.folder, ignore_errors=True)
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
    parser.add_argument("--documents", type=int, default=10000)
    parser.add_argument("--growth", type=int, default=0, metavar="DOCUMENTS", help="a second, larger corpus")
    parser.add_argument("--peer-documents", type=int, default=1000, help="how many documents the peers are given")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--generator", help="another program that takes FOLDER --documents N")
    parser.add_argument("--no-write", action="store_true", help="print only")
    options = parser.parse_args()
    if not os.access(options.tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")

    lines = report(options)
    print("\n".join(lines))
    if not options.no_write:
        notes = HERE / "NOTES.md"
        lines += ["", notes.read_text("utf-8").rstrip()] if notes.exists() else []
        (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n", "utf-8")


def row(name, m, bench):
    count, size = bench.documents, bench.size
    return [name, f"{m.wall:.2f} s", f"{m.processor:.2f} s", f"{count / m.wall:,.0f}", f"{size / m.wall:.1f}",
            f"{m.memory:.0f} MiB"]


RUN_HEAD = ["run", "time", "processor", "documents/s", "MB/s", "memory"]


def report(options):
    load = os.getloadavg()[0]
    bench = Bench(options, options.documents)
    try:
        return report_on(bench, options, load)
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)


def report_on(bench, options, load):
    count, size = bench.documents, bench.size
    command = f"Benchmarks/run.py --documents {count} --repeat {bench.repeat} --peer-documents {options.peer_documents}"
    command += f" --growth {options.growth}" if options.growth else ""
    lines = [
        "# What was measured", "",
        f"With `{command}`, over {count:,} invented documents of {size:.1f} MB in all (`Benchmarks/corpus.py`). Each figure "
        f"is the median of {bench.repeat} runs (first runs: of two at most), memory the largest. Files were in the system's "
        "cache.", "",
        f"Machine: {machine()}. Other work was going on when this began: a load of {load:.1f}."
        if load > 0.5 else f"Machine: {machine()}, otherwise idle.", "",
        f"`colophon --help`: {bench.start_up() * 1000:.0f} ms.", "",
        "## Stages, one worker", "",
        "`colophon annotate --jobs 1 --stages … all.jsonl`: what each stage adds to the chain before it, with its share of "
        "decoding and of writing the records as JSON; then the chain up to it. Over the first "
        f"{min(count, STAGE_DOCUMENTS):,} documents.", "",
    ]
    part = min(count, STAGE_DOCUMENTS)
    megabytes = size * part / count
    lines += table(
        ["stage", "adds", "documents/s", "MB/s", "chain", "chain MB/s", "memory"],
        [[f"`{name}`", f"{own:.2f} s", f"{part / own:,.0f}", f"{megabytes / own:.1f}", f"{whole:.2f} s",
          f"{megabytes / whole:.1f}", f"{memory:.0f} MiB"] for name, own, whole, memory in bench.stages()])
    lines += ["", "## Runs, all five stages with results and report", "", "`colophon run --quiet pipelines/bench.yaml`", ""]
    core = bench.core()
    lines += table(RUN_HEAD, [row(name, m, bench) for name, m in core + bench.others()])
    lines += ["", "What a first run leaves on disk:", ""]
    lines += table(["", "MB", "bytes a byte of corpus"],
                   [[name, f"{found:.1f}", f"{found / size:.1f}"] for name, found in bench.sizes])
    lines += ["", "What one changed document makes the engine do (`colophon run --json`):", ""]
    lines += table(["step", "work"], [[f"`{name}`", work] for name, work in bench.work])
    if options.growth:
        lines += growth(options, core)
    if options.peer_documents:
        lines += beside_peers(bench, options)
    return lines


def growth(options, core):
    """The same three runs over a corpus of another size."""
    large = Bench(options, options.growth)
    large.repeat = min(large.repeat, 2)
    try:
        rows = []
        for (name, small), (_, m) in zip(core, large.core()):
            rows.append(row(name, m, large) + [f"{m.wall / small.wall:.1f} ×"])
        head = RUN_HEAD + [f"beside {options.documents:,}"]
        return ["", f"## Growth: {options.growth:,} documents", ""] + table(head, rows)
    finally:
        shutil.rmtree(large.folder, ignore_errors=True)


def beside_peers(bench, options):
    """Colophon and the peers over the same documents."""
    small = Bench(options, options.peer_documents)
    try:
        rows = [("Colophon", "five stages, results database, report", *[m for _, m in small.core()])]
        rows += small.peers(small.folder / "peers", small.paths)
    finally:
        shutil.rmtree(small.folder, ignore_errors=True)
    own = rows[0]
    lines = [
        "", f"## Beside peers: {options.peer_documents:,} documents", "",
        "The peers copy each document and touch one file (`Benchmarks/peers.py`); Colophon does its analysis. In brackets: by "
        "how much Colophon is faster (above 1) or slower.", "",
    ]
    return lines + table(
        ["", "what it does", "first run", "nothing changed", "one document changed"],
        [[name, note] + [f"{m.wall:.2f} s" + ("" if m is mine else f" ({m.wall / mine.wall:.2g})")
                         for m, mine in zip(runs, own[2:])] for name, note, *runs in rows])


if __name__ == "__main__":
    main()
