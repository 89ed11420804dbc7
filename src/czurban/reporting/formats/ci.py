"""Write a check for continuous integration: as JUnit XML, and as GitHub's workflow commands."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from czurban.model.finding import Severity
from czurban.model.text import clean, clean_line
from czurban.reporting.checks import Case, CaseOutcome, Checks, Issue, from_root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ELEMENTS = {CaseOutcome.FAILED: "failure", CaseOutcome.BROKEN: "error", CaseOutcome.SKIPPED: "skipped"}


def as_junit(checks: Checks) -> bytes:
    """Write a check as JUnit XML in UTF-8, without times, so that the same check is the same file."""
    from xml.etree.ElementTree import Element, indent, tostring  # noqa: PLC0415 - for JUnit alone

    every = [case for suite in checks.suites for case in suite.cases]
    root = Element("testsuites", {"name": "czurban", **_counts(every)})
    for suite in checks.suites:
        element = _below(root, "testsuite", name=suite.name, **_counts(suite.cases))
        for case in suite.cases:
            _case(element, case)
    indent(root)
    xml: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


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
