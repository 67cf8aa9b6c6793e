"""What people would otherwise use to rerun only what changed: ninja, DVC and Snakemake, from the Python package index.

Each is given the same documents and the lightest work there is: copy every document, then touch one file that stands for the
report. So a peer's figure is what its bookkeeping costs, and Colophon's, beside it, holds the analysis as well.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

PACKAGES = ["ninja", "dvc", "snakemake"]


def install(folder):
    """A virtual environment with the peers; made once."""
    programs = folder / "bin"
    if not all((programs / name).exists() for name in PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(programs / "pip"), "install", "--quiet", *PACKAGES], check=True)
    return programs


class Peer:
    """A tool with a project of its own over copies of the documents."""

    name = ""
    note = ""

    def __init__(self, programs, folder, paths, root):
        self.program = str(programs / self.command[0])
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        self.documents = []
        for path in paths:
            copy = folder / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            self.documents.append(copy)
        self.environment = dict(os.environ, DVC_NO_ANALYTICS="1", PATH=f"{programs}{os.pathsep}{os.environ['PATH']}")
        self.prepare()

    def line(self):
        return [self.program, *self.command[1:]]

    def names(self):
        return [str(path.relative_to(self.folder)) for path in self.documents]

    def version(self):
        found = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True, env=self.environment)
        return found.stdout.split()[-1]

    def change(self, number):
        path = self.documents[(number * 37 + 11) % len(self.documents)]
        path.write_text(path.read_text("utf-8") + f"\nThe inquiry {number} heard 12 witnesses.\n", "utf-8")


class Ninja(Peer):
    name = "ninja"
    note = "one edge a document; looks at times, not at contents"
    command = ["ninja", "--quiet"]

    def prepare(self):
        lines = ["rule copy", "  command = cp $in $out", "rule touch", "  command = touch $out"]
        lines += [f"build out/{name}: copy {name}" for name in self.names()]
        lines += ["build report: touch " + " ".join(f"out/{name}" for name in self.names()), ""]
        (self.folder / "build.ninja").write_text("\n".join(lines), "utf-8")

    def forget(self):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        for name in ["report", ".ninja_log", ".ninja_deps"]:
            (self.folder / name).unlink(missing_ok=True)


class DVC(Peer):
    name = "DVC"
    note = "one stage over the folder: a change copies all of it again"
    command = ["dvc", "repro", "--quiet"]

    def prepare(self):
        subprocess.run([self.program, "init", "--no-scm", "--quiet"], cwd=self.folder, check=True, env=self.environment)
        stages = {"stages": {
            "copy": {"cmd": "rm -rf out && cp -r corpus out", "deps": ["corpus"], "outs": ["out"]},
            "report": {"cmd": "touch report", "deps": ["out"], "outs": ["report"]},
        }}
        (self.folder / "dvc.yaml").write_text(json.dumps(stages), "utf-8")

    def forget(self):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        shutil.rmtree(self.folder / ".dvc/cache", ignore_errors=True)
        shutil.rmtree(self.folder / ".dvc/tmp", ignore_errors=True)
        for name in ["report", "dvc.lock"]:
            (self.folder / name).unlink(missing_ok=True)


class Snakemake(Peer):
    name = "Snakemake"
    note = "one job a document"
    command = ["snakemake", "--quiet", "all", "--cores", "2"]

    def prepare(self):
        (self.folder / "Snakefile").write_text(
            "NAMES = [line.strip() for line in open('names')]\n"
            "rule all:\n    input: 'report'\n"
            "rule copy:\n    input: '{name}.txt'\n    output: 'out/{name}.txt'\n    shell: 'cp {input} {output}'\n"
            "rule touch:\n    input: expand('out/{name}.txt', name=NAMES)\n    output: 'report'\n    shell: 'touch {output}'\n",
            "utf-8")
        (self.folder / "names").write_text("\n".join(name.removesuffix(".txt") for name in self.names()) + "\n", "utf-8")

    def forget(self):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        shutil.rmtree(self.folder / ".snakemake", ignore_errors=True)
        (self.folder / "report").unlink(missing_ok=True)


ALL = [Ninja, DVC, Snakemake]
