"""Compose the report of `czurban check --by region`: each indicator over the regions, then each region's tally."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Note, Result, Verdict, tally
from czurban.model.finding import Message, say
from czurban.model.plan import Plan
from czurban.model.region import Region
from czurban.reporting.document import Block, Document, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import Wanted, head
from czurban.reporting.documents.inputs import regional_inputs
from czurban.reporting.documents.records import (
    finding_record,
    head_record,
    result_record,
    submission_record,
    tally_record,
)
from czurban.reporting.documents.results import (
    actual_text,
    gap_cell,
    notes_cell,
    tally_line,
    tally_table,
    titled,
    verdict_cell,
)
from czurban.reporting.labels import TONES
from czurban.reporting.tables import BLANK, TableColumn, figure, grouped, grouped_table
from czurban.reporting.texts import exact_text
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.reporting.checks import Checks


class RegionTotal(NamedTuple):
    """The total of the regions: the figure, how it is computed, and notes on it."""

    value: Fraction | None
    working: str = ""
    notes: tuple[Message, ...] = ()


class Ranked(NamedTuple):
    """A region's result with its rank, None if it has none. `tied` regions share their rank.

    `parts` is the total of the regions below it, where it reports no figure itself.
    """

    region: Region
    result: Result
    place: int | None = None
    tied: bool = False
    parts: RegionTotal = RegionTotal(None)


class Line(NamedTuple):
    """An indicator over the regions, the best first, with their total and the result of the whole region.

    `deeper` counts the regions further below that have a figure.
    """

    whole: Result
    ranked: Sequence[Ranked]
    total: RegionTotal
    deeper: int = 0


class _RegionalRow(NamedTuple):
    """A row of the table: a region, the whole region, which has no rank, or the total, which has no result."""

    name: str
    result: Result | None
    rank: Ranked | None = None
    total: RegionTotal = RegionTotal(None)
    omitted: int = 0


def _rank_cell(row: _RegionalRow, translate: Translator) -> TableCell:
    if row.rank is None:
        return TableCell("")
    place = row.rank.place
    if place is None:
        return TableCell(BLANK)
    text = translate(say("={place}"), place=place) if row.rank.tied else str(place)
    return TableCell(text, value=Fraction(place))


def _name_cell(row: _RegionalRow, translate: Translator) -> str:
    if row.omitted:
        return translate(say("… {count} more regions; --format json or csv lists all"), count=f"{row.omitted:,}")
    return row.name if row.result else translate(say("Regions together"))


def _actual_cell(row: _RegionalRow, _: Translator) -> TableCell:
    parts = row.rank.parts.value if row.rank else None
    if parts is not None:
        return TableCell(f"Σ {figure(parts)}", Tone.QUIET, parts)
    if row.result is None:
        value = row.total.value
        blank = "" if row.omitted else BLANK
        return TableCell(blank if value is None else figure(value), Tone.QUIET, value)
    judged = Note.NO_TARGET not in row.result.notes
    return TableCell(actual_text(row.result), TONES[row.result.verdict] if judged else Tone.PLAIN, row.result.actual)


def _notes_cell(row: _RegionalRow, translate: Translator) -> TableCell:
    total = row.rank.parts if row.rank else row.total
    if row.result and total.value is None:
        return notes_cell(row.result, translate)
    notes = [*([total.working] if total.working else []), *map(translate, total.notes)]
    if row.result:
        notes.insert(0, translate(say("Σ: total of its regions")))
    return TableCell(translate(say("; ")).join(notes), Tone.QUIET)


def _of_result(cell: Callable[[Result, Translator], TableCell]) -> Callable[[_RegionalRow, Translator], TableCell]:
    """Make a cell of the row's result; the total's is empty."""
    return lambda row, translate: cell(row.result, translate) if row.result else TableCell("")


_COLUMNS: tuple[TableColumn[_RegionalRow], ...] = (
    TableColumn(say("Rank"), _rank_cell, number=True),
    TableColumn(say("Region"), _name_cell, main=True),
    TableColumn(
        say("Target"), _of_result(lambda result, _: TableCell(str(result.indicator.target.interval))), number=True
    ),
    TableColumn(say("Actual"), _actual_cell, number=True),
    TableColumn(say("Gap"), _of_result(gap_cell), number=True, fold=2),
    TableColumn(say("Verdict"), _of_result(verdict_cell)),
    TableColumn(say("Notes"), _notes_cell, fold=1),
)


def _rows(line: Line, region: Region, plan: Plan) -> Iterator[_RegionalRow]:
    known = [ranked for ranked in line.ranked if ranked.result.has_figure or ranked.parts.value is not None]
    shown = line.ranked if len(line.ranked) <= MOST_REGIONS else [*known[:_ENDS], *known[_ENDS:][-_ENDS:]]
    omitted = len(line.ranked) - len(shown)
    for number, ranked in enumerate(shown):
        if omitted and number == _ENDS:
            yield _RegionalRow("", None, omitted=omitted)
        yield _RegionalRow(plan.regions.full_name(ranked.region), ranked.result, ranked)
    if omitted and len(shown) <= _ENDS:
        yield _RegionalRow("", None, omitted=omitted)
    if line.ranked or line.total.value is not None:
        yield _RegionalRow("", None, total=line.total)
    yield _RegionalRow(region.name, line.whole)


def by_region(lines: Iterable[Line], plan: Plan) -> Mapping[str, list[Result]]:
    """Group the results by region, in the order of the hierarchy."""
    order = {region.code: n for n, region in enumerate(plan.regions)}
    ranked = sorted((ranked for line in lines for ranked in line.ranked), key=lambda item: order[item.region.code])
    groups = grouped(ranked, lambda item: [plan.regions.full_name(item.region)])
    return {name: [item.result for item in items] for name, items in groups.items()}


_MOST_NAMES = 10
MOST_REGIONS = 40
"""The most regions that a page lists for each indicator; of more it lists the first and the last."""
_ENDS = 10


def regional_report(  # noqa: PLR0913 - what is shown, and how much of it
    whole: Assessment,
    region: Region,
    lines: Sequence[Line],
    translate: Translator,
    *,
    scope: Wanted,
    only: frozenset[Verdict] = frozenset(),
) -> Document:
    """Compose the report of the indicators in scope over the regions below one region.

    `whole` has the findings of all regions. Where `only` has verdicts, an indicator is listed if the whole or a region
    has one, with those regions.
    """
    inside = [line for line in lines if scope(line.whole) and not line.whole.indicator.input_only]
    inputs = [] if only else [line for line in lines if scope(line.whole) and line.whole.indicator.input_only]
    plan, name_of = whole.plan, whole.plan.regions.full_name
    figures = [(line.whole, [(name_of(each.region), each.result) for each in line.ranked]) for line in inputs]
    shown = [_narrowed(line, only) for line in inside if _is_listed(line, only)]
    blocks: list[Block] = [*head(whole, translate)]
    if shown:
        groups = ((titled(line.whole.indicator), _rows(line, region, plan)) for line in shown)
        blocks.append(grouped_table(_COLUMNS, groups, translate, say("Indicator")))
    else:
        blocks.append(Paragraph(translate(say("Nothing to list.")), Tone.QUIET))
    silent = [line.whole.indicator.name for line in inside if not _is_known(line)]
    if silent and not only:
        text = say("No region reports a figure of: {names}.")
        if len(silent) > _MOST_NAMES:
            text = say("No region reports a figure of {count} other indicators.")
        blocks.append(Paragraph(translate(text, names=tuple(silent), count=len(silent)), Tone.QUIET))
    tallied = by_region(inside, plan)
    blocks.append(tally_table(say("Region"), dict(islice(tallied.items(), MOST_REGIONS)), translate))
    if (more := len(tallied) - MOST_REGIONS) > 0:
        text = say("… {count} more regions; --format json or csv lists all")
        blocks.append(Paragraph(translate(text, count=f"{more:,}"), Tone.QUIET))
    tallies = [*_tallies(inside, region, translate)]

    def checks() -> "Checks":
        results = {region.name: [line.whole for line in shown], **by_region(shown, plan)}
        return _checks(whole, results, [paragraph.text for paragraph in tallies], translate)

    def record() -> dict[str, Json]:
        without = [_line_record(line, plan, translate) for line in inputs]
        return _record(whole, region, shown, inside, translate) | ({"without_target": without} if without else {})

    def rows() -> list[dict[str, Json]]:
        return [row for line in shown for row in _flat(line, region, plan, translate)]

    every = (*blocks, *tallies, *regional_inputs(figures, region.name, translate))
    return Document(every, record, rows, checks, translate.language)


def _is_known(line: Line) -> bool:
    """Return whether a region at any level has a figure, or the total is known."""
    return any(ranked.result.has_figure for ranked in line.ranked) or line.total.value is not None or line.deeper > 0


def _is_listed(line: Line, only: frozenset[Verdict]) -> bool:
    """Return whether the whole or a region has such a verdict, or, without verdicts, any figure."""
    if only:
        return line.whole.verdict in only or any(ranked.result.verdict in only for ranked in line.ranked)
    return _is_known(line) or line.whole.has_figure


def _narrowed(line: Line, only: frozenset[Verdict]) -> Line:
    """Keep the regions with such a verdict; none if the only figure is that of the whole region."""
    if only:
        return line._replace(ranked=[ranked for ranked in line.ranked if ranked.result.verdict in only])
    return line if _is_known(line) else line._replace(ranked=[])


def _tallies(lines: Sequence[Line], region: Region, translate: Translator) -> Iterable[Paragraph]:
    below = [ranked.result for line in lines for ranked in line.ranked]
    yield tally_line(tally(below), translate, translate(say("All regions")))
    yield tally_line(tally(line.whole for line in lines), translate, region.name)


def _record(
    whole: Assessment, region: Region, shown: Sequence[Line], inside: Sequence[Line], translate: Translator
) -> dict[str, Json]:
    plan = whole.plan
    return {
        **head_record(plan, whole.period),
        "region": {"code": region.code, "name": region.name},
        "submissions": [submission_record(submission) for submission in whole.submissions],
        "indicators": [_line_record(line, plan, translate) for line in shown],
        "tally": {name: tally_record(tally(results)) for name, results in by_region(inside, plan).items()},
        "findings": [finding_record(finding, translate) for finding in whole.findings],
    }


def _line_record(line: Line, plan: Plan, translate: Translator) -> dict[str, Json]:
    total = line.total
    return {
        "id": line.whole.indicator.id,
        "name": line.whole.indicator.name,
        "whole": result_record(line.whole, plan, translate),
        "total": {
            "value": exact_text(total.value),
            "working": total.working or None,
            "notes": [translate(note) for note in total.notes],
        },
        "regions": [
            {"code": each.region.code, "region": plan.regions.full_name(each.region)}
            | _ranked_record(each, plan, translate)
            for each in line.ranked
        ],
    }


def _ranked_record(ranked: Ranked, plan: Plan, translate: Translator) -> dict[str, Json]:
    place: dict[str, Json] = {"rank": ranked.place, "tied": ranked.tied}
    total = exact_text(ranked.parts.value)
    return {**place, "total_of_regions": total, **result_record(ranked.result, plan, translate)}


def _flat(line: Line, region: Region, plan: Plan, translate: Translator) -> Iterable[dict[str, Json]]:
    """Make a row for each region, then one for the whole region."""
    for ranked in (*line.ranked, Ranked(region, line.whole)):
        name = region.name if ranked.result is line.whole else plan.regions.full_name(ranked.region)
        yield {"region": name, "code": ranked.region.code, **_ranked_record(ranked, plan, translate)}


def _checks(
    whole: Assessment, by_name: Mapping[str, Sequence[Result]], texts: Sequence[str], translate: Translator
) -> "Checks":
    """Make a suite of the whole region and of each region; issues of missed targets name the region."""
    from czurban.reporting.checks import Checks, Issue, Suite  # noqa: PLC0415 - only some formats need them
    from czurban.reporting.documents import checks  # noqa: PLC0415 - as above

    findings = list(checks.finding_issues(whole.findings, translate))
    missed: list[Issue] = []
    suites: list[Suite] = []
    for name, results in by_name.items():
        issues = checks.missed_issues(results, f"{whole.period} {name}", translate)
        missed += [issue._replace(message=f"{name} {issue.message}") for issue in issues]
        suites.append(checks.result_suite(results, whole.plan, translate)._replace(name=name))
    suites.append(checks.file_suite([submission.file for submission in whole.submissions], findings, translate))
    return Checks(translate.language, checks.rules(translate, targets=True), (*missed, *findings), suites, texts)
