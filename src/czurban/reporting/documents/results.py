"""Compose the table of results, with a row for each indicator, and the tallies of verdicts in sentences and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Note, Result, Tally, Verdict, binding_first, tally
from czurban.model.finding import Message, say
from czurban.model.plan import Plan
from czurban.reporting import labels as numbers
from czurban.reporting.document import Bullet, DocumentTable, Paragraph, TableCell, Tone
from czurban.reporting.labels import MARKS, TONES, VERDICTS, notes_of, number_of
from czurban.reporting.tables import (
    BLANK,
    VERDICT_FOLDS,
    TableColumn,
    count_column,
    grouped,
    grouped_table,
    plain_table,
    verdict_strip,
)
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def group_of(result: Result, plan: Plan) -> str:
    """Return the category of the main table, or the chapter of the task that names the quantity."""
    part = plan.part_of(result.indicator)
    return f"（{part.no}）{part.title}" if part else result.indicator.category or ""


def results_table(
    results: Iterable[Result], plan: Plan, translate: Translator, tracking: "Tracking | None" = None
) -> DocumentTable:
    """Compose the table of results by category, binding targets that are missed and their categories first.

    What is not due has its pace in place of a verdict where it is tracked.
    """
    groups = by_category(binding_first(results), plan)
    return grouped_table(_paced(_COLUMNS, tracking), groups.items(), translate, say("Category"))


def _number_cell(result: Result, translate: Translator) -> TableCell:
    number = result.indicator.no
    value = Fraction(number) if isinstance(number, int) else None
    return TableCell(number_of(result.indicator, translate), value=value)


def _name_cell(result: Result, _: Translator) -> TableCell:
    indicator = result.indicator
    interval = indicator.target.interval
    chart = Bullet(_exact(interval.low), _exact(interval.high), result.indicator.target.baseline_value, result.actual)
    return TableCell(f"{indicator.name}（{indicator.unit.name}）", chart=chart, anchor=indicator.id)


def _leads_cell(result: Result, translate: Translator) -> TableCell:
    return TableCell(translate.join(result.indicator.leads), facets=result.indicator.leads)


def _baseline_cell(result: Result, _: Translator) -> TableCell:
    baseline = result.indicator.target.baseline
    return TableCell(baseline.printed if baseline else BLANK, value=result.indicator.target.baseline_value)


def _target_cell(result: Result, _: Translator) -> TableCell:
    interval = result.indicator.target.interval
    return TableCell(str(interval), value=_exact(interval.bound))


def _actual_cell(result: Result, _: Translator) -> TableCell:
    return TableCell(actual_text(result), TONES[result.verdict], result.actual)


def gap_cell(result: Result, _: Translator) -> TableCell:
    """Make the cell of the distance to the target."""
    gap = result.figures.gap if result.figures else None
    return TableCell(BLANK if gap is None else numbers.signed(gap), TONES[result.verdict], gap)


def _completion_cell(result: Result, _: Translator) -> TableCell:
    completion = result.figures.completion if result.figures else None
    if completion is None:
        return TableCell(BLANK)
    met = result.actual is not None and result.actual in result.indicator.target.interval
    return TableCell(numbers.percent(completion, met=met), value=completion)


def verdict_cell(result: Result, translate: Translator) -> TableCell:
    """Make the cell of the verdict, by which rows can be filtered."""
    verdict = translate(VERDICTS[result.verdict])
    grade = translate(say(" ({grade})"), grade=result.grade) if result.grade else ""
    return TableCell(f"{MARKS[result.verdict]} {verdict}{grade}", TONES[result.verdict], facets=(verdict,))


def notes_cell(result: Result, translate: Translator) -> TableCell:
    """Make the cell of the notes."""
    notes = tuple(map(translate, notes_of(result)))
    return TableCell(translate(say("; ")).join(notes), Tone.QUIET, notes=notes)


_COLUMNS: tuple[TableColumn[Result], ...] = (
    TableColumn(say("No."), _number_cell, number=True, spare=5),
    TableColumn(say("Indicator"), _name_cell, main=True),
    TableColumn(say("Lead"), _leads_cell, fold=2, spare=3),
    TableColumn(say("Baseline"), _baseline_cell, number=True, fold=4, spare=1),
    TableColumn(say("Target"), _target_cell, number=True),
    TableColumn(say("Actual"), _actual_cell, number=True),
    TableColumn(say("Gap"), gap_cell, number=True, fold=5, spare=4),
    TableColumn(say("Completion"), _completion_cell, number=True, fold=3, spare=2),
    TableColumn(say("Verdict"), verdict_cell),
    TableColumn(say("Notes"), notes_cell, fold=1, note=True),
)


_MISSED_COLUMNS: tuple[TableColumn[Result], ...] = (
    TableColumn(say("No."), _number_cell, number=True, spare=1),
    TableColumn(say("Indicator"), _name_cell, main=True),
    TableColumn(say("Target"), _target_cell, number=True),
    TableColumn(say("Actual"), _actual_cell, number=True),
    TableColumn(say("Gap"), gap_cell, number=True),
    TableColumn(say("Lead"), _leads_cell, fold=1),
)


def missed_table(results: Iterable[Result], translate: Translator, tracking: "Tracking | None" = None) -> DocumentTable:
    """Compose the table of results that are missed or lag behind: how far, and who answers for it."""
    return plain_table(_paced(_MISSED_COLUMNS, tracking), binding_first(results), translate)


def _paced(columns: Sequence[TableColumn[Result]], tracking: "Tracking | None") -> Sequence[TableColumn[Result]]:
    if tracking is None:
        return columns
    from czurban.reporting.pace.cells import with_pace  # noqa: PLC0415 - only before the deadline

    return with_pace(columns, tracking)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def actual_text(result: Result) -> str:
    """Write the value on its side of the target, or the start of a text that is no usable value."""
    return judged_text(result) or _short(result.raw, 28 if result.differing else 12) or BLANK


def judged_text(result: Result) -> str:
    """Write the value in the plan's unit on its side of the target; nothing if there is none."""
    if result.actual is None:
        return ""
    about = "约" if result.approximate else ""
    return about + numbers.actual(result.actual, result.indicator.target.interval)


