"""The table of one indicator after another over the regions: figures, targets, verdicts, places, and the total."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.message import Message, say
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.verdict import Note, Result
from czurban.reporting import numbers
from czurban.reporting.document import Cell, Column, Group, Table, Tone
from czurban.reporting.labels import MARKS, NOTES, TONES, VERDICTS
from czurban.reporting.results_table import actual_text, gap_text
from czurban.words.speaker import Speaker

BLANK = "—"


class Ranked(NamedTuple):
    """One region's result with its place among the regions; None where it has none. `tied` shares it with another."""

    region: Region
    result: Result
    place: int | None = None
    tied: bool = False


class Summed(NamedTuple):
    """What the regions come to together: the figure, how it comes about, and what is to be said of it."""

    value: Fraction | None
    working: str = ""
    notes: tuple[Message, ...] = ()


class Line(NamedTuple):
    """One indicator over the regions, the best first, with their total and the whole's own result."""

    whole: Result
    ranked: Sequence[Ranked]
    total: Summed


def regional_table(lines: Sequence[Line], region: Region, plan: Plan, speak: Speaker) -> Table:
    """Compose the table; each indicator is a group.

    Args:
        lines: the indicators that are shown.
        region: the whole.
        plan: for the names of regions.
        speak: the reader's language.
    """
    columns = (
        Column(speak(say("Rank")), number=True),
        Column(speak(say("Region")), main=True),
        Column(speak(say("Target")), number=True),
        Column(speak(say("Actual")), number=True),
        Column(speak(say("Gap")), number=True, fold=2),
        Column(speak(say("Verdict"))),
        Column(speak(say("Notes")), fold=1),
    )
    groups = (Group(title_of(one.whole), tuple(_rows(one, region, plan, speak))) for one in lines)
    return Table(columns, tuple(groups), speak(say("Indicator")))


def title_of(result: Result) -> str:
    """The indicator with its number and unit."""
    one = result.indicator
    return f"{f'{one.no} ' if one.no is not None else ''}{one.name}（{one.unit.name}）"


def _rows(line: Line, region: Region, plan: Plan, speak: Speaker) -> Iterator[tuple[Cell, ...]]:
    for one in line.ranked:
        yield _row(_place(one, speak), plan.regions.full_name(one.region), one.result, speak)
    if line.ranked or line.total.value is not None:
        yield _total(line.total, speak)
    yield _row("", region.name, line.whole, speak)


def _place(one: Ranked, speak: Speaker) -> str:
    if one.place is None:
        return BLANK
    return speak(say("={place}"), place=one.place) if one.tied else str(one.place)


def _row(place: str, name: str, result: Result, speak: Speaker) -> tuple[Cell, ...]:
    tone, verdict = TONES[result.verdict], speak(VERDICTS[result.verdict])
    unjudged = Note.NO_TARGET in result.notes
    return (
        Cell(place, value=Fraction(place.lstrip("=")) if place.lstrip("=").isdecimal() else None),
        Cell(name),
        Cell(str(result.indicator.target.interval)),
        Cell(actual_text(result), Tone.PLAIN if unjudged else tone, result.actual),
        Cell(gap_text(result), tone, result.figures.gap if result.figures else None),
        Cell(f"{MARKS[result.verdict]} {verdict}", tone, facets=(verdict,)),
        Cell(speak(say("; ")).join(speak(NOTES[note]) for note in result.notes), Tone.QUIET),
    )


def _total(total: Summed, speak: Speaker) -> tuple[Cell, ...]:
    figure = numbers.figure(total.value) if total.value is not None else BLANK
    notes = [*([total.working] if total.working else []), *(speak(one) for one in total.notes)]
    said = speak(say("; ")).join(notes)
    return (
        Cell(""),
        Cell(speak(say("Regions together"))),
        Cell(""),
        Cell(figure, Tone.QUIET, total.value),
        Cell(""),
        Cell(""),
        Cell(said, Tone.QUIET),
    )


def by_region(lines: Sequence[Line], plan: Plan) -> Mapping[str, list[Result]]:
    """The results of each region, in the order of the hierarchy."""
    found: dict[str, list[Result]] = {}
    order = {one.code: n for n, one in enumerate(plan.regions)}
    everyone = sorted((one for line in lines for one in line.ranked), key=lambda one: order[one.region.code])
    for one in everyone:
        found.setdefault(plan.regions.full_name(one.region), []).append(one.result)
    return found
