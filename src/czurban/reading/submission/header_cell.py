"""Understand header cells: 「2019年完成值（万人）」 is a value of 2019 in 万人, 「灵山县」 a value of that region."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.text import half_width, key
from czurban.model.unit import SCALES, Units
from czurban.model.vocabulary import header_words, remark_words
from czurban.reading.submission.header_words import CUMULATIVE, HEADERS, NEUTRAL, ColumnField

HeaderText = str | tuple[str, ...]
"""The text of a header cell, or its texts from top to bottom where the header has several rows."""

_FIELDS = {key(word): field for field, words in HEADERS.items() for word in words}
_GROWTH_BEGINS = frozenset("比较与为同环累增升变±")
_LONGEST = 100
_BRACKETS = r"(?s:(?P<name>.*?)\((?P<inside>[^()]*)\))"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DATE = rf"{_MONTH}月(?:3[01]|[12]\d|0?[1-9])日"
_PART = rf"{_DATE}|[上下]半年|第?[一二三四1-4]季度|[qh][1-4]|{_MONTH}(?:月份?)?[-—~至]{_MONTH}月份?|{_MONTH}月份?"
_FIRST = rf"(?s:(?P<year>{_YEAR})?(?:年度?|-)?(?P<part>{_PART}|全年)?(?:年?[末底])?(?P<rest>.*))"
_BEHIND = rf"(?s:(?P<word>.*?\D)(?P<when>{_YEAR}年?))"
_ROUND = str.maketrans("[]【】〔〕", "()()()")
_MARKS = "*★☆▲△※"
_FORMULA = r"\s*=[\s\dA-Z()+*/÷×%-]+$"
_COUNTER = r"(?<=[\u4e00-\u9fff)])\s*(?:\(\d{1,2}\)|[①-⑳]|[A-J]|\((?:必填|选填|必填项|选填项)\))$"
_FORECAST = r"\d年?度?\s*[EF]$"
"""A year with a letter for an estimate or a forecast, which is no counter of columns: 2019年E."""
_ANY_YEAR = 2000
_CENTURIES = ("19", "20")
_RESULTS = frozenset(map(key, remark_words.RESULTS.split()))
_WITH_UNIT = frozenset({ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE})
_HEADINGS = _WITH_UNIT | {ColumnField.INDICATOR}
"""Fields of a text that may head other fields: 完成情况 over 目标 and 实际, 主要指标 over 名称 and 单位."""
_BEGINS = frozenset("上下全第一二三四qh截")
_SINCE = r"(?:截至|截止到?)(?=\d)"
_ENDS = ("市", "县", "区", "旗", "州", "盟", "本级", "省")
_LAST = frozenset(end[-1] for end in _ENDS)
_LONGEST_REGION = 12
_CODE_DIGITS = 6
"""The digits of a code of GB/T 2260. A shorter number may be a value, a year or the number of a column."""


def plain_texts(headers: Iterable[HeaderText]) -> list[str]:
    """Return headers for messages, each as one text."""
    return [text if isinstance(text, str) else " ".join(part for part in text if part) for text in headers]


class Header(NamedTuple):
    """The meaning of a header cell: its field, and the unit, period or region it states for its column.

    `part` is a part of a year without its year, such as 一季度. `bare` is set where the header is only a period, a
    region or a unit, so that only the rest of the header makes it a column of values. `text` is the word for the field.
    """

    field: ColumnField
    unit: str = ""
    period: Period | None = None
    region: str = ""
    part: str = ""
    bare: bool = False
    text: str = ""
    cumulative: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether the header is a unit alone, which heads a column only under or over another text."""
        return self.bare and not (self.period or self.part or self.region)


