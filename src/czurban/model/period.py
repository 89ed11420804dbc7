"""Read periods, which are months of one year or of several, perhaps up to a date, from cells and from text (R5)."""

import re
from calendar import monthrange
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
        r"-(?P<dm>0[1-9]|1[0-2])-(?P<day>\d\d)(?:T?00:00(?::00)?)?",
        r"(?:年|[-/.])(?P<first>1[0-2]|0?[1-9])(?:月份?)?(?:-|—|~|至|到|\.\.)(?P<last>1[0-2]|0?[1-9])(?:月份?)?",
        r"(?:年|[-/])(?P<month>1[0-2]|0?[1-9])(?:月份?)?[末底]?",
        r"(?:年|[-/.])(?P<dm>1[0-2]|0?[1-9])(?:月|[-/.])(?P<day>3[01]|[12]\d|0?[1-9])日?(?:T?00:00(?::00)?)?",
    )
)
"""The forms of a period, compiled when first tried to keep the start fast; most periods are a plain year."""


class Period(NamedTuple):
    """The months `first` to `last` of a year, both included; by default the whole year.

    Of several years, `first` is a month of the first one, which is `year`, and `last` a month of the last one. `day` is
    the day of the last month at which it ends; 0 means the end of that month.
    """

    year: int
    first: int = 1
    last: int = _MONTHS
    years: int = 1
    day: int = 0

    @property
    def is_year(self) -> bool:
        """Whether it is the whole year, and only that year."""
        return self.is_whole_years and self.years == 1

    @property
    def is_whole_years(self) -> bool:
        """Whether it is one whole year or several."""
        return self.first == 1 and self.last == _MONTHS and not self.day

    @property
    def has_years(self) -> bool:
        """Whether it reaches over several years."""
        return self.years > 1

    @property
    def last_year(self) -> "Period":
        """The year in which it ends; the period itself if it is of one year."""
        return self if self.years == 1 else Period(self.end[0], last=self.last, day=self.day)

    def each_year(self) -> "tuple[Period, ...]":
        """Return its years as periods; the first and the last one may be parts of a year."""
        if self.years == 1:
            return (self,)
        inner = (Period(year) for year in range(self.year + 1, self.end[0]))
        return (Period(self.year, self.first), *inner, self.last_year)

    def since_january(self, plan: "Period") -> "Period":
        """Return the time since January up to the end of a part of a plan's time, at which the part is tracked.

        What is due at the end of June is due of all that was done since January. At the end of the year this is the
        year.
        """
        early = plan.start <= self.start and self.until < plan.until and self.until[1:] < Period(self.year).until[1:]
        return self._replace(first=1) if early and not self.has_years else self

    def includes(self, other: "Period") -> bool:
        """Return whether every day of another period belongs to it."""
        return self.start <= other.start and other.until <= self.until

    @property
    def end(self) -> tuple[int, int]:
        """The year and month in which it ends."""
        return (self.year + self.years - 1, self.last)

    @property
    def following(self) -> tuple[int, int]:
        """The year and month that follow it."""
        year, month = self.end
        return (year, month + 1) if month < _MONTHS else (year + 1, 1)

    @property
    def until(self) -> tuple[int, int, int]:
        """The year, month and day at which it ends, to compare with a deadline; the end of a month is past its days."""
        return (*self.end, self.day or _PAST_A_MONTH)

    @property
    def start(self) -> tuple[int, int]:
        """The year and month in which it begins."""
        return (self.year, self.first)

    def __str__(self) -> str:
        """Return the period in ISO style: 2019, 2019-06, 2019-01..06; of several years 2021-2025, 2021-01..2023-06.

        The time since January up to a date is that date: 2019-07-27.
        """
        if self.day:
            date = f"{self.end[0]}-{self.last:02}-{self.day:02}"
            return date if self.first == 1 and self.years == 1 else f"{self.year}-{self.first:02}..{date}"
        if self.years > 1:
            months = f"{self.year}-{self.first:02}..{self.end[0]}-{self.last:02}"
            return f"{self.year}-{self.end[0]}" if self.is_whole_years else months
        if self.is_year:
            return str(self.year)
        if self.first == self.last:
            return f"{self.year}-{self.first:02}"
        return f"{self.year}-{self.first:02}..{self.last:02}"


