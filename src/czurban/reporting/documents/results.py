"""The table of results: one row an indicator, grouped as the plan groups them.

The count of verdicts in one sentence that names its denominator.

What an assessment comes to: one sentence to read aloud, and how many of each verdict, by category and department.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from czurban.model.assessment import Assessment, Result, Tally, Verdict, tally
from czurban.model.finding import say
from czurban.model.plan import Plan
from czurban.reporting import numbers
from czurban.reporting.document import Bullet, Column, DocumentTable, Paragraph, RowGroup, Strip, TableCell, Tone
from czurban.reporting.labels import MARKS, NOTES, TONES, VERDICTS, number_of
from czurban.words.speaker import Speaker

BLANK = "—"


def group_of(result: Result, plan: Plan) -> str:
    """The category of the main table, or the chapter of the task that names the quantity."""
    part = plan.part_of(result.indicator)
    return f"（{part.no}）{part.title}" if part else result.indicator.category or ""


def results_table(results: Iterable[Result], plan: Plan, speak: Speaker) -> DocumentTable:
    """Compose the table of results."""
    groups = groupby(results, key=lambda result: group_of(result, plan))
    return DocumentTable(
        _columns(speak),
        tuple(RowGroup(title, tuple(_row(result, speak) for result in members)) for title, members in groups),
        speak(say("Category")),
    )


def _columns(speak: Speaker) -> tuple[Column, ...]:
    return (
        Column(speak(say("No.")), number=True),
        Column(speak(say("Indicator")), main=True),
        Column(speak(say("Lead")), fold=2),
        Column(speak(say("Baseline")), number=True, fold=4),
        Column(speak(say("Target")), number=True),
        Column(speak(say("Actual")), number=True),
        Column(speak(say("Gap")), number=True, fold=5),
        Column(speak(say("Completion")), number=True, fold=3),
        Column(speak(say("Verdict"))),
        Column(speak(say("Notes")), fold=1),
    )


def _row(result: Result, speak: Speaker) -> tuple[TableCell, ...]:
    one, target = result.indicator, result.indicator.target
    tone, verdict = TONES[result.verdict], speak(VERDICTS[result.verdict])
    return (
        TableCell(number_of(one, speak), value=None if one.no is None else Fraction(one.no)),
        TableCell(f"{one.name}（{one.unit.name}）", chart=bullet(result), anchor=one.id),
        TableCell("、".join(one.leads), facets=one.leads),
        TableCell(target.baseline.printed if target.baseline else BLANK, value=target.baseline_value),
        TableCell(str(target.interval), value=_exact(target.interval.bound)),
        TableCell(actual_text(result), tone, result.actual),
        TableCell(gap_text(result), tone, result.figures.gap if result.figures else None),
        TableCell(_completion(result), value=result.figures.completion if result.figures else None),
        TableCell(f"{MARKS[result.verdict]} {verdict}", tone, facets=(verdict,)),
        TableCell(speak(say("; ")).join(speak(NOTES[note]) for note in result.notes), Tone.QUIET),
    )


def bullet(result: Result) -> Bullet:
    """The result as a picture."""
    target = result.indicator.target
    return Bullet(_exact(target.interval.low), _exact(target.interval.high), target.baseline_value, result.actual)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def actual_text(result: Result) -> str:
    """Spell the value on its target's side, or show what stands there and is none."""
    if result.actual is not None:
        about = "约" if result.approximate else ""
        return about + numbers.actual(result.actual, result.indicator.target.interval)
    return _short(result.raw) or BLANK


def _short(raw: str, most: int = 12) -> str:
    flat = " ".join(raw.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def gap_text(result: Result) -> str:
    """Spell the distance to the target with its sign."""
    return numbers.signed(result.figures.gap) if result.figures else BLANK


def _completion(result: Result) -> str:
    figures = result.figures
    if figures is None or figures.completion is None:
        return BLANK
    met = result.actual is not None and result.actual in result.indicator.target.interval
    return numbers.percent(figures.completion, met=met)


def names(results: Sequence[Result]) -> str:
    """The names of some results in one line."""
    return "、".join(result.indicator.name for result in results)


def tally_line(counts: Tally, speak: Speaker, scope: str = "") -> Paragraph:
    """「25 项中达标 22 项…」: unreported and unreadable ones are told apart and stay in the denominator."""
    rest = [
        speak(say("{count} {verdict}"), count=counts[verdict], verdict=speak(VERDICTS[verdict]))
        for verdict in Verdict
        if verdict is not Verdict.MET and counts[verdict]
    ]
    sentence = speak(say("{met} of {total} met"), met=counts[Verdict.MET], total=counts.total)
    text = speak(say(", ")).join([sentence, *rest])
    head = scope + speak(say(": ")) if scope else ""
    return Paragraph(head + text + speak(say(".")), Tone.PLAIN)


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


def tally_table(title: str, groups: Mapping[str, Sequence[Result]], speak: Speaker) -> DocumentTable:
    """How many of each verdict in each group, and in all that the groups hold together, each with its denominator."""
    columns = (
        Column(title, main=True),
        Column(speak(say("Targets")), number=True),
        *(Column(speak(VERDICTS[verdict]), number=True, fold=_FOLDS.get(verdict, 0)) for verdict in Verdict),
    )
    rows = tuple(_summary_row(name, tally(members), speak) for name, members in groups.items())
    return DocumentTable(columns, (RowGroup("", rows),))


def _summary_row(name: str, counts: Tally, speak: Speaker) -> tuple[TableCell, ...]:
    parts = tuple((speak(VERDICTS[one]), counts[one], TONES[one]) for one in Verdict if counts[one])
    return (
        TableCell(name, chart=Strip(parts)),
        _count(counts.total),
        *(_count(counts[verdict]) for verdict in Verdict),
    )


def _count(number: int) -> TableCell:
    return TableCell(str(number), value=Fraction(number))


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
