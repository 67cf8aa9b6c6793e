#!/usr/bin/env python3
"""Tries to bring Colophon to a wrong result: kills, damage, crowds, changing files, full and read-only disks, wrong clocks.

usage: stress.py --tool .build/release/colophon [--seconds 120] [--seed 1] [--episode NAME] [--keep]

Each episode takes a small invented project with a store that runs have filled, does one bad thing to it, chosen by the
seed, and then asks for a plain run: it has to succeed without a flag, and what it writes has to be byte for byte what a
run with an empty store writes (the oracle). The first difference ends the program with exit code 1 and says the seed and
the number of the episode; the same arguments try the same things again. `--keep` leaves the project there to look at.
"""

import argparse
import collections
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
STAGES = ["clean", "segment", "tag-entities", "link-claims", "summarize-statistics"]
NAMES = ["Petra Holm", "Tom Reed", "Ada Lorne", "Imre Vask", "Corra Dunstan"]
BODIES = ["Northern Harbour Union (NHU)", "NHU", "Coast Council", "River Authority", "Harbour Trust"]
VERBS = ["said", "denied", "warned", "insisted", "told reporters"]
THINGS = ["the pay had been cut", "the wall was sound", "{n} dockers had walked out", "the talks would go on",
          "about {n} boats were lost", "the ferry had sunk on 3 May 2021"]
PROGRAM = """import json, sys
hello = json.loads(sys.stdin.readline())["hello"]
print(json.dumps({"hello": {"protocol": hello["protocol"]}}), flush=True)
for line in sys.stdin:
    record = json.loads(line)
    spans = [{"start": s["start"], "end": s["end"], "length": s["end"] - s["start"]} for s in record["layers"]["sentences"]]
    print(json.dumps({"n": record["n"], "spans": spans}), flush=True)
"""


class Difference(Exception):
    """What Colophon did is not what it should have done."""


