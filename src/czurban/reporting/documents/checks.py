"""Judged indicators and read files as cases, which test runners' reports are made of.

Findings and missed targets as issues, and the rules they break.

The checks of an assessment and of a validation, put together.
"""

from collections.abc import Iterable, Iterator, Sequence

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.faults import FAULTS
from czurban.model.finding import Finding, Message, Place, Severity, mark, say
from czurban.model.plan import Plan
from czurban.reporting import numbers
from czurban.reporting.document import Case, CaseOutcome, Checks, Issue, Rule, Suite
from czurban.reporting.documents.results import actual_text, group_of
from czurban.reporting.labels import SEVERITIES, VERDICTS, number_of
from czurban.words.speaker import Speaker

MISSED = "target-missed"
"""The rule of a missed target, which is a fact about the city and no fault of a file: it has no code."""

_DEMAND = mark("The value reported meets the plan's target.")


def rules(speak: Speaker, *, targets: bool) -> dict[str, Rule]:
    """Every rule there is, by its id; the one of the targets where figures were judged."""
    known = {code: Rule(speak(fault.demand), fault.severity) for code, fault in sorted(FAULTS.items())}
    return known | ({MISSED: Rule(speak(_DEMAND), Severity.ERROR)} if targets else {})


def finding_issues(findings: Iterable[Finding], speak: Speaker) -> Iterator[Issue]:
    """Each finding as an issue of its code."""
    for one in findings:
        hint = speak(one.hint) if one.hint else ""
        yield Issue(one.code, one.severity, speak(one.message), _subject(one.message), one.place, hint)


def missed_issues(results: Iterable[Result], period: object, speak: Speaker) -> Iterator[Issue]:
    """Each missed target as an issue at the place of its value."""
    for one in results:
        if one.verdict is Verdict.MISSED:
            yield Issue(MISSED, Severity.ERROR, missed(one, speak), f"{one.indicator.id} {period}", one.place)


def missed(result: Result, speak: Speaker) -> str:
    """A missed target in one sentence: what was reported or derived, what is asked for, how far off it is."""
    one = result.indicator
    sentence = say("{indicator}: {actual} is reported and {target} {unit} is the target; the gap is {gap}.")
    if result.derived:
        sentence = say("{indicator}: {sum} by its formula, and {target} {unit} is the target; the gap is {gap}.")
    return speak(
        sentence,
        sum=result.derived.sum if result.derived else "",
        indicator=one.name,
        actual=actual_text(result),
        target=one.target.interval,
        unit=one.unit.name,
        gap=numbers.signed(result.figures.gap) if result.figures else "—",
    )


def _subject(message: Message) -> str:
    """The sentence in English without what changes when lines are put in above it: places, line numbers, counts."""
    steady = {name: "" if isinstance(one, (Place, int)) else one for name, one in message.values.items()}
    return str(Message(message.text, steady))


_OUTCOMES = {
    Verdict.MET: CaseOutcome.PASSED,
    Verdict.MISSED: CaseOutcome.FAILED,
    Verdict.UNREADABLE: CaseOutcome.BROKEN,
    Verdict.UNREPORTED: CaseOutcome.SKIPPED,
    Verdict.NOT_DUE: CaseOutcome.SKIPPED,
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
    outcome = CaseOutcome.FAILED if errors else CaseOutcome.PASSED
    place = errors[0].place if errors else None
    return Case(title, file, outcome, message if errors else "", "\n".join(_line(one, speak) for one in issues), place)


def _line(issue: Issue, speak: Speaker) -> str:
    place = f"{issue.place}: " if issue.place else ""
    return f"{place}{speak(SEVERITIES[issue.severity])} {issue.rule}: {issue.text}"


def assessment_checks(assessment: Assessment, shown: Sequence[Result], tally: Sequence[str], speak: Speaker) -> Checks:
    """What `czurban check` found: every finding, and the missed ones of the results shown."""
    findings = list(finding_issues(assessment.findings, speak))
    missed = missed_issues(shown, assessment.period, speak)
    files = [one.file for one in assessment.submissions]
    suites = (result_suite(shown, assessment.plan, speak), file_suite(files, findings, speak))
    return Checks(speak.language, rules(speak, targets=True), (*missed, *findings), suites, tally)


def validation_checks(
    files: Sequence[str], findings: Sequence[Finding], tally: Sequence[str], speak: Speaker
) -> Checks:
    """What `czurban validate` found."""
    issues = list(finding_issues(findings, speak))
    return Checks(speak.language, rules(speak, targets=False), issues, (file_suite(files, issues, speak),), tally)
