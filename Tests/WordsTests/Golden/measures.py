"""Makes measures.json: what the measures of words are for a small invented corpus, computed without Colophon.

    pip install scipy nltk lexicalrichness
    python3 measures.py > measures.json

Counts come from NLTK, tests and corrections from SciPy, MTLD and MATTR from lexicalrichness; what no package has is written
out here from the definition that docs/statistics.md names. Sentences end at a full stop, words are runs of letters.
"""

import json
import math
import re
from collections import Counter

import numpy as np
from lexicalrichness import LexicalRichness
from nltk import FreqDist, ngrams
from nltk.metrics import BigramAssocMeasures as Assoc
from scipy import stats

TEXTS = {
    "a.txt": ("Courier", "The wall of the old harbour fell. The harbour lay open to the sea. Boats left the harbour before the storm."),
    "b.txt": ("Courier", "A storm came and the wall fell again. Nobody mended the wall. The boats stayed out at sea."),
    "c.txt": ("Gazette", "Masons mended the wall. The wall held in the next storm. Masons were proud of the wall and the wall was theirs."),
    "d.txt": ("Gazette", "The council met. It talked of money and of stone. Stone is dear and the council is poor. The council met again."),
    "e.txt": ("Ledger", "Money money money. The council paid the masons in stone."),
    "f.txt": ("Ledger", " ".join(f"Gull {w} sat on the {v} wall and cried." for w, v in zip(
        "one two three four five six seven eight nine ten eleven twelve".split(),
        "old grey tall wet old cold long high old wide thin old".split()))),
}


def sentences(text):
    return [re.findall(r"[^\W\d_]+", s.lower()) for s in text.split(".") if s.strip()]


docs = {name: sentences(text) for name, (_, text) in TEXTS.items()}
words = {name: [w for s in sents for w in s] for name, sents in docs.items()}
everything = [w for ws in words.values() for w in ws]
total = FreqDist(everything)
N = total.N()
publishers = sorted({p for p, _ in TEXTS.values()})
by_publisher = {p: FreqDist(w for n, ws in words.items() if TEXTS[n][0] == p for w in ws) for p in publishers}
out = {"texts": {n: {"publisher": p, "text": t} for n, (p, t) in TEXTS.items()}}

out["frequencies"] = {
    p: {w: [f, sum(1 for n, ws in words.items() if TEXTS[n][0] == p and w in ws), 1e6 * f / d.N()] for w, f in d.items()}
    for p, d in by_publisher.items()
}


def of(publisher, table=docs):
    """The documents of a publisher."""
    return {name: value for name, value in table.items() if TEXTS[name][0] == publisher}


def sequences(n, docs):
    grams = Counter(" ".join(g) for sents in docs.values() for s in sents for g in ngrams(s, n))
    df = Counter(g for sents in docs.values() for g in {" ".join(x) for s in sents for x in ngrams(s, n)})
    return {g: [c, df[g]] for g, c in grams.items() if c >= 2}


out["ngrams"] = {str(n): sequences(n, docs) for n in (1, 2, 3, 4)}
out["ngrams by publisher"] = {p: sequences(2, of(p)) for p in publishers}


def collocates(node, window, docs=docs):
    total = FreqDist(w for sents in docs.values() for s in sents for w in s)
    N = total.N()
    together, slots, nodes = Counter(), 0, 0
    for sents in docs.values():
        for s in sents:
            for i, w in enumerate(s):
                if w != node:
                    continue
                nodes += 1
                around = s[max(0, i - window):i] + s[i + 1:i + 1 + window]
                slots += len(around)
                together.update(around)
    rows = {}
    for w, a in together.items():
        f = total[w]
        marginals = (a, (slots, f), N)
        b, c = slots - a, f - a
        d = N - slots - c
        expected = slots * f / N
        g2 = Assoc.likelihood_ratio(*marginals)
        rows[w] = {
            "together": a, "occurrences": f, "expected": expected, "pmi": Assoc.pmi(*marginals),
            "g2": g2 if a >= expected else -g2, "t": Assoc.student_t(*marginals),
            "log_dice": 14 + math.log2(2 * a / (nodes + f)), "delta_p": a / (a + b) - c / (c + d),
            "delta_p_backward": a / (a + c) - b / (b + d),
        }
    return rows


out["collocates"] = {f"{n} {w}": collocates(n, w) for n, w in (("wall", 3), ("council", 5), ("harbour", 1))}
out["collocates by publisher"] = {p: collocates("wall", 3, of(p)) for p in publishers}
out["pattern counts"] = {
    p: [sum(d.count("wall") for d in of(p, words).values()), sum("wall" in d for d in of(p, words).values()),
        sum(len(d) for d in of(p, words).values()), len(of(p, words))] for p in publishers
}
# which words of the texts are forms of another one
LEMMAS = dict(fell="fall", lay="lie", boats="boat", left="leave", came="come", mended="mend", stayed="stay", masons="mason",
              held="hold", were="be", was="be", met="meet", talked="talk", paid="pay", sat="sit", cried="cry")
