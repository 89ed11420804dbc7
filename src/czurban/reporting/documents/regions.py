"""The report of `czurban check --by region`: each indicator over the regions, then each region's tally.

The table of one indicator after another over the regions: figures, targets, verdicts, places, and the total.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Note, Result, Verdict, tally
from czurban.model.finding import Message, say
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.model.text import exact
from czurban.reporting import numbers
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import (
    FORMAT,
    finding_record,
    plan_record,
    result_record,
    submission_record,
    tally_record,
)
from czurban.reporting.documents.results import actual_text, gap_text, tally_line, tally_table
from czurban.reporting.labels import MARKS, NOTES, TONES, VERDICTS
from czurban.words.speaker import Speaker

if TYPE_CHECKING:
    from czurban.reporting.document import Checks

BLANK = "—"


class Ranked(NamedTuple):
    """One region's result with its place among the regions; None where it has none. `tied` shares it with another."""

    region: Region
    result: Result
    place: int | None = None
    tied: bool = False


class RegionTotal(NamedTuple):
    """What the regions come to together: the figure, how it comes about, and what is to be said of it."""

    value: Fraction | None
    working: str = ""
    notes: tuple[Message, ...] = ()


class Line(NamedTuple):
    """One indicator over the regions, the best first, with their total and the whole's own result."""

    whole: Result
    ranked: Sequence[Ranked]
    total: RegionTotal


def regional_table(lines: Sequence[Line], region: Region, plan: Plan, speak: Speaker) -> DocumentTable:
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
    groups = (RowGroup(title_of(one.whole), tuple(_rows(one, region, plan, speak))) for one in lines)
    return DocumentTable(columns, tuple(groups), speak(say("Indicator")))


def title_of(result: Result) -> str:
    """The indicator with its number and unit."""
    one = result.indicator
    return f"{f'{one.no} ' if one.no is not None else ''}{one.name}（{one.unit.name}）"


def _rows(line: Line, region: Region, plan: Plan, speak: Speaker) -> Iterator[tuple[TableCell, ...]]:
    for one in line.ranked:
        yield _row(_place(one, speak), plan.regions.full_name(one.region), one.result, speak)
    if line.ranked or line.total.value is not None:
        yield _total(line.total, speak)
    yield _row("", region.name, line.whole, speak)


def _place(one: Ranked, speak: Speaker) -> str:
    if one.place is None:
        return BLANK
    return speak(say("={place}"), place=one.place) if one.tied else str(one.place)


def _row(place: str, name: str, result: Result, speak: Speaker) -> tuple[TableCell, ...]:
    tone, verdict = TONES[result.verdict], speak(VERDICTS[result.verdict])
    unjudged = Note.NO_TARGET in result.notes
    return (
        TableCell(place, value=Fraction(place.lstrip("=")) if place.lstrip("=").isdecimal() else None),
        TableCell(name),
        TableCell(str(result.indicator.target.interval)),
        TableCell(actual_text(result), Tone.PLAIN if unjudged else tone, result.actual),
        TableCell(gap_text(result), tone, result.figures.gap if result.figures else None),
        TableCell(f"{MARKS[result.verdict]} {verdict}", tone, facets=(verdict,)),
        TableCell(speak(say("; ")).join(speak(NOTES[note]) for note in result.notes), Tone.QUIET),
    )


def _total(total: RegionTotal, speak: Speaker) -> tuple[TableCell, ...]:
    figure = numbers.figure(total.value) if total.value is not None else BLANK
    notes = [*([total.working] if total.working else []), *(speak(one) for one in total.notes)]
    said = speak(say("; ")).join(notes)
    return (
        TableCell(""),
        TableCell(speak(say("Regions together"))),
        TableCell(""),
        TableCell(figure, Tone.QUIET, total.value),
        TableCell(""),
        TableCell(""),
        TableCell(said, Tone.QUIET),
    )


def by_region(lines: Sequence[Line], plan: Plan) -> Mapping[str, list[Result]]:
    """The results of each region, in the order of the hierarchy."""
    found: dict[str, list[Result]] = {}
    order = {one.code: n for n, one in enumerate(plan.regions)}
    everyone = sorted((one for line in lines for one in line.ranked), key=lambda one: order[one.region.code])
    for one in everyone:
        found.setdefault(plan.regions.full_name(one.region), []).append(one.result)
    return found


_MOST_NAMES = 10
Wanted = Callable[[Result], bool]


