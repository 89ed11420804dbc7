"""Classify cells as headings or figures, by the plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import half_width, key
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.header_cell import Header, field_of, understand
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.keeping import kept_with_plan
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


@dataclass(frozen=True, slots=True)
class Axes:
    """Classifies texts by the plan."""

    plan: Plan

    def of(self, text: str) -> CellKind:
        """Return the kind of a text."""
        return _heading_of(text.strip(), self.plan)[0]

    def may_head(self, cells: Sequence[str]) -> bool:
        """Return whether the cells of a row may be a header: there are texts, and no figure among them."""
        kinds = [self.of(cell) for cell in cells]
        return CellKind.FIGURE not in kinds and any(kind is not CellKind.NOTHING for kind in kinds)

    def field(self, text: str) -> ColumnField | None:
        """Return the field that a word for a column means; the plan's own words count too."""
        return field_of(text, self.plan)

    def header(self, text: str) -> Header | None:
        """Return the text as a header; None for an indicator, a figure and an unknown text."""
        return _heading_of(text.strip(), self.plan)[1]

    def indicator(self, text: str) -> Indicator | None:
        """Return the indicator that a text names."""
        return Naming(self.plan).by_name(text.strip()) if self.of(text) is CellKind.INDICATOR else None

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


@kept_with_plan(1 << 12)
def _heading_of(text: str, plan: Plan) -> tuple[CellKind, Header | None]:
    header = understand(text, plan) if text else None
    if re.fullmatch(_DATE, text):
        return CellKind.PERIOD, header
    if header and header.bare and not header.says_nothing:
        return (CellKind.REGION if header.region else CellKind.PERIOD), header
    reading = read_cell(text).reported
    if reading is not Reading.UNREADABLE:
        return (CellKind.FIGURE if reading is Reading.VALUE else CellKind.NOTHING), None
    if any(map(str.isalpha, text)) and Naming(plan).by_name(text):
        return CellKind.INDICATOR, None
    if plan.is_for(text) or key(text) in WHOLE_WORDS:
        return CellKind.REGION, None
    return (CellKind.WORD if header else CellKind.UNKNOWN), header
