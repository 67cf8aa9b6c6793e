#!/usr/bin/env python3
"""Measures Colophon, with what people would otherwise use beside it, and writes what came out to Benchmarks/RESULTS.md.

usage: run.py [--tool .build/release/colophon] [--documents 10000] [--growth 0] [--peer-documents 1000] [--repeat 3]
              [--generator PROGRAM] [--no-write]

Every figure is the median of the repeats (first runs: of two at most, over more than 50,000 documents of one), memory the
largest. A figure is a fact about one
machine on one day: compare figures within one run of this script. What docs/targets.md aims at comes first, each with its
target, its floor and what was measured. `--growth 100000` makes a second corpus of that size and says by how much everything
grows. `--generator` names another program that takes FOLDER N and writes N documents below FOLDER. `--peer-documents 0`
leaves the peers out; otherwise they are installed into Benchmarks/.peers, a virtual environment of Python's.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peers

HERE = pathlib.Path(__file__).resolve().parent
# Stages are measured over the first documents of the corpus: more say nothing new.
STAGE_DOCUMENTS = 4000
STAGES = ["clean", "segment", "tag-entities", "link-claims"]
# A program of the user's that answers at once, and can keep what it was sent.
PROGRAM = """\
import json, os, sys
kept = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kept.jsonl")
keep = open(kept, "a") if os.path.exists(kept) and os.path.getsize(kept) == 0 else None
for line in sys.stdin:
    keep and keep.write(line)
    message = json.loads(line)
    if "hello" in message:
        print(json.dumps({"hello": {"protocol": message["hello"]["protocol"]}}), flush=True)
    else:
        print('{"n": %d, "spans": []}' % message["n"], flush=True)
"""
PROGRAM_PIPELINE = """\
corpus: { include: "corpus/**/*.txt" }
stages:
  - uses: clean
  - { id: echo, run: [python3, echo.py], files: [echo.py], reads: [text], writes: echo }
