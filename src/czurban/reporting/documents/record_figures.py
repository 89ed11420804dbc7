"""Compose the report of figures computed from records, each with its working and the records left out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Finding, Message, has_errors, say
from czurban.model.formulas.derived import equals
from czurban.model.formulas.metric import Metrics, Per
from czurban.model.formulas.record_figure import RecordFigure
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.reporting.document import Block, Document, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.records import finding_record, head_record
from czurban.reporting.documents.results import thousands_cell
from czurban.reporting.tables import BLANK, TableColumn, actual, grouped, grouped_table
from czurban.reporting.tables import figure as number_text
from czurban.reporting.texts import DECIMALS, exact_text, is_exact, period_text, written
from czurban.words.translator import Translator

ALL = "(all records)"
"""The region in files if the records have no region; it is the name of no region, and none is guessed."""
_HUNDRED = 100


class Made(NamedTuple):
    """Figures, the files they were made from, the number of records in these, and the findings.

    `period` is the one asked for; None if all were.
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
        groups = grouped(figures, lambda figure: [figure.metric.name])
        blocks.append(grouped_table(_COLUMNS, groups.items(), translate, say("Indicator")))
    elif not has_errors(made.findings):
        blocks.append(Paragraph(translate(_nothing(made)), Tone.DOUBT))
    blocks += [Paragraph(translate(text), Tone.QUIET) for text in _notes(figures, decimals)]

    def rows() -> list[Mapping[str, Json]]:
        return [figure_row(figure, translate, decimals) for figure in figures]

    def record() -> dict[str, Json]:
        return {
            **head_record(plan),
            "metrics": metrics.source,
            "files": list(made.files),
            "records": made.records,
            "figures": [figure_record(figure, translate, decimals) for figure in figures],
            "findings": [finding_record(finding, translate) for finding in made.findings],
        }

    return Document(tuple(blocks), record, rows, language=translate.language)


def _sentence(metrics: Metrics, made: Made, translate: Translator) -> str:
    count, records = sum(figure.value is not None for figure in made.figures), f"{made.records:,}"
    text = say("{made} of {total} figures from {records} records, by {metrics}.")
    return translate(text, made=count, total=len(made.figures), records=records, metrics=metrics.source)


def _nothing(made: Made) -> Message:
    """Return why there are no rows at all."""
    if not made.records:
        return say("There are no records.")
    if made.period is not None:
        return say("No record is of {period}.", period=made.period)
    return say("No record states what a figure is made for.")


def _notes(figures: Sequence[RecordFigure], decimals: int) -> list[Message]:
    """Return what a reader of the files has to know."""
    known = ((figure.value, _written(figure, decimals)) for figure in figures if figure.value is not None)
    rounded = sum(not is_exact(value, text) for value, text in known)
    note = say(
        "{count} figures have no last digit. CSV holds them with {decimals} decimals, or more near a bound,"
        " and their numerators and denominators.",
        count=rounded,
        decimals=decimals,
    )
    return [note] if rounded else []


def _value_cell(figure: RecordFigure, _: Translator) -> TableCell:
    return TableCell(BLANK, Tone.DOUBT) if figure.value is None else TableCell(_value_text(figure), value=figure.value)


def _working_cell(figure: RecordFigure, translate: Translator) -> TableCell:
    return TableCell(working(figure, translate), Tone.DOUBT if figure.value is None else Tone.PLAIN)


def _left_out_cell(figure: RecordFigure, _: Translator) -> TableCell:
    count = figure.left_out.records
    return thousands_cell(count)._replace(tone=Tone.DOUBT) if count else TableCell(BLANK, Tone.QUIET, Fraction(0))


_COLUMNS: tuple[TableColumn[RecordFigure], ...] = (
    TableColumn(say("Region"), lambda each, words: "  " * each.depth + (each.region or words(say("All records")))),
    TableColumn(say("Period"), lambda figure, translate: period_text(figure.period, translate)),
    TableColumn(say("Value"), _value_cell, number=True),
    TableColumn(say("Unit"), lambda figure, _: figure.unit.name),
    TableColumn(say("Working"), _working_cell, main=True),
    TableColumn(say("Records"), lambda figure, _: thousands_cell(figure.records), number=True, fold=1),
    TableColumn(say("Left out"), _left_out_cell, number=True, fold=2),
)


def _value_text(figure: RecordFigure) -> str:
    assert figure.value is not None  # noqa: S101 - the caller has checked
    indicator = figure.metric.indicator
    return actual(figure.value, indicator.target.interval) if indicator else number_text(figure.value)


def working(figure: RecordFigure, translate: Translator) -> str:
    """Write how a figure was computed, 832 145 ÷ 2 031 877 = 40.96%, or why it could not be."""
    value, denominator = figure.value, figure.denominator
    sides = _spaced(figure.numerator) + (f" ÷ {_spaced(denominator)}" if denominator is not None else "")
    if value is None:
        return f"{sides} = ? {translate(say('({reason})'), reason=translate(figure.reason) if figure.reason else '')}"
    unit = figure.metric.unit
    steps: list[str] = []
    if denominator is not None and unit.factor != figure.unit.factor:
        quotient = figure.numerator / denominator * (_HUNDRED if figure.metric.per is Per.PERCENT else 1)
        steps.append(_step(quotient, number_text(quotient), unit.name))
    if denominator is not None or unit.factor != figure.unit.factor:
        steps.append(_step(value, _value_text(figure), figure.unit.name))
    return " ".join([f"{sides} {unit.name}" if denominator is None else sides, *steps])


def _step(value: Fraction, text: str, unit: str) -> str:
    """Write a value after the sign for an exact or a rounded text."""
    return f"{equals(text, value)} {text}{'' if unit in ('%', '‰') else ' '}{unit}"


def _spaced(value: Fraction) -> str:
    """Write a number with commas between its thousands; a line could break at a blank."""
    whole, point, decimals = number_text(value).partition(".")
    return f"{Decimal(whole):,}{point}{decimals}"


def _written(figure: RecordFigure, decimals: int) -> str:
    assert figure.value is not None  # noqa: S101 - the caller has checked
    indicator = figure.metric.indicator
    return written(figure.value, indicator.target.interval if indicator else None, decimals)


def figure_row(figure: RecordFigure, translate: Translator, decimals: int = DECIMALS) -> dict[str, Json]:
    """Make a row of CSV, of which `czurban check` reads the first five columns and `note`."""
    text = None if figure.value is None else _written(figure, decimals)
    return {
        "indicator": figure.metric.id,
        "region": figure.region or ALL,
        "period": str(figure.period),
        "value": text,
        "unit": figure.unit.name,
        "numerator": exact(figure.numerator),
        "denominator": exact_text(figure.denominator),
        "records": figure.records,
        "left_out": figure.left_out.records,
        "exact": None if figure.value is None or text is None else is_exact(figure.value, text),
        "note": translate(figure.reason) if figure.reason else working(figure, translate),
    }


def figure_record(figure: RecordFigure, translate: Translator, decimals: int = DECIMALS) -> dict[str, Json]:
    """Make the record of a figure: its row, its value as a fraction, and what was left out column by column."""
    return {
        **figure_row(figure, translate, decimals),
        "name": figure.metric.name,
        "of_plan": figure.metric.indicator is not None,
        "fraction": None if figure.value is None else f"{figure.value.numerator}/{figure.value.denominator}",
        "asked": [aggregate.text for aggregate in figure.metric.aggregates],
        "missing": dict(figure.left_out.missing),
        "unreadable": dict(figure.left_out.unreadable),
        "regions_without_records": list(figure.lacking),
    }
