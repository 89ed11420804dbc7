"""A check as JUnit XML, the report of test runners that continuous integration reads; without times, to be steady."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from czurban.model.safe_text import clean
from czurban.reporting.artifact import from_root
from czurban.reporting.checks import Case, Checks, Outcome, Suite

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ELEMENTS = {Outcome.FAILED: "failure", Outcome.BROKEN: "error", Outcome.SKIPPED: "skipped"}


def as_junit(checks: Checks) -> bytes:
    """Spell a check as JUnit XML in UTF-8."""
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
        told = _below(element, _ELEMENTS[case.outcome], message=case.message)
        if case.outcome is not Outcome.SKIPPED:
            told.set("type", case.outcome.value)
            told.text = clean(f"{case.message}\n{case.details}".strip())
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
        "failures": str(outcomes.count(Outcome.FAILED)),
        "errors": str(outcomes.count(Outcome.BROKEN)),
        "skipped": str(outcomes.count(Outcome.SKIPPED)),
        "time": "0",
    }
