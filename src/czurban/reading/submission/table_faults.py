"""Word the findings about tables: no header, no period for its rows, or figures that may be no results."""

from collections.abc import Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.observation import PeriodSource, Reading
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.vocabulary.header_words import ASIDE
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.cell import is_figure, read_cell
from czurban.reading.submission.columns import Columns, read_columns
from czurban.reading.submission.header import WITHIN, Head, block_head
from czurban.reading.submission.header_cell import HeaderText, understand
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.names import shorten
from czurban.reading.submission.surroundings.context import Context
from czurban.reading.submission.table import Slots

_SAMPLE = 30
_SOURCES = {
    PeriodSource.TITLE: say("Rows without a period are read as {period}, by the title."),
    PeriodSource.SHEET: say("Rows without a period are read as {period}, by the sheet's name."),
    PeriodSource.FILE: say("Rows without a period are read as {period}, by the file's name."),
    PeriodSource.PLAN: say("Rows without a period are read as {period}, the plan's period."),
}
_WRITE_RESULTS = say("Write a header such as 2019年完成值 over the results.")


def period_finding(place: Place, context: Context) -> Finding:
    """Report the period of rows that state none, or that they have none."""
    if context.period is not None:
        return finding("S219", place, Message(_SOURCES[context.source].text, {"period": context.period}))
    text = shorten(context.source_text)
    if context.doubted:
        message = say("“{text}” is about another period, so rows without a period are not used.", text=text)
        hint = say("Give each row its period in a column (年份), or correct that line if it is wrong.")
        return finding("S209", place, message, hint)
    message = (
        say("The plan is of several years, so rows without a period are not used.")
        if context.source is PeriodSource.PLAN
        else say("“{text}” does not state one clear period, so rows without one are not used.", text=text)
    )
    return finding("S209", place, message, say("Add a period column (年份) with a value such as 2019 or 2019Q2."))


def narrowed_period(place: Place, context: Context) -> Finding:
    """Report that the figures of a table may be those of a part of the year only."""
    text = shorten(context.narrowed)
    if context.dated:
        message = say(
            "“{text}” is before the end of the year, so the figures are not used for the whole year.", text=text
        )
        return finding("S209", place, message, say("Correct the date, or give the figures of the whole year."))
    message = say(
        "“{text}” says that the figures are those of a part of the year, so they are not used for the whole year.",
        text=text,
    )
    return finding("S209", place, message, say("Give the figures of the whole year, or write their period over them."))


def maybe_targets(place: Place, header: str) -> Finding:
    """Report that a title or a name is not about results, and the header of the values does not say that they are."""
    message = say(
        "A title or name is not about results, and “{header}” does not say that it holds any; the table is not read.",
        header=shorten(header),
    )
    return finding("S102", place, message, _WRITE_RESULTS)


def results_or_targets(place: Place, header: str) -> Finding:
    """Report a header that may be one of results or of targets."""
    message = say(
        "“{header}” does not say whether it holds results or targets; the table is not read.", header=shorten(header)
    )
    return finding("S102", place, message, _WRITE_RESULTS)


def wide(place: Place, slots: Slots, texts: Sequence[str], context: Context) -> Finding:
    """Report that a table is read as a wide one, with the meaning of each of its columns."""
    meanings = tuple(
        f"“{shorten(texts[slot.at])}” = "
        + " ".join(part for part in (slot.region, str(slot.period or context.period or "?")) if part)
        for slot in slots.slots
    )
    message = say("The table has a column of values for each period or region: {columns}.", columns=meanings)
    return finding("S118", place, message)


def no_header(sheet: Sheet, plan: Plan) -> Finding:
    """Report the header that is nearest to one that can be read, and the change that it needs."""
    heads = [_nearest(sheet, at, plan) for at in range(min(WITHIN, len(sheet.rows)))]
    best = max(heads, key=_closeness, default=Head(0, 0, (), Columns()))
    place = sheet.place(sheet.rows[best.first] if sheet.rows else Row(1, ()))
    no_value = ColumnField.VALUE not in best.columns.at
    if not _closeness(best)[0]:
        message = (
            say("No header row names a column of values.")
            if no_value
            else say("No header row names a column of indicators.")
        )
        hint = say(
            "The header needs at least 指标 (indicator) or 编号 (id), and 数值 (value); titles above it are fine."
        )
        return finding("S102", place, message, hint)
    headers = " | ".join(shorten(text) for text in best.plain if text)
    message = (
        say("No header row names a column of values; the nearest is: {headers}.", headers=headers)
        if no_value
        else say("No header row names a column of indicators; the nearest is: {headers}.", headers=headers)
    )
    return finding("S102", place, message, _change(sheet, best, plan, no_value=no_value))


def _nearest(sheet: Sheet, at: int, plan: Plan) -> Head:
    alone = sheet.rows[at].cells
    return block_head(sheet, at, plan) or Head(at, at, alone, read_columns(alone, plan))


def _closeness(head: Head) -> tuple[int, int]:
    """Return how many columns of a header are understood, and how many there are."""
    columns = head.columns
    known = len(columns.at) + len(columns.stated) + len(columns.others)
    return known, known + len(columns.unknown)


def _change(sheet: Sheet, head: Head, plan: Plan, *, no_value: bool) -> Message:
    """Return the hint with the change that would make a header readable."""
    rows = sheet.rows[head.last + 1 :]
    for at in head.columns.unknown:
        if half_width(_not_understood(head.texts[at], plan)).strip().endswith(tuple(map(half_width, ASIDE))):
            continue
        cells = [cell for row in rows[:_SAMPLE] if at < len(row.cells) and (cell := row.cells[at].strip())]
        if no_value and any(map(is_figure, cells)):
            return say(
                "If “{header}” holds what was reached, write 完成值 (value) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
        if not no_value and any(read_cell(cell).reported is Reading.UNREADABLE for cell in cells):
            return say(
                "If “{header}” names the indicators, write 指标 (indicator) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
    if no_value:
        return say("None of these is known to hold results; add a column headed 完成值 (value) with what was reached.")
    return say("Add a column headed 指标 (indicator) with the names of the indicators.")


def _not_understood(text: HeaderText, plan: Plan) -> str:
    """Return the part of a header that is not known; the whole text where its parts do not go together."""
    parts = (text,) if isinstance(text, str) else text
    return next((part for part in parts if understand(part, plan) is None), " ".join(part for part in parts if part))
