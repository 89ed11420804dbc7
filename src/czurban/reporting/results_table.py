"""The table of results: one row an indicator, grouped as the plan groups them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.verdict import Result
from czurban.reporting import numbers
from czurban.reporting.document import Bullet, Cell, Column, Group, Table, Tone
from czurban.reporting.labels import MARKS, NOTES, TONES, VERDICTS, number_of
from czurban.words.speaker import Speaker

BLANK = "—"


def group_of(result: Result, plan: Plan) -> str:
    """The category of the main table, or the chapter of the task that names the quantity."""
    part = plan.part_of(result.indicator)
    return f"（{part.no}）{part.title}" if part else result.indicator.category or ""


def results_table(results: Iterable[Result], plan: Plan, speak: Speaker) -> Table:
    """Compose the table of results."""
    groups = groupby(results, key=lambda result: group_of(result, plan))
    return Table(
        _columns(speak),
        tuple(Group(title, tuple(_row(result, speak) for result in members)) for title, members in groups),
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


def _row(result: Result, speak: Speaker) -> tuple[Cell, ...]:
    one, target = result.indicator, result.indicator.target
    tone, verdict = TONES[result.verdict], speak(VERDICTS[result.verdict])
    return (
        Cell(number_of(one, speak), value=None if one.no is None else Fraction(one.no)),
        Cell(f"{one.name}（{one.unit.name}）", chart=bullet(result), anchor=one.id),
        Cell("、".join(one.leads), facets=one.leads),
        Cell(target.baseline.printed if target.baseline else BLANK, value=baseline_of(result)),
        Cell(str(target.interval), value=_exact(target.interval.bound)),
        Cell(actual_text(result), tone, result.actual),
        Cell(gap_text(result), tone, result.figures.gap if result.figures else None),
        Cell(_completion(result), value=result.figures.completion if result.figures else None),
        Cell(f"{MARKS[result.verdict]} {verdict}", tone, facets=(verdict,)),
        Cell(speak(say("; ")).join(speak(NOTES[note]) for note in result.notes), Tone.QUIET),
    )


def bullet(result: Result) -> Bullet:
    """The result as a picture."""
    interval = result.indicator.target.interval
    return Bullet(_exact(interval.low), _exact(interval.high), baseline_of(result), result.actual)


def baseline_of(result: Result) -> Fraction | None:
    """The baseline as a number."""
    baseline = result.indicator.target.baseline
    return _exact(baseline.value) if baseline else None


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
