"""One header cell understood: 「2019年完成值（万人）」 is a value of 2019 in 万人, 「灵山县」 one of that region."""

import re
from typing import NamedTuple

from czurban.model import vocabulary
from czurban.model.period import Period, parse_period
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.model.unit import SCALES, Units
from czurban.reading.submission.header_words import CUMULATIVE, NEUTRAL, ColumnField, field_of, is_region, split_region

HeaderText = str | tuple[str, ...]
"""The text of a header cell, or its texts from top to bottom where the header has several rows."""

_LONGEST = 100
_BRACKETS = r"(?s:(?P<name>.*?)\((?P<inside>[^()]*)\))"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_PART = rf"[上下]半年|第?[一二三四1-4]季度|[qh][1-4]|{_MONTH}(?:月份?)?[-—~至]{_MONTH}月份?|{_MONTH}月份?"
_FIRST = rf"(?s:(?P<year>{_YEAR})?(?:年度?|-)?(?P<part>{_PART}|全年)?(?:年?[末底])?(?P<rest>.*))"
_BEHIND = rf"(?s:(?P<word>.*?\D)(?P<when>{_YEAR}年?))"
_ROUND = str.maketrans("[]【】〔〕", "()()()")
_MARKS = "*★☆▲△※"
_FORMULA = r"\s*=[\s\dA-Z()+*/÷×%-]+$"
_COUNTER = r"(?<=[\u4e00-\u9fff)])\s*(?:\(\d{1,2}\)|[①-⑳]|[A-J]|\((?:必填|选填|必填项|选填项)\))$"
_ANY_YEAR = 2000
_CENTURIES = ("19", "20")
_RESULTS = frozenset(map(key, vocabulary.RESULTS.split()))
_HEADINGS = frozenset({ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE, ColumnField.INDICATOR})
"""What may head columns of other fields: 完成情况 over 目标 and 实际, 主要指标 over 名称 and 单位."""
_BEGINS = frozenset("上下全第一二三四qh")


class Header(NamedTuple):
    """One header cell understood: its field, and the unit, period or region it states for its column.

    `part` is a part of a year without its year, such as 一季度. `bare` says that the header is nothing but a period, a
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
        """Whether it is a unit alone, which heads a column only under or over another text."""
        return self.bare and not (self.period or self.part or self.region)


def understand(text: HeaderText, plan: Plan | None = None) -> Header | None:
    """Understand one header cell; None where it means nothing known, or more than one thing.

    Of several texts each must be known: what stands above never makes up for a word below that is not.
    With a plan, the names and codes of its own regions are understood too, where they mean nothing else.
    """
    if isinstance(text, tuple):
        whole: Header | None = None
        for part in (part for part in text if part.strip()):
            below = understand(part, plan) or _unit_alone(half_width(part).strip(), plan)
            whole = below if whole is None or below is None else _together(whole, below)
            if whole is None:
                return None
        return whole
    if not text or len(text) > _LONGEST:
        return None
    plain = half_width(text).translate(_ROUND).strip().strip(_MARKS).strip()
    return _single(plain, plan) or (_single(bare, plan) if (bare := _without_counter(plain)) != plain else None)


def _without_counter(text: str) -> str:
    """A header without what counts its column or says how it is filled in: 完成值(2), 完成率C=B/A, 单位(必填)."""
    return re.sub(_COUNTER, "", re.sub(_FORMULA, "", text)).strip()


def _single(text: str, plan: Plan | None) -> Header | None:
    """Understand a text in half-width form: what stands before a last bracket, and what in it."""
    if known := field_of(text, plan):
        return _worded(known, key(text))
    found = re.fullmatch(_BRACKETS, text) if text.endswith(")") else None
    if found is None:
        return _named(key(text), plan) or _spaced(text, plan)
    return _own(key(text), plan) or _bracketed(text, found["name"], found["inside"], plan)


def _worded(field: ColumnField, word: str) -> Header:
    """A header with a word for its field."""
    return Header(field, text=word, bare=not word, cumulative=word in CUMULATIVE)


def _bracketed(text: str, name: str, inside: str, plan: Plan | None) -> Header | None:
    """A bracket that says the unit, or what a header alone may say: 完成值（万人）, 完成值（2019年）, 完成值（累计）.

    A bracket behind a word for results that is not understood may mean anything, such as 预计 or 含郊区.
    """
    header, inside = _named(key(name), plan), inside.removeprefix("单位:").strip()
    if not name:
        return Header(ColumnField.VALUE, unit=inside, bare=True)
    if header is None:
        return _named(key(text), plan)
    more = _named(key(inside), plan)
    if header.field is not ColumnField.VALUE:
        return _together(header, more) if more and more.bare else header._replace(unit=inside)
    if is_unit(inside, plan):
        return header._replace(unit=inside)
    if more is None and key(inside) in _RESULTS:
        return header
    return _together(header, more) if more else None


def is_unit(text: str, plan: Plan | None) -> bool:
    """Return whether a text is a unit that is known, or 万 or 亿 alone."""
    if text in SCALES or (plan.units if plan else Units()).find(text):
        return True
    aliases = (alias for one in plan.indicators for alias in one.unit_aliases) if plan else ()
    return any(key(text) == key(alias) for alias in aliases)


def _unit_alone(text: str, plan: Plan | None) -> Header | None:
    """万人 or % in a row of its own below a heading."""
    return Header(ColumnField.VALUE, unit=text, bare=True) if is_unit(text, plan) else None


def _spaced(text: str, plan: Plan | None) -> Header | None:
    """完成值 万人, 完成值/万人, 完成值:万人: a word for values, and behind it a unit that everybody knows."""
    name, _, unit = text.rpartition(" ")
    if not name:
        name, unit = found.groups() if (found := re.fullmatch(r"([^/:]+)[/:]\s*(.+)", text)) else ("", "")
    header = _named(key(name), plan) if name else None
    if (
        header is None
        or header.field not in (ColumnField.VALUE, ColumnField.TARGET, ColumnField.BASELINE)
        or not Units().find(unit)
    ):
        return None
    return header._replace(unit=unit)


def _named(plain: str, plan: Plan | None) -> Header | None:
    """A word for a field, with a period before or behind it or a region before it, or one of these alone."""
    if known := field_of(plain, plan):
        return _worded(known, plain)
    if is_region(plain):
        return Header(ColumnField.VALUE, region=plain, bare=True)
    if found := split_region(plain, plan):
        return _worded(found[1], plain.removeprefix(found[0]))._replace(region=found[0])
    return (_dated(plain, plan) if _may_be_dated(plain) else None) or _dated_behind(plain, plan) or _own(plain, plan)


def _dated_behind(plain: str, plan: Plan | None) -> Header | None:
    """A word and then a year: 完成值2019年, Target 2019."""
    found = re.fullmatch(_BEHIND, plain) if plain[-4:].isdecimal() or plain.endswith("年") else None
    known = field_of(found["word"], plan) if found else None
    return _worded(known, found["word"])._replace(period=parse_period(found["when"])) if found and known else None


def _own(plain: str, plan: Plan | None) -> Header | None:
    """A region of the plan's own, whatever the form of its name, alone or before a word: 灵山, 450721, 灵山完成值."""
    if plan is None or not plan.regions:
        return None
    from czurban.reading.submission.header_words import (  # noqa: PLC0415 - loaded only where it is needed
        plan_region,
        split_plan_region,
    )

    if region := plan_region(plain, plan):
        return Header(ColumnField.VALUE, region=region, bare=True)
    found = split_plan_region(plain, plan)
    return _worded(found[1], found[2])._replace(region=found[0]) if found else None