class Project:
    """A folder with a corpus, pipelines and whatever runs left there."""

    def __init__(self, tool, folder, chance):
        self.tool, self.folder, self.chance = tool, folder, chance
        # The digest of every content that a document ever had.
        self.settings = {"window": 5, "group": "Harbour Trust"}
        self.seen = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.documents()}

    def path(self, name):
        return self.folder / name

    def documents(self):
        return sorted(path for path in self.path("corpus").rglob("*") if path.suffix in {".txt", ".md", ".html"})

    def write(self, path, text):
        """Writes over a file, or puts a new one in its place, as one editor or the other does."""
        bytes = text.encode()
        self.seen.add(hashlib.sha256(bytes).hexdigest())
        if self.chance.random() < 0.5:
            path.write_bytes(bytes)
        else:
            aside = path.with_name("." + path.name)
            aside.write_bytes(bytes)
            aside.rename(path)

    def sentence(self):
        chance = self.chance
        thing = chance.choice(THINGS).format(n=chance.randrange(3, 90))
        return f"{chance.choice(NAMES + ['The ' + body for body in BODIES])} {chance.choice(VERBS)} that {thing}."

    def text(self):
        paragraphs = [" ".join(self.sentence() for _ in range(self.chance.randrange(1, 5)))
                      for _ in range(self.chance.randrange(1, 5))]
        furniture = ["Sign up for our newsletter today!"] if self.chance.random() < 0.5 else []
        return "\n\n".join(["Harbour news", *paragraphs, *furniture]) + "\n"

    def fill(self, count):
        for number in range(count):
            path = self.path(f"corpus/{self.chance.choice(['courier', 'wire', 'post'])}/d{number}.txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text(), "utf-8")
        self.path("pipelines").mkdir(exist_ok=True)
        self.path("own.py").write_text(PROGRAM, "utf-8")
        self.describe()
        self.annotate()

    def describe(self):
        """Writes the pipelines: one with all stages, one with a program of its own, one with other options."""
        group = self.settings["group"]
        self.path("gazetteer.yaml").write_text(f"- name: {group}\n  type: organization\n  aliases: [HT]\n", "utf-8")
        program = ["  - id: own", "    run: [python3, own.py]", "    files: [own.py]", "    reads: [text, sentences]",
                   "    writes: own"]
        for name, stages in [("main", STAGES), ("short", STAGES[:3]), ("other", STAGES)]:
            lines = [f"title: {name}", "corpus:", "  include: corpus/**/*.txt", "  metadata: corpus/metadata.csv", "stages:"]
            for stage in stages:
                lines.append(f"  - uses: {stage}")
                if stage == "summarize-statistics":
                    lines.append(f"    with: {{window: {self.settings['window'] if name == 'main' else 3}}}")
                if name == "other" and stage == "tag-entities":
                    lines.append("    with: {gazetteer: gazetteer.yaml}")
            lines += program if name == "short" else []
            self.path(f"pipelines/{name}.yaml").write_text("\n".join(lines) + "\n", "utf-8")

    def annotate(self):
        """Writes the metadata file anew, with a row for some of the documents."""
        rows = ["document,publisher"]
        for path in self.documents():
            if self.chance.random() < 0.5:
                rows.append(f"{path.relative_to(self.folder)},{self.chance.choice(['Courier', 'Wire', 'Post'])}")
        self.path("corpus/metadata.csv").write_text("\n".join(rows) + "\n", "utf-8")

    def start(self, pipeline="main", *arguments, environment=None):
        return subprocess.Popen(
            [self.tool, "run", f"pipelines/{pipeline}.yaml", *arguments], cwd=self.folder,
            env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace")

    def command(self, *arguments, environment=None, limit=120):
        done = subprocess.run(
            [self.tool, *arguments], cwd=self.folder, env={**os.environ, **(environment or {})}, capture_output=True,
            text=True, errors="replace", timeout=limit)
        return done

    def run(self, pipeline="main", environment=None, codes=(0,)):
        done = self.command("run", f"pipelines/{pipeline}.yaml", environment=environment)
        if done.returncode not in codes:
            raise Difference(f"run of '{pipeline}' ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def change(self, corpus_only=False):
        """An edit, a new document, one that goes or gets another name, or was only touched; other settings."""
        kind = self.chance.choice(["edit", "edit", "same size", "add", "remove", "rename", "touch", "white space",
                                  *([] if corpus_only else ["metadata", "option", "gazetteer", "program"])])
        documents = self.documents()
        path = self.chance.choice(documents)
        if kind == "edit":
            self.write(path, self.text())
        elif kind == "same size":
            text = path.read_text("utf-8")
            self.write(path, text.replace("e", "a", 1) if "e" in text else self.text())
        elif kind == "add":
            self.write(self.path(f"corpus/wire/n{self.chance.randrange(10**6)}.txt"), self.text())
        elif kind == "remove" and len(documents) > 3:
            path.unlink()
        elif kind == "rename":
            path.rename(path.with_name(f"r{self.chance.randrange(10**6)}.txt"))
        elif kind == "metadata":
            self.annotate()
        elif kind == "option":
            self.settings["window"] = self.chance.randrange(2, 9)
            self.describe()
        elif kind == "gazetteer":
            self.settings["group"] = self.chance.choice(["Harbour Trust", "Coast Council", "Tom Reed"])
            self.describe()
        elif kind == "program":
            self.path("own.py").write_text(PROGRAM + f"# {self.chance.randrange(99)}\n", "utf-8")
        elif kind == "white space":
            self.write(path, path.read_text("utf-8").rstrip("\n") + "  \n\n")
        else:
            path.touch()
        return kind

    def outputs(self, pipeline="main"):
        """What a run wrote and somebody may commit: every file but the databases, with the lock; and the tables' digests."""
        root = self.path(f"outputs/{pipeline}")
        found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*")
                 if path.is_file() and ".sqlite" not in path.name}
        found["lock"] = self.path(f"pipelines/{pipeline}.lock").read_bytes()
        results = sqlite3.connect(f"file:{root}/results.sqlite?mode=ro", uri=True)
        try:
            found["tables"] = repr(sorted(results.execute("select name, rows, digest from digests"), key=repr)).encode()
        finally:
            results.close()
        return found

    def inputs(self, folder):
        """The same corpus and pipelines in another folder, where nothing was ever run."""
        for name in ["corpus", "pipelines"]:
            shutil.copytree(self.path(name), folder / name, ignore=shutil.ignore_patterns("*.lock"))
        for name in ["gazetteer.yaml", "own.py"]:
            shutil.copy(self.path(name), folder)
        return Project(self.tool, folder, self.chance)

    def record(self, pipeline="main"):
        done = self.command("runs", f"pipelines/{pipeline}.yaml", "--json", "--limit", "1")
        return json.loads(done.stdout.splitlines()[0])


class Stress:
    def __init__(self, options):
        self.tool = str(pathlib.Path(options.tool).resolve())
        self.seed = options.seed
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="colophon-stress-"))
        self.counts = collections.Counter()
        self.skipped = {}
        chance = random.Random(f"{self.seed} corpus")
        base = self.root / "base"
        base.mkdir()
        self.base = Project(self.tool, base, chance)
        self.base.fill(options.documents)
        for pipeline in ["main", "short"]:
            self.base.run(pipeline)
        began = time.monotonic()
        cold = self.base.inputs(self.folder("cold"))
        cold.run()
        self.cold = time.monotonic() - began

    def folder(self, name):
        folder = self.root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def project(self, chance):
        folder = self.root / "episode"
        shutil.rmtree(folder, ignore_errors=True)
        # Times are copied along, and inodes are not: the file table is put to use only from the second run on.
        shutil.copytree(self.base.folder, folder, symlinks=True)
        return Project(self.tool, folder, chance)

    def oracle(self, project, pipeline="main"):
        fresh = project.inputs(self.folder("oracle"))
        fresh.run(pipeline)
        return fresh.outputs(pipeline)

    def hold(self, project, pipeline="main"):
        """A plain run gives what a run from nothing gives."""
        done = project.run(pipeline)
        self.compare(project, pipeline)
        return done

    def compare(self, project, pipeline="main"):
        found, wanted = project.outputs(pipeline), self.oracle(project, pipeline)
        if found != wanted:
            names = [name for name in sorted(found.keys() | wanted.keys()) if found.get(name) != wanted.get(name)]
            raise Difference(f"outputs of '{pipeline}' differ from those of a run from nothing: {', '.join(names[:5])}")

    # Episodes. Each has the project and the chance of its own number.

    def kill(self, project, chance):
        """SIGKILL at a random moment, half of the time with two writers on one store."""
        for _ in range(chance.randrange(1, 4)):
            project.change()
        if chance.random() < 0.3:
            shutil.rmtree(project.path(".colophon"))
        pipelines = ["main"] if chance.random() < 0.5 else ["main", chance.choice(["short", "other", "main"])]
        processes = [project.start(pipeline) for pipeline in pipelines]
        time.sleep(chance.random() ** 2 * self.cold * len(pipelines))
        for process in processes:
            if chance.random() < 0.8:
                process.kill()
        codes = [finish(process) for process in processes]
        self.counts["killed"] += sum(code == -signal.SIGKILL for code in codes)
        if any(code not in (0, -signal.SIGKILL) for code in codes):
            raise Difference(f"runs beside a killed one ended with {codes}")
        for pipeline in dict.fromkeys(pipelines):
            self.hold(project, pipeline)

    def stop(self, project, chance):
        """SIGINT and SIGTERM end a run within a second, and what was finished is kept."""
        shutil.rmtree(project.path(".colophon"))
        process = project.start()
        time.sleep(chance.uniform(0.05, self.cold))
        began = time.monotonic()
        process.send_signal(chance.choice([signal.SIGINT, signal.SIGTERM]))
        code = finish(process)
        took = time.monotonic() - began
        # One second is promised; the rest is for a machine with other work.
        if took > 3:
            raise Difference(f"a run went on for {took:.1f} s after a signal")
        if code not in (0, 1, -signal.SIGINT, -signal.SIGTERM):
            raise Difference(f"a stopped run ended with {code}")
        self.counts["stopped"] += code != 0
        self.counts["slowest stop, ms"] = max(self.counts["slowest stop, ms"], int(took * 1000))
        self.hold(project)

    def damage(self, project, chance):
        """Flips and cuts in any file of the store and the state, then a change, so that they are read."""
        files = [path for path in sorted(project.path(".colophon").rglob("*")) if path.is_file()]
        path = chance.choice(files)
        if not path.name.endswith("-shm"):
            settle(project) if chance.random() < 0.5 else None
        if not path.exists():
            path = project.path(".colophon/store.sqlite")
        spoil(path, chance)
        if chance.random() < 0.7:
            project.change()
        else:
            shutil.rmtree(project.path("outputs"))
        if chance.random() < 0.3:
            self.hold(project, chance.choice(["short", "other"]))
        done = self.hold(project)
        self.counts["damage told"] += "damaged" in done.stderr
        verified = project.command("cache", "verify")
        if verified.returncode == 1:
            self.counts["damage left behind unread"] += 1
            repaired = project.command("cache", "repair")
            again = project.command("cache", "verify")
            if repaired.returncode != 0 or again.returncode != 0:
                raise Difference(f"'cache repair' left damage behind:\n{repaired.stderr}{again.stdout}{again.stderr}")
            shutil.rmtree(project.path("outputs"))
            self.hold(project)
        elif verified.returncode != 0:
            raise Difference(f"'cache verify' ended with {verified.returncode}:\n{verified.stdout}{verified.stderr}")

    def newer(self, project, chance):
        """A store or a state of a later release is refused, and stays as it is."""
        name = chance.choice(["store.sqlite", "state/main.sqlite"])
        path = project.path(f".colophon/{name}")
        settle(project)
        database = sqlite3.connect(path)
        database.execute("pragma user_version = 99")
        database.commit()
        database.close()
        project.change()
        before = rows(path)
        done = project.run(codes=(1,))
        if "newer-store" not in done.stderr or rows(path) != before:
            raise Difference(f"a later release's store was not refused as it should be:\n{done.stderr}")
        path.unlink()
        self.hold(project)

    def orphan(self, project, chance):
        """A write-ahead log without its database, or with another's."""
        name = chance.choice(["store", "state/main"])
        path = project.path(f".colophon/{name}.sqlite")
        log = path.with_name(path.name + "-wal")
        project.change()
        process = project.start()
        time.sleep(chance.random() * self.cold / 2)
        process.kill()
        finish(process)
        if chance.random() < 0.5:
            path.unlink(missing_ok=True)
        elif log.exists():
            other = project.path(f".colophon/{'state/short' if name == 'store' else 'store'}.sqlite")
            shutil.copy(other, path)
        self.hold(project)

    def read_only(self, project, chance):
        """A store where nothing can be written: the run works, and says that nothing is kept."""
        settle(project)
        project.change()
        with Mount(project.path(".colophon"), f"ro,bind"):
            done = project.run()
            self.compare(project)
            if "read-only-store" not in done.stderr:
                raise Difference(f"nothing was said of a store that can't be written:\n{done.stderr}")
        self.hold(project)

    def full(self, project, chance):
        """A disk without room: the run fails with a message, and goes on where it stopped when there is room."""
        store = self.folder("disk")
        size = chance.choice([64, 200, 600, 1500, 3000])
        with Mount(store, f"size={size}k", kind="tmpfs"):
            environment = {"COLOPHON_STORE": str(store)}
            done = project.run(environment=environment, codes=(0, 1))
            if done.returncode == 1:
                self.counts["full disks"] += 1
                if "disk-full" not in done.stderr:
                    raise Difference(f"a full disk was told as something else:\n{done.stderr}")
                remount(store, "size=256m")
                project.run(environment=environment)
            self.compare(project)
            project.change()
            project.run(environment=environment)
            self.compare(project)

    def clock(self, project, chance):
        """File times in the future, far in the past, and taken back after an edit of the same size."""
        for path in chance.sample(project.documents(), 3):
            moment = time.time() + chance.choice([-1e9, -3600, 3600, 1e8])
            os.utime(path, (moment, moment))
        project.run()
        path = chance.choice(project.documents())
        before = path.stat()
        text = path.read_text("utf-8")
        path.write_text(text.replace("a", "e", 1), "utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.hold(project)

    def lying(self, project, chance):
        """A file table that gives other digests for files than they have."""
        settle(project)
        time.sleep(0.15)
        project.run()
        settle(project)
        database = sqlite3.connect(project.path(".colophon/store.sqlite"))
        rows = database.execute("select path, digest from files order by path").fetchall()
        for path, _ in chance.sample(rows, min(len(rows), 3)):
            other = chance.choice(rows)[1] if chance.random() < 0.5 else chance.randbytes(32)
            database.execute("update files set digest = ? where path = ?", (other, path))
        database.commit()
        database.close()
        self.hold(project)

    def crowd(self, project, chance):
        """Eight runs at once on one store, of one pipeline or of several: all succeed."""
        if chance.random() < 0.5:
            shutil.rmtree(project.path(".colophon"))
        else:
            project.change()
        same = chance.random() < 0.5
        names = ["main"] * 8 if same else [chance.choice(["main", "short", "other"]) for _ in range(8)]
        before = {name: last_number(project, name) for name in set(names)}
        processes = [(name, project.start(name)) for name in names]
        if chance.random() < 0.3:
            time.sleep(chance.random() * self.cold)
            processes[0][1].kill()
        for number, (name, process) in enumerate(processes):
            code = finish(process)
            if code != 0 and not (number == 0 and code == -signal.SIGKILL):
                raise Difference(f"one of eight runs ('{name}') ended with {code}: {process.said}")
        for name in sorted(set(names)):
            self.hold(project, name)
        if same and before is not None:
            self.no_double_work(project, before["main"])
        else:
            self.counts["doubled"] += sum(project.record(name).get("doubled") or 0 for name in set(names))
        self.counts["runs side by side"] += len(names)

    def no_double_work(self, project, before):
        done = project.command("runs", "pipelines/main.yaml", "--json", "--limit", "20")
        seen = collections.Counter()
        for line in done.stdout.splitlines():
            record = json.loads(line)
            if record["number"] <= before:
                continue
            for step in record["steps"]:
                for cause in step["causes"]:
                    for document in cause["documents"]:
                        seen[step["step"], document] += 1
        twice = [unit for unit, count in seen.items() if count > 1]
        if twice:
            raise Difference(f"{len(twice)} units were computed twice by eight runs of one pipeline, for example {twice[0]}")

    def under_the_feet(self, project, chance):
        """Documents change, come and go while a run goes on: it is of one state of each, and says which were unstable."""
        shutil.rmtree(project.path(".colophon")) if chance.random() < 0.7 else project.change()
        process = project.start()
        changes = 0
        while process.poll() is None and changes < 200:
            kind = project.change(corpus_only=True)
            changes += kind != "touch"
            time.sleep(chance.random() * 0.02)
        code = finish(process)
        if code != 0:
            raise Difference(f"a run over changing files ended with {code}: {process.said}")
        for line in process.said.splitlines():
            if "left out" in line and not re.search(r"changed while it was read|can't be read|empty", line):
                raise Difference(f"a document was left out for another reason: {line}")
        self.counts["changes under the feet"] += changes
        self.counts["told as unstable"] += process.said.count("[unstable]")
        self.one_state(project)
        self.hold(project)

    def one_state(self, project):
        """Every document of the results is as its file was at some time, as a whole."""
        results = sqlite3.connect(f"file:{project.path('outputs/main/results.sqlite')}?mode=ro", uri=True)
        try:
            for document, digest in results.execute("select document, sha256 from documents"):
                if digest not in project.seen:
                    raise Difference(f"'{document}' in the results is no state that the file was ever in")
        finally:
            results.close()

    def collect(self, project, chance):
        """Rubbish is thrown away while runs go on."""
        for _ in range(chance.randrange(1, 4)):
            project.change()
            project.run()
        project.change()
        process = project.start()
        time.sleep(chance.random() * self.cold / 3)
        arguments = chance.choice([[], ["--keep-runs", "2"], ["--max-size", "100kB"], ["--max-size", "1MB"]])
        done = project.command("cache", "gc", *arguments)
        if done.returncode != 0 or finish(process) != 0:
            raise Difference(f"'cache gc' beside a run: {done.stderr}{process.said}")
        self.hold(project)
        project.change()
        self.hold(project)
        if project.command("cache", "verify").returncode != 0:
            raise Difference("'cache verify' finds damage after 'cache gc'")

    def verify(self, project, chance):
        """What is kept is what comes out again."""
        for _ in range(chance.randrange(4)):
            project.change()
        project.run()
        done = project.command("verify", "pipelines/main.yaml", "--sample", chance.choice(["20%", "100%"]))
        if done.returncode != 0:
            raise Difference(f"'verify' found a difference:\n{done.stdout}{done.stderr}")

    def series(self, project, chance):
        """Changes of every kind, one run after each."""
        for _ in range(chance.randrange(2, 5)):
            for _ in range(chance.randrange(1, 4)):
                self.counts[f"change: {project.change()}"] += 1
            project.run(chance.choice(["main", "short", "other"]))
        self.hold(project)

    EPISODES = [kill, kill, stop, damage, damage, damage, newer, orphan, read_only, full, clock, lying, crowd,
                under_the_feet, collect, verify, series]

    def go(self, seconds, only, first, keep):
        began = time.monotonic()
        number = first
        while time.monotonic() - began < seconds:
            chance = random.Random(f"{self.seed} {number}")
            episode = chance.choice(self.EPISODES) if only is None else getattr(Stress, only)
            name = episode.__name__
            project = self.project(chance)
            try:
                episode(self, project, chance)
            except Skipped as reason:
                self.skipped[name] = str(reason)
            except (Difference, subprocess.TimeoutExpired) as difference:
                print(f"\nepisode {number} ({name}), seed {self.seed}: {difference}")
                print(f"again: Benchmarks/stress.py --tool {self.tool} --seed {self.seed} --first {number} --seconds 1 --keep"
                      + (f" --episode {only}" if only else ""))
                if keep:
                    print(f"the project is in {project.folder}")
                return 1
            self.counts[f"episodes: {name}"] += name not in self.skipped
            number += 1
        episodes = sum(count for name, count in self.counts.items() if name.startswith("episodes: "))
        print(f"{episodes} episodes in {time.monotonic() - began:.0f} s, seed {self.seed}: no difference")
        for name, count in sorted(self.counts.items()):
            print(f"  {name}: {count}")
        for name, reason in sorted(self.skipped.items()):
            print(f"  not tried: {name}, {reason}")
        return 0


class Skipped(Exception):
    """This machine has no way to try it."""


class Mount:
    """A file system of its own in a folder, which takes the right to mount."""

    def __init__(self, folder, options, kind=None):
        self.folder, self.options, self.kind = folder, options, kind

    def __enter__(self):
        if os.geteuid() != 0 or not shutil.which("mount"):
            raise Skipped("it takes the right to mount a file system")
        if self.kind:
            done = subprocess.run(["mount", "-t", self.kind, "-o", self.options, self.kind, self.folder], capture_output=True)
        else:
            done = subprocess.run(["mount", "--bind", self.folder, self.folder], capture_output=True)
            if done.returncode == 0:
                done = subprocess.run(["mount", "-o", "remount,ro,bind", self.folder], capture_output=True)
        if done.returncode != 0:
            subprocess.run(["umount", self.folder], capture_output=True)
            raise Skipped("no file system can be mounted here")

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.folder], check=True)


