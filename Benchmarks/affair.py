#!/usr/bin/env python3
"""Write an invented corpus of which every document is about one affair, and count how the tool links it.

usage: affair.py FOLDER [--documents N] [--seed S] [--tool TOOL]

A dam breaks, and many outlets tell of it for a month: the toll grows, sources differ about it, the same people speak, and
the same is said in other words. Without --tool the documents are only written. With it, how many links a claim has and
what processor time all stages took are printed. The same seed gives the same bytes.
"""
import argparse
import datetime
import json
import random
import resource
import subprocess
import sys
from pathlib import Path

PEOPLE = ["Ada Weir", "Tom Reed", "Ilse Marrable", "Joren Tolliver", "Nadia Holm", "Per Lindqvist", "Rosa Quint", "Odd Varga"]
PLACES = ["Skerrow", "Orsa", "Holmby", "Tarn Valley", "Lower Quint", "Port Varga"]
BODIES = ["the Tide Inspectorate", "the Harbour Board", "the Red Lantern Society", "the Ministry of Works"]
OUTLETS = ["Courier", "Herald", "Gazette", "Observer", "Examiner", "Chronicle", "Monitor"]
THINGS = ["the dam", "the spillway", "the north wall", "the sluice gate", "the pumping station", "the coast road"]
DEEDS = [
    ("had failed", "had given way"), ("had been inspected", "had been examined"), ("was unsafe", "was not safe"),
    ("was closed", "had been shut"), ("will be rebuilt", "is to be rebuilt"), ("had been repaired", "had been mended"),
]
TOLLS = [
    "{n} people were killed when the dam above {place} broke", "the flood at {place} claimed {n} lives",
    "the death toll at {place} had risen to {n}", "{n} people had died in the flood near {place}",
]
OTHERS = [
    "{n} houses in {place} were under water", "{n} people were moved out of {place}", "{n} soldiers were sent to {place}",
    "rebuilding {place} will cost ${n} million", "{n} families in {place} had lost their homes",
]
SAYINGS = ["{who} said that {what}.", "{who} told the {outlet} that {what}.", "According to {who}, {what}.", "{who} denied that {what}."]


def clause(chance, day):
    """What somebody says on a day of the affair."""
    place = chance.choice(PLACES)
    kind = chance.random()
    if kind < 0.25:
        return chance.choice(TOLLS).format(n=20 + 3 * day + chance.choice([0, 0, 0, 2, 5]), place=place)
    if kind < 0.5:
        return chance.choice(OTHERS).format(n=chance.choice([40, 120, 300, 450]) + 10 * day, place=place)
    other = chance.choice(PEOPLE + BODIES)
    thing, deed = chance.choice(THINGS), chance.choice(chance.choice(DEEDS))
    return f"{thing} of {place} {deed}" + chance.choice(["", f" by {other}", f", as {other} had warned", " in the night"])


def document(chance, number):
    """One article: a date, a head and a dozen sentences."""
    day = chance.randrange(30)
    outlet = chance.choice(OUTLETS)
    date = datetime.date(2031, 5, 1) + datetime.timedelta(days=day)
    lines = [f"{chance.choice(PLACES)}, {date.day} {date:%B} {date.year}"]
    for _ in range(chance.randrange(8, 16)):
        who = chance.choice(PEOPLE + BODIES)
        said = chance.choice(SAYINGS).format(who=who, outlet=outlet, what=clause(chance, day))
        lines.append(said[0].upper() + said[1:])
    return f"The flood of Tarn Valley, report {number + 1}\n\n{lines[0]}\n\n" + "\n\n".join(
        " ".join(lines[k:k + 3]) for k in range(1, len(lines), 3)) + "\n"


def write(folder, documents, seed):
    """Write so many documents; each depends on the seed and its number alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        text = document(random.Random(f"{seed}/{number}"), number)
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def measure(tool, folder):
    """Annotate the documents and print links for each claim and the processor time."""
    command = [tool, "annotate", "--stages", "segment,tag-entities,link-claims", *sorted(p.name for p in folder.glob("*.txt"))]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        counts, relations = [], {}
        for line in process.stdout:
            layers = json.loads(line)["layers"]
            own = [0] * len(layers["claims"])
            for link in layers["links"]:
                own[link["claim"]] += 1
                relations[link["relation"]] = relations.get(link["relation"], 0) + 1
            counts += own
    if process.returncode:
        sys.exit(process.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    counts.sort()
    print(f"claims {len(counts)}, ends of links {sum(counts)}, for each claim {sum(counts) / max(1, len(counts)):.1f}, "
          f"half of all claims at most {counts[len(counts) // 2]}, 99 in 100 at most {counts[len(counts) * 99 // 100]}")
    print("relations", " ".join(f"{name} {count}" for name, count in sorted(relations.items())))
    print(f"processor time {seconds:.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool")
    options = parser.parse_args()
    write(options.folder, options.documents, options.seed)
    if options.tool:
        measure(options.tool, options.folder)


if __name__ == "__main__":
    main()
