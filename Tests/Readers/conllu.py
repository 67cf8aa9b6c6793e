"""usage: conllu.py FOLDER

Reads every .conllu file below FOLDER with the package `conllu`, and checks that the words and blanks of each sentence
give its text, that the places of the tokens ascend, and that names begin before they go on. Prints how many sentences
there are and the names with their tokens. Exit code 77: the package is not installed.
"""

import pathlib
import sys

sys.path = [folder for folder in sys.path if pathlib.Path(folder).resolve() != pathlib.Path(__file__).resolve().parent]
try:
    import conllu
except ImportError:
    print("not installed: conllu")
    sys.exit(77)

sentences, names = 0, []
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.conllu")):
    last = 0
    for sentence in conllu.parse(path.read_text("utf-8")):
        sentences += 1
        text, before = "", None
        for token in sentence:
            misc = token["misc"]
            text += token["form"] + ("" if misc.get("SpaceAfter") == "No" else " ")
            start, end = int(misc["start_char"]), int(misc["end_char"])
            assert last <= start < end, (path, token)
            last = end
            tag = misc.get("ner")
            if tag and tag[0] == "I":
                assert before and before[1:] == tag[1:], (path, token)
                names[-1][1].append(token["form"])
            elif tag:
                names.append((tag[2:], [token["form"]]))
            before = tag
        assert text.rstrip(" ") == sentence.metadata["text"], (path, text, sentence.metadata["text"])
print(sentences)
for kind, words in names:
    print(kind, " ".join(words))