def remount(folder, options):
    subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)


def finish(process):
    """Waits for a process, and keeps what it said."""
    try:
        out, process.said = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode


def last_number(project, pipeline):
    done = project.command("runs", f"pipelines/{pipeline}.yaml", "--json", "--limit", "1")
    return json.loads(done.stdout.splitlines()[0])["number"] if done.returncode == 0 and done.stdout.strip() else 0


def settle(project):
    """Brings everything out of the logs into the databases."""
    for path in project.path(".colophon").rglob("*.sqlite"):
        database = sqlite3.connect(path)
        database.execute("pragma wal_checkpoint(truncate)")
        database.close()


def rows(path):
    """The version of a database, and how many rows its tables have."""
    database = sqlite3.connect(path)
    tables = [name for name, in database.execute("select name from sqlite_master where type = 'table' order by name")]
    found = [database.execute("pragma user_version").fetchone()]
    found += [database.execute(f"select '{name}', count(*) from {name}").fetchone() for name in tables]
    database.close()
    return found


def spoil(path, chance):
    """Flips bits, overwrites a stretch, or cuts a file."""
    bytes = bytearray(path.read_bytes())
    if not bytes:
        return
    kind = chance.choice(["bit", "bits", "stretch", "page", "cut", "empty"])
    if kind == "bit":
        bytes[chance.randrange(len(bytes))] ^= 1 << chance.randrange(8)
    elif kind == "bits":
        for _ in range(chance.randrange(2, 400)):
            bytes[chance.randrange(len(bytes))] ^= 1 << chance.randrange(8)
    elif kind == "stretch":
        start = chance.randrange(len(bytes))
        stretch = chance.randbytes(chance.randrange(1, 600))
        bytes[start:start + len(stretch)] = stretch[:len(bytes) - start]
    elif kind == "page":
        start = chance.randrange(len(bytes)) // 4096 * 4096
        bytes[start:start + 4096] = b"\0" * len(bytes[start:start + 4096])
    elif kind == "cut":
        del bytes[chance.randrange(len(bytes)):]
    else:
        bytes.clear()
    path.write_bytes(bytes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", default=str(HERE.parent / ".build/release/colophon"))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=16, help="how many documents the project begins with")
    parser.add_argument("--episode", help="only this one: " + ", ".join(
        dict.fromkeys(episode.__name__ for episode in Stress.EPISODES)))
    parser.add_argument("--first", type=int, default=1, help="the number of the episode to begin with")
    parser.add_argument("--keep", action="store_true", help="leave the project there after a difference")
    options = parser.parse_args()
    if not os.access(options.tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")
    stress = Stress(options)
    code = 1
    try:
        code = stress.go(options.seconds, options.episode, options.first, options.keep)
    finally:
        if code == 0 or not options.keep:
            shutil.rmtree(stress.root, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