def _short(raw: str, most: int) -> str:
    flat = " ".join(raw.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def names(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the names of the indicators."""
    return tuple(result.indicator.name for result in results)


def tally_line(counts: Tally, translate: Translator, scope: str = "") -> Paragraph:
    """Compose “22 of 25 met, …”: what is not reported or unreadable is counted apart and stays in the total."""
    met = translate(say("{met} of {total} met"), met=f"{counts[Verdict.MET]:,}", total=f"{counts.total:,}")
    rest: dict[Verdict, int] = {verdict: counts[verdict] for verdict in Verdict if verdict is not Verdict.MET}
    text = translate(say(", ")).join([met, *verdict_counts(rest, translate)])
    head = scope + translate(say(": ")) if scope else ""
    return Paragraph(head + text + translate(say(".")), bar=verdict_strip(counts.counts, translate))


def verdict_counts(counts: Mapping[Verdict, int], translate: Translator) -> list[str]:
    """Return “5 missed” for each verdict that is counted, with thousands set off by commas."""
    return [
        translate(say("{count} {verdict}"), count=f"{counts[verdict]:,}", verdict=translate(VERDICTS[verdict]))
        for verdict in Verdict
        if counts.get(verdict)
    ]


def summary_sentence(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Paragraph:
    """Compose “2019: of 25 targets, 19 met, 5 missed, …”, with the names of the missed ones."""
    counts = tally(results)
    parts = translate(say(", ")).join(verdict_counts(counts.counts, translate)) or translate(say("nothing was judged"))
    head = translate(
        say("{period}: of {total} targets, {parts}."), period=assessment.period, total=counts.total, parts=parts
    )
    missed = [result for result in binding_first(results) if result.verdict is Verdict.MISSED]
    return Paragraph(head + (translate(say(" Missed: {names}."), names=names(missed)) if missed else ""))


def binding_lines(results: Iterable[Result], translate: Translator) -> Iterator[Paragraph]:
    """Compose the sentence on the binding targets that are missed, which leads a report; nothing without any."""
    binding = [result for result in results if result.indicator.binding]
    missed = [result for result in binding if result.is_binding_miss]
    if missed:
        text = say("Binding targets missed, {count} of {total}: {names}.")
        values = {"total": len(binding), "count": len(missed), "names": names(missed)}
        yield Paragraph(translate(text, **values), Tone.BAD)


def warning_lines(results: Iterable[Result], translate: Translator) -> Iterator[Paragraph]:
    """Compose what leads a report: the binding targets that are missed, and the verdicts to be checked first."""
    every = list(results)
    yield from binding_lines(every, translate)
    yield from _implausible_lines(every, translate)


def _implausible_lines(results: Iterable[Result], translate: Translator) -> Iterator[Paragraph]:
    """Compose the sentence on verdicts by values of an implausible size, which are to be checked first (R3)."""
    doubted = [result for result in results if Note.IMPLAUSIBLE in result.notes]
    if doubted:
        named = tuple(
            say(
                "{name} {value} ({verdict})",
                name=result.indicator.name,
                value=f"{judged_text(result)}{result.indicator.unit.name}",
                verdict=Message(VERDICTS[result.verdict]),
            )
            for result in doubted
        )
        text = say("To be checked first, as the size of the figure is implausible ({count}): {names}.")
        yield Paragraph(translate(text, count=len(doubted), names=named), Tone.DOUBT)


_Group = tuple[str, Tally]


def _group_cell(group: _Group, translate: Translator) -> TableCell:
    name, counts = group
    return TableCell(name, chart=verdict_strip(counts.counts, translate))


def _verdict_column(verdict: Verdict) -> TableColumn[_Group]:
    return count_column(VERDICTS[verdict], lambda group: group[1][verdict], VERDICT_FOLDS.get(verdict, 0))


def tally_table(title: Message, groups: Mapping[str, Sequence[Result]], translate: Translator) -> DocumentTable:
    """Compose the table of how many results of each group have each verdict; `title` is that of the group column."""
    columns = (
        TableColumn(title, _group_cell, main=True),
        count_column(say("Targets"), lambda group: group[1].total),
        *map(_verdict_column, Verdict),
    )
    return plain_table(columns, ((name, tally(members)) for name, members in groups.items()), translate)


def by_category(results: Iterable[Result], plan: Plan) -> dict[str, list[Result]]:
    """Group results by the category of the main table, or by the chapter of their task."""
    return grouped(results, lambda result: [group_of(result, plan)])


def by_department(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Group results by lead; a result with two leads is in both groups."""
    return grouped(results, lambda result: result.indicator.leads)
