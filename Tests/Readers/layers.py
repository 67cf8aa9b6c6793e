"""Reads what `colophon annotate` prints, and holds its layers to the schema: layers.py SCHEMA RECORDS"""

import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
known = set(schema["properties"])
count = 0
with open(sys.argv[2], encoding="utf-8") as file:
    for line in file:
        record = json.loads(line)
        layers = dict(record["layers"], metadata=record["metadata"])
        layers.pop("links", None)
        for problem in validator.iter_errors(layers):
            sys.exit(f"{record['id']}: {problem.json_path}: {problem.message}")
        for name, elements in layers.items():
            if name not in known:
                sys.exit(f"the schema has no layer {name}")
            fields = schema["properties"][name].get("items", {}).get("properties", {})
            for element in elements if isinstance(elements, list) else []:
                unknown = set(element) - set(fields)
                if unknown:
                    sys.exit(f"{record['id']}: {name} has fields that the schema has not: {unknown}")
                count += 1
print(count)