def parse_period(text: str) -> Period | None:
    """Read a period: 2019, 2019年末, 2019Q1, 2019年上半年, 2019年1-6月, 2019-06, 2019-12-31; None for anything else.

    A date stands for the year up to it: a level on 31 December is the whole year's, a cumulative figure of 30 June is
    for months 1 to 6, and one of 截至2019年7月27日 for the time up to that day. 2019-01-09 is 9 January, as in ISO
    8601; 2019-1-9 could be that or January to September, and is no period.
    """
    plain = in_digits(half_width(text).strip().replace(" ", ""))
    if bare := re.match(_SINCE, plain):
        period = parse_period(plain[bare.end() :])
        return period._replace(first=1) if period else None
    if "-" in plain and re.match(_UNCLEAR_DATE + "$", plain):
        return None
    for form in _FORMS:
        if match := re.match(form, plain, re.IGNORECASE):
            return _months(int(match["year"]), match.groupdict())
    return None


_SINCE = r"(?:数据)?(?:截至|截止到?)(?=\d)"
_UNCLEAR_DATE = r"(?:19|20)\d\d-(?!\d\d-\d\d(?!\d))(?:1[0-2]|0?[1-9])-(?:1[0-2]|0?[1-9])(?!\d)"
"""A date of one digit for a month or a day, which may be months as well: 2019-1-9."""
_PAST_A_MONTH = 32
_TO = r"(?:-|—|–|~|至|到|\.\.)"
_YEARS = (
    rf"(?P<since>(?:19|20)\d\d)年?{_TO}+(?P<until>(?:19|20)\d\d)(?:年度?)?(?:[末底]|期间|时期)?",
    (
        rf"(?P<since>(?:19|20)\d\d)(?:年|-)(?P<first>1[0-2]|0?[1-9])月?{_TO}+"
        r"(?P<until>(?:19|20)\d\d)(?:年|-)(?P<last>1[0-2]|0?[1-9])月?[末底]?"
    ),
    (
        r"(?:国家|中国)?第?[\"'“”‘’「」]*(?P<plan>[一二三四五六七八九十]+|[1-9]\d?)(?:个)?五[\"'“”‘’「」]*"
        r"(?:年?规划|年计划)?(?:期间|时期)?"
    ),
    r"(?:the)?(?P<number>[1-9]\d?)(?:st|nd|rd|th)five-?yearplan(?:period)?",
)
"""The forms of several years; each has two years in full, or the word five."""
_FIRST_NUMBERED, _THIRD_FIVE_YEARS, _FIVE, _DIGITS_OF_TWO_YEARS = 3, 1966, 5, 8
"""The third five-year plan began in 1966, and since then one follows another without a gap."""


def parse_years(text: str) -> Period | None:
    """Read a period of one year or of several: 2019, 2021-2025, 2021—2025年, 十四五时期, 14th Five-Year Plan.

    Returns:
        The period; None for anything else. A five-year plan is one of China's from the third (三五, 1966-1970) on.
    """
    plain = in_digits(half_width(text).strip()).replace(" ", "").casefold()
    may_be = "五" in plain or "five" in plain or sum(map(str.isdecimal, plain)) >= _DIGITS_OF_TWO_YEARS
    for form in _YEARS if may_be else ():
        if match := re.fullmatch(form, plain):
            return _several_years(match.groupdict())
    return parse_period(text)


def _several_years(parts: dict[str, str | None]) -> Period | None:
    if written := parts.get("plan") or parts.get("number"):
        number = int(written) if written.isdecimal() else numeral_value(written)
        start = _THIRD_FIVE_YEARS + _FIVE * (number - _FIRST_NUMBERED)
        return Period(start, years=_FIVE) if number >= _FIRST_NUMBERED else None
    start, end = int(parts.get("since") or 0), int(parts.get("until") or 0)
    first, last = int(parts.get("first") or 1), int(parts.get("last") or _MONTHS)
    return Period(start, first, last, end - start + 1) if end > start else None


def is_date(year: int, month: int, day: int) -> bool:
    """Return whether a year has such a day: 30 February has never been."""
    return 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]


def _months(year: int, parts: dict[str, str | None]) -> Period | None:
    if half := parts.get("half") or parts.get("h"):
        return Period(year, 1, 6) if half in "上1" else Period(year, 7, 12)
    if quarter := parts.get("quarter") or parts.get("q"):
        number = _CHINESE.get(quarter) or int(quarter)
        return Period(year, 3 * number - 2, 3 * number)
    if month := parts.get("month"):
        return Period(year, int(month), int(month))
    if month := parts.get("dm"):
        return up_to_date(year, int(month), int(parts["day"] or 1))
    first, last = int(parts.get("first") or 1), int(parts.get("last") or _MONTHS)
    return Period(year, first, last) if first <= last else None


def up_to_date(year: int, month: int, day: int) -> Period | None:
    """Return the time since January up to a day; None where the year has no such day."""
    if not is_date(year, month, day):
        return None
    return Period(year, 1, month, day=0 if day == monthrange(year, month)[1] else day)