"""
PROGRAM_DOCUMENTS = 10000
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

    def __init__(self, command, folder, ok=(0,), environment=None, input=None):
        began = time.perf_counter()
        with open(os.devnull, "wb") as sink, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, cwd=folder, stdin=input, stdout=sink, stderr=errors, env=environment)
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
        if options.generator:
            command = [options.generator, str(self.folder / "corpus"), str(documents)]
        else:
            command = [str(HERE / "corpus.py"), str(self.folder), "--documents", str(documents)]
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        self.paths = sorted(self.folder.glob("corpus/**/*.txt"))
        self.size = sum(path.stat().st_size for path in self.paths) / 1e6
        (self.folder / "pipelines").mkdir()
        has_metadata = (self.folder / "corpus/metadata.csv").exists()
        (self.folder / "pipelines/bench.yaml").write_text(
            PIPELINE if has_metadata else PIPELINE.replace("  metadata: corpus/metadata.csv\n", ""))
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
        # What writing the records as JSON takes is in it: a run writes none, so the ratio is somewhat larger without.
        self.chain_processor = measure.processor / len(self.paths[:STAGE_DOCUMENTS])
        return rows

    def tokens(self):
        """How many words and signs the stages were given, counted roughly."""
        return sum(len(re.findall(r"\w+|[^\w\s]", path.read_text("utf-8"))) for path in self.paths[:STAGE_DOCUMENTS])

    def asking(self):
        """Telling what the last run did, and what the next one would do."""
        return [(name, self.times(name, "pipelines/bench.yaml", *arguments))
                for name, arguments in [("why", ["link-claims"]), ("plan", ["--quiet"])]]

    def verify(self):
        """How fast the store is held to its digests, in gigabytes a second, and how many there are."""
        found = []
        for _ in range(self.repeat):
            output = subprocess.run([self.tool, "cache", "verify", "--json"], cwd=self.folder, capture_output=True, check=True)
            found.append(json.loads(output.stdout))
        return statistics.median(one["bytes_per_second"] for one in found) / 1e9, found[0]["bytes"] / 1e9

    def program(self):
        """What a program that answers at once costs a document beyond its own work, in seconds of processor time: all of it
        run again with one worker, without the program fed directly, and without writing results and report, which a run
        without outputs does as well; and these three times."""
        small = self.folder / "program"
        for path in self.paths[:PROGRAM_DOCUMENTS]:
            copy = small / path.relative_to(self.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        (small / "pipelines").mkdir(exist_ok=True)
        (small / "pipelines/echo.yaml").write_text(PROGRAM_PIPELINE)
        (small / "echo.py").write_text(PROGRAM)
        command = [self.tool, "run", "--quiet", "--jobs", "1", "pipelines/echo.yaml"]
        (small / "kept.jsonl").write_bytes(b"")
        # The consents are kept beside the corpus, not in the home of who measures.
        os.environ["XDG_DATA_HOME"] = str(small / "consents")
        trust = [self.tool, "trust", "--yes", "pipelines/echo.yaml"]
        Measure(trust, small)
        Measure(command, small)
        again, outputs, directly = [], [], []
        for number in range(self.repeat):
            (small / "echo.py").write_text(f"{PROGRAM}# {number}\n")
            Measure(trust, small)
            again.append(Measure(command, small).processor)
            shutil.rmtree(small / "outputs")
            outputs.append(Measure(command, small).processor)
            with open(small / "kept.jsonl", "rb") as lines:
                directly.append(Measure([sys.executable, "echo.py"], small, input=lines).processor)
        count = min(PROGRAM_DOCUMENTS, len(self.paths))
        parts = [statistics.median(times) for times in (again, outputs, directly)]
        return (parts[0] - parts[1] - parts[2]) / count, parts

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
        # A first run over a large corpus takes minutes, and says the same each time.
        first = self.measured(lambda number: self.forget(), repeat=1 if self.documents > 50_000 else min(self.repeat, 2))
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
    command += f" --generator {pathlib.Path(options.generator).name}" if options.generator else ""
    source = pathlib.Path(options.generator).name if options.generator else "Benchmarks/corpus.py"
    start_up, stages = bench.start_up(), bench.stages()
    core, others = bench.core(), bench.others()
    bench.run()
    verified, asked, program = bench.verify(), bench.asking(), bench.program()
    large, growth = measure_growth(options, core) if options.growth else (None, [])
    lines = [
        "# What was measured", "",
        f"With `{command}`, over {count:,} invented documents of {size:.1f} MB in all (`{source}`). Each figure is the median "
        f"of {bench.repeat} runs (first runs: of two at most, over more than 50,000 documents of one), memory the largest. "
        "Files were in the system's cache.", "",
        f"Machine: {machine()}. Other work was going on when this began: a load of {load:.1f}."
        if load > 0.5 else f"Machine: {machine()}, otherwise idle.", "",
        "## Targets", "",
        f"What [docs/targets.md](../docs/targets.md) aims at for 10,000 documents; measured with {count:,}. The floor is what "
        "remains when a program does nothing else.", "",
    ]
    lines += table(["what", "target", "floor", "measured"],
                   targets(bench, start_up, stages, core, others, verified, asked, program, large))
    lines += [
        "", "## Stages, one worker", "",
        "`colophon annotate --jobs 1 --stages … all.jsonl`: what each stage adds to the chain before it, with its share of "
        "decoding and of writing the records as JSON; then the chain up to it. Over the first "
        f"{min(count, STAGE_DOCUMENTS):,} documents.", "",
    ]
    part = min(count, STAGE_DOCUMENTS)
    megabytes = size * part / count
    lines += table(
        ["stage", "adds", "documents/s", "MB/s", "chain", "chain MB/s", "memory"],
        [[f"`{name}`", f"{own:.2f} s", f"{part / own:,.0f}", f"{megabytes / own:.1f}", f"{whole:.2f} s",
          f"{megabytes / whole:.1f}", f"{memory:.0f} MiB"] for name, own, whole, memory in stages])
    lines += ["", "## Runs, all five stages with results and report", "", "`colophon run --quiet pipelines/bench.yaml`", ""]
    lines += table(RUN_HEAD, [row(name, m, bench) for name, m in core + others])
    lines += ["", "What a first run leaves on disk:", ""]
    lines += table(["", "MB", "bytes a byte of corpus"],
                   [[name, f"{found:.1f}", f"{found / size:.1f}"] for name, found in bench.sizes])
    lines += ["", "What one changed document makes the engine do (`colophon run --json`):", ""]
    lines += table(["step", "work"], [[f"`{name}`", work] for name, work in bench.work])
    lines += growth
    if options.peer_documents:
        lines += beside_peers(bench, options)
    return lines


def targets(bench, start_up, stages, core, others, verified, asked, program, large):
    """The rows of docs/targets.md with what was measured."""
    runs = dict(core + others)
    part = min(bench.documents, STAGE_DOCUMENTS)
    megabytes = bench.size * part / bench.documents
    own = {name: seconds for name, seconds, _, _ in stages}
    chain = stages[-1][2]

    def seconds(name):
        return f"{runs[name].wall:.2f} s"

    def speed(name):
        return f"{megabytes / own[name]:.1f} MB/s"

    growth = "–"
    if large:
        memory = max(m.memory for _, m in large["core"])
        growth = (f"{large['core'][0][1].wall / core[0][1].wall:.1f} × for {large['documents'] / bench.documents:.0f} × the "
                  f"documents; {max(m.memory for _, m in core):.0f} MiB, {memory:.0f} MiB")
        asked = large["asked"]
    counted = large["documents"] if large else bench.documents
    return [
        ["nothing changed", "≤ 0.10 s", "0.06 s", seconds("nothing changed")],
        ["nothing changed, every byte hashed again", "≤ 0.6 s", "", seconds("nothing changed, every file touched and hashed again")],
        ["one document changed", "≤ 0.25 s", "0.08 s", seconds("one document changed")],
        ["first run, five stages, report and database", "≤ 12 s, then ≤ 8 s", "3 s", seconds("first run, empty store")],
        ["… its processor time beside that of the stages alone, with their JSON", "≤ 1.8 ×", "",
         f"{runs['first run, empty store'].processor / bench.documents / bench.chain_processor:.1f} ×"],
        ["… cores that it keeps at work, on two", "≥ 1.85", "",
         f"{runs['first run, empty store'].processor / runs['first run, empty store'].wall:.2f}"],
        ["one option of the last stage set", "≤ 6 s", "",
         seconds("one option of one stage set, to outputs of its own")],
        ["growth from 10,000 to 100,000 documents", "≤ 11 ×; ≤ 150 MB, then ≤ 400 MB", "10 ×", growth],
        [f"one document changed, {counted:,} documents", "≤ 1.5 s", "0.7 s", f"{large['core'][2][1].wall:.2f} s" if large else "–"],
        [f"a `run:` stage, a document, over {min(PROGRAM_DOCUMENTS, bench.documents):,}: processor time", "≤ 0.05 ms", "",
         f"{program[0] * 1000:.3f} ms ({program[1][0]:.2f} s all of it again, less {program[1][1]:.2f} s for results and "
         f"{program[1][2]:.2f} s for the program alone)"],
        ["one core: `clean`", "≥ 20 MB/s", "", speed("clean")],
        ["one core: `segment`", "≥ 15 MB/s", "", speed("segment")],
        ["one core: names", "≥ 1,000,000 tokens/s", "", f"{bench.tokens() / own['tag-entities']:,.0f} tokens/s"],
        ["one core: claims", "≥ 5 MB/s", "", speed("link-claims")],
        ["one core: the chain", "≥ 3 MB/s", "", f"{megabytes / chain:.1f} MB/s"],
        ["start-up, `colophon --help`", "≤ 10 ms", "5 ms", f"{start_up * 1000:.0f} ms"],
        ["`colophon cache verify`", "≥ 1.5 GB/s", "", f"{verified[0]:.2f} GB/s over {verified[1]:.2f} GB"],
        *[[f"`colophon {name}`, {counted:,} documents", "≤ 0.5 s", "", f"{m.wall:.2f} s"] for name, m in asked],
        ["killed 1,000 times", "next run right", "", "`Benchmarks/stress.py --episode kill --count 1000`"],
        ["damaged 1,000 times", "found, told, made good", "", "`Benchmarks/stress.py --episode damage --count 1000`"],
        ["200 random changes", "as an oracle says", "", "`swift test --filter OracleTests`"],
    ]


def measure_growth(options, core):
    """The same three runs over a corpus of another size: what was measured, and its table."""
    bench = Bench(options, options.growth)
    bench.repeat = min(bench.repeat, 2)
    try:
        found = bench.core()
        rows = [row(name, m, bench) + [f"{m.wall / small.wall:.1f} ×"] for (name, small), (_, m) in zip(core, found)]
        asked = bench.asking()
        rows += [row(f"`colophon {name}`", m, bench) + [""] for name, m in asked]
        head = RUN_HEAD + [f"beside {options.documents:,}"]
        lines = ["", f"## Growth: {options.growth:,} documents", ""] + table(head, rows)
        return {"documents": options.growth, "core": found, "asked": asked}, lines
    finally:
        shutil.rmtree(bench.folder, ignore_errors=True)


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
