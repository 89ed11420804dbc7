"""Find the header of a sheet, read its columns, and report what is wrong with it or with columns that are not known."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, mark, say
from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.model.vocabulary.header_words import ASIDE
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.brackets import part_of_year
from czurban.reading.submission.cell import is_figure, read_cell, text_at
from czurban.reading.submission.columns import Columns, read_columns
from czurban.reading.submission.header_block import block_at
from czurban.reading.submission.header_cell import HeaderText, understand
from czurban.reading.submission.header_words import HEADERS, LABELS, ColumnField, is_region, plan_region
from czurban.reading.submission.names import shorten

_ENOUGH = 200
_ANY_YEAR = 2000
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_SHOWN = {ColumnField.PERIOD: mark("periods"), ColumnField.UNIT: mark("units"), ColumnField.REGION: mark("regions")}
_SHOWN[ColumnField.SENDER] = mark("departments")


def unknown_column(place: Place, name: str, cells: Iterable[str], plan: Plan) -> Finding:
    """Report that a column is ignored: as a warning where all its cells are periods, regions or departments.

    Where they are units, or periods and regions other than the plan's, the figures of the rows would be misread, so
    that it is an error (S138) and nothing of the table is used.
    """
    texts = set(islice((text for cell in cells if (text := cell.strip()) not in _NOTHING), _ENOUGH))
    looks = next((field for field in _SHOWN if texts and all(_is_text_of(field, text, plan) for text in texts)), None)
    if looks is None:
        return finding("S104", place, say("The column “{name}” is not known and is ignored.", name=shorten(name)))
    message = say(
        "The column “{name}” is not known and is ignored, but its cells look like {what}.",
        name=shorten(name),
        what=Message(_SHOWN[looks]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[looks][0], field=Message(LABELS[looks]))
    if looks is ColumnField.SENDER or all(_is_own_text(looks, text, plan) for text in texts):
        return finding("S230", place, message, hint)
    return _table_refused(place, name, looks)


def _is_own_text(field: ColumnField, text: str, plan: Plan) -> bool:
    """Whether a cell states the period or the region of the plan."""
    if field is ColumnField.PERIOD:
        period = parse_period(text)
        return period is not None and plan.is_own_period(period)
    return field is ColumnField.REGION and (plan.is_whole(text) or plan.is_for(text))


def misplaced(  # noqa: PLR0913, PLR0917 - the header, its columns, and the rows below it
    sheet: Sheet, at_row: Row, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> Iterator[Finding]:
    """Report columns of regions or periods that have no header, or one for something else.

    A column with only the plan's region or period is not reported, nor one next to a column with the right header.
    Remarks are read row by row, unless their column has the plan's region and others in its rows.
    """
    headless = {at for at, text in enumerate(texts) if not text.strip()}
    known = {*columns.remarks, *columns.others, *columns.stated}
    short = {columns.at[field] for field in (ColumnField.NUMBER, ColumnField.STATUS) if field in columns.at}
    for at in sorted(headless | known | short):
        cells = [row.cells[at].strip() for row in rows if at < len(row.cells)]
        distinct = set(cells) - _NOTHING
        for field in (ColumnField.REGION, ColumnField.PERIOD) if distinct and len(distinct) <= _ENOUGH else ():
            if field in columns.at or (
                field is ColumnField.PERIOD
                and (
                    ColumnField.PART in columns.at
                    or (_is_of_dates(texts[at]) and not _distinguishes(at, columns, rows))
                )
            ):
                continue
            if at in columns.remarks and not (
                field is ColumnField.REGION and all(cells) and any(map(plan.is_for, distinct))
            ):
                continue
            numbers = field is ColumnField.PERIOD and at in known and any(map(str.isdecimal, distinct))
            strange = not all(_is_own_text(field, text, plan) for text in distinct)
            if strange and not numbers and all(_is_text_of(field, text, plan) for text in distinct):
                yield _table_refused(sheet.place(at_row, at), texts[at], field)


def _is_of_dates(header: str) -> bool:
    """Whether a column holds other dates than the periods of figures: 更新时间, 完成时限, 填报日期."""
    return "时" in header or "日期" in header or "date" in header.casefold()


_KEYS = frozenset({ColumnField.REGION, ColumnField.SENDER, ColumnField.STATUS, ColumnField.QUALIFIER})


def _distinguishes(at: int, columns: Columns, rows: Sequence[Row]) -> bool:
    """Whether only this column distinguishes rows of one name, so that it may hold the periods of their figures."""
    others = [*columns.naming, *(columns.at[field] for field in _KEYS if field in columns.at), *columns.remarks]
    written: dict[tuple[str, ...], str] = {}
    for cells in (row.cells for row in rows if at < len(row.cells) and row.cells[at].strip() not in _NOTHING):
        key = tuple(text_at(cells, other) for other in others)
        if any(key) and written.setdefault(key, cells[at].strip()) != cells[at].strip():
            return True
    return False


def _table_refused(place: Place, name: str, field: ColumnField) -> Finding:
    message = say(
        "The column “{name}” is not known, but its cells look like {what}; nothing of the table is used.",
        name=shorten(name),
        what=Message(_SHOWN[field]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[field][0], field=Message(LABELS[field]))
    return finding("S138", place, message, hint)


def _is_text_of(field: ColumnField, text: str, plan: Plan) -> bool:
    """Whether a cell is a text of the field: a period, a unit, a region, else a department."""
    match field:
        case ColumnField.PERIOD:
            return parse_period(text) is not None or part_of_year(text, _ANY_YEAR) is not None
        case ColumnField.UNIT:
            return plan.units.find(text) is not None
        case ColumnField.REGION:
            return plan.is_for(text) or is_region(text) or bool(plan.regions and plan_region(text, plan))
        case _:
            return plan.department(text) is not None


_WITHIN = 30
_SAMPLE = 30


class Head(NamedTuple):
    """A header: the indexes of its first and last row, a text for each column, the columns, and titles in it."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    columns: Columns
    titles: Sequence[str] = ()

    @property
    def plain(self) -> list[str]:
        """The header's texts for messages."""
        return [text if isinstance(text, str) else " ".join(part for part in text if part) for text in self.texts]


