#!/usr/bin/env python3
"""Makes Sources/ClaimStage/Data/word-families.txt and antonyms.txt from the data files of WordNet 3.0.

    python3 Tools/wordnet-lists.py /usr/share/wordnet Sources/ClaimStage/Data

The Debian package wordnet-base installs these files. The same files give the same lists, byte for byte.
"""
import os
import re
import sys
from collections import defaultdict

LEAST = 3  # a word is taken that WordNet's marked texts use so often


def counts(folder):
    """How often the marked texts use each word, by part of speech: (lemma, n or v or a) -> count."""
    total = defaultdict(int)
    for line in open(os.path.join(folder, "cntlist.rev")):
        key, _, count = line.split()
        lemma, sense = key.split("%")
        total[lemma, {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}[sense[0]]] += int(count)
    return total


def synsets(folder, part):
    """offset -> (words, pointers), a pointer being (symbol, offset, part, source, target)."""
    found = {}
    for line in open(os.path.join(folder, "data." + part)):
        if line.startswith("  "):
            continue
        field = line.split("|")[0].split()
        n = int(field[3], 16)
        words = [re.sub(r"\(.*", "", field[4 + 2 * k]).lower() for k in range(n)]
        at = 4 + 2 * n
        pointers = []
        for k in range(int(field[at])):
            symbol, offset, kind, ends = field[at + 1 + 4 * k:at + 5 + 4 * k]
            pointers.append((symbol, offset, kind, int(ends[:2], 16), int(ends[2:], 16)))
        found[field[0]] = (words, pointers)
    return found


def main():
    folder, out = sys.argv[1:3]
    count = counts(folder)
    parts = {"n": synsets(folder, "noun"), "v": synsets(folder, "verb"), "a": synsets(folder, "adj")}
    known = lambda word, part: word.isalpha() and word.isascii() and count[word, part] >= LEAST
    families = defaultdict(set)
    antonyms = set()
    for part in "va":
        for words, pointers in parts[part].values():
            for symbol, offset, kind, source, target in pointers:
                if kind == "s":
                    kind = "a"
                if not source or kind not in parts:
                    continue
                one, other = words[source - 1], parts[kind][offset][0][target - 1]
                # a noun that is derived from the verb; it begins as the verb does, so that it is the same word to a reader
                if symbol == "+" and part == "v" and kind == "n" and known(one, "v") and known(other, "n"):
                    if one[:3] == other[:3] and not re.search(r"(er|or|ist|ant|ent|ee)$", other):
                        families[one].add(other)
                if symbol == "!" and kind == part and known(one, part) and known(other, part):
                    antonyms.add(tuple(sorted((one, other))))
    for line in open(os.path.join(folder, "verb.exc")):
        form, *lemmas = line.split()
        for lemma in lemmas:
            if known(lemma, "v") and form.isalpha():
                families[lemma].add(form)
    for line in open(os.path.join(folder, "noun.exc")):
        form, lemma = line.split()[:2]
        if known(lemma, "n") and form.isalpha() and form != lemma:
            families[lemma].add(form)
    with open(os.path.join(out, "word-families.txt"), "w") as file:
        file.write("# Words that are one when statements are compared: a verb, its irregular forms and the nouns derived from\n"
                   "# it; a noun and its irregular plural. From WordNet 3.0, see NOTICE; made by Tools/wordnet-lists.py.\n")
        for head in sorted(families):
            rest = sorted(families[head] - {head})
            if rest:
                file.write(" ".join([head] + rest) + "\n")
    with open(os.path.join(out, "antonyms.txt"), "w") as file:
        file.write("# Words that say the contrary of each other. From WordNet 3.0, see NOTICE; made by Tools/wordnet-lists.py.\n")
        for pair in sorted(antonyms):
            file.write(" ".join(pair) + "\n")


main()
