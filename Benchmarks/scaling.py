#!/usr/bin/env python3
"""Looks for inputs whose processor time grows faster than their size.

usage: scaling.py [--tool .build/release/colophon] [--seconds 60] [--seed 1] [--first 1] [--count N] [--keep FOLDER]

Each try makes an input that nobody would write from the seed: one piece again and again, pieces nested in each other, a long
word, quotations that are opened and never closed, sentences that are all alike or all different, a folder of documents with
the same text. It makes it twice, the second four times as large, and runs all stages over both: `colophon annotate`, or
`colophon run` with results and report. Work in proportion to the size takes four times the processor time, quadratic work
sixteen times. Links between claims that are all alike grow with their square, and so does the time to write them: where the
output grows faster than the input, the time may grow as fast as the output. What takes more than twice that is measured
again, so that the unrest of a shared machine does not pass for a finding.

How large an input is follows from what the tool needs for plain prose, so that a debug build can be tried as well. The first
tries are fixed kinds that were slow once; all others come from the seed. Exit code 1 tells of a finding, after all tries.
"""

import argparse
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# Processor seconds that plain prose of the larger size takes.
AIM = 0.4
# The larger input is so many times the smaller one; what takes more than twice as many times as long grows too fast.
FACTOR = 4
MOST = 2 * FACTOR
# Differences below so many seconds say nothing.
LEAST = 0.06
# No run takes longer than this.
TIMEOUT = 30

WORDS = ("May may March Sunday Ada Orle Brandt ADA the of and said says that who told to according not no never denied "
         "Minister Ministry President Dr. Mr. St. U.S. N.A.T.O. van der al- bin İpek ılık Москва 東京 שלום e\u0301 ß "
         "one two twenty hundred million dozen half third percent 5 1,000 1.234,56 2021 03/05/2021 3.5.2021 $5 km² ½ % "
         "yesterday ago last week between from until since he she they it his her a@b.c http://a.b/c www.x.y #tag @who "
         "don't '90s rock'n'roll well-known 1-2-3 A/B x=y 12:30 10th II.").split()
MARKS = ["“", "”", "‘", "’", "\"", "'", "«", "»", "„", "(", ")", "[", "]", "—", "-", "–", "…", "...", "?", "!", ".", ",", ";",
         ":", "“‘", "(\"", "said, “", ",” he said", "’s", "*", "_", "`", "```", "|", ">", "#", "~~~", "[a](b)", "![", "{{", "}}"]
TAGS = ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<a href=x>", "<span>",
        "<blockquote>", "<!--", "-->", "<![CDATA[", "<script>", "<h2>", "<article>", "<svg>", "<font>", "<select>",
        "<option>", "&amp;", "&nbsp", "&#x41;", "<br>", "<", "</", "<a <a ", "<q>", "<dl><dt>", "<template>"]
CHARACTERS = ["a", "A", "É", "ß", "1", "0", "9", "\u0301", "a\u0301", "\u200d", "👩\u200d", "東", "ا", ".", "-", "'", "’", "“", "_",
              "/", "&", "<", "(", "a.", "A.", "1,", "1-", "a-", "A-", "a'", "@a", "#", "\ufeff", "\u00ad", "İ", "%", "$"]
SEPARATORS = [" ", " ", " ", "", ", ", ". ", "\n", "\n\n", "; ", " and ", " of ", "-", "/", " — "]
NAMES = ["Ada", "Bram", "Corra", "Elke", "Farid", "Greta", "Imre", "Jovan", "Katya", "Orle", "Brandt", "Skerrow", "Weir"]
SENTENCES = [
    "Minister {name} said that {number} people of {name} were hurt.",
    "“We did not know,” {name} told reporters on {day} May 2021.",
    "According to {name}, the bridge at {name} will cost {number} million.",
    "{name} {name}, also known as {name}, denied that {name} had met {name}.",
    "The {name} Board ({name}) and the {name} Union ({name}) agreed.",
    "“{name}, {name} and {name} are here",
    "{number} of {number} trucks, {number} tonnes each, left between {day} May and {day} June.",
    "He said she had told him that they believed it was {name} who denied it.",
    "{name}: Why? {name}: Because {name} said “no”.",
]
# What was slow once: (format, head, piece, tail).
FIXED = [
    ("txt", "", "“", ""), ("txt", "", "“a ", ""), ("txt", "", "May ", ""), ("txt", "", "‘", ""), ("txt", "", "(", ""),
    ("txt", "", "May 5, ", ""), ("html", "", "<div>", ""), ("md", "", "> ", "a"), ("md", "", "[", ""), ("txt", "", "A. ", ""),
    ("txt", "", "a\u0301", ""), ("txt", "", "1,", ""), ("txt", "He said ", "that she said ", "no."), ("md", "", "*a ", ""),
]


