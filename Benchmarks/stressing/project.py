"""An invented project that runs are tried on: a corpus, pipelines, and whatever runs left there."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess

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
# A program that is not a function of what it reads.
FICKLE = PROGRAM.replace("import json, sys", "import json, random, sys").replace('s["end"] - s["start"]', "random.randrange(10**9)")


class Difference(Exception):
    """What Colophon did is not what it should have done."""


class Project:
    """A folder with a corpus, pipelines and whatever runs left there."""

    def __init__(self, tool, folder, chance):
        self.tool, self.folder, self.chance = tool, folder, chance
        self.settings = {"window": 5, "group": "Harbour Trust"}
        # The digest of every content that a document ever had.
        self.seen = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.documents()}

    def path(self, name):
        return self.folder / name

    def documents(self):
        return sorted(path for path in self.path("corpus").rglob("*") if path.suffix in {".txt", ".md", ".html"})

    # What it is made of.

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
        self.path("corpus/wire").mkdir(exist_ok=True)
        self.path("pipelines").mkdir(exist_ok=True)
        self.path("own.py").write_text(PROGRAM, "utf-8")
        self.describe()
        self.annotate()

    def describe(self):
        """Writes the pipelines: one with all stages, one with a program of its own, one with other options, a plain one."""
        group = self.settings["group"]
        self.path("gazetteer.yaml").write_text(f"- name: {group}\n  type: organization\n  aliases: [HT]\n", "utf-8")
        program = ["  - id: own", "    run: [python3, own.py]", "    files: [own.py]", "    reads: [text, sentences]",
                   "    writes: own"]
        for name, stages in [("main", STAGES), ("short", STAGES[:3]), ("other", STAGES), ("plain", STAGES[:2])]:
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

    def inputs(self):
        """Everything that a run is a function of, by path: corpus, metadata, pipelines, gazetteer, program."""
        found = [path for path in self.path("corpus").rglob("*") if path.is_file()]
        found += [path for path in self.path("pipelines").iterdir() if path.suffix == ".yaml"]
        found += [path for path in (self.path("gazetteer.yaml"), self.path("own.py")) if path.exists()]
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}

    def restore(self, inputs):
        """Makes the inputs these; what is so already is not touched."""
        now = self.inputs()
        for name in now.keys() - inputs.keys():
            self.path(name).unlink()
        for name, content in inputs.items():
            self.seen.add(hashlib.sha256(content).hexdigest())
            if now.get(name) != content:
                self.path(name).parent.mkdir(parents=True, exist_ok=True)
                self.path(name).write_bytes(content)

    # What people do to it.

    def write(self, path, text):
        """Writes over a file, or puts a new one in its place, as one editor or the other does."""
        content = text.encode()
        self.seen.add(hashlib.sha256(content).hexdigest())
        if self.chance.random() < 0.5:
            path.write_bytes(content)
        else:
            aside = path.with_name("." + path.name)
            aside.write_bytes(content)
            aside.rename(path)

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

    # Runs, and what they leave.

    def trust(self, pipeline):
        """Consents to the programs of a pipeline, which change like everything else."""
        if "run:" in self.path(f"pipelines/{pipeline}.yaml").read_text("utf-8"):
            self.command("trust", "--yes", f"pipelines/{pipeline}.yaml")

    def start(self, pipeline="main", *arguments, environment=None):
        self.trust(pipeline)
        return subprocess.Popen(
            [self.tool, "run", f"pipelines/{pipeline}.yaml", *arguments], cwd=self.folder,
            env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            errors="replace")

    def command(self, *arguments, environment=None, limit=300):
        return subprocess.run(
            [self.tool, *arguments], cwd=self.folder, env={**os.environ, **(environment or {})}, capture_output=True,
            text=True, errors="replace", timeout=limit)

    def run(self, pipeline="main", environment=None, codes=(0,)):
        self.trust(pipeline)
        done = self.command("run", f"pipelines/{pipeline}.yaml", environment=environment)
        if done.returncode not in codes:
            raise Difference(f"run of '{pipeline}' ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def outputs(self, pipeline="main"):
        """The digest of what a run wrote and somebody may commit, by file: everything but the databases and what
        the last run changed, with the lock; and the tables' digests."""
        root = self.path(f"outputs/{pipeline}")
        found = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*")
                 if path.is_file() and ".sqlite" not in path.name and path.name != "changes.md"}
        found["lock"] = hashlib.sha256(self.path(f"pipelines/{pipeline}.lock").read_bytes()).hexdigest()
        results = sqlite3.connect(f"file:{root}/results.sqlite?mode=ro", uri=True)
        try:
            found["tables"] = repr(sorted(results.execute("select name, rows, digest from digests"), key=repr))
        finally:
            results.close()
        return found

    def records(self, pipeline="main", limit=1):
        """The records of the last runs, the newest first."""
        done = self.command("runs", f"pipelines/{pipeline}.yaml", "--json", "--limit", str(limit))
        return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []

    def remove(self, name):
        shutil.rmtree(self.path(name), ignore_errors=True)


class Oracle:
    """What a run with an empty store writes; kept by the inputs, so that the same ones are not run twice."""

    def __init__(self, tool, folder):
        self.tool, self.folder = tool, folder
        self.known = {}

    def outputs(self, project, pipeline="main"):
        inputs = project.inputs()
        digest = hashlib.sha256()
        for name in sorted(inputs):
            digest.update(f"{name}\0{len(inputs[name])}\0".encode() + inputs[name])
        key = (digest.digest(), pipeline)
        if key not in self.known:
            shutil.rmtree(self.folder, ignore_errors=True)
            for name, content in inputs.items():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_bytes(content)
            fresh = Project(self.tool, self.folder, project.chance)
            fresh.run(pipeline)
            self.known[key] = fresh.outputs(pipeline)
        return self.known[key]

    def compare(self, project, pipeline="main"):
        found, wanted = project.outputs(pipeline), self.outputs(project, pipeline)
        if found != wanted:
            names = [name for name in sorted(found.keys() | wanted.keys()) if found.get(name) != wanted.get(name)]
            raise Difference(f"outputs of '{pipeline}' differ from those of a run from nothing: {', '.join(names[:5])}")
