"""Runs that are killed, at moments spread over all that a run does."""

import signal
import time

from .episodes import Episodes, finish
from .project import Difference


class Kills:
    """How long runs take that begin in one way or another, learned from those that were over before they were killed."""

    def __init__(self, cold):
        self.cold = cold
        self.spans = {}

    def span(self, kind):
        return self.spans.get(kind, self.cold)

    def learn(self, kind, was_over):
        # Comes to rest where a fifth of the runs are over when the moment has come: it is spread over the whole run.
        self.spans[kind] = max(0.01, self.span(kind) * (0.9 if was_over else 1.03))


# What a run writes, from the first to the last; where a run is killed is told by the last of them that it had begun.
PLACES = [("while it looked", []), ("amid the steps", ["store.sqlite", "main.sqlite"]), ("amid the results", ["results.sqlite"]),
          ("amid the report", ["report.md", "evidence", "charts"]), ("behind the lock", ["main.lock"])]


def stamps(project):
    """Size and time of what a run writes, by its name."""
    found = {}
    for folder in [".colophon", "outputs/main", "pipelines"]:
        for path in project.path(folder).rglob("*"):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            found[str(path.relative_to(project.folder))] = (stat.st_mtime_ns, stat.st_size)
    return found


def place(before, after):
    """Where a run was when it was killed."""
    changed = [name for name in after if before.get(name) != after[name]]
    return max((number for number, (_, files) in enumerate(PLACES) for file in files
                if any(file in name for name in changed)), default=0)


def kill(self, project, chance):
    """SIGKILL at a random moment, half of the time with two writers on one store."""
    for _ in range(self.chain):
        kill_once(self, project, chance)


def kill_once(self, project, chance):
    self.move(project, chance)
    lost = chance.choice(["nothing", "nothing", ".colophon", ".colophon/state", "outputs"])
    if lost != "nothing":
        project.remove(lost)
    pipelines = ["main"] if chance.random() < 0.5 else ["main", chance.choice(["short", "other", "main"])]
    before = stamps(project)
    processes = [project.start(pipeline) for pipeline in pipelines]
    kind = (lost, *pipelines)
    if chance.random() < 0.4:
        wait_for_a_sign(project, processes, before, chance)
    else:
        time.sleep(chance.random() * self.kills.span(kind))
        self.kills.learn(kind, was_over=any(process.poll() is not None for process in processes))
    spared = chance.randrange(len(processes)) if len(processes) > 1 and chance.random() < 0.4 else None
    for number, process in enumerate(processes):
        if number != spared:
            process.kill()
    codes = [finish(process) for process in processes]
    if any(code not in (0, -signal.SIGKILL) for code in codes):
        raise Difference(f"runs beside a killed one ended with {codes}: {[process.said for process in processes]}")
    killed = sum(code == -signal.SIGKILL for code in codes)
    self.counts["killed"] += killed
    self.counts["killed, of two writers on one store"] += killed if len(processes) > 1 else 0
    if codes[0] == -signal.SIGKILL:
        self.counts[f"killed {PLACES[place(before, stamps(project))][0]}"] += 1
    for pipeline in dict.fromkeys(pipelines):
        self.hold(project, pipeline)


def wait_for_a_sign(project, processes, before, chance):
    """Until one of the things that a run writes is written to, and a moment longer."""
    _, files = chance.choice(PLACES[1:])
    while all(process.poll() is None for process in processes):
        now = stamps(project)
        if any(before.get(name) != now[name] for name in now if any(file in name for file in files)):
            time.sleep(chance.random() * 0.01)
            return


Episodes.kill = kill