def prose(chance, size):
    """Plain prose of so many bytes, of which no two sentences are alike."""
    text, length = [], 0
    while length < size:
        words = " ".join(spelled(int(chance.paretovariate(0.7)) % 100_000) for _ in range(chance.randint(6, 20)))
        text.append(f"{chance.choice(NAMES)} {spelled(chance.randrange(5000)).capitalize()} said that {words}."
                    + (" " if chance.random() < 0.8 else "\n\n"))
        length += len(text[-1])
    return "".join(text)


def filled(chance, template, variety):
    """A sentence, whose names and figures are among so many."""
    while "{" in template:
        start, end = template.index("{"), template.index("}")
        what = template[start + 1:end]
        number = chance.randrange(variety)
        if what == "name":
            word = NAMES[number % len(NAMES)] + (spelled(number // len(NAMES)) if number >= len(NAMES) else "")
        else:
            word = str(number + 2 if what == "number" else number % 28 + 1)
        template = template[:start] + word + template[end + 1:]
    return template


def spelled(number):
    """A number as letters."""
    letters = ""
    while True:
        letters = "bcdfghjklmnprstvw"[number % 17] + "aeiou"[number // 17 % 5] + letters
        number //= 85
        if number == 0:
            return letters


class Shape:
    """An input that can be made in any size: text of one document, or of many."""

    def __init__(self, chance, number):
        self.through = "run" if chance.random() < 0.25 else "annotate"
        self.seed = chance.random()
        if number <= len(FIXED):
            self.suffix, self.head, piece, self.tail = FIXED[number - 1]
            self.pieces, self.kind, self.through = [piece], "repeat", "annotate"
            return
        self.suffix = chance.choice(["txt", "txt", "txt", "md", "html"])
        self.kind = chance.choice(["repeat", "repeat", "mix", "nest", "word", "sentences", "sentences", "documents"])
        self.head, self.tail = chance.choice([("", ""), ("", ""), ("“", ""), ("He said “", "”"), ("(", ")"), ("A ", ".")])
        self.variety = chance.choice([1, 12, 300, 1 << 30])
        pool = WORDS + MARKS + (TAGS if self.suffix != "txt" else []) + (["> ", "- ", "1. ", "**", "|a"] * 2 if self.suffix == "md" else [])
        if self.kind == "repeat":
            self.pieces = ["".join(chance.choice(pool) + chance.choice(SEPARATORS) for _ in range(chance.randint(1, 3)))]
        elif self.kind == "mix":
            self.pieces = [chance.choice(pool) + chance.choice(SEPARATORS) for _ in range(chance.randint(2, 6))]
        elif self.kind == "nest":
            self.pieces = chance.choice([("(", ")"), ("“", "”"), ("[", "]"), ("<div>", "</div>"), ("<b>", "</b>"), ("*", "*"), ("‘", "’"),
                                         ("“‘", "’”"), ("<ul><li>", "</li></ul>"), ("<blockquote>", "</blockquote>"), ("He said “", "”"),
                                         ("> ", "\n"), ("<table><tr><td>", "</td></tr></table>")])
            self.suffix = "html" if "<" in self.pieces[0] else self.suffix
        elif self.kind == "word":
            self.pieces = [chance.choice(CHARACTERS) for _ in range(chance.choice([1, 1, 2, 3]))]
        else:
            self.pieces = chance.sample(SENTENCES, chance.randint(1, 3))
            self.gap = chance.choice([" ", " ", "\n\n", "\n"])

    def __str__(self):
        what = f"{self.kind} {self.suffix} {self.pieces!r}"
        if self.head or self.tail:
            what += f" within {self.head!r} … {self.tail!r}"
        if self.kind in ("sentences", "documents"):
            what += f" of {self.variety} names and figures"
        return f"{self.through}: {what}"

    def text(self, chance, size):
        """About so many bytes of it."""
        if self.kind == "nest":
            count = max(1, size // sum(len(piece.encode()) for piece in self.pieces))
            return self.head + self.pieces[0] * count + "a" + self.pieces[1] * count + self.tail
        if self.kind in ("repeat", "word"):
            piece = "".join(self.pieces)
            return self.head + piece * max(1, size // len(piece.encode())) + self.tail
        parts, length = [], 0
        while length < size:
            piece = chance.choice(self.pieces)
            parts.append(piece if self.kind == "mix" else filled(chance, piece, self.variety) + self.gap)
            length += len(parts[-1].encode())
        return self.head + "".join(parts) + self.tail

    def write(self, folder, size):
        """Writes it below `folder`."""
        chance = random.Random(self.seed)
        if self.kind != "documents":
            (folder / f"d.{self.suffix}").write_text(self.text(chance, size))
            return
        each = 2000
        for number in range(max(1, size // each)):
            (folder / f"d{number}.{self.suffix}").write_text(self.text(chance, each))


def processor_seconds(command, cwd):
    """What a command takes, and whether it ended by itself. What it prints goes to a file."""
    with tempfile.TemporaryFile() as errors, open(cwd / "printed", "wb") as printed:
        process = subprocess.Popen(command, cwd=cwd, stdout=printed, stderr=errors)
        timer = time.monotonic() + TIMEOUT
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() > timer:
                process.kill()
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = -9
                return usage.ru_utime + usage.ru_stime, False
            time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode < 0:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}: ended by signal {-process.returncode}\n{errors.read().decode(errors='replace')}")
        return usage.ru_utime + usage.ru_stime, True


class Taken:
    """What one run took and made."""

    def __init__(self, seconds, ended, size):
        self.seconds, self.ended, self.size = seconds, ended, size


class Scaling:
    """Tries shapes with a tool."""

    def __init__(self, tool, root):
        self.tool, self.root = tool, root
        self.start = {through: min(self.plain(through, 1) for _ in range(3)) for through in ("annotate", "run")}
        rate = 1 << 16
        spent = self.plain("annotate", rate) - self.start["annotate"]
        while spent < AIM / 4:
            rate *= 2
            spent = self.plain("annotate", rate) - self.start["annotate"]
        self.size = int(rate * AIM / spent)

    def plain(self, through, size):
        return self.take(through, "txt", lambda folder: (folder / "d.txt").write_text(prose(random.Random(1), size))).seconds

    def take(self, through, suffix, write):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.root))
        (folder / "corpus").mkdir()
        write(folder / "corpus")
        if through == "run":
            (folder / "pipelines").mkdir()
            (folder / "pipelines/p.yaml").write_text(
                f'corpus: {{ include: "corpus/*.{suffix}" }}\nstages:\n' + "".join(
                    f"  - uses: {name}\n" for name in ["clean", "segment", "tag-entities", "link-claims", "summarize-statistics"]))
            command = [self.tool, "run", "--quiet", "--jobs", "1", "pipelines/p.yaml"]
        else:
            command = [self.tool, "annotate", "--jobs", "1"] + sorted(
                f"corpus/{path.name}" for path in (folder / "corpus").iterdir())
        seconds, ended = processor_seconds(command, folder)
        made = folder / ("outputs/p/results.sqlite" if through == "run" else "printed")
        size = made.stat().st_size if made.exists() else 0
        shutil.rmtree(folder)
        return Taken(seconds, ended, size)

    def measured(self, shape, size, times=1):
        """The least of several runs, without what the tool takes to start."""
        taken = [self.take(shape.through, shape.suffix, lambda folder: shape.write(folder, size)) for _ in range(times)]
        least = min(taken, key=lambda one: one.seconds)
        least.seconds = max(least.seconds - self.start[shape.through], LEAST)
        return least

    def ratio(self, shape):
        """By how much the larger input takes longer, of `MOST` at most, and the seconds that it takes."""
        large = self.measured(shape, self.size)
        if large.ended and large.seconds < 2 * AIM:
            # No slower than twice plain prose: nothing to look for.
            return None, large.seconds

        def grown(small):
            return large.seconds / small.seconds / max(1, large.size / max(1, small.size) / FACTOR)

        small = self.measured(shape, self.size // FACTOR, times=2)
        if grown(small) > MOST:
            small.seconds = max(small.seconds, self.measured(shape, self.size // FACTOR, times=3).seconds)
            # What takes as long as this is slow whatever else the machine does.
            if grown(small) > MOST and large.seconds < 20 * AIM:
                large.seconds = min(large.seconds, self.measured(shape, self.size, times=2).seconds)
        return grown(small), large.seconds


def go(scaling, options):
    began, number, findings = time.monotonic(), options.first, 0
    while number < options.first + options.count if options.count else time.monotonic() - began < options.seconds:
        shape = Shape(random.Random(f"{options.seed} {number}"), number)
        ratio, seconds = scaling.ratio(shape)
        if options.verbose:
            print(f"{number}: {seconds:.2f} s, ratio {ratio and round(ratio, 1)}: {shape}"[:200], flush=True)
        if ratio and ratio > MOST:
            findings += 1
            print(f"try {number}, seed {options.seed}: {scaling.size // FACTOR} and {scaling.size} bytes, {ratio:.1f} times the processor"
                  f" time, {seconds:.2f} s: {shape}")
            print(f"again: Benchmarks/scaling.py --tool {options.tool} --seed {options.seed} --first {number} --count 1")
            if options.keep:
                folder = pathlib.Path(options.keep) / str(number)
                folder.mkdir(parents=True, exist_ok=True)
                shape.write(folder, scaling.size)
        number += 1
    print(f"{number - options.first} inputs of {scaling.size} bytes in {time.monotonic() - began:.0f} s, seed {options.seed}: "
          f"{findings or 'none'} more than {MOST} times as long as a fourth of it")
    return 1 if findings else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", default=str(HERE.parent / ".build/release/colophon"))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--count", type=int, help="how many inputs to try, however long it takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="the number of the input to begin with")
    parser.add_argument("--keep", help="a folder for the inputs that were found")
    parser.add_argument("--verbose", action="store_true", help="tell of each input")
    options = parser.parse_args()
    options.tool = str(pathlib.Path(options.tool).resolve())
    if not os.access(options.tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    root = pathlib.Path(tempfile.mkdtemp(prefix="colophon-scaling-"))
    try:
        code = go(Scaling(options.tool, root), options)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