LEMMAS["is"] = "be"
out["lemmas"] = {
    p: Counter(LEMMAS.get(w, w) for d in of(p, words).values() for w in d) for p in publishers
}


def keywords(here, there):
    n1, n2 = sum(here.values()), sum(there.values())
    rows = {}
    for w in sorted(set(here) | set(there)):
        a, c = here.get(w, 0), there.get(w, 0)
        table = [[a, n1 - a], [c, n2 - c]]
        g2, _, _, expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        chi2 = stats.chi2_contingency(table, correction=False).statistic
        sign = -1 if a < expected[0][0] else 1
        rows[w] = {
            "occurrences": a, "elsewhere": c, "g2": sign * g2, "chi2": sign * chi2,
            "log_ratio": math.log2((max(a, 0.5) / n1) / (max(c, 0.5) / n2)),
            "percent_diff": 100 * (a / n1 - c / n2) / (c / n2) if c else None, "p": stats.chi2.sf(g2, 1),
        }
    for w, p in zip(rows, stats.false_discovery_control([r["p"] for r in rows.values()], method="bh")):
        rows[w]["p_adjusted"] = p
    return rows


rest = {p: sum((by_publisher[q] for q in publishers if q != p), Counter()) for p in publishers}
LIST = {"the": 60000, "wall": 40, "storm": 25, "council": 120, "of": 30000, "unseen": 9}
out["keywords"] = {
    "Courier rest": keywords(by_publisher["Courier"], rest["Courier"]),
    "Gazette Ledger": keywords(by_publisher["Gazette"], by_publisher["Ledger"]),
    "Gazette list": keywords(by_publisher["Gazette"], LIST),
}
out["list"] = LIST


def dispersion(parts):
    sizes = np.array([sum(p.values()) for p in parts], dtype=float)
    rows = {}
    for w in total:
        counts = np.array([p.get(w, 0) for p in parts], dtype=float)
        rates = counts / sizes
        shares = sizes / sizes.sum()
        dp = np.abs(counts / counts.sum() - shares).sum() / 2
        rows[w] = {
            "range": int((counts > 0).sum()),
            "juilland_d": 1 - np.std(rates) / np.mean(rates) / math.sqrt(len(parts) - 1),
            "dp": dp, "dp_norm": dp / (1 - shares.min()),
        }
    return rows


out["dispersions"] = {
    "document": dispersion([Counter(ws) for ws in words.values()]),
    "publisher": dispersion([by_publisher[p] for p in publishers]),
}


def diversity(ws):
    lex = LexicalRichness(" ".join(ws))
    counts = Counter(ws)
    return {
        "words": len(ws), "types": len(counts), "ttr": lex.ttr,
        "mattr": lex.mattr(window_size=20) if len(ws) > 20 else lex.ttr, "mtld": lex.mtld(threshold=0.72),
        "yule_k": 1e4 * (sum(f * f for f in counts.values()) - len(ws)) / len(ws) ** 2,
    }


joined = {p: [w for ws in of(p, words).values() for w in ws] for p in publishers}
out["diversity"] = {name: diversity(ws) for name, ws in words.items()}
out["diversity by publisher"] = {p: diversity(ws) for p, ws in joined.items()}

vocabulary = sorted(total)


def vectors(words):
    df = np.array([sum(w in ws for ws in words.values()) for w in vocabulary])
    matrix = np.array([[ws.count(w) for w in vocabulary] for ws in words.values()]) * np.log(len(words) / df)
    weights = {n: {w: matrix[i][k] for k, w in enumerate(vocabulary) if w in words[n]} for i, n in enumerate(words)}
    norms = np.linalg.norm(matrix, axis=1)
    similarities = {
        n: {m: float(matrix[i] @ matrix[j] / (norms[i] * norms[j])) for j, m in enumerate(words) if m != n}
        for i, n in enumerate(words)
    }
    return weights, similarities


out["tf_idf"], out["similarities"] = vectors(words)
out["tf_idf by publisher"], out["similarities by publisher"] = vectors(joined)
out["medians"] = [[x, float(np.median(x))] for x in ([3.0], [2.0, 1.0], [5.0, 1.0, 4.0], [0.5, -2.0, 7.0, 3.25])]
print(json.dumps(out, ensure_ascii=False, sort_keys=True, indent=1))
