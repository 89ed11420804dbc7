"""The header of a sheet: where its block of rows is, what its columns mean, and what is wrong with it.

What is said of a column that is not known and is ignored, and what its cells look like.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, mark, say
from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission.brackets import part_of_year
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.columns import Columns, read_columns
from czurban.reading.submission.header_block import block_at
from czurban.reading.submission.header_cell import HeaderText, understand
from czurban.reading.submission.header_words import HEADERS, LABELS, ColumnField, is_region
from czurban.reading.submission.names import shorten

_ENOUGH = 200
_ANY_YEAR = 2000
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_SHOWN = {ColumnField.PERIOD: mark("periods"), ColumnField.UNIT: mark("units"), ColumnField.REGION: mark("regions")}
_SHOWN[ColumnField.SENDER] = mark("departments")


def unknown_column(place: Place, name: str, cells: Iterable[str], plan: Plan) -> Finding:
    """Say that a column is ignored: as a warning where all its cells are periods, regions or departments.

    Where they are units, or periods and regions other than the plan's, the figures beside them are not what they would
    be taken for, so that it is an error (S138) and nothing of the table is used.
    """
    texts = set(islice((text for cell in cells if (text := cell.strip()) not in _NOTHING), _ENOUGH))
    looks = next((one for one in _SHOWN if texts and all(_is(one, text, plan) for text in texts)), None)
    if looks is None:
        return finding("S104", place, say("The column “{name}” is not known and is ignored.", name=shorten(name)))
    message = say(
        "The column “{name}” is not known and is ignored, but what stands in it looks like {what}.",
        name=shorten(name),
        what=Message(_SHOWN[looks]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[looks][0], field=Message(LABELS[looks]))
    if looks is ColumnField.SENDER or all(_is_own_text(looks, text, plan) for text in texts):
        return finding("S230", place, message, hint)
    return _not_used(place, name, looks)


def _is_own_text(field: ColumnField, text: str, plan: Plan) -> bool:
    """Whether a cell says only what holds for the plan anyway."""
    if field is ColumnField.PERIOD:
        return parse_period(text) == plan.period
    return field is ColumnField.REGION and (plan.is_whole(text) or plan.is_for(text))


def misplaced(  # noqa: PLR0913, PLR0917 - the header as it is known, its cells, and where they stand
    sheet: Sheet, at_row: Row, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> Iterator[Finding]:
    """Report columns that say for which region or period their rows are, under no header or one for something else.

    One that says nothing but what holds for the plan changes nothing; nor does one beside a column with the right
    header. A remark is heeded row by row, unless the plan's region and others stand in every row of its column.
    """
    headless = {at for at, text in enumerate(texts) if not text.strip()}
    known = {*columns.remarks, *columns.others, *columns.claims}
    counted = {columns.at[one] for one in (ColumnField.NUMBER, ColumnField.STATUS) if one in columns.at}
    for at in sorted(headless | known | counted):
        cells = [row.cells[at].strip() for row in rows if at < len(row.cells)]
        said = set(cells) - _NOTHING
        for field in (ColumnField.REGION, ColumnField.PERIOD) if said and len(said) <= _ENOUGH else ():
            if field in columns.at or (
                field is ColumnField.PERIOD and (ColumnField.PART in columns.at or _is_of_dates(texts[at]))
            ):
                continue
            if at in columns.remarks and not (
                field is ColumnField.REGION and all(cells) and any(map(plan.is_for, said))
            ):
                continue
            numbers = field is ColumnField.PERIOD and at in known and any(map(str.isdecimal, said))
            strange = not all(_is_own_text(field, text, plan) for text in said)
            if strange and not numbers and all(_is(field, text, plan) for text in said):
                yield _not_used(sheet.place(at_row, at), texts[at], field)


def _is_of_dates(header: str) -> bool:
    """Whether a column holds dates that are not those of the figures: 更新时间, 完成时限, 填报日期."""
    return "时" in header or "日期" in header or "date" in header.casefold()


def _not_used(place: Place, name: str, field: ColumnField) -> Finding:
    message = say(
        "The column “{name}” is not known, but what stands in it looks like {what}; nothing of the table is used.",
        name=shorten(name),
        what=Message(_SHOWN[field]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[field][0], field=Message(LABELS[field]))
    return finding("S138", place, message, hint)


def _is_own(text: str, plan: Plan) -> bool:
    from czurban.reading.submission.header_words import plan_region  # noqa: PLC0415 - where a plan has regions

    return bool(plan_region(text, plan))


def _is(field: ColumnField, text: str, plan: Plan) -> bool:
    match field:
        case ColumnField.PERIOD:
            return parse_period(text) is not None or part_of_year(text, _ANY_YEAR) is not None
        case ColumnField.UNIT:
            return plan.units.find(text) is not None
        case ColumnField.REGION:
            return plan.is_for(text) or is_region(text) or bool(plan.regions and _is_own(text, plan))
        case _:
            return plan.department(text) is not None


_WITHIN = 30
_SAMPLE = 30


class Head(NamedTuple):
    """The header: the index of its first and last row, its texts as one row, what they mean, and other texts in it."""

    first: int
    last: int
    texts: Sequence[HeaderText]
    columns: Columns
    titles: Sequence[str] = ()

    @property
    def plain(self) -> list[str]:
        """Its texts as they are shown."""
        return [text if isinstance(text, str) else " ".join(part for part in text if part) for text in self.texts]


def find_header(sheet: Sheet, plan: Plan) -> Head | None:
    """Find the first block of rows that names an indicator (or number) column and a value column."""
    return next((head for at in range(min(_WITHIN, len(sheet.rows))) if (head := head_at(sheet, at, plan))), None)


def head_at(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, if it can be used.

    `later` says that rows of another table stand above it.
    """
    head = block_head(sheet, at, plan, later=later)
    return head if head and head.columns.usable else None


