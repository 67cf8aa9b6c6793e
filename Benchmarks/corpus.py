#!/usr/bin/env python3
"""Writes an invented corpus to measure with: news of one kind, by a few outlets, the same bytes for the same arguments.

usage: corpus.py FOLDER [--documents 1000] [--seed 1]

Documents are plain text of about 4 KB in FOLDER/corpus/<outlet>/, with a row each in FOLDER/corpus/metadata.csv. They hold
what the stages look for: names that recur, quotations, hedges, denials, figures that agree and differ, relative dates,
and at the end of each document its outlet's own furniture.
"""

import argparse
import csv
import datetime
import pathlib
import random

OUTLETS = ["The Estuary Post", "Northern Ledger", "Quay Street Press", "The Upland Mail", "Vantage Wire"]
FIRST = ["Adela", "Bram", "Corra", "Dunstan", "Elke", "Farid", "Greta", "Hollis", "Imre", "Jovan", "Katya", "Leander"]
LAST = ["Ashcombe", "Birkett", "Calloway", "Drummel", "Eversley", "Fenwright", "Garrow", "Hartigan", "Inskip", "Jessop",
        "Kestrel", "Lomax", "Merriden", "Norrish", "Oakham", "Pellinor", "Quillfeather", "Rothwell"]
ROLES = ["minister", "mayor", "engineer", "spokesman", "inspector", "lawyer", "captain", "professor"]
BODIES = ["River Authority", "Ministry of Works", "Coast Council", "Dockers' Union", "Flood Commission", "Harbour Trust"]
PLACES = [a + b for a in ["Low", "Cray", "Toll", "Wex", "Aldgate ", "Brine", "Saint ", "Hollow"]
          for b in ["marsh", "ferry", "orrin", "bridge", "moor", "sound", "field"]]
PLACES = [" ".join(word.capitalize() for word in place.split()) for place in PLACES]
THINGS = ["dam", "bridge", "sluice", "pumping station", "sea wall", "canal", "reservoir", "lock", "power station",
          "ferry landing", "warehouse", "lighthouse", "railway", "hospital", "school", "bus depot"]
EVENTS = ["was closed", "had been inspected twice", "leaked for months", "was to be rebuilt", "failed in the storm",
          "would cost more than planned", "was never meant to carry such a load", "had been sold to a private owner",
          "was built without a permit", "had lost its only engineer", "was open to everybody", "would be torn down",
          "had stood empty since the war", "was insured twice", "could not be repaired", "was paid for by the town"]
COUNTED = ["residents", "houses", "workers", "boats", "families", "letters", "complaints"]
SAYING = ["said", "told reporters", "wrote in a letter", "insisted", "warned", "explained"]
ADJECTIVES = ["old", "narrow", "costly", "unfinished", "flooded", "forgotten", "public", "northern", "damp", "quiet"]
NOUNS = ["report", "meeting", "budget", "river", "engineer", "contract", "summer", "hearing", "street", "market", "road",
         "promise", "tide", "question", "valley", "office", "history", "witness", "company", "election"]
VERBS = ["delayed", "changed", "surprised", "followed", "divided", "outlived", "described", "shaped", "ended", "opened"]


def sentence_case(text):
    return text[0].upper() + text[1:]


class Writer:
    """Sentences of one document."""

    def __init__(self, chance, people):
        self.chance = chance
        self.people = people
        self.named = {}

    def pick(self, words):
        return self.chance.choice(words)

    def person(self):
        """A full name with a role at first, the surname later."""
        first, last, role, body = self.pick(self.people)
        if last in self.named:
            return last
        self.named[last] = True
        return f"{first} {last}, {role} of the {body}," if self.chance.random() < 0.5 else f"{first} {last}"

    def fact(self):
        return f"the {self.pick(THINGS)} at {self.pick(PLACES)} {self.pick(EVENTS)}"

    def figure(self):
        number = self.chance.randrange(3, 900)
        form = self.pick(["{n}", "more than {n}", "at least {n}", "about {n}", "between {n} and {m}", "nearly {n}"])
        return form.format(n=number, m=number + self.chance.randrange(5, 90)) + " " + self.pick(COUNTED)

    def filler(self):
        return (f"The {self.pick(ADJECTIVES)} {self.pick(NOUNS)} {self.pick(VERBS)} the {self.pick(NOUNS)} of the "
                f"{self.pick(ADJECTIVES)} {self.pick(NOUNS)}, and the {self.pick(NOUNS)} {self.pick(VERBS)} little.")

    def sentence(self):
        kind = self.chance.randrange(10)
        if kind < 5:
            return self.filler()
        if kind == 5:
            return f"“{sentence_case(self.fact())}, and {self.figure()} were affected,” {self.person()} {self.pick(SAYING)}."
        if kind == 6:
            return f"{self.person()} denied that {self.fact()}."
        if kind == 7:
            return f"According to the {self.pick(BODIES)}, {self.figure()} were moved on {self.pick(['Tuesday', 'Friday', '3 March'])}."
        if kind == 8:
            return f"Reportedly, {self.fact()} in {self.chance.randrange(1990, 2024)}."
        return f"The works cost €{self.chance.randrange(2, 80)} million, {self.chance.randrange(3, 60)} per cent of it lent."

    def text(self, title, date, outlet):
        lines = [title, "", f"By {self.pick(FIRST)} {self.pick(LAST)}", date.strftime("%-d %B %Y"), ""]
        size = 0
        while size < 3600:
            paragraph = " ".join(self.sentence() for _ in range(self.chance.randrange(2, 6)))
            size += len(paragraph)
            lines += [paragraph, ""]
        lines += [f"Support {outlet}. Our work depends on readers like you.", f"Share this story | © {date.year} {outlet}", ""]
        return "\n".join(lines)


def write(folder, documents, seed):
    """Writes the corpus, and gives the paths of the documents, relative to `folder`."""
    folder = pathlib.Path(folder)
    chance = random.Random(seed)
    people = [(chance.choice(FIRST), last + suffix, chance.choice(ROLES), chance.choice(BODIES))
              for last in LAST for suffix in ["", "-Moor", "son"]]
    rows, paths = [], []
    for number in range(documents):
        outlet = OUTLETS[number % len(OUTLETS)]
        path = f"corpus/{outlet.lower().replace(' ', '-')}/{number:06d}.txt"
        date = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(1800))
        writer = Writer(random.Random(f"{seed} {number}"), people)
        title = sentence_case(writer.fact())
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(writer.text(title, date, outlet), encoding="utf-8")
        rows.append([path, outlet, date.isoformat()])
        paths.append(path)
    with open(folder / "corpus/metadata.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["document", "publisher", "date"])
        table.writerows(rows)
    return paths


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(len(write(arguments.folder, arguments.documents, arguments.seed)), "documents")
