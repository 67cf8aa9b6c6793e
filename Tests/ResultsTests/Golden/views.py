"""Makes views.json: what the views of statistics are for invented counts, computed without Colophon.

    pip install scipy numpy
    python3 views.py > views.json

Counts are drawn at random with a fixed seed. The log-likelihood ratio and the Poisson distribution come from SciPy; what it
does not have is written out here from the definition that Sources/StageKit/StatisticsView.swift names.
"""

import json
import math
import random

from scipy import stats

chance = random.Random(7)
publishers = ["Courier", "Gazette", "Ledger"]
terms = [("content", w) for w in ["harbour", "wall", "storm", "mason", "gull"]] + [("function", "the"), ("saying", "said")]

tables = {"term_counts": [], "publisher_counts": [], "readability_counts": [], "node_counts": [], "collocation_counts": [],
          "entity_counts": [], "cooccurrence_counts": []}
size = {}
for p in publishers:
    documents, sentences = chance.randint(8, 30), chance.randint(200, 500)
    words = sentences * chance.randint(8, 20)
    size[p] = {"documents": documents, "sentences": sentences, "words": words}
    tables["publisher_counts"].append({"publisher": p, **size[p]})
N = sum(s["words"] for s in size.values())
D = sum(s["documents"] for s in size.values())
S = sum(s["sentences"] for s in size.values())

occurrences = {}
for wordClass, term in terms:
    for p in publishers:
        if term == "gull" and p != "Ledger" or term == "mason" and p == "Courier":
            continue
        documents = chance.randint(1, size[p]["documents"])
        repeats = chance.choice([0, 0, 3, 17, 60])
        occurrences[wordClass, term, p] = (documents, documents + repeats)
        tables["term_counts"].append(
            {"class": wordClass, "term": term, "publisher": p, "documents": documents, "repeats": repeats})


def total(wordClass, term):
    found = [v for (c, t, _), v in occurrences.items() if (c, t) == (wordClass, term)]
    return sum(d for d, _ in found), sum(f for _, f in found)


views = {"terms": [], "keyness": [], "dispersion": [], "readability": [], "collocations": [], "cooccurrence": []}
for wordClass, term in terms:
    df, f = total(wordClass, term)
    views["terms"].append({"term": term, "class": wordClass, "occurrences": f, "documents": df, "per_million": 1e6 * f / N,
                           "document_share": df / D})
    shares = [abs(size[p]["words"] / N - occurrences.get((wordClass, term, p), (0, 0))[1] / f) for p in publishers]
    # residual inverse document frequency: what is observed less what a Poisson distribution of the same mean expects
    expected = -math.log2(stats.poisson.sf(0, f / D))
    views["dispersion"].append(
        {"term": term, "class": wordClass, "occurrences": f, "documents": df,
         "publishers": sum((wordClass, term, p) in occurrences for p in publishers), "dp": sum(shares) / 2,
         "burstiness": f / df, "residual_idf": -math.log2(df / D) - expected})
    for p in publishers:
        if (wordClass, term, p) not in occurrences:
            continue
        a, c = occurrences[wordClass, term, p][1], size[p]["words"]
        b, d = f - a, N - c
        share = (a + b) / N
        g2 = stats.power_divergence([a, b], [c * share, d * share], lambda_="log-likelihood").statistic if b else \
            2 * a * math.log(a / (c * share))
        views["keyness"].append(
            {"term": term, "class": wordClass, "publisher": p, "occurrences": a, "elsewhere": b, "per_million": 1e6 * a / c,
             "per_million_elsewhere": 1e6 * b / d, "g2": math.copysign(g2, a / c - b / d),
             "log_ratio": math.log2((a / c) / (max(b, 0.5) / d))})

for k in range(6):
    sentences = chance.randint(1, 40)
    words = sentences * chance.randint(5, 30)
    counts = {"document": f"{k}.txt", "sentences": sentences, "words": words, "types": chance.randint(1, words),
              "letters": words * 4 + chance.randint(0, words), "syllables": words + chance.randint(0, words),
              "long_words": chance.randint(0, words)}
    tables["readability_counts"].append(counts)
    asl, asw = words / sentences, counts["syllables"] / words
    # letters and sentences in a hundred words
    letters, hundred = 100 * counts["letters"] / words, 100 * sentences / words
    views["readability"].append(counts | {
        "flesch": 206.835 - 1.015 * asl - 84.6 * asw, "grade": 0.39 * asl + 11.8 * asw - 15.59,
        "ari": 4.71 * counts["letters"] / words + 0.5 * asl - 21.43,
        "coleman_liau": 0.0588 * letters - 0.296 * hundred - 15.8, "lix": asl + 100 * counts["long_words"] / words,
        "type_token": counts["types"] / words})

for kind, node in [("entity", "e-1"), ("term", "wall")]:
    nodeCount, slots = chance.randint(20, 60), chance.randint(100, 500)
    tables["node_counts"].append({"kind": kind, "node": node, "occurrences": nodeCount, "slots": slots})
    for term in ["harbour", "storm", "gull"]:
        f = total("content", term)[1]
        together = chance.randint(1, 19)
        tables["collocation_counts"].append({"kind": kind, "node": node, "collocate": term, "together": together})
        expected = slots * f / N
        ll = 2 * (together * math.log(together / expected) - (together - expected))
        views["collocations"].append(
            {"kind": kind, "node": node, "collocate": term, "name": "Ilse" if kind == "entity" else node,
             "together": together, "expected": expected, "pmi": math.log2(together / expected),
             "simple_ll": math.copysign(ll, together - expected), "log_dice": 14 + math.log2(2 * together / (nodeCount + f))})

entities = {f"e-{k}": chance.randint(20, 90) for k in range(1, 4)}
for entity, sentences in entities.items():
    tables["entity_counts"].append({"entity": entity, "documents": 3, "sentences": sentences, "mentions": sentences + 5})
names = {"e-1": "Ilse", "e-2": "Joren", "e-3": "Maud"}
for a, b in [("e-1", "e-2"), ("e-1", "e-3"), ("e-2", "e-3")]:
    both = chance.randint(1, 15)
    tables["cooccurrence_counts"].append({"entity_a": a, "entity_b": b, "documents": 2, "sentences": both})
    pmi = math.log2((both / S) / (entities[a] / S * entities[b] / S))
    views["cooccurrence"].append(
        {"entity_a": a, "entity_b": b, "name_a": names[a], "name_b": names[b], "documents": 2, "sentences": both, "pmi": pmi,
         "npmi": pmi / -math.log2(both / S)})

print(json.dumps({"tables": tables, "names": names, "views": views}, indent=1, sort_keys=True))
