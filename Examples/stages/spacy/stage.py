"""Finds names with spaCy."""

import json
import sys

import spacy

TYPES = {
    "PERSON": "person", "PER": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place",
    "NORP": "group", "EVENT": "event", "WORK_OF_ART": "work",
}
hello = json.loads(sys.stdin.readline())["hello"]
model = spacy.load(hello["options"]["model"])
wanted = hello["options"]["version"]
if wanted and model.meta["version"] != wanted:
    sys.exit(f"the model has version {model.meta['version']}, not {wanted}")
print(json.dumps({"hello": {"protocol": hello["protocol"]}}), flush=True)
for line in sys.stdin:
    record = json.loads(line)
    spans = [
        {"start": name.start_char, "end": name.end_char, "type": TYPES[name.label_]}
        for name in model(record["text"]).ents
        if name.label_ in TYPES
    ]
    print(json.dumps({"n": record["n"], "spans": spans}), flush=True)
