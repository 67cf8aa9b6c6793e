"""Stores of which a part is not as it was written."""

import shutil

from .episodes import Episodes
from .harm import holdings, settle, spoil
from .project import Difference, Project


def damage(self, project, chance):
    """Flips and cuts in any file of the store and the state, and a run that may read them."""
    if chance.random() < 0.1:
        project = heavy(self, chance)
    for _ in range(self.chain):
        damage_once(self, project, chance)


def heavy(self, chance):
    """A project with a document so long that its layers stand in files of their own."""
    folder = self.root / "heavy"
    if not folder.exists():
        shutil.copytree(self.base.folder, folder)
        project = Project(self.tool, folder, self.base.chance)
        project.remove(".colophon")
        long = "\n\n".join(self.base.text() for _ in range(40))
        project.path("corpus/wire/long.txt").write_text(long * (1_100_000 // len(long) + 1), "utf-8")
        project.run("plain")
    copy = self.root / "episode"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    project = Project(self.tool, copy, chance)
    project.run("plain")
    return project


def damage_once(self, project, chance):
    store = project.path(".colophon")
    pipeline = "plain" if project.path("corpus/wire/long.txt").exists() else "main"
    if chance.random() < 0.8:
        settle(store)
    files = [path for path in sorted(store.rglob("*"))
             if path.is_file() and path.stat().st_size > 0 and ".damaged" not in path.name]
    if pipeline == "plain":
        files = [path for path in files if path.parent.parent.name == "objects"]
    # The store is looked at as often as all the rest.
    path = chance.choice(files + [store / "store.sqlite"] * (len(files) if pipeline == "main" else 0 if files else 1))
    is_log = path.name.endswith(("-wal", "-shm"))
    before, _ = look(self, store)
    how = spoil(path, chance)
    after, check = look(self, store)
    what = f"{path.name} ({how})"
    is_found = "damaged" in check.stderr or "newer-store" in check.stderr
    if before == after and not is_found:
        self.counts["damages of bytes that hold nothing"] += 1
    # What stands in a log behind a damaged place never was, for SQLite: an older state, whole in itself.
    elif not is_found and is_log:
        self.counts["damaged logs, taken for shorter ones"] += 1
    elif not is_found:
        raise Difference(f"'cache verify' finds nothing wrong in a damaged {what}:\n{differing(before, after)}")
    else:
        self.counts["damages found by 'cache verify'"] += 1

    is_moved = pipeline == "main" and chance.random() < 0.6
    if is_moved:
        self.move(project, chance)
    if not is_moved or chance.random() < 0.5:
        project.remove("outputs")
    if path.name == "store.sqlite" and chance.random() < 0.4:
        project.remove(".colophon/state")
    done = project.run(pipeline, codes=(0, 1))
    is_refused = done.returncode == 1
    if is_refused:
        if "newer-store" not in done.stderr:
            raise Difference(f"a run with a damaged {what} ended with 1:\n{done.stderr}")
        self.counts["damages taken for a later release's store, and refused"] += 1
        path.unlink()
        done = project.run(pipeline)
    self.oracle.compare(project, pipeline)
    is_told = is_refused or "damaged-store" in done.stderr
    verified = project.command("cache", "verify")
    if verified.returncode not in (0, 1):
        raise Difference(f"'cache verify' ended with {verified.returncode}:\n{verified.stdout}{verified.stderr}")
    is_left = verified.returncode == 1 or "damaged-store" in verified.stderr
    # A change may have a table of the state begun anew: what was damaged in it is gone, and nobody had read it.
    is_dropped = is_found and not is_told and not is_left and is_moved and path.parent.name == "state"
    self.counts["damages of the state that a change threw away unread"] += is_dropped
    if is_found and not is_told and not is_left and not is_dropped:
        raise Difference(f"a damaged {what} was made good without a word:\n{check.stderr}")
    if is_left and not is_found:
        raise Difference(f"a run left damage behind in {what}:\n{verified.stderr}")
    self.counts["damages"] += is_found
    self.counts["damages told by the run, and made good"] += is_found and is_told
    self.counts["damages not read by the run, and found by 'cache verify' after it"] += is_left
    if is_left:
        repaired = project.command("cache", "repair")
        again = project.command("cache", "verify")
        if repaired.returncode != 0 or again.returncode != 0:
            raise Difference(f"'cache repair' left damage of {what}:\n{repaired.stderr}{again.stdout}{again.stderr}")
        project.remove("outputs")
        self.hold(project, pipeline)
    for aside in store.rglob("*.damaged*"):
        aside.unlink()


def look(self, store):
    """What a store holds, and what 'cache verify' says of it; by copies, so that nothing is mended on the way."""
    folder = self.folder("look")
    shutil.copytree(store, folder / ".colophon")
    held = holdings(folder / ".colophon")
    shutil.rmtree(folder / ".colophon")
    shutil.copytree(store, folder / ".colophon")
    return held, Project(self.tool, folder, self.base.chance).command("cache", "verify")


def differing(before, after):
    """Where the holdings of two stores differ, in a few lines."""
    lines = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if not isinstance(old, list) or not isinstance(new, list) or len(new) < 4:
            lines.append(f"{name}: {str(old)[:200]} / {str(new)[:200]}")
            continue
        lines += [f"{name}: {a} / {b}" for a, b in zip(old[:3], new[:3]) if a != b]
        old, new = dict(old[3:]), dict(new[3:])
        for table in sorted(old.keys() | new.keys()):
            a, b = old.get(table, []), new.get(table, [])
            lost, come = [row for row in a if row not in b], [row for row in b if row not in a]
            if lost or come:
                lines.append(f"{name}: {table}: {len(lost)} rows lost, {len(come)} come: {str(lost)[:400]} / {str(come)[:400]}")
    return "\n".join(lines)


Episodes.damage = damage
