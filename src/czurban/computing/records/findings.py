"""What is told of records beside the figures: nothing is left out, rounded or refused in silence.

Whether the numbers of a metric fit the digits that engines have.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from czurban.computing.records.spelling import Spelling
from czurban.computing.records.sql import Spelled, Taken, TooWideError, quoted, spell
from czurban.computing.records.statement import Gathered
from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.metric import Digits, Means, Metric, RecordFigure, Records, UnusedRecords

_EXAMPLES = 3


def of_spellings(spellings: Iterable[Spelling], place: Place) -> Iterator[Finding]:
    """Values that cannot be read, and values that were rounded, column by column."""
    for spelling in spellings:
        column = spelling.taken.column
        if spelling.unreadable:
            message = say(
                "{count} values of “{column}” cannot be read, such as {examples}.",
                count=f"{spelling.unreadable:,}",
                column=column.column,
                examples=_examples([text for _, text in spelling.examples]),
            )
            hint = say("A metric that needs one of these records makes no figure, unless it says unreadable: exclude.")
            yield finding("S280", place, message, hint)
        if spelling.rounded:
            message = say(
                "{count} values of “{column}” have more than {decimals} decimals and are rounded half up.",
                count=f"{spelling.rounded:,}",
                column=column.column,
                decimals=spelling.taken.digits.scale if spelling.taken.digits else 0,
            )
            yield finding("S281", place, message, say("Declare more decimals with type: if that matters."))


def of_groups(gathered: Gathered, strangers: Mapping[str, int], place: Place, *, by_region: bool) -> Iterator[Finding]:
    """Records that no period or region can be given to."""
    if count := sum(gathered.odd_periods.values()):
        message = say(
            "{count} records state no period that can be read: {examples}.",
            count=f"{count:,}",
            examples=_examples(sorted(gathered.odd_periods)),
        )
        yield finding("S285", place, message, say("They are in no figure. Write 2019, 2019-06 or 2019-06-30."))
    blank = sum(one.records for at, one in gathered.groups.items() if not at.region)
    if blank and by_region:
        message = say("{count} records state no region.", count=f"{blank:,}")
        yield finding("S285", place, message, say("They are in no region's figure."))
    if strangers:
        message = say(
            "{count} records are of regions that are no part of the whole: {examples}.",
            count=f"{sum(strangers.values()):,}",
            examples=_examples(list(strangers)),
        )
        yield finding(
            "S285",
            place,
            message,
            say("They are not in its figure. See whole: in the metrics, and the plan's regions."),
        )


def of_figures(figures: Sequence[RecordFigure], place: Place) -> Iterator[Finding]:
    """Figures that were not made, and what others leave out."""
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
        return say("missing: exclude, or unreadable: exclude, makes it without these records, and says so.")
    if figure.denominator is None:
        return say("Nothing is left to count or sum; the figure is not reported.")
    return say("Nothing is divided; the figure is not reported.")


def _left_out(figure: RecordFigure) -> Message:
    if not figure.left_out.records:
        return say(
            "“{name}” {of} is made without {regions}: no record is of them.",
            name=figure.metric.name,
            of=_of(figure),
            regions="、".join(figure.lacking),
        )
    return say(
        "“{name}” {of} leaves out {count} of {total} records{why}.",
        name=figure.metric.name,
        of=_of(figure),
        count=f"{figure.left_out.records:,}",
        total=f"{figure.records:,}",
        why=_why(figure.left_out, figure.lacking),
    )


def _why(left_out: UnusedRecords, lacking: Sequence[str]) -> Message:
    parts = [
        *(f"{name} ×{count:,}" for name, count in left_out.missing.items()),
        *(f"{name} ? ×{count:,}" for name, count in left_out.unreadable.items()),
    ]
    if lacking:
        return say(" ({parts}; no record is of {regions})", parts="、".join(parts), regions="、".join(lacking))
    return say(" ({parts})", parts="、".join(parts))


def _of(figure: RecordFigure) -> Message:
    region = figure.region or say("of all records")
    return say("({region}, {period})", region=region, period=str(figure.period))


def _examples(texts: Sequence[str]) -> str:
    shown = [f"“{text[:40]}”" for text in texts[:_EXAMPLES]]
    return ", ".join(shown) + (" …" if len(texts) > _EXAMPLES else "")


_MOST_UNDECLARED = 1
"""A number whose digits nobody declares is taken for the smallest, so that only what surely does not fit is told."""


def too_wide(metric: Metric, columns: Mapping[str, Taken], findings: list[Finding]) -> bool:
    """Tell whether a sum or a product of a metric would need more than 38 digits, with a finding if so."""
    spelled = {name: Spelled(quoted(name), one.digits) for name, one in columns.items()}
    return _told(metric, spelled, findings)


def declared_too_wide(metric: Metric, records: Records, findings: list[Finding]) -> bool:
    """The same before there are records, by the declared types alone."""
    least = Digits(_MOST_UNDECLARED, 0)
    spelled = {
        column.name: Spelled(quoted(column.name), (column.digits or least) if column.means is Means.NUMBER else None)
        for column in records.columns
    }
    return _told(metric, spelled, findings)


def _told(metric: Metric, spelled: Mapping[str, Spelled], findings: list[Finding]) -> bool:
    try:
        for aggregate in metric.aggregates:
            for term in (aggregate.value, aggregate.where):
                if term is not None:
                    spell(term, spelled)
    except TooWideError as error:
        hint = say("Declare narrower types for its columns, as many digits as they really have: type: decimal(9,2).")
        findings.append(finding("P140", metric.place, error.message, hint))
        return True
    return False
