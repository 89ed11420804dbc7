"""The words that people write into headers, and the fields they mean."""

from enum import StrEnum

from czurban.model.message import mark
from czurban.model.text import key


class Field(StrEnum):
    """What a column may hold."""

    NUMBER = "number"
    INDICATOR = "indicator"
    VALUE = "value"
    UNIT = "unit"
    PERIOD = "period"
    PART = "part"
    REGION = "region"
    SENDER = "sender"
    STATUS = "status"
    NOTE = "note"
    TARGET = "target"
    BASELINE = "baseline"


LABELS = {
    Field.NUMBER: mark("number or id"),
    Field.INDICATOR: mark("indicator"),
    Field.VALUE: mark("value"),
    Field.UNIT: mark("unit"),
    Field.PERIOD: mark("period"),
    Field.PART: mark("part of the year"),
    Field.REGION: mark("region"),
    Field.SENDER: mark("department"),
    Field.STATUS: mark("status"),
    Field.NOTE: mark("note"),
    Field.TARGET: mark("target"),
    Field.BASELINE: mark("baseline"),
}

_WORDS = {
    Field.NUMBER: "序号 编号 指标编号 指标序号 指标代码 代码 no no. number id indicator_id",
    Field.INDICATOR: "指标 指标名称 名称 项目 指标项 主要指标 indicator name indicator_name",
    Field.VALUE: "数值 完成值 实际完成 实际完成值 实际值 实际 完成 完成数 完成数值 完成情况 实际完成情况 指标完成情况 "
    "指标值 填报值 实绩 值 actual value actual_value reported",
    Field.UNIT: "单位 计量单位 量纲 数据单位 指标单位 unit units",
    Field.PERIOD: "年份 年度 时期 期间 时间 报告期 数据时期 统计年份 统计年度 统计期 统计时期 统计期间 统计时间 所属期 "
    "所属时期 所属年份 所属年度 数据年份 数据年度 数据时间 数据期 报告年份 报告年度 报告期间 period year date",
    Field.PART: "月份 月度 季度 月 季 month quarter",
    Field.REGION: "地区 区域 行政区 行政区划 行政区域 地域 县区 区县 县(区) 市县 县市 市(县) 县市区 市县区 市(县、区) "
    "县(市、区) 所属地区 所在地区 地区名称 region area district",
    Field.SENDER: "填报单位 填报部门 部门 报送单位 报送部门 责任部门 牵头部门 牵头责任部门 牵头单位 "
    "责任单位 单位名称 部门名称 填报单位名称 上报单位 上报部门 "
    "department sender reported_by",
    Field.STATUS: "数据状态 状态 数据性质 status",
    Field.NOTE: "备注 说明 备注说明 note notes remark remarks comment",
    Field.TARGET: "目标 目标值 目标数 年度目标 年度目标值 指标目标 目标任务 任务目标 目标要求 target target_value",
    Field.BASELINE: "基期 基期值 基数 基准值 上年 上年值 上年数 上年基数 上年完成 上年完成值 上年完成情况 上年实际 "
    "去年 去年完成 去年完成情况 baseline base",
}
HEADERS = {one: tuple(names.split()) for one, names in _WORDS.items()}
"""The names that a column of each kind may have, as people write them."""

_BY_NAME = {key(name): one for one, names in HEADERS.items() for name in names}
NEUTRAL = frozenset({"数值", "值", "指标值", "value"})
"""Words for a value that say nothing of it being reached, and so may stand under 目标."""

LAST_YEAR = ("上年", "去年")
WHOLE = frozenset({"全市", "本市", "全省", "全区", "全县", "全州", "全盟", "全旗", "全国"})
_ENDS = ("市", "县", "区", "旗", "州", "盟", "本级", "省")
_LAST = frozenset(end[-1] for end in _ENDS)
_LONGEST_REGION = 12


def field_of(text: str) -> Field | None:
    """The field of one word or phrase, as it stands."""
    return _BY_NAME.get(key(text))


def is_region(text: str) -> bool:
    """Whether a text has the form of a region's name. 地区 and 县区 are words for the column, and no names."""
    plain = key(text)
    return plain in WHOLE or (
        1 < len(plain) <= _LONGEST_REGION
        and plain.endswith(_ENDS)
        and all("\u4e00" <= char <= "\u9fff" for char in plain)
        and field_of(plain) is None
    )


def split_region(text: str) -> tuple[str, Field] | None:
    """灵山县完成值 as 灵山县 and the field of 完成值; None where it is not a region before a word for values."""
    plain = key(text)
    for at in range(2, min(len(plain), _LONGEST_REGION + 1)):
        if plain[at - 1] in _LAST and is_region(plain[:at]) and (known := field_of(plain[at:])):
            return plain[:at], known
    return None
