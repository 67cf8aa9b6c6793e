#!/usr/bin/env python3
"""Makes Sources/ClaimStage/Data/forms.txt: which forms frequent English words may be.

usage: word-forms.py WORDNET-FOLDER WORDS > Sources/ClaimStage/Data/forms.txt

WORDNET-FOLDER is the database of WordNet 3.0 (Debian: wordnet-base, /usr/share/wordnet). WORDS is a file of
words, one a line, that are taken in even if WordNet's counts call them rare. Python 3, standard library only.
"""
import collections
import re
import sys
import textwrap

HEAD = """\
# Which forms of words they may be, by their letters: b base form of a verb, s its third person, d past or participle,
# g -ing form; n noun, p plural noun; a adjective, r adverb. Of frequent words, with the uses that are not rare, after
# WordNet 3.0 (NOTICE). Made by Tools/word-forms.py.
"""
CLASSES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
FREQUENT = 4  # so often in the texts that WordNet counted
RARE = 0.08  # a use of so small a share of the commonest one is left out


def third(word):
    if re.search(r"(s|sh|ch|x|z)$", word):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def past(word):
    if word.endswith("e"):
        return word + "d"
    return word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else word + "ed"


def progressive(word):
    if word.endswith("ie"):
        return word[:-2] + "ying"
    return (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"


def main(folder, words):
    counts = collections.Counter()
    for line in open(f"{folder}/cntlist.rev"):
        key, _, count = line.split()
        lemma, sense = key.split("%")
        counts[lemma, CLASSES[sense[0]]] += int(count)
    irregular = collections.defaultdict(list)
    for name in ("noun", "verb", "adj"):
        for line in open(f"{folder}/{name}.exc"):
            form, *lemmas = line.split()
            for lemma in lemmas:
                irregular[lemma, name[0]].append(form)
    forms = collections.defaultdict(lambda: collections.defaultdict(float))
    for name in ("noun", "verb", "adj", "adv"):
        for line in open(f"{folder}/index.{name}"):
            word = line.split(" ", 1)[0]
            if not re.fullmatch(r"[a-z]+", word):
                continue
            kind = "r" if name == "adv" else name[0]
            count = counts[word, kind] + 0.3
            others = irregular[word, kind]
            if kind == "n":
                forms[word]["n"] += count
                for form in others or [third(word)]:
                    forms[form]["p"] += count
            elif kind == "v":
                forms[word]["b"] += count
                forms[third(word)]["s"] += count
                going = [x for x in others if x.endswith("ing")]
                done = [x for x in others if not x.endswith(("ing", "s"))]
                for form in going or [progressive(word)]:
                    forms[form]["g"] += count
                for form in done or [past(word)]:
                    forms[form]["d"] += count
            else:
                for form in [word] + others:
                    forms[form][kind] += count
    kept = {x.strip().lower() for x in open(words)}
    by_use = collections.defaultdict(list)
    for word, uses in forms.items():
        most = max(uses.values())
        if re.fullmatch(r"[a-z]{3,}", word) and (most >= FREQUENT or word in kept):
            by_use["".join(sorted(use for use, count in uses.items() if count >= RARE * most))].append(word)
    print(HEAD, end="")
    for use, members in sorted(by_use.items()):
        for line in textwrap.wrap(" ".join(sorted(members)), 110):
            print(f"{use}: {line}")


main(*sys.argv[1:])
