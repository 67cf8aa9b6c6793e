"""A stage of the project's own: how much each sentence hedges.

Colophon starts this program once for each worker and speaks JSON Lines with it. The first line says which options the
pipeline gives; each further line is a document, with its text and its sentences. The answer marks every hedge of
`hedges.txt` and, for each sentence that has one, the sum of their strengths. Positions count code points, which is what
Python's strings do.

Option: `least` (1 to 3, default 1), the strength that counts.
"""

import json
import re
import sys
from pathlib import Path


def read_lexicon(path):
    """The strength of each phrase of the file."""
    lexicon = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            strength, phrase = line.split(maxsplit=1)
            lexicon[phrase] = int(strength)
    return lexicon


def pattern_of(phrases):
    """One expression for all phrases, the longest first, white space being of any kind and length."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    choices = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])")


def lower(text):
    """The text in lower case, letter for letter: positions stay what they are, even where 'İ' would become two."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def annotate(text, sentences, lexicon, pattern):
    """The hedges of each sentence, each sentence before its hedges."""
    text = lower(text)
    for sentence in sentences:
        hedges = []
        for match in pattern.finditer(text, sentence["start"], sentence["end"]):
            phrase = " ".join(match.group().split())
            hedges.append({"start": match.start(), "end": match.end(), "kind": "hedge", "phrase": phrase,
                           "strength": lexicon[phrase]})
        if hedges:
            yield {"start": sentence["start"], "end": sentence["end"], "kind": "sentence", "hedges": len(hedges),
                   "strength": sum(hedge["strength"] for hedge in hedges)}
            yield from hedges


def say(message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def main():
    hello = json.loads(sys.stdin.readline())["hello"]
    least = hello["options"].get("least", 1)
    lexicon = read_lexicon(Path(__file__).with_name("hedges.txt"))
    lexicon = {phrase: strength for phrase, strength in lexicon.items() if strength >= least}
    if not lexicon:
        sys.exit(f"no hedge has a strength of {least} or more")
    pattern = pattern_of(lexicon)
    say({"hello": {"protocol": 1}})
    for line in sys.stdin:
        record = json.loads(line)
        spans = annotate(record["text"], record["layers"]["sentences"], lexicon, pattern)
        say({"n": record["n"], "spans": list(spans)})


if __name__ == "__main__":
    main()
