"""A check as SARIF 2.1.0, the format in which code scanning and editors take what a program found in files."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from czurban.model.finding import Severity
from czurban.model.place import Place
from czurban.model.safe_text import clean, json_escaped
from czurban.reporting.artifact import uri
from czurban.reporting.checks import Checks, Issue
from czurban.reporting.document import Json
from czurban.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(checks: Checks) -> bytes:
    """Spell a check as one run of SARIF in UTF-8."""
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
    seen: Counter[str] = Counter()
    for issue in checks.issues:
        print_ = _fingerprint(issue)
        seen[print_] += 1
        yield {
            "ruleId": issue.rule,
            "ruleIndex": numbers[issue.rule],
            "level": _LEVELS[issue.severity],
            "message": {"text": _text(issue.text)},
            **({"locations": [_location(issue.place)]} if issue.place else {}),
            "partialFingerprints": {"subject/v1": f"{print_}:{seen[print_]}"},
        }


def _fingerprint(issue: Issue) -> str:
    """The same for the same fault on another line or in another language; its count tells equal ones apart."""
    place = (uri(issue.place.file), issue.place.sheet or "") if issue.place else ()
    return hashlib.sha256("\n".join((issue.rule, *place, issue.subject)).encode()).hexdigest()[:32]


def _location(place: Place) -> Json:
    region = {"startLine": place.line, "startColumn": place.column}
    given = {name: number for name, number in region.items() if number is not None}
    physical: dict[str, Json] = {"artifactLocation": {"uri": uri(place.file)}}
    if given:
        physical["region"] = given
    logical = [] if place.sheet is None else [_logical(place.sheet, place.cell)]
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _logical(sheet: str, cell: str | None) -> Json:
    whole = clean(f"{sheet}!{cell}" if cell else sheet)
    return {"name": clean(cell or sheet), "fullyQualifiedName": whole, "kind": "cell" if cell else "sheet"}


def _text(text: str) -> str:
    """A message that stays text: SARIF reads braces as slots, and [words](address) as links."""
    return clean(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
