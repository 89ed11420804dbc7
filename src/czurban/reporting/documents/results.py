"""Compose the table of results, with a row for each indicator, and the tallies of verdicts in sentences and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Note, Result, Tally, Verdict, binding_first, tally
from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.years import OverYears
from czurban.reporting.document import Block, Bullet, DocumentTable, Paragraph, TableCell, Tone
from czurban.reporting.labels import MARKS, NOTES, TONES, VERDICTS
from czurban.reporting.tables import (
    BLANK,
    VERDICT_COUNTS,
    TableColumn,
    actual,
    grouped,
    grouped_table,
    number_of,
    percent,
    plain_table,
    signed,
)
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def category_of(indicator: Indicator, plan: Plan) -> str:
    """Return the category of the main table, or the chapter of the task that names the quantity."""
    part = plan.part_of(indicator)
    return f"（{part.no}）{part.title}" if part else indicator.category or ""


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
    return name_cell(indicator, chart)


def with_unit(indicator: Indicator) -> str:
    """Return an indicator's name with its unit in brackets."""
    return f"{indicator.name}（{indicator.unit.name}）"


def titled(indicator: Indicator) -> str:
    """Return an indicator's name with its unit, behind its number in the main table if it has one."""
    return f"{indicator.no} {with_unit(indicator)}" if indicator.no is not None else with_unit(indicator)


def name_cell(indicator: Indicator, chart: Bullet | None = None) -> TableCell:
    """Make the cell of an indicator's name and unit, to which links lead."""
    return TableCell(with_unit(indicator), chart=chart, anchor=indicator.id)


def leads_cell(leads: tuple[str, ...], translate: Translator) -> TableCell:
    """Make the cell of the leads, by which rows can be filtered."""
    return TableCell(translate.join(leads), facets=leads)


def _baseline_cell(result: Result, _: Translator) -> TableCell:
    baseline = result.indicator.target.baseline
    return TableCell(baseline.printed if baseline else BLANK, value=result.indicator.target.baseline_value)


def target_cell(result: Result) -> TableCell:
    """Make the cell of the target."""
    interval = result.indicator.target.interval
    return TableCell(str(interval), value=_exact(interval.bound))


def _actual_cell(result: Result, _: Translator) -> TableCell:
    return TableCell(actual_text(result), TONES[result.verdict], result.actual)


def gap_cell(result: Result, _: Translator) -> TableCell:
    """Make the cell of the distance to the target."""
    gap = result.figures.gap if result.figures else None
    return TableCell(BLANK if gap is None else signed(gap), TONES[result.verdict], gap)


def _completion_cell(result: Result, _: Translator) -> TableCell:
    completion = result.figures.completion if result.figures else None
    if completion is None:
        return TableCell(BLANK)
    met = result.actual is not None and result.actual in result.indicator.target.interval
    return TableCell(percent(completion, met=met), value=completion)


def thousands_cell(count: int) -> TableCell:
    """Make the cell of a count that may be large, with commas between its thousands."""
    return TableCell(f"{count:,}", value=Fraction(count))


def verdict_cell(result: Result, translate: Translator) -> TableCell:
    """Make the cell of the verdict, by which rows can be filtered."""
    verdict = translate(VERDICTS[result.verdict])
    grade = translate(say(" ({grade})"), grade=result.grade) if result.grade else ""
    return TableCell(f"{MARKS[result.verdict]} {verdict}{grade}", TONES[result.verdict], facets=(verdict,))


def notes_of(result: Result) -> list[Message]:
    """Return the notes to a verdict, after the period of a figure that is not of the judged one, and what binds it."""
    notes, target = figure_period(result), result.indicator.target
    if target.other and not target.is_open:
        notes.append(say("bound by the figure of {other}", other=target.other.reference.label))
    return notes + [Message(NOTES[note]) for note in result.notes]


