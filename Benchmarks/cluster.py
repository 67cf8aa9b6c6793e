#!/usr/bin/env python3
"""What tasks of a cluster bring, and what they cost.

    cluster.py measure --tool .build/release/colophon --documents 2000
    cluster.py simulate

`measure` runs one pipeline over an invented corpus without tasks, and with tasks as processes of this machine, 1, 2 and
4 at once (or as many as `--tasks` says, four at once at most), and prints the load of the machine, the processor time
of the run itself, how much of it passed while no more than one of its threads had work, and the processor time of its
tasks; then what moves: what tasks hand in, their shares, their plans (the decisions, above all), and the pages of the
tables of folds that the state has at the end. What tasks cost more than a run without them is told for each document,
and for each task where there is a row with more of them. `simulate` takes costs for each document
that were measured so, and computes how long runs over 10^6 and 10^8 documents would take on 10, 100 and 1,000 nodes. It
deals documents out as the tool does (`TaskCoordinator.shares`: portions of 32 in turn, as many shares as there are
`documents-per-task`), draws the cost of each portion from a seeded distribution, starts tasks as nodes become free,
and has some tasks lose their node, whose missing minutes are submitted again.
"""

import argparse
import glob
import heapq
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

STAGES = ["clean", "segment", "tag-entities", "link-claims", "summarize-statistics"]


def run(tool, folder, options):
    """Wall time, processor time of the run, of that what passed while one thread at most had work, and by path the sizes of
    the files between the run and its tasks."""
    # `time` of the shell would add the two: the run's own time is what it says of itself at its end.
    start = time.monotonic()
    process = subprocess.Popen([tool, "run", "pipelines/p.yaml", "--quiet", "--jobs", "2"] + options, cwd=folder)
    own = single = 0.0
    moved = {}
    ticks = os.sysconf("SC_CLK_TCK")
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            last, own = own, (int(fields[11]) + int(fields[12])) / ticks
            if busy(process.pid) <= 1:
                single += own - last
            for job in glob.glob(f"{folder}/.colophon/tasks/*/*/pass-*/job-*"):
                for path in [f"{job}/plan"] + glob.glob(f"{job}/share/*") + glob.glob(f"{job}/results/*"):
                    if path not in moved and not path.endswith(".part"):
                        moved[path] = os.path.getsize(path)
        except (OSError, IndexError):
            pass
        time.sleep(0.02)
    if process.returncode != 0:
        sys.exit(f"cluster.py: the run failed with {process.returncode}")
    return time.monotonic() - start, own, single, moved


def busy(process):
    """How many threads of a process run, or wait for a processor: however many others use the machine."""
    count = 0
    for thread in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{thread}/stat") as file:
            count += file.read().rsplit(")", 1)[1].split()[0] == "R"
    return count


def project(folder, tool, documents):
    subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "corpus.py"), "--documents", str(documents),
                    folder], check=True, stdout=subprocess.DEVNULL)
    os.makedirs(f"{folder}/pipelines")
    with open(f"{folder}/pipelines/p.yaml", "w") as file:
        file.write("title: Cluster\ncorpus:\n  include: corpus/**/*.txt\n  metadata: corpus/metadata.csv\nstages:\n")
        file.writelines(f"  - uses: {stage}\n" for stage in STAGES)