def find_header(sheet: Sheet, plan: Plan) -> Head | None:
    """Return the first block of rows that names an indicator (or number) column and a value column."""
    return next((head for at in range(min(_WITHIN, len(sheet.rows))) if (head := head_at(sheet, at, plan))), None)


def head_at(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, if it can be used.

    `later` is set where rows of another table are above it.
    """
    head = block_head(sheet, at, plan, later=later)
    return head if head and head.columns.usable else None


def block_head(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, usable or not; None where the row has no names."""
    names = read_columns(sheet.rows[at].cells, plan)
    naming = names.naming
    if not naming or _is_title(sheet.rows[at], names):
        return None
    block = block_at(sheet, at, naming, plan, later=later)
    return Head(block.first, block.last, block.texts, read_columns(block.texts, plan), block.titles)


def _is_title(row: Row, names: Columns) -> bool:
    """Whether a row is a title such as 2019年主要指标 or 灵山县主要指标: a period or region, and no other column."""
    filled = sum(bool(cell.strip()) for cell in row.cells)
    return filled == 1 and any(header.period or header.region for header in names.headers.values())


def header_findings(sheet: Sheet, head: Head | None, ignored: Sequence[int], plan: Plan) -> Iterator[Finding]:
    """Report on a header: none, a field twice, unknown columns, several rows, no rows below it."""
    if head is None:
        yield _no_header(sheet, plan)
        return
    row, texts = sheet.rows[head.last], head.plain
    for field, places in head.columns.twice.items():
        yield twice(sheet, row, field, [(i, texts[i]) for i in places])
    if any(isinstance(text, tuple) for text in head.texts):
        message = say(
            "The header has {count} rows, read together as: {names}.",
            count=head.last - head.first + 1,
            names=" | ".join(shorten(text) for text in texts if text),
        )
        yield finding("S116", sheet.place(sheet.rows[head.first]), message)
    for index in ignored:
        cells = (later.cells[index] for later in sheet.rows[head.last + 1 :] if index < len(later.cells))
        yield unknown_column(sheet.place(row, index), texts[index], cells, plan)
    if not sheet.refused and not any(cell.strip() for later in sheet.rows[head.last + 1 :] for cell in later.cells):
        yield finding("S103", sheet.place(row), say("The header is not followed by any row."))


def _no_header(sheet: Sheet, plan: Plan) -> Finding:
    """Report the header that is nearest to one that can be read, and the change that it needs."""
    heads = [_nearest(sheet, at, plan) for at in range(min(_WITHIN, len(sheet.rows)))]
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


def twice(sheet: Sheet, row: Row, field: ColumnField, columns: Sequence[tuple[int, str]]) -> Finding:
    """Report columns that could all be the same field, at the second of them."""
    message: Message = say(
        "The columns {names} could all be the {field}; the sheet is not read.",
        names=" / ".join(f"“{shorten(name)}”" for _, name in columns),
        field=Message(LABELS[field]),
    )
    hint = say("Leave one of them, or name the others differently.")
    return finding("S107", sheet.place(row, columns[1][0]), message, hint)