def field_of(text: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word or phrase; with a plan, its own words count too."""
    return field_of_key(key(text), plan)


def field_of_key(plain: str, plan: Plan | None = None) -> ColumnField | None:
    """Return the field of a word that is given by its key."""
    known = _FIELDS.get(plain)
    if known is None and plan is not None and (plan_word := plan.words.get(plain)):
        return ColumnField(plan_word)
    if known is None and plain[:1] in _GROWTH_BEGINS and re.fullmatch(header_words.GROWTH, plain):
        return ColumnField.OTHER
    return known


def understand(text: HeaderText, plan: Plan | None = None) -> Header | None:
    """Return the meaning of a header cell; None where it is not known or not unique.

    Each of several texts must be known: a known text above does not make up for an unknown one below it.
    With a plan, the names and codes of its regions are understood too, where they mean nothing else.
    """
    if isinstance(text, tuple):
        header: Header | None = None
        for part in filter(str.strip, text):
            unit = half_width(part).strip()
            below = understand(part, plan)
            if below is None and is_unit(unit, plan):  # in a row of its own below a heading: 万人, %
                below = Header(ColumnField.VALUE, unit=unit, bare=True)
            header = below if header is None or below is None else _combine(header, below)
            if header is None:
                return None
        return header
    if not text or len(text) > _LONGEST:
        return None
    plain = half_width(text).translate(_ROUND).strip().strip(_MARKS).strip()
    header, bare = _understand_text(plain, plan), _without_counter(plain)
    return _understand_text(bare, plan) if header is None and bare != plain else header


def _without_counter(text: str) -> str:
    """Remove the number, the formula or the filling instruction of a column: 完成值(2), 完成率C=B/A, 单位(必填)."""
    if text.isalpha() and text == text.lower():
        return text
    plain = re.sub(_FORMULA, "", text)
    return plain if re.search(_FORECAST, plain) else re.sub(_COUNTER, "", plain).strip()


def _understand_text(text: str, plan: Plan | None) -> Header | None:
    """Understand a text in half-width form, with or without a bracket at its end."""
    if known := field_of(text, plan):
        return _worded(known, key(text))
    match = re.fullmatch(_BRACKETS, text) if text.endswith(")") else None
    if match is None:
        return _named(key(text), plan) or _unit_behind(text, plan)
    return _plan_region_header(key(text), plan) or _bracketed(text, match["name"], match["inside"], plan)


def _worded(field: ColumnField, word: str) -> Header:
    """Return the header of a word for a field."""
    return Header(field, text=word, bare=not word, cumulative=word in CUMULATIVE)


def _bracketed(text: str, name: str, inside: str, plan: Plan | None) -> Header | None:
    """Understand a bracket with a unit, or with a text that could be a header: 完成值（万人）, 完成值（2019年）.

    A bracket behind a word for results that is not understood may mean anything, such as 预计 or 含郊区.
    """
    header, inside = _named(key(name), plan), inside.removeprefix("单位:").strip()
    if not name:
        stated = None if is_unit(inside, plan) else _named(key(inside), plan)
        return stated or Header(ColumnField.VALUE, unit=inside, bare=True)
    if header is None:
        return _named(key(text), plan)
    more = _named(key(inside), plan)
    if header.field is not ColumnField.VALUE:
        return _combine(header, more) if more and more.bare else header._replace(unit=inside)
    if is_unit(inside, plan):
        return header._replace(unit=inside)
    if more is None and key(inside) in _RESULTS:
        return header._replace(text=key(inside))
    return _combine(header, more) if more else None


def is_unit(text: str, plan: Plan | None) -> bool:
    """Return whether a text is a unit that is known, or 万 or 亿 alone."""
    if text in SCALES or (plan.units if plan else Units()).find(text):
        return True
    aliases = (alias for indicator in plan.indicators for alias in indicator.unit_aliases) if plan else ()
    return key(text) in map(key, aliases)


def _unit_behind(text: str, plan: Plan | None) -> Header | None:
    """Understand a word for values and a common unit behind it: 完成值 万人, 完成值/万人, 完成值:万人."""
    name, _, unit = text.rpartition(" ")
    if not name and (match := re.fullmatch(r"([^/:]+)[/:]\s*(.+)", text)):
        name, unit = match.groups()
    header = _named(key(name), plan) if name else None
    return header._replace(unit=unit) if header and header.field in _WITH_UNIT and Units().find(unit) else None


def _named(plain: str, plan: Plan | None) -> Header | None:
    """Understand a word for a field, with a period before or behind it or a region before it, or one of these alone."""
    if known := field_of_key(plain, plan):
        return _worded(known, plain)
    if is_region(plain):
        return Header(ColumnField.VALUE, region=plain, bare=True)
    for at in range(2, min(len(plain), _LONGEST_REGION + 1)):  # 灵山县完成值
        known = field_of_key(plain[at:], plan) if plain[at - 1] in _LAST and is_region(plain[:at]) else None
        if known:
            return _worded(known, plain[at:])._replace(region=plain[:at])
    dated = _dated(plain, plan) if _may_be_dated(plain) else None
    return dated or _dated_behind(plain, plan) or _plan_region_header(plain, plan)


def is_region(text: str) -> bool:
    """Return whether a text has the form of a region's name. 地区 and 县区 are header words and no names."""
    plain = key(text)
    return plain in WHOLE_WORDS or (
        1 < len(plain) <= _LONGEST_REGION
        and plain.endswith(_ENDS)
        and all("\u4e00" <= char <= "\u9fff" for char in plain)
        and plain not in _FIELDS
    )


def plan_region(text: str, plan: Plan) -> str:
    """Return the plan's name of the region that a text means; empty where it is none, or may be something else.

    A text that is also an indicator or a unit is no region, nor is a number that may be a value, a year, a month or a
    day. The name of two regions is returned unchanged; a later step reports that it is ambiguous.
    """
    plain = key(text)
    if plain.isdecimal():
        may_name = len(plain) >= _CODE_DIGITS and not plain.startswith(_CENTURIES)
    else:
        may_name = len(plain) > 1 and any(map(str.isalpha, plain))
    regions = plan.regions.matching(plain) if may_name else ()
    if not regions or plan.indicator(plain) or plan.units.find(plain):
        return ""
    if len(regions) > 1:
        return plain
    name = plan.regions.full_name(regions[0])
    return name if plan.regions.find(name) == regions[0] else regions[0].code


def _plan_region_header(plain: str, plan: Plan | None) -> Header | None:
    """Understand a region of the plan, in any form of its name, alone or before a word: 灵山, 450721, 灵山完成值."""
    if plan is None or not plan.regions:
        return None
    if region := plan_region(plain, plan):
        return Header(ColumnField.VALUE, region=region, bare=True)
    ways = [
        _worded(known, plain[at:])._replace(region=region)
        for at in range(2, len(plain))
        if (known := field_of_key(plain[at:], plan)) and (region := plan_region(plain[:at], plan))
    ]
    return ways[0] if len(ways) == 1 and not plan.indicator(plain) else None


def _dated_behind(plain: str, plan: Plan | None) -> Header | None:
    """Understand a word and then a year: 完成值2019年, Target 2019."""
    match = re.fullmatch(_BEHIND, plain) if plain[-4:].isdecimal() or plain.endswith("年") else None
    known = field_of_key(match["word"], plan) if match else None
    return _worded(known, match["word"])._replace(period=parse_period(match["when"])) if match and known else None


def _may_be_dated(plain: str) -> bool:
    """Whether a text begins like a period; the patterns are compiled and tried only for such texts."""
    if plain[:1].isdecimal():
        return "月" in plain or (plain.startswith(_CENTURIES) and plain[2:4].isdecimal() and "," not in plain)
    return plain[:1] in _BEGINS


def _dated(plain: str, plan: Plan | None) -> Header | None:
    """Understand a period and then a word (2019年完成值, 一季度完成), or a period or a part of a year alone."""
    if since := re.match(_SINCE, plain):
        header = _dated(plain[since.end() :], plan)
        return header._replace(cumulative=True) if header else None
    if plain.startswith(_CENTURIES) and (whole := parse_period(plain)):
        return Header(ColumnField.VALUE, period=whole, bare=True)
    match = re.fullmatch(_FIRST, plain)
    if match is None or not (match["year"] or match["part"]):
        return None
    rest, part = match["rest"], match["part"] or ""
    known = field_of_key(rest, plan) if rest else ColumnField.VALUE
    if known is None:
        return None
    if not match["year"]:
        return _worded(known, rest)._replace(part=part) if in_year(part, _ANY_YEAR) else None
    period = parse_period(plain.removesuffix(rest))
    return _worded(known, rest)._replace(period=period) if period else None


def in_year(part: str, year: int) -> Period | None:
    """Return the period of a part of a year: 一季度 in 2019, 1-6月 in 2019."""
    return parse_period(f"{year}{part}" if part[:1] in ("q", "h", "全") else f"{year}年{part}")


def _combine(above: Header, below: Header) -> Header | None:
    """Combine an upper and a lower text of one column; None where they contradict each other."""
    field = _common_field(above, below)
    period, part = above.period or below.period, above.part or below.part
    if (
        field is None
        or (above.unit and below.unit)
        or (above.region and below.region)
        or (above.part and below.part)
        or (above.period and below.period and above.period != below.period)
    ):
        return None
    if period and part:
        period, part = (in_year(part, period.year) if period.is_year else None), ""
        if period is None:
            return None
    of_results = above.field is ColumnField.VALUE and bool(above.text) and above.text not in NEUTRAL
    return Header(
        field,
        above.unit or below.unit,
        period,
        above.region or below.region,
        part,
        above.bare and below.bare,
        above.text if of_results and below.text in NEUTRAL else below.text or above.text,
        above.cumulative or below.cumulative,
    )


def _common_field(above: Header, below: Header) -> ColumnField | None:
    """Return the field of both texts: 目标 over 2019年 or over 数值 is a target, but 目标 over 完成值 is not."""
    if ColumnField.OTHER in (above.field, below.field):
        return ColumnField.OTHER
    if below.bare or above.bare or above.field is below.field:
        return above.field if below.bare else below.field
    if below.field is ColumnField.VALUE and above.field in (ColumnField.TARGET, ColumnField.BASELINE):
        return above.field if below.text in NEUTRAL else None
    return below.field if above.field in _HEADINGS else None
