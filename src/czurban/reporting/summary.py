"""What an assessment comes to: one sentence to read aloud, and how many of each verdict, by category and department."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment, Tally, tally
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.verdict import Result, Verdict
from czurban.reporting.document import Cell, Column, Group, Paragraph, Strip, Table
from czurban.reporting.labels import TONES, VERDICTS
from czurban.reporting.results_table import group_of
from czurban.words.speaker import Speaker

_FOLDS = {Verdict.NOT_DUE: 1, Verdict.UNREADABLE: 2, Verdict.UNREPORTED: 3}


def summary_sentence(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Paragraph:
    """「2019年，25项指标中19项达标，5项未达标，1项未填报。」 with what is missed by name, where that is few."""
    counts = tally(results)
    rest = [
        speak(say("{count} {verdict}"), count=counts[verdict], verdict=speak(VERDICTS[verdict]))
        for verdict in Verdict
        if counts[verdict]
    ]
    parts = speak(say(", ")).join(rest) or speak(say("nothing was judged"))
    head = speak(
        say("{period}: of {total} targets, {parts}."), period=assessment.period, total=counts.total, parts=parts
    )
    missed = [one.indicator.name for one in results if one.verdict is Verdict.MISSED]
    tail = speak(say(" Missed: {names}."), names="、".join(missed)) if missed else ""
    return Paragraph(head + tail)


def tally_table(title: str, groups: Mapping[str, Sequence[Result]], speak: Speaker) -> Table:
    """How many of each verdict in each group, and in all that the groups hold together, each with its denominator."""
    columns = (
        Column(title, main=True),
        Column(speak(say("Targets")), number=True),
        *(Column(speak(VERDICTS[verdict]), number=True, fold=_FOLDS.get(verdict, 0)) for verdict in Verdict),
    )
    rows = tuple(_row(name, tally(members), speak) for name, members in groups.items())
    return Table(columns, (Group("", rows),))


def _row(name: str, counts: Tally, speak: Speaker) -> tuple[Cell, ...]:
    parts = tuple((speak(VERDICTS[one]), counts[one], TONES[one]) for one in Verdict if counts[one])
    return (
        Cell(name, chart=Strip(parts)),
        _count(counts.total),
        *(_count(counts[verdict]) for verdict in Verdict),
    )


def _count(number: int) -> Cell:
    return Cell(str(number), value=Fraction(number))


def by_category(results: Iterable[Result], plan: Plan) -> dict[str, list[Result]]:
    """Results by the category of the main table, or by the chapter of their task."""
    return _grouped(results, lambda one: [group_of(one, plan)])


def by_department(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Results by lead; one that two departments lead counts for both."""
    return _grouped(results, lambda one: list(one.indicator.leads))


def _grouped(results: Iterable[Result], names: Callable[[Result], list[str]]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = {}
    for one in results:
        for name in names(one):
            groups.setdefault(name, []).append(one)
    return groups
