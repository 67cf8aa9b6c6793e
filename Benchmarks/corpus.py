#!/usr/bin/env python3
"""Writes an invented corpus to measure with, the same bytes for the same arguments.

usage: corpus.py FOLDER [--documents 1000] [--seed 1]

Documents are plain text of about 4 KB in FOLDER/corpus/<outlet>/, with a row each in FOLDER/corpus/metadata.csv. They hold
what the stages look for: names that recur, quotations, hedges, denials, dates, figures, and each outlet's own furniture.
Most of a document is its own; a few of its claims belong to a story that some forty documents tell, not always with the same
figure, and one in twenty-five prints its story's press release, with a sentence of its own. Words are made of syllables and
as unevenly frequent as words are (Zipf 1935).
"""

import argparse
import csv
import datetime
import itertools
import pathlib
import random

OUTLETS = ["The Estuary Post", "Northern Ledger", "Quay Street Press", "The Upland Mail", "Vantage Wire"]
FIRST = ["Adela", "Bram", "Corra", "Dunstan", "Elke", "Farid", "Greta", "Hollis", "Imre", "Jovan", "Katya", "Leander"]
LAST = ["Ashcombe", "Birkett", "Calloway", "Drummel", "Eversley", "Fenwright", "Garrow", "Hartigan", "Inskip", "Jessop",
        "Kestrel", "Lomax", "Merriden", "Norrish", "Oakham", "Pellinor", "Quillfeather", "Rothwell"]
BODIES = ["River Authority", "Ministry of Works", "Coast Council", "Dockers' Union", "Flood Commission", "Harbour Trust"]
PLACES = ["Lowmarsh", "Cray Ferry", "Tollbridge", "Wexmoor", "Aldgate Sound", "Brinefield", "Hollowmoor", "Saint Orrin"]
SAYING = ["said", "told reporters", "wrote in a letter", "insisted", "warned", "explained", "argued"]
SYLLABLES = ["ba", "cor", "den", "fal", "gim", "hol", "ket", "lan", "mer", "nov", "pel", "ros", "sar", "tev", "vin", "wal"]
VOCABULARY = ["".join(parts) for parts in itertools.product(SYLLABLES, repeat=3)]


class Words:
    """Words by rank: the first are frequent, most are rare."""

    def __init__(self, chance):
        self.chance = chance
        self.words = VOCABULARY[:]
        random.Random(0).shuffle(self.words)
        self.weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def noun(self):
        return self.chance.choices(self.words, cum_weights=self.weights)[0]

    def clause(self):
        """What somebody may claim."""
        tail = self.chance.choice(["", f" before the {self.noun()} was {self.noun()}ed", f" and the {self.noun()} of the {self.noun()}"])
        return f"the {self.noun()} of {self.chance.choice(PLACES)} {self.noun()}ed the {self.noun()}ish {self.noun()}{tail}"

    def filler(self):
        return (f"The {self.noun()}ish {self.noun()} {self.noun()}ed the {self.noun()} of the {self.noun()}, "
                f"and a {self.noun()} {self.noun()}ed by the {self.noun()}.")

    def figure(self):
        number = self.chance.randrange(3, 900)
        form = self.chance.choice(["{n}", "more than {n}", "at least {n}", "about {n}", "between {n} and {m}", "nearly {n}"])
        return form.format(n=number, m=number + self.chance.randrange(5, 90))


class Story:
    """What several documents tell."""

    def __init__(self, chance):
        words = Words(chance)
        self.claims = [words.clause() for _ in range(2)]
        self.speaker = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        self.counted = f"{words.noun()}s of the {words.noun()}"
        self.numbers = [chance.randrange(3, 400) for _ in range(2)]
        self.release = [sentence(words, [self.speaker]) for _ in range(8)]

    def sentences(self, chance):
        number = chance.choices(self.numbers, [3, 1])[0]
        return [f"{self.speaker} {chance.choice(SAYING)} that {self.claims[0]}.",
                f"The {chance.choice(BODIES)} said that {number} {self.counted} were {chance.choice(['hurt', 'moved'])}.",
                f"“{sentence_case(self.claims[1])},” {self.speaker.split()[1]} {chance.choice(SAYING)}."]


def sentence_case(text):
    return text[0].upper() + text[1:]


def sentence(words, people):
    """One sentence of a document's own."""
    chance = words.chance
    person = chance.choice(people)
    kind = chance.randrange(12)
    if kind < 6:
        return words.filler()
    if kind == 6:
        return f"“{sentence_case(words.clause())},” {person} {chance.choice(SAYING)}."
    if kind == 7:
        return f"{person} denied that {words.clause()}."
    if kind == 8:
        return f"According to the {chance.choice(BODIES)}, {words.figure()} {words.noun()}s were {words.noun()}ed on Tuesday."
    if kind == 9:
        return f"Reportedly, {words.clause()} in {chance.randrange(1990, 2024)}."
    if kind == 10:
        return f"{person}, the {words.noun()} of the {chance.choice(BODIES)}, {chance.choice(SAYING)} that {words.clause()}."
    return f"The {words.noun()} cost €{chance.randrange(2, 80)} million, {words.figure()} {words.noun()}s of it {words.noun()}ed."


def document(chance, story, outlet, date):
    """The text of a document."""
    words = Words(chance)
    people = [f"{chance.choice(FIRST)} {chance.choice(LAST)}{chance.choice(['', '-Moor', 'son'])}" for _ in range(4)]
    told = story.sentences(chance)
    lines = [sentence_case(words.clause()), "", f"By {chance.choice(FIRST)} {chance.choice(LAST)}",
             f"{date.day} {date.strftime('%B %Y')}", ""]
    if chance.random() < 0.04:
        release = story.release[:]
        release[chance.randrange(len(release))] = sentence(words, people)
        lines += [" ".join(release), ""]
    size = 0
    while size < 3600:
        sentences = [sentence(words, people) for _ in range(chance.randrange(2, 6))]
        if told:
            sentences.append(told.pop(0))
        lines += [" ".join(sentences), ""]
        size += len(lines[-2])
    lines += [f"Support {outlet}. Our work depends on readers like you.", f"Share this story | © {date.year} {outlet}", ""]
    return "\n".join(lines)


def write(folder, documents, seed):
    """Writes the corpus, and gives the paths of the documents, relative to `folder`."""
    folder = pathlib.Path(folder)
    stories = [Story(random.Random(f"{seed} story {number}")) for number in range(max(1, documents // 40))]
    rows, paths = [], []
    for number in range(documents):
        chance = random.Random(f"{seed} {number}")
        outlet = OUTLETS[number % len(OUTLETS)]
        path = f"corpus/{outlet.lower().replace(' ', '-')}/{number:06d}.txt"
        date = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(1800))
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(document(chance, chance.choice(stories), outlet, date), encoding="utf-8")
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
