#!/usr/bin/env python3
"""Tries to bring Colophon to a wrong result: kills, damage, crowds, changing files, full and read-only disks, wrong clocks.

usage: stress.py --tool .build/release/colophon [--seconds 120 | --count 1000] [--seed 1] [--episode NAME] [--keep]

Each episode takes a small invented project with a store that runs have filled, does bad things to it, chosen by the
seed, and then asks for a plain run: it has to succeed without a flag, and what it writes has to be byte for byte what a
run with an empty store writes (the oracle). The first difference ends the program with exit code 1 and says the seed and
the number of the episode; the same arguments try the same things again. `--keep` leaves the project there to look at.

All kinds of episodes take turns until the time is over, and each is tried at least once. With `--count`, they go on until
so many kills were made, or damages (that were found: a byte that holds nothing does not count), or episodes of another
kind: `--episode kill --count 1000`.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

from stressing import damages, kills
from stressing.episodes import Episodes
from stressing.harm import Skipped
from stressing.project import Difference, Oracle, Project

HERE = pathlib.Path(__file__).resolve().parent
ALL = ["kill", "stop", "damage", "newer", "orphan", "read_only", "full", "clock", "lying", "crowd", "under_the_feet",
       "collect", "verify", "series"]
# What `--count` counts, where it is not episodes.
MEASURES = {"kill": "killed", "damage": "damages"}


def prepare(options, root):
    """A project that runs have filled, and what a first run of it takes."""
    tool = str(pathlib.Path(options.tool).resolve())
    folder = root / "base"
    folder.mkdir()
    # The consents are kept beside the projects, not in the home of who tries this.
    os.environ["XDG_DATA_HOME"] = str(root / "consents")
    base = Project(tool, folder, random.Random(f"{options.seed} corpus"))
    base.fill(options.documents)
    began = time.monotonic()
    base.run("main")
    cold = time.monotonic() - began
    base.run("short")
    episodes = Episodes(tool, root, Oracle(tool, root / "oracle"), base, cold, options.seed)
    episodes.kills = kills.Kills(cold)
    return episodes


def go(episodes, options):
    began = time.monotonic()
    number, tried, skipped = options.first, set(), {}
    names = [options.episode] if options.episode else ALL

    def is_over():
        if options.count:
            return all(episodes.counts[MEASURES.get(name, f"episodes: {name}")] >= options.count or name in skipped
                       for name in names)
        return time.monotonic() - began >= options.seconds and (tried.issuperset(names) or options.first > 1)

    while not is_over():
        name = names[number % len(names)]
        chance = random.Random(f"{options.seed} {number}")
        project = episodes.project(chance)
        try:
            getattr(episodes, name)(project, chance)
            episodes.counts[f"episodes: {name}"] += 1
        except Skipped as reason:
            skipped[name] = str(reason)
        except (Difference, subprocess.TimeoutExpired) as difference:
            print(f"\nepisode {number} ({name}), seed {options.seed}: {difference}")
            print(f"again: Benchmarks/stress.py --tool {options.tool} --seed {options.seed} --first {number} --seconds 1 --keep"
                  f" --documents {options.documents}" + (f" --episode {options.episode}" if options.episode else ""))
            if options.keep:
                print(f"the project is in {episodes.root}")
            episodes.counts["differences"] += 1
            if not options.go_on:
                tell(episodes.counts)
                return 1
        tried.add(name)
        number += 1
    done = sum(count for name, count in episodes.counts.items() if name.startswith("episodes: "))
    print(f"{done} episodes in {time.monotonic() - began:.0f} s, seed {options.seed}: "
          f"{episodes.counts['differences'] or 'no'} difference")
    tell(episodes.counts)
    for name, reason in sorted(skipped.items()):
        print(f"  not tried: {name}, {reason}")
    return 1 if episodes.counts["differences"] else 0


def tell(counts):
    for name, count in sorted(counts.items()):
        print(f"  {name}: {count}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", default=str(HERE.parent / ".build/release/colophon"))
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--count", type=int, help="how many kills, damages or episodes to try, however long it takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=8, help="how many documents the project begins with")
    parser.add_argument("--episode", choices=ALL, help="only this one")
    parser.add_argument("--first", type=int, default=1, help="the number of the episode to begin with")
    parser.add_argument("--go-on", action="store_true", help="try on after a difference, and count them")
    parser.add_argument("--keep", action="store_true", help="leave the project there after a difference")
    options = parser.parse_args()
    if not os.access(options.tool, os.X_OK):
        sys.exit(f"there is no '{options.tool}': build it with 'make build'")
    root = pathlib.Path(tempfile.mkdtemp(prefix="colophon-stress-"))
    code = 1
    try:
        code = go(prepare(options, root), options)
    finally:
        if code == 0 or not options.keep:
            shutil.rmtree(root, ignore_errors=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
