"""Classify cells as headings or figures, and make sheets of another sheet's cells that keep their places."""

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple

from czurban.model.finding import Finding, Place
from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import half_width, key
from czurban.reading.sources.sheet import Merge, Row, Sheet
from czurban.reading.submission.cell import is_figure, read_cell
from czurban.reading.submission.header_cell import Header, understand
from czurban.reading.submission.header_words import ColumnField, field_of
from czurban.reading.submission.names import Naming

_DATE = r"\d{4}-\d{1,2}(?:-\d{1,2})?"
_LABEL = r"(?:指标|指标名称|统计指标|项目|indicator|name|series)\s*:\s*(?P<name>.+)"
_BEFORE = (
    r"(?:(?:19|20)\d\d年?(?:度)?|历年|分地区|分县区|分区县|分年度?|分月度?"
    r"|各(?:县区|区县|县市区|市县|地区|县|区|市)的?)*"
)
_BEHIND = r"(?:统计|完成|实际|基本)?(?:情况|数据)?(?:统计|汇总|一览|对比)?表?"
_LONGEST = 60


class CellKind(StrEnum):
    """Represents the kind of a cell: a kind of heading, a figure, or neither."""

    INDICATOR = "indicator"
    PERIOD = "period"
    REGION = "region"
    WORD = "word"
    FIGURE = "figure"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Axes:
    """Classifies texts by the plan, and keeps the results."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._heading_of = lru_cache(maxsize=1 << 12)(self._find_heading)
        self._field_of = lru_cache(maxsize=1 << 12)(partial(field_of, plan=plan))

    def of(self, text: str) -> CellKind:
        """Return the kind of a text."""
        return self._heading_of(text.strip())[0]

    def may_head(self, cells: Sequence[str]) -> bool:
        """Return whether the cells of a row may be a header: there are texts, and no figure among them."""
        kinds = [self.of(cell) for cell in cells]
        return CellKind.FIGURE not in kinds and any(kind is not CellKind.NOTHING for kind in kinds)

    def field(self, text: str) -> ColumnField | None:
        """Return the field that a word for a column means; the plan's own words count too."""
        return self._field_of(text)

    def header(self, text: str) -> Header | None:
        """Return the text as a header; None for an indicator, a figure and an unknown text."""
        return self._heading_of(text.strip())[1]

    def indicator(self, text: str) -> Indicator | None:
        """Return the indicator that a text names."""
        return Naming(self.plan).by_name(text.strip()) if self.of(text) is CellKind.INDICATOR else None

    def _find_heading(self, text: str) -> tuple[CellKind, Header | None]:
        header = understand(text, self.plan) if text else None
        if re.fullmatch(_DATE, text):
            return CellKind.PERIOD, header
        if header and header.bare and not header.says_nothing:
            return (CellKind.REGION if header.region else CellKind.PERIOD), header
        reading = read_cell(text).reported
        if reading is not Reading.UNREADABLE:
            return (CellKind.FIGURE if reading is Reading.VALUE else CellKind.NOTHING), None
        if any(map(str.isalpha, text)) and Naming(self.plan).by_name(text):
            return CellKind.INDICATOR, None
        if self.plan.is_for(text) or key(text) in WHOLE_WORDS:
            return CellKind.REGION, None
        return (CellKind.WORD if header else CellKind.UNKNOWN), header

    def named_above(self, title: str) -> str:
        """Return the name of the indicator that a line above a table states for all its figures; else an empty text.

        Such lines are 指标：常住人口（万人）, and titles of a name, a year, the plan's region and words such as 情况表.
        """
        plain = half_width(title).strip()
        if len(plain) > _LONGEST:
            return ""
        if match := re.fullmatch(_LABEL, plain, re.IGNORECASE):
            return match["name"] if self.of(match["name"]) is CellKind.INDICATOR else ""
        if self.of(plain) is CellKind.INDICATOR:
            return plain
        region = re.escape(self.plan.region)
        match = re.fullmatch(rf"{_BEFORE}(?:{region})?{_BEFORE}(?P<name>.+?)(?P<unit>\([^()]*\))?{_BEHIND}", plain)
        name = match["name"] + (match["unit"] or "") if match else ""
        return name if name and self.of(name) is CellKind.INDICATOR else ""

    def label(self, title: str) -> str:
        """Return the name in a line such as 指标：…, known to the plan or not; else an empty text."""
        match = re.fullmatch(_LABEL, half_width(title).strip()[:_LONGEST], re.IGNORECASE)
        return match["name"] if match else ""


class TextPart(NamedTuple):
    """A text and the cell that it comes from; an added text has no row."""

    text: str
    row: Row | None = None
    column: int = 0


Line = Sequence[TextPart]


class DerivedSheet(Sheet):
    """Rows made of the cells of a base sheet. `findings` are those of rearranging them."""

    def __init__(  # noqa: PLR0913 - the attributes of a sheet
        self,
        base: Sheet,
        lines: Iterable[tuple[int, Line]],
        *,
        findings: Sequence[Finding] = (),
        merges: Sequence[Merge] = (),
        ragged: bool = False,
        rearranged: bool = False,
    ) -> None:
        """Set it up.

        Args:
            base: the sheet that the cells come from.
            lines: the number of each row, which no other has, and its parts.
            findings: the findings of rearranging.
            merges: merged ranges, by the numbers of the rows.
            ragged: whether rows may have more or fewer cells than the header.
            rearranged: whether the layout of a table differs from that in the file.
        """
        self.base = base
        self.name = base.name
        self.findings = tuple(findings)
        self.merges = merges
        self.ragged = ragged
        self.rearranged = rearranged
        self._lines = dict(lines)
        self.rows: Sequence[Row] = [Row(no, [part.text for part in line]) for no, line in self._lines.items()]

    def place(self, row: Row, column: int | None = None) -> Place:
        """Return the place of a cell in the file; of an added text, that of its row."""
        line = self._lines[row.number]
        if column is not None and column < len(line) and (part := line[column]).row is not None:
            return self.base.place(part.row, part.column)
        first = next((part.row for part in line if part.row is not None), self.base.rows[0])
        return self.base.place(first)


def is_rearranged(sheet: Sheet) -> bool:
    """Return whether the layout of a table in this sheet differs from that in the file."""
    return isinstance(sheet, DerivedSheet) and sheet.rearranged


def grid_of(sheet: Sheet, rows: Sequence[Row], width: int, values: Collection[int] = ()) -> list[list[TextPart]]:
    """Return rows as parts, all of one width; the text of merged cells is repeated in each of them.

    A number in one of the columns `values` is a figure, which is not repeated.
    """
    grid = [[TextPart(row.cells[at] if at < len(row.cells) else "", row, at) for at in range(width)] for row in rows]
    lines = {row.number - 1: line for row, line in zip(rows, grid, strict=True)}
    for merge in sheet.merges:
        top = lines.get(merge.top)
        if top is None or merge.left >= width or (merge.left in values and is_figure(top[merge.left].text)):
            continue
        for at in range(merge.top, merge.bottom + 1):
            if line := lines.get(at):
                for column in range(merge.left, min(merge.right + 1, width)):
                    line[column] = top[merge.left]
    return grid


def width_of(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last that is not blank."""
    return max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)
