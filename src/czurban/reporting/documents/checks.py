"""Make issues of findings and missed targets, and cases of judged indicators and read files, for CI formats."""

from collections.abc import Iterable, Iterator, Sequence

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.faults import FAULTS
from czurban.model.finding import SEVERITIES, Finding, Message, Place, Severity, mark, say
from czurban.model.plan import Plan
from czurban.reporting.checks import Case, CaseOutcome, Checks, Issue, Rule, Suite
from czurban.reporting.documents.results import actual_text, category_of
from czurban.reporting.labels import VERDICTS
from czurban.reporting.tables import BLANK, number_of, signed
from czurban.words.translator import Translator

MISSED = "target-missed"
"""The rule of a missed target. It has no code, because it is a fact about the city and no fault of a file."""

_DEMAND = mark("The reported value meets the plan's target.")


def rules(translate: Translator, *, targets: bool) -> dict[str, Rule]:
    """Return all rules by their ids; with the rule of missed targets if figures were judged."""
    known = {code: Rule(translate(fault.demand), fault.severity) for code, fault in sorted(FAULTS.items())}
    return known | ({MISSED: Rule(translate(_DEMAND), Severity.ERROR)} if targets else {})


def finding_issues(findings: Iterable[Finding], translate: Translator) -> Iterator[Issue]:
    """Make an issue of each finding."""
    for each in findings:
        hint, subject = translate(each.hint) if each.hint else "", _subject(each.message)
        yield Issue(each.code, each.severity, translate(each.message), subject, each.place, hint)


def missed_issues(results: Iterable[Result], period: object, translate: Translator) -> Iterator[Issue]:
    """Make an issue of each missed target, at the place of its value."""
    for result in results:
        if result.verdict is Verdict.MISSED:
            subject = f"{result.indicator.id} {period}"
            yield Issue(MISSED, Severity.ERROR, missed(result, translate), subject, result.place)


def missed(result: Result, translate: Translator) -> str:
    """Report a missed target in one sentence: the reported or derived value, the target and the gap."""
    indicator = result.indicator
    sentence = say("{indicator}: {actual} is reported and {target} {unit} is the target; the gap is {gap}.")
    if result.derived:
        sentence = say("{indicator}: {sum} by its formula, and {target} {unit} is the target; the gap is {gap}.")
    values = {"indicator": indicator.name, "target": indicator.target.interval, "unit": indicator.unit.name}
    working, gap = result.derived.sum if result.derived else "", result.figures.gap if result.figures else None
    values |= {"actual": actual_text(result), "sum": working, "gap": BLANK if gap is None else signed(gap)}
    return translate(sentence, **values)


def _subject(message: Message) -> str:
    """Return the English message without what changes when lines are inserted above: places, line numbers, counts."""
    steady = {name: "" if isinstance(value, (Place, int)) else value for name, value in message.values.items()}
    return str(Message(message.text, steady))


_OUTCOMES = {
    Verdict.MET: CaseOutcome.PASSED,
    Verdict.MISSED: CaseOutcome.FAILED,
    Verdict.UNREADABLE: CaseOutcome.BROKEN,
    Verdict.UNREPORTED: CaseOutcome.SKIPPED,
    Verdict.NOT_DUE: CaseOutcome.SKIPPED,
}


def result_suite(results: Iterable[Result], plan: Plan, translate: Translator) -> Suite:
    """Make a suite with a case for every indicator."""
    return Suite(plan.title, [_result_case(result, plan, translate) for result in results])


def _result_case(result: Result, plan: Plan, translate: Translator) -> Case:
    name = f"{number_of(result.indicator, translate)} {result.indicator.name}"
    message = f"{translate(VERDICTS[result.verdict])} {result.raw}".strip()
    if result.verdict is Verdict.MISSED:
        message = missed(result, translate)
    details = f"{result.raw if result.approximate else ''} {result.place or ''}".strip()
    return Case(category_of(result.indicator, plan), name, _OUTCOMES[result.verdict], message, details, result.place)


def file_suite(files: Sequence[str], issues: Iterable[Issue], translate: Translator) -> Suite:
    """Make a suite with a case for every file: it fails if the file has an error, and lists its issues."""
    title = translate(say("Files"))
    by_file: dict[str, list[Issue]] = {file: [] for file in files}
    for issue in issues:
        by_file.setdefault(issue.place.file if issue.place else title, []).append(issue)
    return Suite(title, [_file_case(title, file, members, translate) for file, members in by_file.items()])


def _file_case(title: str, file: str, issues: Sequence[Issue], translate: Translator) -> Case:
    details = "\n".join(
        f"{f'{each.place}: ' if each.place else ''}{translate(SEVERITIES[each.severity])} {each.rule}: {each.text}"
        for each in issues
    )
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if not errors:
        return Case(title, file, CaseOutcome.PASSED, details=details)
    label = translate(SEVERITIES[Severity.ERROR])
    message = translate(say("{severity}: {count}"), severity=label, count=len(errors))
    return Case(title, file, CaseOutcome.FAILED, message, details, errors[0].place)


def assessment_checks(
    assessment: Assessment, shown: Sequence[Result], tally: Sequence[str], translate: Translator
) -> Checks:
    """Make the checks of `czurban check`: every finding, and the missed targets among the results shown."""
    findings = list(finding_issues(assessment.findings, translate))
    missed = missed_issues(shown, assessment.period, translate)
    files = [submission.file for submission in assessment.submissions]
    suites = (result_suite(shown, assessment.plan, translate), file_suite(files, findings, translate))
    return Checks(translate.language, rules(translate, targets=True), (*missed, *findings), suites, tally)


def validation_checks(
    files: Sequence[str], findings: Sequence[Finding], tally: Sequence[str], translate: Translator
) -> Checks:
    """Make the checks of `czurban validate`."""
    issues = list(finding_issues(findings, translate))
    suites = (file_suite(files, issues, translate),)
    return Checks(translate.language, rules(translate, targets=False), issues, suites, tally)
