"""usage: annotations.py FILE

Reads Web Annotations as JSON-LD with rdflib and checks that nothing of them is lost as a term without a meaning: each
annotation has a body, a target with a source, and selectors of the three kinds with their values. Prints how many there are
and how many have the bytes of a file. Exit code 77: the package is not installed.

The context of the file stands on the web. Tests have no network, so the terms that the model defines for what is used here
(https://www.w3.org/TR/annotation-vocab/) stand below.
"""

import json
import sys

try:
    from rdflib import Graph, Namespace, URIRef
    from rdflib.namespace import RDF

    OA = Namespace("http://www.w3.org/ns/oa#")
except ImportError as problem:
    print(f"not installed: {problem.name}")
    sys.exit(77)

ACTIVITY = "https://www.w3.org/ns/activitystreams#"
CONTEXT = {
    "oa": str(OA), "as": ACTIVITY, "rdf": str(RDF), "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "first": {"@id": "as:first", "@type": "@id"}, "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
    "body": {"@id": "oa:hasBody", "@type": "@id"}, "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"}, "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "value": "rdf:value", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
} | {
    name: f"oa:{name}"
    for name in [
        "Annotation", "TextualBody", "TextPositionSelector", "TextQuoteSelector", "DataPositionSelector", "identifying",
        "describing", "classifying",
    ]
}
with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
assert document["@context"] == "http://www.w3.org/ns/anno.jsonld"


def terms(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from terms(inner)


unknown = set(terms(document)) - set(CONTEXT) - {"@context"}
assert not unknown, unknown
document["@context"] = CONTEXT
graph = Graph().parse(data=json.dumps(document), format="json-ld", base="https://project.example/")
count = places = 0
for annotation in graph.subjects(RDF.type, OA.Annotation):
    count += 1
    assert isinstance(annotation, URIRef) and list(graph.objects(annotation, OA.motivatedBy)), annotation
    for body in graph.objects(annotation, OA.hasBody):
        assert graph.value(body, RDF.value) is not None and graph.value(body, OA.hasPurpose) is not None, annotation
    target = graph.value(annotation, OA.hasTarget)
    assert str(graph.value(target, OA.hasSource)).startswith("https://project.example/"), annotation
    selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
    start, end = (int(graph.value(selectors[OA.TextPositionSelector], p)) for p in (OA.start, OA.end))
    exact = str(graph.value(selectors[OA.TextQuoteSelector], OA.exact))
    assert end - start == len(exact) > 0, annotation
    places += OA.DataPositionSelector in selectors
assert count == document["total"]
print(count, places)