_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_NUMERAL_YEAR = r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?![〇零○一二三四五六七八九十])"
_NUMERAL = r"(?:十[一二]?|[一二三四五六七八九])"
_NUMERAL_MONTH = rf"(?<![一二三四五六七八九十]){_NUMERAL}(?=(?:月份?)?(?:[-—~至到]{_NUMERAL})?个?月)"
_NUMERAL_DAY = r"(?<=\d月)(?:三十一?|[一二]?十?[一二三四五六七八九]|[一二]?十)(?=日)"


def in_digits(text: str) -> str:
    """Replace the Chinese numerals of years, months and days by digits: 二〇一八年六月 becomes 2018年6月."""
    if "一九" in text or "二〇" in text or "二零" in text or "二○" in text:
        text = re.sub(_NUMERAL_YEAR, lambda match: match[0].translate(_NUMERALS), text)
    if "月" not in text:
        return text
    text = re.sub(_NUMERAL_MONTH, lambda match: str(numeral_value(match[0])), text)
    return re.sub(_NUMERAL_DAY, lambda match: str(numeral_value(match[0])), text)


_MONTHS_IN_FULL = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTHS_IN_FULL = tuple(_MONTHS_IN_FULL.split("|"))
_NAMES = tuple(name[:3] for name in MONTHS_IN_FULL)
_NAME = rf"\b(?=(?:{'|'.join(_NAMES)}|{_MONTHS_IN_FULL}|sept)\b)({'|'.join(_NAMES)})[a-z]*\.?"
_ENGLISH = (
    (r"\b(?:year|fy)\s+end(?:ed|ing)\s+(?:31\s+)?dec(?:ember)?(?:\s+31)?,?\s+(YEAR)", r"\1年"),
    (rf"{_NAME}\s*(?:-|–|—|to)\s*{_NAME},?\s*(YEAR)?", r"\3年\1-\2月"),
    (rf"\b(\d{{1,2}})\s+{_NAME},?\s+(YEAR)", r"\3年\2月\1日"),
    (rf"{_NAME},?\s+(YEAR)", r"\2年\1月"),
    (r"\b([1-9]|1[0-2])\s?m\s?(YEAR)", r"\2年1-\1月"),
    (r"\b([qh])([1-4])[\s/,-]*(YEAR)", r"\3\1\2"),
)
"""English periods, each with its Chinese form."""


def in_chinese(text: str) -> str:
    """Replace English periods by Chinese ones: Jan-Sep 2019 becomes 2019年1-9月."""
    plain = text.casefold()
    if not any(name in plain for name in _NAMES) and not re.search(r"\d\s?m|[qh][1-4]", plain):
        return text
    for form, chinese in _ENGLISH:
        text = re.sub(form.replace("YEAR", r"(?:19|20)\d\d"), chinese, text, flags=re.IGNORECASE)
    months = rf"(?<=[年-])({'|'.join(_NAMES)})(?=-|月)"
    text = re.sub(months, lambda match: str(_NAMES.index(match[1].casefold()) + 1), text, flags=re.IGNORECASE)
    return re.sub(r"(?<!\d)年(?=\d)", "", text)


def numeral_value(numeral: str) -> int:
    """Return a numeral from 一 to 九十九 as a number."""
    tens, ten, ones = numeral.rpartition("十")
    return (10 * int(tens.translate(_NUMERALS) or 1) if ten else 0) + int(ones.translate(_NUMERALS) or 0)


_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_FULL_DATE = r"(?<!\d)((?:19|20)\d\d)(?:年(\d\d?)月(\d\d?)日|([-/.])(\d\d?)\4(\d\d?)(?!\d))"
_LONGEST = 16
_UP_TO = re.compile(r"(?:截至|截止|截止到|至|截止(?:日期|时间):?)$")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)")
_PART_OF_YEAR = re.compile(r"[上下]半年|季度|季报|半年[报度]|中期|年中|(?<!\d)(?:1[0-2]|[1-9])月")
_ENGLISH_PART = r"(?<![A-Za-z0-9])[QqHh][1-4](?![A-Za-z0-9])"
_REPORTS = (
    (r"前[二两2]个?季度|二季报|第二季度报", "上半年"),
    (r"前[三3]个?季度|三季报|第三季度报", "1-9月"),
    (r"前[四4]个?季度|四季报", "全年"),
    (r"一季报", "一季度"),
)
"""Quarterly reports, whose figures are counted from 1 January."""
_OTHER_YEAR = r"(?<!\d)\d\d年|(?<![〇零○一二三四五六七八九十])[一二][〇零○一二三四五六七八九]年|去年|上年|前年"
"""Years that are not written in full, and therefore uncertain: 18年, '18年, 一八年, 去年."""
_DATE = r"(?:\d{4}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?|\d{4}(?:年|[-/.])\d{1,2}月?|\d{8}|\d{4}年?)"
_PAPERWORK = (
    r"(?:填报|填表|填写|制表|打印|报送|上报|报告|提交|编制|印发|印制|发布|更新|导出|生成|下载|(?<!数据)(?<!统计)截止|审核|盖章)"
    rf"(?:日期|时间|时限|期限):?{_DATE}|{_DATE}(?:之?前|以前)|[〔\[(【](?:19|20)\d\d[〕\])】]第?\d+号"
)
"""Dates of the paperwork, which are no period of the figures: 填报日期：2019年1月10日, 1月10日前报送, 〔2018〕12号."""
_LEADING = r"^(?:数据)?(?:截至|截止到?|截止|到|至)"