def regional_report(  # noqa: PLR0913 - what is shown, and how much of it
    whole: Assessment,
    region: Region,
    lines: Sequence[Line],
    speak: Speaker,
    *,
    scope: Wanted,
    only: frozenset[Verdict] = frozenset(),
) -> Document:
    """Compose the report.

    Args:
        whole: the region above, judged, with the findings of all.
        region: that region.
        lines: every indicator over the regions below.
        speak: the reader's language.
        scope: which indicators the report is about.
        only: verdicts to list; an indicator is listed where the whole has one or a region does, with those regions.
    """
    inside = [one for one in lines if scope(one.whole)]
    told = [_narrowed(one, only) for one in inside if (_has(one, only) if only else _has_figures(one))]
    plan = whole.plan
    blocks: list[Block] = [*head(whole, speak)]
    blocks.append(
        regional_table(told, region, plan, speak) if told else Paragraph(speak(say("Nothing to list.")), Tone.QUIET)
    )
    silent = [one.whole.indicator.name for one in inside if not _is_known(one)]
    if silent and not only:
        blocks.append(Paragraph(_silence(silent, speak), Tone.QUIET))
    blocks.append(tally_table(speak(say("Region")), by_region(inside, plan), speak))
    tallies = [*_tallies(inside, region, speak)]

    def checks() -> "Checks":
        results = {region.name: [one.whole for one in told], **by_region(told, plan)}
        return _checks(whole, results, [one.text for one in tallies], speak)

    return Document(
        (*blocks, *tallies),
        lambda: _record(whole, region, told, inside, speak),
        lambda: [row for one in told for row in _flat(one, region, plan, speak)],
        checks,
    )


def _silence(names: Sequence[str], speak: Speaker) -> str:
    if len(names) > _MOST_NAMES:
        return speak(say("No region reports a figure of {count} other indicators."), count=len(names))
    return speak(say("No region reports a figure of: {names}."), names="、".join(names))


def _is_known(line: Line) -> bool:
    """Whether there is a figure of a region, or one that the regions' other figures come to together."""
    return any(one.result.has_figure for one in line.ranked) or line.total.value is not None


def _has_figures(line: Line) -> bool:
    """Whether there is a figure at all, be it the whole's own alone."""
    return _is_known(line) or line.whole.has_figure


def _has(line: Line, only: frozenset[Verdict]) -> bool:
    return line.whole.verdict in only or any(one.result.verdict in only for one in line.ranked)


def _narrowed(line: Line, only: frozenset[Verdict]) -> Line:
    """The regions with such a verdict; none of them where all that there is is the whole's own figure."""
    if only:
        return line._replace(ranked=[one for one in line.ranked if one.result.verdict in only])
    return line if _is_known(line) else line._replace(ranked=[])


def _tallies(lines: Sequence[Line], region: Region, speak: Speaker) -> Iterable[Paragraph]:
    below = [one.result for line in lines for one in line.ranked]
    yield tally_line(tally(below), speak, speak(say("All regions")))
    yield tally_line(tally(line.whole for line in lines), speak, region.name)


def _record(
    whole: Assessment, region: Region, told: Sequence[Line], inside: Sequence[Line], speak: Speaker
) -> dict[str, Json]:
    plan = whole.plan
    below = by_region(inside, plan)
    return {
        "format": FORMAT,
        "plan": plan_record(plan),
        "period": str(whole.period),
        "region": {"code": region.code, "name": region.name},
        "submissions": [submission_record(one) for one in whole.submissions],
        "indicators": [_line_record(one, plan, speak) for one in told],
        "tally": {name: tally_record(tally(results)) for name, results in below.items()},
        "findings": [finding_record(one, speak) for one in whole.findings],
    }


def _line_record(line: Line, plan: Plan, speak: Speaker) -> dict[str, Json]:
    total = line.total
    return {
        "id": line.whole.indicator.id,
        "name": line.whole.indicator.name,
        "whole": result_record(line.whole, plan, speak),
        "total": {
            "value": None if total.value is None else exact(total.value),
            "working": total.working or None,
            "notes": [speak(one) for one in total.notes],
        },
        "regions": [
            {
                "code": one.region.code,
                "region": plan.regions.full_name(one.region),
                "rank": one.place,
                "tied": one.tied,
                **result_record(one.result, plan, speak),
            }
            for one in line.ranked
        ],
    }


def _flat(line: Line, region: Region, plan: Plan, speak: Speaker) -> Iterable[dict[str, Json]]:
    """Rows of one shape: each region's, then the whole's."""
    for one in line.ranked:
        place: dict[str, Json] = {"rank": one.place, "tied": one.tied}
        yield {"region": plan.regions.full_name(one.region), "code": one.region.code, **place} | result_record(
            one.result, plan, speak
        )
    nowhere: dict[str, Json] = {"rank": None, "tied": False}
    yield {"region": region.name, "code": region.code, **nowhere} | result_record(line.whole, plan, speak)


def _checks(
    whole: Assessment, by_name: Mapping[str, Sequence[Result]], texts: Sequence[str], speak: Speaker
) -> "Checks":
    """The whole and each region as a suite of its own, and every missed target with the region's name."""
    from czurban.reporting.document import Checks, Issue, Suite  # noqa: PLC0415 - as above
    from czurban.reporting.documents.checks import file_suite, finding_issues, missed_issues, result_suite, rules  # noqa: PLC0415 - for the formats that ask  # noqa: PLC0415 - as above

    findings = list(finding_issues(whole.findings, speak))
    missed: list[Issue] = []
    suites: list[Suite] = []
    for name, results in by_name.items():
        issues = missed_issues(results, f"{whole.period} {name}", speak)
        missed += [replace(one, message=f"{name} {one.message}") for one in issues]
        suites.append(replace(result_suite(results, whole.plan, speak), name=name))
    files = file_suite([one.file for one in whole.submissions], findings, speak)
    return Checks(speak.language, rules(speak, targets=True), (*missed, *findings), (*suites, files), texts)
