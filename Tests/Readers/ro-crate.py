"""usage: ro-crate.py FOLDER

Checks a crate with roc-validator against the Workflow Run Crate profile, all that it requires and recommends.

The validator fetches the JSON-LD context of RO-Crate. Tests have no network, so it gets the one that the package
`rocrate` has: that of a later version, which has every term of 1.1; the terms of Bioschemas have moved since.
Exit code 77: the packages are not installed.
"""

import io
import pathlib
import sys

try:
    import requests
    import rocrate
    import rdflib.plugins.shared.jsonld.context as jsonld
    from rocrate_validator import models, services
except ImportError as problem:
    print(f"not installed: {problem.name}")
    sys.exit(77)

context = (pathlib.Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
context = context.replace(b"https://bioschemas.org/terms/", b"https://bioschemas.org/")


def answer(self, request, **options):
    response = requests.Response()
    response.request, response.url = request, request.url
    known = request.url.startswith("https://w3id.org/ro/crate/1.1/context")
    response.status_code = 200 if known else 404
    response.headers["Content-Type"] = "application/ld+json"
    response.raw = io.BytesIO(context if known else b"")
    return response


requests.adapters.HTTPAdapter.send = answer
load = jsonld.source_to_json


def local(source, *rest, **options):
    if str(source).startswith("https://w3id.org/ro/crate/1.1/context"):
        return load(io.BytesIO(context), *rest, **options)
    return load(source, *rest, **options)


jsonld.source_to_json = local

result = services.validate(
    services.ValidationSettings(
        rocrate_uri=sys.argv[1], profile_identifier="workflow-run-crate",
        requirement_severity=models.Severity.RECOMMENDED, no_cache=True))
for issue in result.get_issues(models.Severity.RECOMMENDED):
    print(f"{issue.severity.name} {issue.check.identifier}: {issue.message}")
sys.exit(1 if any(result.get_issues(models.Severity.REQUIRED)) else 0)