def parse_in_year(text: str, year: int) -> Period | None:
    """Read a period that may lack its year or begin with 截至: 前三季度, 三季报, 1-9月, 截至9月底, 截至7月27日, Q3."""
    plain = half_width(text).strip().replace(" ", "")
    bare = re.sub(_LEADING, "", plain)
    months = reports_in_months(re.sub(r"前(1[0-2]|[1-9])个?月", r"1-\1月", in_digits(in_chinese(bare))))
    period = parse_period(months) or parse_period(f"{year}年{months}") or parse_period(f"{year}{months}")
    return period._replace(first=1) if period and bare != plain else period


class StatedPeriods(NamedTuple):
    """The periods that a text states; `vague` if it also has a part of a year that belongs to none of them.

    A text whose only period is a year that is not written in full (18年, 去年) is vague as well, and so is one with a
    day that no year has (2019年2月30日).
    """

    periods: frozenset[Period]
    vague: bool


def reports_in_months(text: str) -> str:
    """Replace the names of quarterly reports by their months: 三季报 becomes 1-9月."""
    for report, words in _REPORTS if "季" in text else ():
        text = re.sub(report, words, text)
    return text


def periods_in(text: str) -> StatedPeriods:
    """Find the periods in a title or in the name of a sheet or file: 「钦州市2019年上半年指标」 gives 2019-01..06.

    截至2019年9月 stands for the year up to September. 「2019年指标（上半年）」 is vague, because the part is not next
    to its year. Dates of the paperwork are left out. A space separates two numbers: 3.82 2019年 is 2019.
    """
    digits = in_digits(re.sub(r" +(?=\D|$)|(?<!\d) +", "", in_chinese(half_width(text))))
    digits = re.sub(r"(?:前|头|(?<!\d)1[-—~至到])(1[0-2]|[1-9])个月", r"1-\1月", digits) if "个月" in digits else digits
    digits = reports_in_months(digits)
    if any(sign in digits for sign in ("时", "日期", "前", "期限", "号")):
        digits = re.sub(_PAPERWORK, "", digits)
    plain = rest = _COMPACT_MONTH.sub(r"\1-\2", _COMPACT.sub(r"\1-\2-\3", digits))
    periods = set()
    for year in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", plain):
        words, period = _longest(plain[year.start() : year.start() + _LONGEST])
        if period is None:
            continue
        up_to = _UP_TO.search(plain[: year.start()]) and period.first == period.last
        periods.add(period._replace(first=1) if up_to else period)
        rest = rest.replace(words, "", 1)
    dates = (map(int, filter(str.isdecimal, match.groups(""))) for match in re.finditer(_FULL_DATE, plain))
    vague = (
        _PART_OF_YEAR.search(rest) is not None
        or (re.search(_ENGLISH_PART, text) is not None and all(period.is_year for period in periods))
        or not all(is_date(*numbers) for numbers in dates)
        or ("-" in plain and re.search(_UNCLEAR_DATE, plain) is not None)
        or (not periods and "年" in rest and re.search(_OTHER_YEAR, rest) is not None)
    )
    return StatedPeriods(frozenset(periods), vague)


def _longest(text: str) -> tuple[str, Period | None]:
    """Return the longest beginning that is a period; it ends at no digit of a number, as 2017-2 in 2017-2018 would."""
    ends = (at for at in range(len(text), 3, -1) if not text[at - 1 : at + 1].isdecimal() or at == len(text))
    readings = ((text[:at], parse_period(text[:at])) for at in ends)
    return next(((words, period) for words, period in readings if period), ("", None))
