"""What the text of one cell is: an indicator of the plan, a period, a region, a word for a column, or a figure."""

import re
from enum import StrEnum

from czurban.model.indicator import Indicator
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.cell import read_cell
from czurban.reading.header_cell import Header, understand
from czurban.reading.header_words import WHOLE, Field, field_of
from czurban.reading.naming import Naming

_DATE = r"\d{4}-\d{1,2}(?:-\d{1,2})?"
_LABEL = r"(?:指标|指标名称|统计指标|项目|indicator|name|series)\s*:\s*(?P<name>.+)"
_BEFORE = (
    r"(?:(?:19|20)\d\d年?(?:度)?|历年|分地区|分县区|分区县|分年度?|分月度?"
    r"|各(?:县区|区县|县市区|市县|地区|县|区|市)的?)*"
)
_BEHIND = r"(?:统计|完成|实际|基本)?(?:情况|数据)?(?:统计|汇总|一览|对比)?表?"
_LONGEST = 60


class Axis(StrEnum):
    """What may head a row or a column of figures."""

    INDICATOR = "indicator"
    PERIOD = "period"
    REGION = "region"
    WORD = "word"
    FIGURE = "figure"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Axes:
    """Says what texts are, by the plan; each text is looked at once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._naming = Naming(plan)
        self._known: dict[str, tuple[Axis, Header | None]] = {}

    def of(self, text: str) -> Axis:
        """Return what a text is."""
        return self._look(text)[0]

    def field(self, text: str) -> Field | None:
        """Return the field that a word for a column means; the plan's own words count too."""
        return field_of(text, self.plan)

    def header(self, text: str) -> Header | None:
        """Return the text as a header understands it; None for an indicator, a figure and what is not known."""
        return self._look(text)[1]

    def indicator(self, text: str) -> Indicator | None:
        """Return the indicator that a text names."""
        return self._naming.by_name(text.strip()) if self.of(text) is Axis.INDICATOR else None

    def _look(self, text: str) -> tuple[Axis, Header | None]:
        text = text.strip()
        if text not in self._known:
            self._known[text] = self._judge(text)
        return self._known[text]

    def _judge(self, text: str) -> tuple[Axis, Header | None]:
        header = understand(text, self.plan) if text else None
        if re.fullmatch(_DATE, text):
            return Axis.PERIOD, header
        if header and header.bare and not header.says_nothing:
            return (Axis.REGION if header.region else Axis.PERIOD), header
        reading = read_cell(text).reported
        if reading is not Reading.UNREADABLE:
            return (Axis.FIGURE if reading is Reading.VALUE else Axis.NOTHING), None
        if any(map(str.isalpha, text)) and self._naming.by_name(text):
            return Axis.INDICATOR, None
        if self.plan.is_for(text) or key(text) in WHOLE:
            return Axis.REGION, None
        return (Axis.WORD if header else Axis.UNKNOWN), header

    def named_above(self, title: str) -> str:
        """Return the indicator that a line above a table says all its figures are of, by name; else an empty text.

        指标：常住人口（万人） says so, and a title that is nothing but the name, a year, the plan's region and 情况表.
        """
        plain = half_width(title).strip()
        if len(plain) > _LONGEST:
            return ""
        if found := re.fullmatch(_LABEL, plain, re.IGNORECASE):
            return found["name"] if self.of(found["name"]) is Axis.INDICATOR else ""
        if self.of(plain) is Axis.INDICATOR:
            return plain
        own = re.escape(self.plan.region)
        found = re.fullmatch(rf"{_BEFORE}(?:{own})?{_BEFORE}(?P<name>.+?)(?P<unit>\([^()]*\))?{_BEHIND}", plain)
        name = found["name"] + (found["unit"] or "") if found else ""
        return name if name and self.of(name) is Axis.INDICATOR else ""

    def label(self, title: str) -> str:
        """Return what a line such as 指标：… names, whether the plan knows it or not; else an empty text."""
        found = re.fullmatch(_LABEL, half_width(title).strip()[:_LONGEST], re.IGNORECASE)
        return found["name"] if found else ""
