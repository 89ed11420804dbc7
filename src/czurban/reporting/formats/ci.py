"""Write a check for continuous integration: as SARIF 2.1.0, as JUnit XML, and as GitHub's workflow commands."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from czurban.model.finding import Place, Severity
from czurban.model.text import clean, clean_line, json_escaped
from czurban.reporting.checks import Case, CaseOutcome, Checks, Issue, Suite
from czurban.reporting.document import Json
from czurban.version import __version__

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def from_root(file: str) -> str:
    """Return a file's path, with slashes, from the root of the workflow's repository, else from the current folder.

    A file that is elsewhere keeps its whole path, and what is no file (<stdin>) its name.
    """
    path = Path(file)
    if not path.exists():
        return path.as_posix()
    whole = path.resolve()
    for root in (os.environ.get("GITHUB_WORKSPACE"), "."):
        if root and whole.is_relative_to(Path(root).resolve()):
            return whole.relative_to(Path(root).resolve()).as_posix()
    return whole.as_posix()


def uri(file: str) -> str:
    """Return the same path as a URI reference, percent-encoded; a file elsewhere gets a file: address."""
    from urllib.parse import quote  # noqa: PLC0415 - for SARIF alone

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
    physical: dict[str, Json] = {"artifactLocation": {"uri": uri(place.file)}}
    if given:
        physical["region"] = given
    logical = [] if place.sheet is None else [_logical(place.sheet, place.cell)]
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})


def _logical(sheet: str, cell: str | None) -> Json:
    whole = clean(f"{sheet}!{cell}" if cell else sheet)
    return {"name": clean(cell or sheet), "fullyQualifiedName": whole, "kind": "cell" if cell else "sheet"}


def _text(text: str) -> str:
    """Escape a message: SARIF reads braces as slots, and [words](address) as links."""
    return clean(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


_ELEMENTS = {CaseOutcome.FAILED: "failure", CaseOutcome.BROKEN: "error", CaseOutcome.SKIPPED: "skipped"}


def as_junit(checks: Checks) -> bytes:
    """Write a check as JUnit XML in UTF-8, without times, so that the same check is the same file."""
    from xml.etree.ElementTree import Element, indent, tostring  # noqa: PLC0415 - for JUnit alone

    every = [case for suite in checks.suites for case in suite.cases]
    root = Element("testsuites", {"name": "czurban", **_counts(every)})
    for suite in checks.suites:
        _suite(root, suite)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


def _suite(root: "Element", suite: Suite) -> None:
    element = _below(root, "testsuite", name=suite.name, **_counts(suite.cases))
    for case in suite.cases:
        _case(element, case)


def _case(suite: "Element", case: Case) -> None:
    element = _below(suite, "testcase", classname=case.group, name=case.name, time="0")
    if case.place:
        element.set("file", clean(from_root(case.place.file)))
        if case.place.line is not None:
            element.set("line", str(case.place.line))
    if case.outcome in _ELEMENTS:
        below = _below(element, _ELEMENTS[case.outcome], message=case.message)
        if case.outcome is not CaseOutcome.SKIPPED:
            below.set("type", case.outcome.value)
            below.text = clean(f"{case.message}\n{case.details}".strip())
    elif case.details:
        _below(element, "system-out").text = clean(case.details)


def _below(parent: "Element", tag: str, /, **attributes: str) -> "Element":
    element = parent.makeelement(tag, {key: clean(value) for key, value in attributes.items()})
    parent.append(element)
    return element


def _counts(cases: Iterable[Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(CaseOutcome.FAILED)),
        "errors": str(outcomes.count(CaseOutcome.BROKEN)),
        "skipped": str(outcomes.count(CaseOutcome.SKIPPED)),
        "time": "0",
    }


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_WORST_FIRST = list(_COMMANDS)


def as_github(checks: Checks) -> bytes:
    """Write a check as annotations, the worst first, since GitHub shows the first ten of a kind; then the tally."""
    issues = sorted(checks.issues, key=lambda issue: _WORST_FIRST.index(issue.severity))
    return "".join(f"{line}\n" for line in (*map(_command, issues), *map(clean_line, checks.tally))).encode()


def _command(issue: Issue) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(issue))
    cell = f"{issue.place.sheet}!{issue.place.cell or ''}: " if issue.place and issue.place.sheet is not None else ""
    return f"::{_COMMANDS[issue.severity]} {properties}::{_data(cell + issue.text)}"


def _properties(issue: Issue) -> Iterator[tuple[str, str]]:
    if place := issue.place:
        yield "file", from_root(place.file)
        if place.line is not None:
            yield "line", str(place.line)
        if place.column is not None:
            yield "col", str(place.column)
    yield "title", issue.rule


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
