"""The bad things that are done to a project, and what has to hold afterwards. Each takes a fresh copy of a project that
runs have filled; each counts what it tried."""

import collections
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import time

from .harm import Mount, remount, rows, seal, settle
from .project import FICKLE, Difference, Project


def finish(process):
    """Waits for a process, and keeps what it said."""
    try:
        _, process.said = process.communicate(timeout=300)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode


class Episodes:
    """What every episode may use: the tool, the oracle, places for projects, and the counts."""

    # How many kills, or damages, are tried one after another on one project.
    chain = 5

    def __init__(self, tool, root, oracle, base, cold, seed):
        self.tool, self.root, self.oracle, self.base, self.cold, self.seed = tool, root, oracle, base, cold, seed
        self.counts = collections.Counter()
        self.worlds = {}

    def folder(self, name):
        folder = self.root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def project(self, chance):
        """A copy of the project that runs have filled."""
        folder = self.root / "episode"
        shutil.rmtree(folder, ignore_errors=True)
        # Times are copied along, and inodes are not: the file table is put to use only from the second run on.
        shutil.copytree(self.base.folder, folder, symlinks=True)
        return Project(self.tool, folder, chance)

    def hold(self, project, pipeline="main"):
        """A plain run gives what a run from nothing gives."""
        done = project.run(pipeline)
        self.oracle.compare(project, pipeline)
        return done

    def world(self, number):
        """One of a few sets of inputs, to which episodes come back: what the oracle says of them is known."""
        if number not in self.worlds:
            chance = random.Random(f"{self.seed} world {number}")
            folder = self.folder("world")
            project = Project(self.tool, folder, chance)
            project.path("corpus").mkdir()
            project.path("pipelines").mkdir()
            project.restore(self.base.inputs())
            for _ in range(chance.randrange(1, 4)):
                project.change()
            self.worlds[number] = project.inputs()
        return self.worlds[number]

    def move(self, project, chance):
        """Other inputs: as a rule those of a world where episodes have been before."""
        if chance.random() < 0.2:
            project.change()
        else:
            project.restore(self.world(chance.randrange(24)))

    def stop(self, project, chance):
        """SIGINT and SIGTERM end a run within a second, and what was finished is kept."""
        project.remove(".colophon")
        # Enough documents that there is something to stop.
        for number in range(120):
            project.path(f"corpus/wire/s{number}.txt").write_text(project.text(), "utf-8")
        process = project.start()
        time.sleep(chance.random() * self.kills.span("stop"))
        self.kills.learn("stop", was_over=process.poll() is not None)
        began = time.monotonic()
        process.send_signal(chance.choice([signal.SIGINT, signal.SIGTERM]))
        code = finish(process)
        took = time.monotonic() - began
        # One second is promised; the rest is for a machine with other work.
        if took > 3:
            raise Difference(f"a run went on for {took:.1f} s after a signal")
        if code not in (0, 1, -signal.SIGINT, -signal.SIGTERM):
            raise Difference(f"a stopped run ended with {code}")
        self.counts["runs stopped by a signal"] += code != 0
        self.counts["slowest stop, ms"] = max(self.counts["slowest stop, ms"], int(took * 1000))
        kept = self.results(project)
        self.hold(project)
        if code != 0:
            work = project.records()[0]["steps"]
            ran, reused = (sum(step[what] for step in work) for what in ("ran", "reused"))
            # Two documents with one text share a result, so that there may be fewer results than are reused.
            if reused < kept:
                raise Difference(f"{kept} results were kept when a run was stopped; the next one reused {reused}, {ran} ran")
            self.counts["results kept by stopped runs"] += kept

    @staticmethod
    def results(project):
        path = project.path(".colophon/store.sqlite")
        if not path.exists():
            return 0
        database = sqlite3.connect(path)
        try:
            return database.execute("select count(*) from results").fetchone()[0]
        except sqlite3.OperationalError:
            return 0
        finally:
            database.close()

    def newer(self, project, chance):
        """A store or a state of a later release is refused, and stays as it is."""
        name = chance.choice(["store.sqlite", "state/main.sqlite"])
        path = project.path(f".colophon/{name}")
        settle(project.path(".colophon"))
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
        while process.poll() is None and not log.exists():
            time.sleep(0.001)
        time.sleep(chance.random() * self.cold / 4)
        process.kill()
        finish(process)
        self.counts["logs left by a killed run"] += log.exists()
        if chance.random() < 0.5:
            path.unlink(missing_ok=True)
        elif log.exists():
            other = project.path(f".colophon/{'state/short' if name == 'store' else 'store'}.sqlite")
            shutil.copy(other, path)
        self.hold(project)

    def read_only(self, project, chance):
        """A store where nothing can be written: the run works, and says that nothing is kept."""
        settle(project.path(".colophon"))
        project.change()
        with Mount(project.path(".colophon"), "ro,bind"):
            done = project.run()
            self.oracle.compare(project)
            if "read-only-store" not in done.stderr:
                raise Difference(f"nothing was said of a store that can't be written:\n{done.stderr}")
        self.hold(project)

    def full(self, project, chance):
        """A disk without room: the run fails with a message, and goes on where it stopped when there is room."""
        store = self.folder("disk")
        size = chance.choice([64, 100, 200, 300, 400, 600])
        with Mount(store, f"size={size}k", kind="tmpfs"):
            environment = {"COLOPHON_STORE": str(store)}
            done = project.run(environment=environment, codes=(0, 1))
            if done.returncode == 1:
                self.counts["full disks"] += 1
                if "disk-full" not in done.stderr:
                    raise Difference(f"a full disk was told as something else:\n{done.stderr}")
                remount(store, "size=256m")
                project.run(environment=environment)
            self.oracle.compare(project)
            project.change()
            project.run(environment=environment)
            self.oracle.compare(project)

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
        """A file table that gives other digests for files than they have, with a check that fits or does not."""
        project.run()
        time.sleep(0.15)
        project.documents()[0].touch()
        time.sleep(0.15)
        project.run()
        settle(project.path(".colophon"))
        database = sqlite3.connect(project.path(".colophon/store.sqlite"))
        table = database.execute("select path, size, modified, changed, inode, seen, digest from files order by path").fetchall()
        table = [row for row in table if row[0].startswith("corpus/")]
        is_sealed = chance.random() < 0.5
        for row in chance.sample(table, min(len(table), 3)):
            others = [other[6] for other in table if other[6] != row[6]]
            lie = chance.choice(others) if chance.random() < 0.5 else chance.randbytes(32)
            database.execute("update files set digest = ? where path = ?", (lie, row[0]))
            if is_sealed:
                database.execute("update files set seal = ? where path = ?", (seal(*row[:6], lie), row[0]))
        database.commit()
        database.close()
        done = self.hold(project)
        if "damaged-store" not in done.stderr:
            raise Difference(f"nothing was said of a file table that lied ({'with' if is_sealed else 'without'} a sound check)")
        self.counts["lies of the file table told, with a sound check" if is_sealed else "lies of the file table told"] += 1

    def crowd(self, project, chance):
        """Eight runs at once on one store, of one pipeline or of several: all succeed."""
        if chance.random() < 0.5:
            project.remove(".colophon")
        else:
            project.change()
        same = chance.random() < 0.5
        names = ["main"] * 8 if same else [chance.choice(["main", "short", "other"]) for _ in range(8)]
        before = {name: last_number(project, name) for name in set(names)}
        processes = [(name, project.start(name)) for name in names]
        is_killed = chance.random() < 0.3
        if is_killed:
            time.sleep(chance.random() * self.cold)
            processes[0][1].kill()
        for number, (name, process) in enumerate(processes):
            code = finish(process)
            if code != 0 and not (number == 0 and code == -signal.SIGKILL):
                raise Difference(f"one of eight runs ('{name}') ended with {code}: {process.said}")
        for name in sorted(set(names)):
            self.oracle.compare(project, name)
            self.hold(project, name)
        if same:
            self.no_double_work(project, before["main"])
        else:
            self.counts["results computed twice by runs of different pipelines"] += sum(
                record.get("doubled") or 0 for name in set(names) for record in project.records(name, 8)
                if record["number"] > before[name])
        self.counts["runs side by side, of one pipeline" if same else "runs side by side, of several"] += len(names)

    @staticmethod
    def no_double_work(project, before):
        seen = collections.Counter()
        for record in project.records(limit=20):
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
        project.remove(".colophon") if chance.random() < 0.7 else project.change()
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
        self.counts["documents told as unstable"] += process.said.count("[unstable]")
        self.one_state(project)
        self.hold(project)

    @staticmethod
    def one_state(project):
        """Every document of the results is as its file was at some time, as a whole."""
        results = sqlite3.connect(f"file:{project.path('outputs/main/results.sqlite')}?mode=ro", uri=True)
        try:
            for document, digest in results.execute("select document, sha256 from documents"):
                if digest not in project.seen:
                    raise Difference(f"'{document}' in the results is no state that the file was ever in")
        finally:
            results.close()

    def collect(self, project, chance):
        """Rubbish is thrown away while runs go on, and nothing that they need."""
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
        if "--max-size" not in arguments:
            project.command("cache", "gc")
            project.remove("outputs")
            self.hold(project)
            work = project.records()[0]["steps"]
            if any(step["ran"] for step in work):
                raise Difference("'cache gc' threw away what the last run needs")
        project.change()
        self.hold(project)
        size = json.loads(project.command("cache", "size", "--json").stdout)
        objects = sum(step["object_bytes"] for step in size["steps"]) + size["other_bytes"]
        if objects != size["object_bytes"]:
            raise Difference(f"'cache size' counts {size['object_bytes']} bytes of objects, and {objects} by step")
        if project.command("cache", "verify").returncode != 0:
            raise Difference("'cache verify' finds damage after 'cache gc'")

    def verify(self, project, chance):
        """What is kept is what comes out again; and where a program gives now this, now that, it is shown."""
        for _ in range(chance.randrange(4)):
            project.change()
        project.run()
        done = project.command("verify", "pipelines/main.yaml", "--sample", chance.choice(["20%", "100%"]))
        if done.returncode != 0:
            raise Difference(f"'verify' found a difference:\n{done.stdout}{done.stderr}")
        project.path("own.py").write_text(FICKLE, "utf-8")
        project.run("short")
        done = project.command("verify", "pipelines/short.yaml", "--sample", "100%")
        if done.returncode != 3 or "[not-deterministic]" not in done.stderr:
            raise Difference(f"'verify' found nothing in a program that gives now this, now that:\n{done.stdout}{done.stderr}")

    def series(self, project, chance):
        """Changes of every kind, one run after each."""
        for _ in range(chance.randrange(2, 5)):
            for _ in range(chance.randrange(1, 4)):
                self.counts[f"change: {project.change()}"] += 1
            project.run(chance.choice(["main", "short", "other"]))
        self.hold(project)


def last_number(project, pipeline):
    return next((record["number"] for record in project.records(pipeline)), 0)
