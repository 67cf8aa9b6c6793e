#!/usr/bin/env python3
"""Print the tables of docs/links.md that say how many links of each score are right.

usage: link-calibration.py MARKED.jsonl ANNOTATED.jsonl

MARKED has a line for each group of articles: `articles` (id, text), `links` (a, b: id, start, end; relation) and
`ignore` (id, start, end), marked by hand. ANNOTATED is what `colophon annotate` says of these articles with
`--stages segment,tag-entities,link-claims --set link-claims.author-claims=all`; a date line may stand before each text.
"""
import json
import sys
from collections import defaultdict

AGREE = {"repeats", "supports"}


def main(marked, annotated):
    records = {str(r["id"]).rsplit("/", 1)[-1]: r for r in map(json.loads, open(annotated, encoding="utf-8"))}
    agreements, related = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    for group in map(json.loads, open(marked, encoding="utf-8")):
        shift = {a["id"]: len(records[a["id"]]["text"]) - len(a["text"]) for a in group["articles"]}
        for (a, b), (relation, score, reason) in links(records, shift):
            if relation not in AGREE | {"related"}:
                continue
            if all(any(lies(end, i, shift) for i in group.get("ignore", [])) for end in (a, b)):
                continue
            told = {x["relation"] for x in group["links"]
                    if meets(a, x["a"], shift) and meets(b, x["b"], shift)
                    or meets(a, x["b"], shift) and meets(b, x["a"], shift)}
            if relation in AGREE:
                count(agreements[band(score, reason)], bool(told & AGREE))
            else:
                count(related[band(score, "")], bool(told))
    table("score of an agreement", "right", agreements, ["the same words", "0.9–1", "0.8–0.9", "0.4–0.8"])
    table("score of `related`", "linked by a reader", related, ["0.8–1", "0.6–0.8", "0.3–0.6", "0.1–0.3"])


def links(records, ids):
    """The links between two documents of a group, each once, with the spans of the statements at both ends."""
    for one in sorted(ids):
        for link in records[one]["layers"].get("links", []):
            other = str(link["to"]["id"]).rsplit("/", 1)[-1]
            if other not in ids or other <= one:
                continue
            ends = span(records, one, link), span(records, other, link["to"])
            yield ends, (link["relation"], link["score"], link["reason"])


def span(records, document, end):
    claim = records[document]["layers"]["claims"][end["claim"]]
    said = claim["statements"][end["statement"]] if end.get("statement", -1) >= 0 else claim
    return document, said["start"], said["end"]


def meets(end, passage, shift):
    document, start, stop = end
    by = shift[passage["id"]]
    return document == passage["id"] and min(stop, passage["end"] + by) > max(start, passage["start"] + by)


def lies(end, passage, shift):
    document, start, stop = end
    by = shift.get(passage["id"], 0)
    return document == passage["id"] and passage["start"] + by <= start and stop <= passage["end"] + by


def band(score, reason):
    if reason.startswith("same "):
        return "the same words"
    return "0.9–1" if score >= 0.9 else "0.8–0.9" if score >= 0.8 else "0.6–0.8" if score >= 0.6 else \
        "0.3–0.6" if score >= 0.3 else "0.1–0.3"


def count(cell, right):
    cell[0] += 1
    cell[1] += right


def table(head, right, cells, order):
    sums = {"0.4–0.8": ["0.6–0.8", "0.3–0.6"], "0.8–1": ["0.9–1", "0.8–0.9"]}
    print(f"| {head} | links | {right} |\n|---|---|---|")
    for name in order:
        parts = [cells[p] for p in sums.get(name, [name])]
        print(f"| {name} | {sum(p[0] for p in parts)} | {sum(p[1] for p in parts)} |")
    print()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
