"""Report what is left out, rounded or refused in records, and metrics that need more digits than engines have."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from czurban.computing.engines.quoting import quoted
from czurban.computing.records.areas import Misplaced
from czurban.computing.records.column_values import ColumnValues
from czurban.computing.records.distinct import Repeats
from czurban.computing.records.groups import GroupedRecords
from czurban.computing.records.sql import SqlTerm, TooWideError, to_sql
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, names_of, say
from czurban.model.formulas.metric import Digits, Means, Metric, Records
from czurban.model.formulas.record_figure import RecordFigure, UnusedRecords

_EXAMPLES = 3


def value_findings(columns: Iterable[ColumnValues], place: Place) -> Iterator[Finding]:
    """Report unreadable and rounded values, column by column."""
    for values in columns:
        column = values.column.column.column
        if values.unreadable:
            examples = _examples([text for _, text in values.examples])
            slots = {"count": f"{values.unreadable:,}", "column": column, "examples": examples}
            message = say("{count} values of “{column}” cannot be read, such as {examples}.", **slots)
            hint = say("A metric that needs one of these records gives no figure, unless it has unreadable: exclude.")
            yield finding("S280", place, message, hint)
        if values.rounded:
            message = say(
                "{count} values of “{column}” have more than {decimals} decimals and are rounded half up.",
                count=f"{values.rounded:,}",
                column=column,
                decimals=values.column.digits.scale if values.column.digits else 0,
            )
            yield finding("S281", place, message, say("Declare more decimals with type: if they are needed."))


def group_findings(
    gathered: GroupedRecords, misplaced: Misplaced, place: Place, *, by_region: bool
) -> Iterator[Finding]:
    """Report records without a usable period or region."""
    if count := sum(gathered.odd_periods.values()):
        slots = {"count": f"{count:,}", "examples": _examples(sorted(gathered.odd_periods))}
        message = say("{count} records state no period that can be read: {examples}.", **slots)
        yield finding("S285", place, message, say("They are in no figure. Write 2019, 2019-06 or 2019-06-30."))
    blank = sum(sums.records for group, sums in gathered.groups.items() if not group.region)
    if blank and by_region:
        message = say("{count} records state no region.", count=f"{blank:,}")
        yield finding("S285", place, message, say("They are in no region's figure."))
    for texts, sentence, hint in zip(misplaced, _MISPLACED, _MISPLACED_HINTS, strict=True):
        if texts:
            values = {"count": f"{sum(texts.values()):,}", "examples": _examples(list(texts))}
            yield finding("S285", place, Message(sentence.text, values), hint)


_MISPLACED = (
    say("{count} records are of regions without a code of the requested length: {examples}."),
    say("{count} records are of regions that the plan's regions do not have, or have several times: {examples}."),
    say("{count} records are of regions that are no part of the whole: {examples}."),
)
_MISPLACED_HINTS = (
    say("They are in no figure. Write codes, or add the names to the plan's regions."),
    say("Each is a region by itself. Correct the name, write the code, or add it to the plan's regions."),
    say("They are not in its figure. See whole: in the metrics, and the plan's regions."),
)


def repeat_findings(repeated: Mapping[str, Repeats | None], place: Place) -> Iterator[Finding]:
    """Report ids that occur more than once in one period."""
    for name, repeats in repeated.items():
        if repeats:
            message = say(
                "{ids} values of “{column}” occur more than once in one period, in {records} records: “{example}” …",
                ids=f"{repeats.ids:,}",
                column=name,
                records=f"{repeats.records:,}",
                example=repeats.example[:40],
            )
            hint = say("count and sum take every record; count distinct {column} counts each value once.", column=name)
            yield finding("S287", place, message, hint)


def figure_findings(figures: Sequence[RecordFigure], place: Place) -> Iterator[Finding]:
    """Report figures that were not computed, and what the others leave out."""
    for figure in figures:
        if figure.reason is not None:
            code = "S283" if figure.refused or figure.denominator is None else "S284"
            message = say(
                "There is no “{name}” {of}: {reason}.", name=figure.metric.name, of=_of(figure), reason=figure.reason
            )
            yield finding(code, place, message, _hint(figure))
        elif figure.left_out.records or figure.lacking:
            yield finding("S282", place, _left_out(figure))


def _hint(figure: RecordFigure) -> Message:
    if figure.refused:
        return say("missing: exclude, or unreadable: exclude, computes it without these records, and reports that.")
    if figure.denominator is None:
        return say("Nothing is left to count or sum; the figure is not reported.")
    return say("There is no quotient; the figure is not reported.")


def _left_out(figure: RecordFigure) -> Message:
    values: dict[str, object] = {"name": figure.metric.name, "of": _of(figure)}
    if not figure.left_out.records:
        values["regions"] = names_of(figure.lacking)
        return say("“{name}” {of} is computed without {regions}, for which there is no record.", **values)
    values |= {"count": f"{figure.left_out.records:,}", "total": f"{figure.records:,}"}
    values["why"] = _why(figure.left_out, figure.lacking)
    return say("“{name}” {of} leaves out {count} of {total} records{why}.", **values)


def _why(left_out: UnusedRecords, lacking: Sequence[str]) -> Message:
    parts = [
        *(f"{name} ×{count:,}" for name, count in left_out.missing.items()),
        *(f"{name} ? ×{count:,}" for name, count in left_out.unreadable.items()),
    ]
    if lacking:
        return say(" ({parts}; no record for {regions})", parts="、".join(parts), regions=names_of(lacking))
    return say(" ({parts})", parts="、".join(parts))


def _of(figure: RecordFigure) -> Message:
    region = figure.region or say("of all records")
    return say("({region}, {period})", region=region, period=str(figure.period))


def _examples(texts: Sequence[str]) -> str:
    shown = [f"“{text[:40]}”" for text in texts[:_EXAMPLES]]
    return ", ".join(shown) + (" …" if len(texts) > _EXAMPLES else "")


_LEAST = Digits(1, 0)
"""The type of numbers without a declared one: the smallest, so that only what certainly does not fit is reported."""


def declared_digits(records: Records) -> dict[str, Digits | None]:
    """Return the declared types of the columns of numbers, by the names of all columns."""
    return {
        column.name: (column.digits or _LEAST) if column.means is Means.NUMBER else None for column in records.columns
    }


def too_wide(metric: Metric, digits: Mapping[str, Digits | None]) -> Finding | None:
    """Return the finding if a sum or product of a metric needs more than 38 digits, with columns of these types."""
    columns = {name: SqlTerm(quoted(name), each) for name, each in digits.items()}
    try:
        for aggregate in metric.aggregates:
            for term in (aggregate.value, aggregate.where):
                if term is not None:
                    to_sql(term, columns)
    except TooWideError as error:
        hint = say("Declare narrower types for its columns, with only the digits that they have: type: decimal(9,2).")
        return finding("P140", metric.place, error.message, hint)
    return None
