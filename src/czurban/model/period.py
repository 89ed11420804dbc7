"""A stretch of whole months inside one year: what a figure is for and what a target is due by."""

import re
from typing import NamedTuple

from czurban.model.text import half_width

_MONTHS = 12
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    _YEAR + rest + r"$"
    for rest in (
        r"(?:年度?)?(?:(?:年)?[末底]|全年)?(?:\.0)?",
        r"(?:年|-)?(?P<half>上|下)半年",
        r"-?H(?P<h>[12])",
        r"(?:年|-)?第?(?P<quarter>[一二三四1-4])季度",
        r"-?Q(?P<q>[1-4])",
        r"(?:年|[-/.])(?P<first>1[0-2]|0?[1-9])(?:月份?)?(?:-|—|~|至|\.\.)(?P<last>1[0-2]|0?[1-9])(?:月份?)?",
        r"(?:年|[-/])(?P<month>1[0-2]|0?[1-9])(?:月份?)?[末底]?",
        r"(?:年|[-/.])(?P<dm>1[0-2]|0?[1-9])(?:月|[-/.])(?P<day>3[01]|[12]\d|0?[1-9])日?(?:T?00:00(?::00)?)?",
    )
)
"""Compiled only when tried: a plain year is the first, and the others cost a start some milliseconds."""


class Period(NamedTuple):
    """The months `first` to `last` of a year, both included; the whole year unless narrowed."""

    year: int
    first: int = 1
    last: int = _MONTHS

    @property
    def is_year(self) -> bool:
        """Whether this is the whole year."""
        return self.first == 1 and self.last == _MONTHS

    @property
    def end(self) -> tuple[int, int]:
        """The year and month it ends in, for comparing with a deadline."""
        return (self.year, self.last)

    @property
    def start(self) -> tuple[int, int]:
        """The year and month it begins in."""
        return (self.year, self.first)

    def __str__(self) -> str:
        """The period in ISO manner: 2019, 2019-06, 2019-01..06."""
        if self.is_year:
            return str(self.year)
        if self.first == self.last:
            return f"{self.year}-{self.first:02}"
        return f"{self.year}-{self.first:02}..{self.last:02}"


def parse_period(text: str) -> Period | None:
    """Read a period as people write it: 2019, 2019年末, 2019Q1, 2019年上半年, 2019年1-6月, 2019-06, 2019-12-31.

    A date stands for the year up to its month: a level read on 31 December belongs to the whole year, and a
    half-year's cumulative figure dated 30 June to the months 1 to 6. Returns None for anything else.
    """
    plain = half_width(text).strip().replace(" ", "") if "T" not in text else text.strip()
    for form in _FORMS:
        if found := re.match(form, plain, re.IGNORECASE):
            return _months(int(found["year"]), found.groupdict())
    return None


def _months(year: int, parts: dict[str, str | None]) -> Period | None:
    if half := parts.get("half") or parts.get("h"):
        return Period(year, 1, 6) if half in "上1" else Period(year, 7, 12)
    if quarter := parts.get("quarter") or parts.get("q"):
        number = _CHINESE.get(quarter) or int(quarter)
        return Period(year, 3 * number - 2, 3 * number)
    if month := parts.get("month"):
        return Period(year, int(month), int(month))
    if day := parts.get("dm"):
        return Period(year, 1, int(day))
    first, last = int(parts.get("first") or 1), int(parts.get("last") or _MONTHS)
    return Period(year, first, last) if first <= last else None


_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_LONGEST = 16
_UP_TO = re.compile(r"(?:截至|截止|截止到|至)$")
_PART_OF_YEAR = re.compile(r"[上下]半年|季度|(?<!\d)(?:1[0-2]|[1-9])月")


class Stated(NamedTuple):
    """The periods a text states, and whether it also speaks of a part of a year that none of them names."""

    periods: frozenset[Period]
    vague: bool


def periods_in(text: str) -> Stated:
    """Find every period a title, a sheet's name or a file's name states: 「钦州市2019年上半年指标」 gives 2019-01..06.

    截至2019年9月 stands for the year up to September. 「2019年指标（上半年）」 is vague: there is more to its year.
    """
    plain = rest = _COMPACT.sub(r"\1-\2-\3", half_width(text).replace(" ", ""))
    found = set()
    for year in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain):
        words, period = _longest(plain[year.start() : year.start() + _LONGEST])
        if period is None:
            continue
        up_to = _UP_TO.search(plain[: year.start()]) and period.first == period.last
        found.add(Period(period.year, 1, period.last) if up_to else period)
        rest = rest.replace(words, "", 1)
    return Stated(frozenset(found), bool(_PART_OF_YEAR.search(rest)))


def _longest(text: str) -> tuple[str, Period | None]:
    readings = ((text[:length], parse_period(text[:length])) for length in range(len(text), 3, -1))
    return next(((words, period) for words, period in readings if period), ("", None))
