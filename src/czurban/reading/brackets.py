"""What stands in brackets behind an indicator's name: a unit, a period, a region or a status, and nothing else."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from czurban.model.observation import Status
from czurban.model.period import Period, in_digits, parse_period
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.header_cell import in_year, understand
from czurban.reading.units_of import plain_unit

_STATUS = {
    word: status
    for status, words in {
        Status.PRELIMINARY: "快报 快报数 快报数据 初步 初步数 初步数据 preliminary flash",
        Status.FINAL: "年报 年报数 年报数据 最终 最终数 最终数据 final annual",
        Status.REVISED: "修订 修订数 修订数据 revised",
    }.items()
    for word in words.split()
}
_PART = r"月|季|半年|^[qh]\d$|^(?:全年|年末|年底)$"
_ANY_YEAR = 2000


class Said(NamedTuple):
    """What a row says beside its cells; `part` is a part of a year whose year stands elsewhere."""

    unit: str = ""
    period: Period | None = None
    part: str = ""
    region: str = ""
    status: Status | None = None


NOTHING_SAID = Said()


def status_of(text: str) -> Status | None:
    """The status that a word means."""
    return _STATUS.get(key(text))


def part_of_year(text: str, year: int, header: str = "") -> Period | None:
    """A part of a year whose year stands elsewhere: 6月, 一季度, 上半年; a bare 6 where the header says 月份."""
    plain = key(text)
    if not re.search(_PART, plain):
        plain += next((end for word, end in (("月", "月"), ("季", "季度")) if word in header), "")
    return in_year(plain, year) if re.search(_PART, plain) else None


def dated(text: str) -> tuple[str, Status | None]:
    """A period's text and the status behind it: 2019年快报 as 2019年 and 快报."""
    plain = key(text)
    for word, status in _STATUS.items():
        if plain.endswith(word) and len(plain) > len(word):
            return plain.removesuffix(word), status
    return text, None


def read_bracket(inside: str, unit_names: Iterable[str], plan: Plan) -> Said | None:
    """Understand a bracket; None where it may mean anything, such as another indicator: 户籍, 同比增长, 预计."""
    plain = in_digits(half_width(inside)).strip()
    unit = plain_unit(plain)
    if not unit:
        return NOTHING_SAID
    if plan.units.find(unit) or key(unit) in map(key, unit_names):
        return Said(unit=unit)
    if status := status_of(plain):
        return Said(status=status)
    return _when_or_where(plain, plan)


def _when_or_where(plain: str, plan: Plan) -> Said | None:
    if period := parse_period(plain):
        return Said(period=period)
    if part_of_year(plain, _ANY_YEAR):
        return Said(part=plain)
    if plan.is_for(plain):
        return Said(region=plan.region)
    header = understand(plain, plan)
    return Said(region=header.region) if header and header.bare and header.region and not header.period else None


def both(one: Said, other: Said) -> Said | None:
    """Two brackets together; None where they speak of the same."""
    if (
        any(a and b for a, b in zip(one, other, strict=True))
        or (one.period and other.part)
        or (one.part and other.period)
    ):
        return None
    return Said(
        one.unit or other.unit,
        one.period or other.period,
        one.part or other.part,
        one.region or other.region,
        one.status or other.status,
    )
