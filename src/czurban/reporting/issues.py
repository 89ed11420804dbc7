"""Findings and missed targets as issues, and the rules they break."""

from collections.abc import Iterable, Iterator

from czurban.model.faults import FAULTS
from czurban.model.finding import Finding, Severity
from czurban.model.message import Message, mark, say
from czurban.model.place import Place
from czurban.model.verdict import Result, Verdict
from czurban.reporting import numbers
from czurban.reporting.checks import Issue, Rule
from czurban.reporting.results_table import actual_text
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
