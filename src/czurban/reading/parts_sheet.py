"""The table of a breakdown: opened by its content, its header found, its columns settled."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from czurban.model.faults import finding
from czurban.model.finding import Finding, Severity
from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.columns import read_columns
from czurban.reading.csv_sheet import read_csv
from czurban.reading.encoding import decode
from czurban.reading.header_block import block_at
from czurban.reading.header_cell import Header, HeaderText
from czurban.reading.header_words import LAST_YEAR, Field
from czurban.reading.kinds import Kind, kind_of, no_table
from czurban.reading.limits import LIMITS
from czurban.reading.regular_file import read_regular, unread
from czurban.reading.sheet import Row, Sheet

_WITHIN = 30
_WORDS = "分解目标 分解目标值 目标分解 分解数 分解值 分解指标 分解任务 下达目标 下达任务 下达数 任务数"
_TARGET = frozenset(map(key, _WORDS.split()))
"""What only a breakdown calls its column of targets."""


class PartsHead(NamedTuple):
    """The header of such a table: its last row's index, where the fields are, and the columns that count.

    `targets` and `baselines` go by column; a column of a wide table has its region.
    """

    last: int
    at: dict[Field, int]
    headers: dict[Field, Header]
    targets: dict[int, Header]
    baselines: dict[int, Header]
    unknown: Sequence[int]
    texts: Sequence[str]


def open_sheets(path: Path, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    """Read every sheet of the file; what cannot be read is a finding (P132)."""
    try:
        data = read_regular(path, path.parent, LIMITS.size)
    except OSError as error:
        return [], [unread("P132", path, error, LIMITS.size)]
    kind = kind_of(data)
    if why := no_table(kind):
        return [], [finding("P132", Place(str(path)), *why)]
    return _text(path, data, plan) if kind is Kind.TEXT else _workbook(path, data, kind)


def _text(path: Path, data: bytes, plan: Plan) -> tuple[list[Sheet], list[Finding]]:
    text = decode(data)
    if text is None:
        return [], [_bad(Place(str(path)), say("This is neither a table in text nor a workbook."))]
    sheet, broken = read_csv(str(path), text.text, partial(_score, plan=plan), LIMITS, cut=text.cut)
    return [sheet], [one._replace(code="P132", severity=Severity.ERROR) for one in broken]


def _score(cells: Sequence[str], plan: Plan) -> int:
    columns = read_columns(_worded(cells), plan)
    return len(columns.at) + len(columns.claims) + len(columns.values)


def _workbook(path: Path, data: bytes, kind: Kind) -> tuple[list[Sheet], list[Finding]]:
    from czurban.reading.workbook import (  # noqa: PLC0415 - heavy, for workbooks alone
        LimitError,
        WorkbookError,
        read_workbook,
    )

    try:
        sheets, _ = read_workbook(str(path), data, kind, LIMITS)
    except WorkbookError as error:
        return [], [finding("P132", Place(str(path)), error.message, error.hint)]
    except LimitError as error:
        return [], [error.finding._replace(code="P132")]
    message = say("Hidden rows and columns hold something; nobody can tell whether they count.")
    secret = [one for one in sheets if one.hidden_rows or one.hidden_columns]
    return list(sheets), [_bad(Place(str(path), sheet=one.name), message) for one in secret]


def _bad(place: Place, message: Message) -> Finding:
    return finding("P132", place, message, say("Show everything that counts, and save it as CSV or XLSX."))


def find_parts_head(sheet: Sheet, plan: Plan) -> PartsHead | None:
    """Find the first row, or pair of rows, that names indicators and has a column of targets."""
    for at in range(min(_WITHIN, len(sheet.rows))):
        if head := _head_at(sheet, at, plan):
            return head
    return None


def _head_at(sheet: Sheet, at: int, plan: Plan) -> PartsHead | None:
    naming = read_columns(_worded(sheet.rows[at].cells), plan).naming
    if not naming:
        return None
    block = block_at(sheet, at, naming, plan)
    head = _settled(block.last, block.texts, plan)
    return head if head.targets else None


def _worded(cells: Sequence[HeaderText]) -> list[HeaderText]:
    return [_plain_word(cell) if isinstance(cell, str) else cell for cell in cells]


def _plain_word(cell: str) -> str:
    """分解目标 and the like as 目标, whatever bracket follows."""
    name, bracket, rest = half_width(cell).partition("(")
    return f"目标{bracket}{rest}" if key(name) in _TARGET else cell


def _settled(last: int, texts: Sequence[HeaderText], plan: Plan) -> PartsHead:
    """The columns of a header: those of another year, or of values that were reached, do not count."""
    columns = read_columns(_worded(texts), plan)
    targets = {n: one for n, one in columns.claims.items() if one.field is Field.TARGET and _of_plan(one, plan)}
    bases = {n: one for n, one in columns.claims.items() if one.field is Field.BASELINE and _of_base(one, plan)}
    bare = {n: one for n, one in columns.values.items() if one.bare and one.region and _of_plan(one, plan)}
    targets |= bare if not targets else {}
    used = {*targets, *bases}
    others = (*columns.unknown, *columns.claims, *columns.values)
    plain = [text if isinstance(text, str) else " ".join(part for part in text if part) for text in texts]
    unknown = sorted({n for n in others if n not in used and plain[n].strip()})
    return PartsHead(last, columns.at, columns.headers, targets, bases, unknown, plain)


def _of_plan(one: Header, plan: Plan) -> bool:
    return not one.part and one.period in (None, plan.period)


def _of_base(one: Header, plan: Plan) -> bool:
    base = plan.baseline_period
    if one.text.startswith(LAST_YEAR):
        return base is not None and base.year == plan.period.year - 1
    return not one.part and one.period in (None, base)


def filled(sheet: Sheet, head: PartsHead) -> dict[tuple[int, int], str]:
    """What merged cells say for the rows they span, by row number and column; nothing else is carried down."""
    columns = {
        head.at[one]
        for one in (Field.NUMBER, Field.INDICATOR, Field.UNIT, Field.REGION, Field.SENDER)
        if one in head.at
    }
    rows = {row.number: row for row in sheet.rows}
    found: dict[tuple[int, int], str] = {}
    for merge in sheet.merges:
        first = rows.get(merge.top + 1)
        if merge.left not in columns or first is None or merge.left >= len(first.cells):
            continue
        for number in range(merge.top + 2, min(merge.bottom + 1, max(rows)) + 1):
            found[number, merge.left] = first.cells[merge.left]
    return found


def cell_of(row: Row, at: int, spanned: dict[tuple[int, int], str]) -> str:
    """The text of a cell, or of the merged cell that covers it."""
    own = row.cells[at].strip() if at < len(row.cells) else ""
    return own or spanned.get((row.number, at), "").strip()
