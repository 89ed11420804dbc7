"""Judged indicators and read files as cases, which test runners' reports are made of."""

from collections.abc import Iterable, Sequence

from czurban.model.finding import Severity
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.verdict import Result, Verdict
from czurban.reporting.checks import Case, Issue, Outcome, Suite
from czurban.reporting.issues import missed
from czurban.reporting.labels import SEVERITIES, VERDICTS, number_of
from czurban.reporting.results_table import group_of
from czurban.words.speaker import Speaker

_OUTCOMES = {
    Verdict.MET: Outcome.PASSED,
    Verdict.MISSED: Outcome.FAILED,
    Verdict.UNREADABLE: Outcome.BROKEN,
    Verdict.UNREPORTED: Outcome.SKIPPED,
    Verdict.NOT_DUE: Outcome.SKIPPED,
}


def result_suite(results: Iterable[Result], plan: Plan, speak: Speaker) -> Suite:
    """A case for every indicator."""
    return Suite(plan.title, [_result_case(one, plan, speak) for one in results])


def _result_case(result: Result, plan: Plan, speak: Speaker) -> Case:
    one = result.indicator
    label = speak(VERDICTS[result.verdict])
    message = missed(result, speak) if result.verdict is Verdict.MISSED else f"{label} {result.raw}"
    number = number_of(one, speak)
    outcome = _OUTCOMES[result.verdict]
    details = f"{result.raw if result.approximate else ''} {result.place or ''}".strip()
    return Case(group_of(result, plan), f"{number} {one.name}", outcome, message.strip(), details, result.place)


def file_suite(files: Sequence[str], issues: Iterable[Issue], speak: Speaker) -> Suite:
    """A case for every file: it fails where an error was found in it, and else lists what was found."""
    title = speak(say("Files"))
    found: dict[str, list[Issue]] = {file: [] for file in files}
    for issue in issues:
        found.setdefault(issue.place.file if issue.place else title, []).append(issue)
    return Suite(title, [_file_case(title, file, told, speak) for file, told in found.items()])


def _file_case(title: str, file: str, issues: Sequence[Issue], speak: Speaker) -> Case:
    errors = [one for one in issues if one.severity is Severity.ERROR]
    message = speak(say("{severity}: {count}"), severity=speak(SEVERITIES[Severity.ERROR]), count=len(errors))
    outcome = Outcome.FAILED if errors else Outcome.PASSED
    place = errors[0].place if errors else None
    return Case(title, file, outcome, message if errors else "", "\n".join(_line(one, speak) for one in issues), place)


def _line(issue: Issue, speak: Speaker) -> str:
    place = f"{issue.place}: " if issue.place else ""
    return f"{place}{speak(SEVERITIES[issue.severity])} {issue.rule}: {issue.text}"
