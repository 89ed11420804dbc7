"""Write a check as SARIF 2.1.0."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from czurban.model.finding import Place, Severity
from czurban.model.text import clean, json_escaped
from czurban.reporting.checks import Checks, Issue, from_root
from czurban.reporting.document import Json
from czurban.version import __version__


def uri(file: str) -> str:
    """Return the path of `from_root` as a URI reference, percent-encoded; a file elsewhere gets a file: address."""
    name = from_root(file)
    if Path(name).is_absolute():
        return Path(name).as_uri()
    return quote(name, errors="surrogateescape")


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(checks: Checks) -> bytes:
    """Write a check as one run of SARIF in UTF-8."""
    run: dict[str, Json] = {
        "tool": {"driver": _driver(checks)},
        "language": checks.language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": list(_results(checks)),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json_escaped(json.dumps(log, ensure_ascii=False, indent=2)) + "\n").encode()


def _driver(checks: Checks) -> Mapping[str, Json]:
    rules: list[Json] = [
        {
            "id": name,
            "shortDescription": {"text": _text(rule.demand)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for name, rule in checks.rules.items()
    ]
    return {"name": "czurban", "version": __version__, "language": checks.language, "rules": rules}


def _results(checks: Checks) -> Iterator[Json]:
    numbers = {name: number for number, name in enumerate(checks.rules)}
    counts: Counter[str] = Counter()
    for issue in checks.issues:
        fingerprint = _fingerprint(issue)
        counts[fingerprint] += 1
        yield {
            "ruleId": issue.rule,
            "ruleIndex": numbers[issue.rule],
            "level": _LEVELS[issue.severity],
            "message": {"text": _text(issue.text)},
            **({"locations": [_location(issue.place)]} if issue.place else {}),
            "partialFingerprints": {"subject/v1": f"{fingerprint}:{counts[fingerprint]}"},
        }


def _fingerprint(issue: Issue) -> str:
    """Return a digest that is the same for the same fault on another line or in another language."""
    place = (uri(issue.place.file), issue.place.sheet or "") if issue.place else ()
    return hashlib.sha256("\n".join((issue.rule, *place, issue.subject)).encode()).hexdigest()[:32]


def _location(place: Place) -> Json:
    region = {"startLine": place.line, "startColumn": place.column}
    given = {name: number for name, number in region.items() if number is not None}
    physical: dict[str, Json] = {"artifactLocation": {"uri": uri(place.file)}, **({"region": given} if given else {})}
    if place.sheet is None:
        return {"physicalLocation": physical}
    cell, whole = place.cell, clean(f"{place.sheet}!{place.cell}" if place.cell else place.sheet)
    logical = {"name": clean(cell or place.sheet), "fullyQualifiedName": whole, "kind": "cell" if cell else "sheet"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _text(text: str) -> str:
    """Escape a message: SARIF reads braces as slots, and [words](address) as links."""
    return clean(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