def measure(options):
    folder = tempfile.mkdtemp(prefix="cluster-")
    try:
        project(f"{folder}/p", options.tool, options.documents)
        print(f"{options.documents} documents; load of the machine before: {os.getloadavg()[0]:.1f}")
        print("| | wall s | load | the run's processor s | of it by one thread alone | tasks' processor s | "
              "handed in, KB a document | shares | plans | pages of tables |\n|---|---|---|---|---|---|---|---|---|---|")
        (outputs, wholes) = (None, {})
        for tasks in [int(text) for text in options.tasks.split(",")]:
            for name in [".colophon", "outputs", "colophon.yaml"]:
                path = f"{folder}/p/{name}"
                shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.path.exists(path) and os.remove(path)
            if tasks:
                share = -(-options.documents // tasks)
                with open(f"{folder}/p/colophon.yaml", "w") as file:
                    file.write(f"executors: {{processes: {{documents-per-task: {share}, at-most: {min(4, tasks)}}}}}\n")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            wall, own, single, moved = run(os.path.abspath(options.tool), f"{folder}/p",
                            ["--on", "processes", "--force-tasks"] if tasks else [])
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            wholes[tasks] = whole
            sizes = [sum(size for path, size in moved.items() if kind in path) for kind in ["/results/", "/share/", "/plan"]]
            state = sqlite3.connect(f"{folder}/p/.colophon/state/p.sqlite")
            sizes.append(state.execute("SELECT sum(length(bytes)) FROM pages").fetchone()[0] or 0)
            state.close()
            cells = [f"{wall:.1f}", f"{os.getloadavg()[0]:.1f}", f"{own:.1f}", f"{single:.1f}",
                     f"{max(0, whole - own) if tasks else 0:.1f}"] + [f"{size / options.documents / 1000:.2f}" for size in sizes]
            print(f"| {f'{tasks} tasks, {min(4, tasks)} at once' if tasks else 'without tasks'} | {' | '.join(cells)} |", flush=True)
            with open(f"{folder}/p/pipelines/p.lock", "rb") as file:
                lock = file.read()
            if outputs not in (None, lock):
                sys.exit("cluster.py: the lock has other bytes")
            outputs = lock
        few = min((tasks for tasks in wholes if tasks), default=0)
        if few and 0 in wholes:
            more = (wholes[few] - wholes[0]) / options.documents * 1000
            print(f"\n{few} tasks cost {more:.2f} ms of processor time a document more than a run without them")
        if few and max(wholes) > few:
            more = (wholes[max(wholes)] - wholes[few]) / (max(wholes) - few) / 3 * 1000
            print(f"each task of an array costs {more:.0f} ms of processor time more, by {max(wholes)} against {few} in three arrays")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shares(documents, per_task):
    """How many portions of 32 documents each task has, as `TaskCoordinator.shares` deals them out."""
    portions = -(-documents // 32)
    count = max(1, min(-(-documents // per_task), portions))
    return [portions // count + (k < portions % count) for k in range(count)]


def array(generator, documents, nodes, options):
    """Seconds until all portions of an array are handed in, and how many tasks were submitted."""
    per_portion = options.work / options.passes * 32 / 1000
    # The sum of many portions of one share is close to normal; a share is drawn once.
    waiting = []
    for portions in shares(documents, options.per_task):
        spread = options.spread * per_portion * portions ** 0.5
        waiting.append(max(0.0, generator.gauss(per_portion * portions, spread)))
    free = [generator.expovariate(1 / options.queue) if options.queue else 0.0 for _ in range(nodes)]
    heapq.heapify(free)
    (end, submitted) = (0.0, 0)
    while waiting:
        work = waiting.pop()
        start = heapq.heappop(free)
        submitted += 1
        lost = generator.random() < options.loss
        spent = work * generator.random() if lost else work
        if lost:
            # What was handed in each minute is kept; the rest is another task's.
            waiting.insert(0, work - (spent // 60) * 60)
        done = start + options.start + spent
        end = max(end, done)
        heapq.heappush(free, done)
    return end, submitted


def wall(cost, single, jobs):
    """How long work of a processor time `cost` takes with `jobs` processors, where `single` of it is one thread's alone."""
    return single + (cost - single) / jobs


def simulate(options):
    print(f"milliseconds a document: {options.alone} without tasks, {options.alone_single} of it in one thread alone; {options.work} in tasks, {options.rest} in the run, "
          f"{options.single} of it in one thread alone; {options.carried} KB carried back; seed {options.seed}\n")
    print("| documents | nodes | tasks | in tasks | in the run | share of the run | one thread alone | without tasks | "
          "packs | shares | decisions, to each task | tables of folds |\n|---|---|---|---|---|---|---|---|---|---|---|---|")
    for documents in [10 ** 6, 10 ** 8]:
        here = documents * wall(options.alone, options.alone_single, options.jobs) / 1000
        serial = documents * wall(options.rest, options.single, options.jobs) / 1000
        for nodes in [10, 100, 1000]:
            generator = random.Random(options.seed)
            ends = [array(generator, documents, nodes, options) for _ in range(options.passes)]
            away = sum(end for end, _ in ends)
            alone = documents * options.single / 1000
            sizes = [documents * each / 1e6 for each in [options.carried, options.share, options.decisions, options.tables]]
            print(f"| 10^{len(str(documents)) - 1} | {nodes} | {sum(count for _, count in ends):,} | {away / 3600:.2f} h | "
                  f"{serial / 3600:.2f} h | {100 * serial / (serial + away):.0f} % | {100 * alone / (serial + away):.0f} % | "
                  f"{here / 3600:.2f} h | {' | '.join(f'{size:,.1f} GB' for size in sizes)} |")
    print()
    for nodes in [10, 100, 1000]:
        first = next((size for size in SIZES if is_serial(size, nodes, options)), None)
        print(f"{nodes} nodes: the run itself takes more time than its tasks from "
              f"{f'{first:,} documents on' if first else 'no size that was tried on'}")


SIZES = sorted(round(k * 10 ** e) for e in range(3, 8) for k in [1, 2, 5]) + [10 ** 8]


def is_serial(documents, nodes, options):
    """Whether the run itself takes more time than its tasks."""
    generator = random.Random(options.seed)
    away = sum(array(generator, documents, nodes, options)[0] for _ in range(options.passes))
    return documents * wall(options.rest, options.single, options.jobs) / 1000 > away


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("measure")
    measuring.add_argument("--tool", default=".build/release/colophon")
    measuring.add_argument("--documents", type=int, default=2000)
    measuring.add_argument("--tasks", default="0,1,2,4", help="numbers of tasks, 0 for none")
    simulating = commands.add_parser("simulate")
    for name, default, what in [
            ("work", 3.2, "milliseconds a document in tasks"),
            ("rest", 6.85, "milliseconds a document that stay in the run"),
            ("single", 1.9, "of these, milliseconds with one thread alone"),
            ("alone", 9.3, "milliseconds a document without tasks"),
            ("alone-single", 1.35, "of these, milliseconds with one thread alone"),
            ("carried", 13.6, "kilobytes a document that tasks hand in"),
            ("share", 1.5, "kilobytes a document of what tasks are told of their own documents"),
            ("decisions", 0.02, "kilobytes a document of decisions, which each task gets"),
            ("tables", 10.5, "kilobytes a document of the tables of folds, with their decisions"),
            ("spread", 0.8, "standard deviation of a portion's cost, as a part of it"),
            ("queue", 60.0, "seconds a node is waited for, on average"),
            ("start", 2.0, "seconds a task takes to start"),
            ("loss", 0.01, "share of tasks that lose their node")]:
        simulating.add_argument(f"--{name}", type=float, default=default, help=what)
    simulating.add_argument("--per-task", type=int, default=100_000, help="documents a task")
    simulating.add_argument("--passes", type=int, default=3, help="arrays, one after the other")
    simulating.add_argument("--jobs", type=int, default=8, help="processors of the machine of the run")
    simulating.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    measure(options) if options.command == "measure" else simulate(options)


if __name__ == "__main__":
    main()