def figure_period(result: Result) -> list[Message]:
    """Return the period of a figure that is not of the judged one: its age, its years, or that it is the worst year."""
    if result.of is None:
        return []
    if result.of.has_years:
        return [say("{period} together", period=result.of)]
    if not result.age and result.indicator.target.over is OverYears.EACH_YEAR:
        return [say("figure of {period}, the worst year", period=result.of)]
    if result.age == 1:
        return [say("figure of {period}, one year old", period=result.of)]
    return [say("figure of {period}, {count} years old", period=result.of, count=result.age)]


def notes_cell(result: Result, translate: Translator) -> TableCell:
    """Make the cell of the notes."""
    notes = tuple(map(translate, notes_of(result)))
    return TableCell(translate(say("; ")).join(notes), Tone.QUIET, notes=notes)


_COLUMNS: tuple[TableColumn[Result], ...] = (
    TableColumn(say("No."), _number_cell, number=True, spare=5),
    TableColumn(say("Indicator"), _name_cell, main=True),
    TableColumn(say("Lead"), lambda result, translate: leads_cell(result.indicator.leads, translate), fold=2, spare=3),
    TableColumn(say("Baseline"), _baseline_cell, number=True, fold=4, spare=1),
    TableColumn(say("Target"), lambda result, _: target_cell(result), number=True),
    TableColumn(say("Actual"), _actual_cell, number=True),
    TableColumn(say("Gap"), gap_cell, number=True, fold=5, spare=4),
    TableColumn(say("Completion"), _completion_cell, number=True, fold=3, spare=2),
    TableColumn(say("Verdict"), verdict_cell),
    TableColumn(say("Notes"), notes_cell, fold=1, note=True),
)


_MISSED_COLUMNS: tuple[TableColumn[Result], ...] = (
    TableColumn(say("No."), _number_cell, number=True, spare=1),
    TableColumn(say("Indicator"), _name_cell, main=True),
    TableColumn(say("Target"), lambda result, _: target_cell(result), number=True),
    TableColumn(say("Actual"), _actual_cell, number=True),
    TableColumn(say("Gap"), gap_cell, number=True),
    TableColumn(say("Lead"), lambda result, translate: leads_cell(result.indicator.leads, translate), fold=1),
)


def missed_table(results: Iterable[Result], translate: Translator, tracking: "Tracking | None" = None) -> DocumentTable:
    """Compose the table of results that are missed or lag behind: how far, and who answers for it."""
    return plain_table(_paced(_MISSED_COLUMNS, tracking), binding_first(results), translate)


def _paced(columns: Sequence[TableColumn[Result]], tracking: "Tracking | None") -> Sequence[TableColumn[Result]]:
    if tracking is None:
        return columns
    from czurban.reporting.pace.cells import paces_of, with_pace  # noqa: PLC0415 - only before the deadline

    paces = paces_of(tracking)
    paced = with_pace(columns, lambda result: paces.get(result.indicator.id))
    return [replace(column, fold=0) if str(column.title) == "Ahead or behind" else column for column in paced]


def figure_cell(result: Result) -> TableCell:
    """Make the cell of a figure without a tone."""
    return TableCell(actual_text(result), value=result.actual)


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def actual_text(result: Result) -> str:
    """Write the value on its side of the target, or the start of a text that is no usable value."""
    raw, most = " ".join(result.raw.split()), 28 if result.differing else 12
    return judged_text(result) or (raw if len(raw) <= most else raw[: most - 1] + "…") or BLANK


def judged_text(result: Result) -> str:
    """Write the value in the plan's unit on its side of the target; nothing if there is none."""
    if result.actual is None:
        return ""
    about = "约" if result.approximate else ""
    return about + actual(result.actual, result.indicator.target.interval)


def names(results: Sequence[Result]) -> tuple[str, ...]:
    """Return the names of the indicators."""
    return tuple(result.indicator.name for result in results)


