"""What is done to a store: damage, disks without room or without the right to write, and a look at what it holds."""

import os
import shutil
import sqlite3
import subprocess


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


def databases(store):
    return sorted(path for path in store.rglob("*.sqlite") if path.is_file())


def settle(store):
    """Brings everything out of the logs into the databases."""
    for path in databases(store):
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


def holdings(store):
    """Everything that a store holds, as SQLite reads it, and whether its indexes are sound; of a copy, since to look at a
    database writes to its log."""
    found = {}
    for path in databases(store):
        name = str(path.relative_to(store))
        database = sqlite3.connect(path)
        database.text_factory = bytes
        try:
            tables = [row[0].decode() for row in
                      database.execute("select name from sqlite_master where type = 'table' order by name")]
            # How SQLite numbers what was retired is nobody's business.
            columns = {"retired": "run, key"}
            found[name] = [database.execute("pragma application_id").fetchone(),
                           database.execute("pragma user_version").fetchone(),
                           database.execute("pragma integrity_check(1)").fetchone()]
            found[name] += [(table, sorted(database.execute(f'select {columns.get(table, "*")} from "{table}"'), key=repr))
                            for table in tables]
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            found[name] = [repr(error)]
        finally:
            database.close()
    for path in sorted((store / "objects").rglob("*")):
        if path.is_file():
            found[str(path.relative_to(store))] = path.read_bytes()
    return found


def spoil(path, chance):
    """Flips bits, overwrites a stretch, or cuts a file; says what it did."""
    content = bytearray(path.read_bytes())
    if not content:
        return "nothing"
    kind = chance.choice(["bit", "bit", "bits", "stretch", "page", "cut", "empty"])
    if kind == "bit":
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == "bits":
        for _ in range(chance.randrange(2, 400)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif kind == "stretch":
        start = chance.randrange(len(content))
        stretch = chance.randbytes(chance.randrange(1, 600))
        content[start:start + len(stretch)] = stretch[:len(content) - start]
    elif kind == "page":
        start = chance.randrange(len(content)) // 4096 * 4096
        content[start:start + 4096] = b"\0" * len(content[start:start + 4096])
    elif kind == "cut":
        del content[chance.randrange(len(content)):]
    else:
        content.clear()
    path.write_bytes(content)
    return kind


def seal(path, size, modified, changed, inode, seen, digest):
    """The check that the file table keeps beside a row, so that a lie can be told with a sound one."""
    state = 0xCBF29CE484222325
    numbers = [size, modified, changed, seen, inode]
    for byte in path.encode() + b"".join((n % 2**64).to_bytes(8, "little") for n in numbers) + digest:
        state = (state ^ byte) * 0x100000001B3 % 2**64
    state ^= state >> 33
    state = state * 0xFF51AFD7ED558CCD % 2**64
    state ^= state >> 33
    state = state * 0xC4CEB9FE1A85EC53 % 2**64
    state ^= state >> 33
    return state - 2**64 if state >= 2**63 else state
