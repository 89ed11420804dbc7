"""Headers as people write them to the fields they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from czurban.model.message import mark
from czurban.model.period import Period, parse_period
from czurban.model.text import half_width, key


class Field(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    INDICATOR = "indicator"
    VALUE = "value"
    UNIT = "unit"
    PERIOD = "period"
    REGION = "region"
    SENDER = "sender"
    STATUS = "status"
    NOTE = "note"


LABELS = {
    Field.NUMBER: mark("number or id"),
    Field.INDICATOR: mark("indicator"),
    Field.VALUE: mark("value"),
    Field.UNIT: mark("unit"),
    Field.PERIOD: mark("period"),
    Field.REGION: mark("region"),
    Field.SENDER: mark("department"),
    Field.STATUS: mark("status"),
    Field.NOTE: mark("note"),
}

_WORDS = {
    Field.NUMBER: "序号 编号 指标编号 指标序号 指标代码 代码 no no. number id indicator_id",
    Field.INDICATOR: "指标 指标名称 名称 项目 指标项 主要指标 indicator name indicator_name",
    Field.VALUE: "数值 完成值 实际完成 实际完成值 实际值 实际 完成 完成数 完成数值 完成情况 实际完成情况 指标完成情况 "
    "指标值 填报值 实绩 值 actual value actual_value reported",
    Field.UNIT: "单位 计量单位 unit units",
    Field.PERIOD: "年份 年度 时期 期间 时间 报告期 数据时期 period year date",
    Field.REGION: "地区 区域 行政区 行政区划 县区 region area district",
    Field.SENDER: "填报单位 填报部门 部门 报送单位 报送部门 责任部门 牵头部门 牵头责任部门 牵头单位 "
    "department sender reported_by",
    Field.STATUS: "数据状态 状态 数据性质 status",
    Field.NOTE: "备注 说明 备注说明 note notes remark remarks comment",
}
HEADERS = {one: tuple(names.split()) for one, names in _WORDS.items()}
"""The names that a column of each kind may have, as people write them."""

_BY_NAME = {key(name): one for one, names in HEADERS.items() for name in names}
_BRACKETS = re.compile(r"^(?P<name>.*?)\((?P<inside>[^()]*)\)$")
_YEAR_FIRST = re.compile(
    r"^(?P<period>(?:19|20)\d\d(?:年(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}-\d{1,2}月|\d{1,2}月)?"
    r"度?[末底]?)?)(?P<name>\D.*)$"
)
_NAMING = frozenset({Field.NUMBER, Field.INDICATOR})


@dataclass(frozen=True, slots=True)
class Header:
    """One header cell understood: its field, and the unit or period it states for its column."""

    field: Field
    unit: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The header row understood: which column holds which field, which stand twice, which are unknown."""

    at: dict[Field, int] = field(default_factory=dict)
    headers: dict[Field, Header] = field(default_factory=dict)
    twice: dict[Field, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether rows can be told apart and have a value."""
        return Field.VALUE in self.at and not _NAMING.isdisjoint(self.at)


def understand(text: str) -> Header | None:
    """Understand one header cell: 「2019年完成值（万人）」 is a value column of 2019 in 万人."""
    plain, unit = half_width(text).strip(), ""
    if found := _BRACKETS.match(plain):
        plain, unit = found["name"], found["inside"].removeprefix("单位:").strip()
    if known := _BY_NAME.get(key(plain)):
        return Header(known, unit)
    if (found := _YEAR_FIRST.match(key(plain))) and (known := _BY_NAME.get(found["name"])):
        return Header(known, unit, parse_period(found["period"]))
    return None


def read_columns(cells: Sequence[str]) -> Columns:
    """Understand a header row."""
    columns = Columns()
    for index, cell in enumerate(cells):
        header = understand(cell)
        if header is None:
            if cell.strip():
                columns.unknown.append(index)
        elif header.field in columns.at:
            columns.twice.setdefault(header.field, [columns.at[header.field]]).append(index)
        else:
            columns.at[header.field] = index
            columns.headers[header.field] = header
    return columns


def score(cells: Sequence[str]) -> int:
    """How well a row would do as the header: the number of fields understood, usable rows far ahead of others."""
    columns = read_columns(cells)
    return len(columns.at) + (100 if columns.usable else 0)