def tally_line(counts: Tally, translate: Translator, scope: str = "") -> Paragraph:
    """Compose “22 of 25 met, …”: what is not reported or unreadable is counted apart and stays in the total."""
    met = translate(say("{met} of {total} met"), met=f"{counts[Verdict.MET]:,}", total=f"{counts.total:,}")
    rest: dict[Verdict, int] = {verdict: counts[verdict] for verdict in Verdict if verdict is not Verdict.MET}
    text = translate(say(", ")).join([met, *verdict_counts(rest, translate)])
    head = scope + translate(say(": ")) if scope else ""
    return Paragraph(head + text + translate(say(".")), bar=VERDICT_COUNTS.strip(counts.counts, translate))


def parts_of_plan(results: Iterable[Result]) -> tuple[list[Result], list[Result]]:
    """Return the results of the main table, and those that only a task names."""
    parts: tuple[list[Result], list[Result]] = [], []
    for result in results:
        parts[result.indicator.no is None].append(result)
    return parts


def part_tallies(results: Iterable[Result], translate: Translator) -> Iterator[Paragraph]:
    """Compose the tallies of the main table and of what only tasks name; nothing where there is only one of them."""
    main, quantities = parts_of_plan(results)
    if main and quantities:
        yield tally_line(tally(main), translate, translate(say("Main indicators")))
        yield tally_line(tally(quantities), translate, translate(say("Task quantities")))


def judged_blocks(
    results: Sequence[Result],
    plan: Plan,
    translate: Translator,
    tracking: "Tracking | None" = None,
    shown: Sequence[Result] | None = None,
) -> Iterator[Block]:
    """Compose the warnings on results, the table of all or of those shown, and the tally once some are due."""
    yield from warning_lines(results, translate)
    if listed := results if shown is None else shown:
        yield results_table(listed, plan, translate, tracking)
    if tracking is None or has_due(results):
        yield tally_line(tally(results), translate)


def has_due(results: Iterable[Result]) -> bool:
    """Return whether some target is due, so that a tally and a list of missed ones mean something."""
    return any(result.verdict is not Verdict.NOT_DUE for result in results)


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
    if missed := [result for result in binding if result.is_binding_miss]:
        text = say("Binding targets missed, {count} of {total}: {names}.")
        yield Paragraph(translate(text, total=len(binding), count=len(missed), names=names(missed)), Tone.BAD)


def warning_lines(results: Iterable[Result], translate: Translator) -> Iterator[Paragraph]:
    """Compose what leads a report: the binding targets that are missed, and the implausible values to check (R3)."""
    every = list(results)
    yield from binding_lines(every, translate)
    if doubted := [result for result in every if Note.IMPLAUSIBLE in result.notes]:
        values = ((each, f"{judged_text(each)}{each.indicator.unit.name}") for each in doubted)
        named = tuple(
            say(
                "{name} {value} ({verdict})",
                name=each.indicator.name,
                value=value,
                verdict=Message(VERDICTS[each.verdict]),
            )
            for each, value in values
        )
        text = say("To be checked first, as the size of the figure is implausible ({count}): {names}.")
        yield Paragraph(translate(text, count=len(doubted), names=named), Tone.DOUBT)


def tally_table(title: Message, groups: Mapping[str, Sequence[Result]], translate: Translator) -> DocumentTable:
    """Compose the table of how many results of each group have each verdict; `title` is that of the group column."""
    counted = ((name, tally(members).counts) for name, members in groups.items())
    return VERDICT_COUNTS.table(title, say("Targets"), counted, translate)


def by_category(results: Iterable[Result], plan: Plan) -> dict[str, list[Result]]:
    """Group results by the category of the main table, or by the chapter of their task."""
    return grouped(results, lambda result: [category_of(result.indicator, plan)])


def by_department(results: Iterable[Result]) -> dict[str, list[Result]]:
    """Group results by lead; a result with two leads is in both groups."""
    return grouped(results, lambda result: result.indicator.leads)