def _may_be_dated(plain: str) -> bool:
    """Whether a text begins like a period. Most do not, and are spared the patterns, which take time to be compiled."""
    if plain[:1].isdecimal():
        return "月" in plain or (plain.startswith(_CENTURIES) and plain[2:4].isdecimal() and "," not in plain)
    return plain[:1] in _BEGINS


def _dated(plain: str, plan: Plan | None) -> Header | None:
    """A period and then a word (2019年完成值, 一季度完成), or a period or a part of a year alone."""
    if plain.startswith(_CENTURIES) and (whole := parse_period(plain)):
        return Header(ColumnField.VALUE, period=whole, bare=True)
    found = re.fullmatch(_FIRST, plain)
    if found is None or not (found["year"] or found["part"]):
        return None
    rest, part = found["rest"], found["part"] or ""
    known = field_of(rest, plan) if rest else ColumnField.VALUE
    if known is None:
        return None
    if not found["year"]:
        return _worded(known, rest)._replace(part=part) if in_year(part, _ANY_YEAR) else None
    period = parse_period(plain[: len(plain) - len(rest)] if rest else plain)
    return _worded(known, rest)._replace(period=period) if period else None


def in_year(part: str, year: int) -> Period | None:
    """The part of a year in that year: 一季度 in 2019, 1-6月 in 2019."""
    return parse_period(f"{year}{part}" if part[:1] in ("q", "h", "全") else f"{year}年{part}")


def _together(above: Header, below: Header) -> Header | None:
    """What an upper and a lower text say together; None where they contradict each other."""
    field = _field(above, below)
    if field is None or (above.unit and below.unit) or (above.region and below.region):
        return None
    period, part = above.period or below.period, above.part or below.part
    if above.period and below.period and above.period != below.period:
        return None
    if above.part and below.part:
        return None
    if period and part:
        period, part = (in_year(part, period.year) if period.is_year else None), ""
        if period is None:
            return None
    return Header(
        field,
        above.unit or below.unit,
        period,
        above.region or below.region,
        part,
        above.bare and below.bare,
        below.text or above.text,
        above.cumulative or below.cumulative,
    )


def _field(above: Header, below: Header) -> ColumnField | None:
    """The field that both mean. 目标 over 2019年 is a target, and so is 目标 over 数值, but not 目标 over 完成值."""
    if ColumnField.OTHER in (above.field, below.field):
        return ColumnField.OTHER
    if below.bare or above.bare or above.field is below.field:
        return above.field if below.bare else below.field
    if below.field is ColumnField.VALUE and above.field in (ColumnField.TARGET, ColumnField.BASELINE):
        return above.field if below.text in NEUTRAL else None
    return below.field if above.field in _HEADINGS else None
