"""The report of figures made from records: each with what was divided by what, and how many records were left out."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from czurban.model.derived import equals
from czurban.model.finding import Finding, Message, has_errors, say
from czurban.model.metric import Metrics, Per, RecordFigure
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.reporting import numbers
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.records import FORMAT, finding_record, plan_record
from czurban.reporting.documents.reminder import period_text
from czurban.reporting.numbers import DECIMALS, is_exact, written
from czurban.reporting.tables import BLANK
from czurban.words.translator import Translator

ALL = "(all records)"
"""The region in files where nothing says which region all records are: no region is called so, and none is guessed."""
_GROUPED = ","
_HUNDRED = 100


class Made(NamedTuple):
    """The figures, the files they were made from and how many records these hold, and what is told of them.

    `period` is the one that was asked for; None asked for all.
    """

    figures: Sequence[RecordFigure]
    files: Sequence[str]
    records: int
    findings: Sequence[Finding] = ()
    period: Period | None = None


def record_figures(
    plan: Plan, metrics: Metrics, made: Made, translate: Translator, decimals: int = DECIMALS
) -> Document:
    """Compose the report; its rows are a table that `czurban check` reads."""
    figures = made.figures
    blocks: list[Block] = [Heading(metrics.records.title), Paragraph(_sentence(metrics, made, translate))]
    if figures:
        blocks.append(_table(figures, translate))
    elif not has_errors(made.findings):
        blocks.append(Paragraph(translate(_nothing(made)), Tone.DOUBT))
    blocks += [Paragraph(translate(text), Tone.QUIET) for text in _notes(figures, decimals)]

    def rows() -> list[Mapping[str, Json]]:
        return [figure_row(one, translate, decimals) for one in figures]

    def record() -> dict[str, Json]:
        return {
            "format": FORMAT,
            "plan": plan_record(plan),
            "metrics": metrics.source,
            "files": list(made.files),
            "records": made.records,
            "figures": [figure_record(one, translate, decimals) for one in figures],
            "findings": [finding_record(one, translate) for one in made.findings],
        }

    return Document(tuple(blocks), record, rows, language=translate.language)


def _sentence(metrics: Metrics, made: Made, translate: Translator) -> str:
    message = say(
        "{made} of {total} figures from {records} records, by {metrics}.",
        made=sum(one.value is not None for one in made.figures),
        total=len(made.figures),
        records=_spaced(Fraction(made.records)),
        metrics=metrics.source,
    )
    return translate(message)


def _nothing(made: Made) -> Message:
    """Why there is no figure, not even one that cannot be made."""
    if not made.records:
        return say("There are no records.")
    if made.period is not None:
        return say("No record is of {period}.", period=made.period)
    return say("No record states what a figure is made for.")


def _notes(figures: Sequence[RecordFigure], decimals: int) -> list[Message]:
    """What a reader of the files has to know."""
    rounded = [one for one in figures if one.value is not None and not is_exact(one.value, _written(one, decimals))]
    if not rounded:
        return []
    return [
        say(
            "{count} figures have no last digit. CSV holds them with {decimals} decimals, or more near a bound,"
            " and numerator and denominator beside them.",
            count=len(rounded),
            decimals=decimals,
        )
    ]


def _table(figures: Sequence[RecordFigure], translate: Translator) -> DocumentTable:
    """Under each indicator a row for each region and period."""
    columns = (
        Column(translate(say("Region"))),
        Column(translate(say("Period"))),
        Column(translate(say("Value")), number=True),
        Column(translate(say("Unit"))),
        Column(translate(say("Working")), main=True),
        Column(translate(say("Records")), number=True, fold=1),
        Column(translate(say("Left out")), number=True, fold=2),
    )
    groups: dict[str, list[tuple[TableCell, ...]]] = {}
    for one in figures:
        groups.setdefault(one.metric.name, []).append(_cells(one, translate))
    made = tuple(RowGroup(name, tuple(rows)) for name, rows in groups.items())
    return DocumentTable(columns, made, translate(say("Indicator")))


def _cells(one: RecordFigure, translate: Translator) -> tuple[TableCell, ...]:
    left = one.left_out.records
    return (
        TableCell("  " * one.depth + (one.region or translate(say("All records")))),
        TableCell(period_text(one.period, translate)),
        TableCell(_shown(one), Tone.PLAIN, one.value) if one.value is not None else TableCell(BLANK, Tone.DOUBT),
        TableCell(one.unit.name),
        TableCell(working(one, translate), Tone.PLAIN if one.value is not None else Tone.DOUBT),
        TableCell(_spaced(Fraction(one.records)), value=Fraction(one.records)),
        TableCell(_spaced(Fraction(left)) if left else BLANK, Tone.DOUBT if left else Tone.QUIET, Fraction(left)),
    )


def _shown(one: RecordFigure) -> str:
    assert one.value is not None  # noqa: S101 - asked for figures that there are
    indicator = one.metric.indicator
    return numbers.actual(one.value, indicator.target.interval) if indicator else numbers.figure(one.value)


def working(one: RecordFigure, translate: Translator) -> str:
    """How a figure came about: 832 145 ÷ 2 031 877 = 40.96%; or why it did not."""
    sides = _spaced(one.numerator) + (f" ÷ {_spaced(one.denominator)}" if one.denominator is not None else "")
    if one.value is None:
        return f"{sides} = ? {translate(say('({reason})'), reason=translate(one.reason) if one.reason else '')}"
    own = one.metric.unit
    steps: list[str] = []
    if one.denominator is not None and own.factor != one.unit.factor:
        quotient = one.numerator / one.denominator * (_HUNDRED if one.metric.per is Per.PERCENT else 1)
        steps.append(_step(quotient, numbers.figure(quotient), own.name))
    if one.denominator is not None or own.factor != one.unit.factor:
        steps.append(_step(one.value, _shown(one), one.unit.name))
    return " ".join([f"{sides} {own.name}" if one.denominator is None else sides, *steps])


def _step(value: Fraction, text: str, unit: str) -> str:
    """A value behind the sign that says whether its text is the value itself."""
    return f"{equals(text, value)} {text}{'' if unit in ('%', '‰') else ' '}{unit}"


def _spaced(value: Fraction) -> str:
    """A number with its thousands set off; by commas, since a line may break at a blank."""
    text = numbers.figure(value)
    whole, point, decimals = text.removeprefix("-").partition(".")
    head = len(whole) % 3
    parts = [whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))]
    return ("-" if text.startswith("-") else "") + _GROUPED.join(part for part in parts if part) + point + decimals


def _written(one: RecordFigure, decimals: int) -> str:
    assert one.value is not None  # noqa: S101 - asked for figures that there are
    return written(one.value, one.metric.indicator.target.interval if one.metric.indicator else None, decimals)


def figure_row(one: RecordFigure, translate: Translator, decimals: int = DECIMALS) -> dict[str, Json]:
    """One figure as a row of CSV, which `czurban check` reads: its first five columns, and `note`."""
    text = None if one.value is None else _written(one, decimals)
    exactly = one.value is not None and text is not None and is_exact(one.value, text)
    return {
        "indicator": one.metric.id,
        "region": one.region or ALL,
        "period": str(one.period),
        "value": text,
        "unit": one.unit.name,
        "numerator": exact(one.numerator),
        "denominator": None if one.denominator is None else exact(one.denominator),
        "records": one.records,
        "left_out": one.left_out.records,
        "exact": None if one.value is None else exactly,
        "note": translate(one.reason) if one.reason else working(one, translate),
    }


def figure_record(one: RecordFigure, translate: Translator, decimals: int = DECIMALS) -> dict[str, Json]:
    """One figure for machines: the row, its value to the last digit, and what was left out column by column."""
    return {
        **figure_row(one, translate, decimals),
        "name": one.metric.name,
        "of_plan": one.metric.indicator is not None,
        "fraction": None if one.value is None else f"{one.value.numerator}/{one.value.denominator}",
        "asked": [aggregate.text for aggregate in one.metric.aggregates],
        "missing": dict(one.left_out.missing),
        "unreadable": dict(one.left_out.unreadable),
        "regions_without_records": list(one.lacking),
    }
