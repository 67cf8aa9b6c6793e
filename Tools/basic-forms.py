#!/usr/bin/env python3
"""Makes Sources/Words/Data/basic-forms-en.txt: the words of English whose basic form is not what the rules say.

usage: basic-forms.py WORDNET-FOLDER Sources > Sources/Words/Data/basic-forms-en.txt

WORDNET-FOLDER is the database of WordNet 3.0 (Debian: wordnet-base, /usr/share/wordnet). The rules are those of
Sources/Words/Lemmas/BasicForm.swift, written again here. Python 3, standard library only.
"""
import collections
import re
import sys

HEAD = """\
# Words of English whose basic form is not what the rules of BasicForm say: the basic form, then words of which it is one;
# a word by itself is its own, and so is one that follows itself. Of the words of WordNet 3.0
# (NOTICE). Made by Tools/basic-forms.py.
"""
VOWELS = "aeiou"
# the share that the forms in -s, -ed and -ing have among those of a verb, about
SHARE = {"s": 0.15, "ed": 0.35, "ing": 0.2}


def lines(path):
    return [line.split() for line in open(path) if line.strip() and not line.startswith("#")]


def vowel(letter):
    return letter in VOWELS


def plural(w):
    if w.endswith("man") and len(w) > 5 and w[-4] not in "aiou":
        return w[:-2] + "en"
    if len(w) > 1 and w[-1] == "y" and not vowel(w[-2]):
        return w[:-1] + "ies"
    return w + ("es" if re.search(r"(s|x|z|ch|sh)$", w) else "s")


def stems(w, doubling):
    """The word before an ending with a vowel, in each spelling."""
    last = w[-1]
    if len(w) < 3 or vowel(last) or last in "wxyh" or not vowel(w[-2]) or vowel(w[-3]) and not w.endswith("quit"):
        return [w]
    syllables = len(re.findall(r"[aeiou]+", w))
    if syllables == 1 or w in doubling:
        return [w + last]
    return [w + last, w] if last == "l" and syllables == 2 and not w.endswith("il") else [w]


def verb(w, doubling):
    if len(w) > 1 and w[-1] == "y" and not vowel(w[-2]):
        past = [w[:-1] + "ied"]
    elif w[-1] == "e":
        past = [w + "d"]
    else:
        past = [s + "ed" for s in stems(w, doubling)]
    if w.endswith("ie"):
        ing = [w[:-2] + "ying"]
    elif w[-1] == "e" and not re.search(r"(ee|oe|ye)$", w) and len(w) > 2:
        ing = [w[:-1] + "ing"]
    else:
        ing = [(s if w[-1] != "e" else w) + "ing" for s in ([w] if w[-1] == "e" else stems(w, doubling))]
    return {"s": [plural(w)], "ed": past, "ing": ing}


def rule(form):
    """The basic form as the rules have it."""
    def syllables(w):
        return len(re.findall(r"[aeiouy]+", w))

    def restored(stem):
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lszfaeiou":
            return stem[:-1]
        if re.search(r"(at|iz|v|u|c|dg|[rl]g|[^aeioulrw]l|[aeiourlnp]s|[^aeiou](ur|ir|id)|ib)$", stem) and not re.search(
            r"([aeo]at|ou)$", stem
        ):
            return stem + "e"
        if re.search(r"(^|[^aeiou])[aeiou][^aeiouwxyh]$", stem) and syllables(stem) == 1 and len(stem) > 1:
            return stem + "e"
        return stem

    n = len(form)
    if n < 4:
        return form
    if form.endswith("men") and n > 5 and form[-4] not in "aiou":
        return form[:-2] + "an"
    if form.endswith("ies"):
        return form[:-1] if n == 4 else form[:-3] + "y"
    if re.search(r"(ss|us|is|'s)$", form):
        return form
    if re.search(r"(sses|xes|ches|shes|zzes|oes)$", form):
        return form[:-2]
    if form.endswith("s"):
        return form[:-1]
    if form.endswith("ied"):
        return form[:-1] if n == 4 else form[:-3] + "y"
    if form.endswith("eed"):
        return form
    if form.endswith("ed") and re.search(r"[aeiouy]", form[:-2]):
        return restored(form[:-2])
    if form.endswith("ying") and n == 5:
        return form[:-4] + "ie"
    if form.endswith("ing") and re.search(r"[aeiouy]", form[:-3]) and n > 5:
        return restored(form[:-3])
    return form


def main(folder, sources):
    counts = collections.Counter()
    kinds = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    for line in open(f"{folder}/cntlist.rev"):
        key, _, count = line.split()
        word, sense = key.split("%")
        if re.fullmatch(r"[a-z]+", word):
            counts[word, kinds[sense[0]]] += int(count)
    known = {"n": set(), "v": set(), "a": set()}
    for name in ("noun", "verb", "adj", "adv"):
        for line in open(f"{folder}/index.{name}"):
            word = line.split(" ", 1)[0]
            if re.fullmatch(r"[a-z]+", word):
                known[name[0]].add(word)
    irregular = collections.defaultdict(list)
    for base, *forms in lines(f"{sources}/Words/Data/irregular-en.txt"):
        irregular[base] += forms
    doubling = {w for line in lines(f"{sources}/Words/Data/doubling-en.txt") for w in line}
    candidates = collections.defaultdict(lambda: collections.Counter())
    bases = {w for (w, kind), n in counts.items() if n > 0}
    for base in bases | known["v"] | set(irregular):
        if base in irregular:
            own = sum(counts[base, k] for k in "nvar") or 1
            for form in irregular[base]:
                candidates[form][base] += 0.3 * own
            continue
        if len(base) < 2:
            continue
        if counts[base, "n"] and not base.endswith("s") or counts[base, "n"] > 2 and not base[:-1] in known["n"]:
            candidates[plural(base)][base] += 0.3 * counts[base, "n"]
        if counts[base, "v"] or base in known["v"] and base not in bases:
            for kind, forms in verb(base, doubling).items():
                for form in forms:
                    candidates[form][base] += SHARE[kind] * counts[base, "v"]
    # a word that is used by itself as well is a form of another one where it is commoner as that
    truth = {}
    for form, others in candidates.items():
        base, weight = max(others.items(), key=lambda item: (item[1], item[0]))
        own = sum(counts[form, kind] for kind in "nar")
        isPlural = form == plural(base) and counts[base, "n"] > 0
        isBase = base in irregular or own < 3 or own <= weight * (10 if isPlural else 3)
        truth[form] = base if isBase else form
    # one that the marked texts do not have is taken for a form only of a word that is known
    for word in known["n"] | known["a"]:
        if word not in truth and rule(word) not in known["n"] | known["v"]:
            truth[word] = word
    functions = {
        w for line in lines(f"{sources}/StatisticsStage/Data/word-classes-en.txt") if line[0] in ("function", "numeral")
        for w in line[1:]
    }
    listed = {form for forms in irregular.values() for form in forms} | set(irregular)
    truth["according"] = "according"
    for word in bases | functions:
        if word not in truth or word in functions and word not in listed:
            truth[word] = word
    # of the irregular ones the first in the list holds
    first = {}
    for base, forms in irregular.items():
        first.setdefault(base, base)
        for form in forms:
            first.setdefault(form, base)
    wrong = collections.defaultdict(list)
    for form, base in sorted(truth.items()):
        if form not in first and rule(form) != base:
            wrong[base].append(form)
    print(HEAD, end="")
    for base, forms in sorted(wrong.items()):
        print(" ".join([base] + forms if forms != [base] else forms))
    size = len(truth)
    print(f"{size} words, {sum(len(f) for f in wrong.values())} listed", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