def block_head(sheet: Sheet, at: int, plan: Plan, *, later: bool = False) -> Head | None:
    """Return the header whose row of names is at this index, usable or not; None where the row has no names."""
    names = read_columns(sheet.rows[at].cells, plan)
    naming = names.naming
    if not naming or _is_dated_title(sheet.rows[at], names):
        return None
    block = block_at(sheet, at, naming, plan, later=later)
    return Head(block.first, block.last, block.texts, read_columns(block.texts, plan), block.titles)


def _is_dated_title(row: Row, names: Columns) -> bool:
    """Whether a row is a title such as 2019年主要指标: it says a period, and nothing stands beside it."""
    return sum(bool(cell.strip()) for cell in row.cells) == 1 and any(one.period for one in names.headers.values())


def header_findings(sheet: Sheet, head: Head | None, ignored: Sequence[int], plan: Plan) -> Iterator[Finding]:
    """Tell what is wrong with the header, or worth knowing: none, a field twice, unknown columns, two rows, no rows."""
    if head is None:
        yield _no_header(sheet, plan)
        return
    row, texts = sheet.rows[head.last], head.plain
    for one, places in head.columns.twice.items():
        yield twice(sheet, row, one, [(i, texts[i]) for i in places])
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
    """Say which headers are nearest to ones that can be read, and the one change that would do it."""
    heads = [_nearest(sheet, at, plan) for at in range(min(_WITHIN, len(sheet.rows)))]
    best = max(heads, key=_closeness, default=Head(0, 0, (), Columns()))
    place = sheet.place(sheet.rows[best.first] if sheet.rows else Row(1, ()))
    is_value = ColumnField.VALUE not in best.columns.at
    message = (
        say("No header row names a column of values.")
        if is_value
        else say("No header row names a column of indicators.")
    )
    if not _closeness(best)[0]:
        hint = say(
            "The header needs at least 指标 (indicator) or 编号 (id), and 数值 (value); titles above it are fine."
        )
        return finding("S102", place, message, hint)
    headers = " | ".join(shorten(text) for text in best.plain if text)
    message = (
        say("No header row names a column of values; the nearest is: {headers}.", headers=headers)
        if is_value
        else say("No header row names a column of indicators; the nearest is: {headers}.", headers=headers)
    )
    return finding("S102", place, message, _change(sheet, best, plan, is_value=is_value))


def _nearest(sheet: Sheet, at: int, plan: Plan) -> Head:
    alone = sheet.rows[at].cells
    return block_head(sheet, at, plan) or Head(at, at, alone, read_columns(alone, plan))


def _closeness(head: Head) -> tuple[int, int]:
    """How many columns of a header are understood, and how many it has."""
    columns = head.columns
    known = len(columns.at) + len(columns.claims) + len(columns.others)
    return known, known + len(columns.unknown)


def _change(sheet: Sheet, head: Head, plan: Plan, *, is_value: bool) -> Message:
    """The change that would make a header readable."""
    rows = sheet.rows[head.last + 1 :]
    for at in head.columns.unknown:
        cells = [cell for row in rows[:_SAMPLE] if at < len(row.cells) and (cell := row.cells[at].strip())]
        if is_value and any(read_cell(cell).reported is Reading.VALUE for cell in cells):
            return say(
                "If “{header}” holds what was reached, write 完成值 (value) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
        if not is_value and any(read_cell(cell).reported is Reading.UNREADABLE for cell in cells):
            return say(
                "If “{header}” names the indicators, write 指标 (indicator) in its place.",
                header=shorten(_not_understood(head.texts[at], plan)),
            )
    if is_value:
        return say("None of these is known to hold results; add a column headed 完成值 (value) with what was reached.")
    return say("Add a column headed 指标 (indicator) with the names of the indicators.")


def _not_understood(text: HeaderText, plan: Plan) -> str:
    """The part of a header that is not known; all of it where its parts do not go together."""
    parts = (text,) if isinstance(text, str) else text
    return next((part for part in parts if understand(part, plan) is None), " ".join(part for part in parts if part))


def twice(sheet: Sheet, row: Row, one: ColumnField, columns: Sequence[tuple[int, str]]) -> Finding:
    """Two columns that could both be the same; the second is where the finding stands."""
    message: Message = say(
        "The columns {names} could all be the {field}; the sheet is not read.",
        names=" / ".join(f"“{shorten(name)}”" for _, name in columns),
        field=Message(LABELS[one]),
    )
    hint = say("Leave one of them, or name the others differently.")
    return finding("S107", sheet.place(row, columns[1][0]), message, hint)
