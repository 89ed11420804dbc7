"""Choose the kind of an indicator by its unit and the words of its name."""

import re
from collections.abc import Mapping, Sequence

from czurban.model.text import half_width
from czurban.model.unit import Unit

Words = Sequence[tuple[str, str]]
"""Kinds, each with the words that decide it."""
_GROWS = r"增长率|增长速度|增速|增幅|增长$|(?:下降|降低|减少)(?:率|幅度)?$|降幅|growth|increase$|decrease$|reduction$"
_RATE = (
    r"率$|率[(（]|比例|比重|占比|^占|占.{1,14}比|覆盖面"
    r"|\bper (?:1|10|100)[ ,]?000\b|\b(?:share|rate|ratio|proportion|percentage|cover|coverage)\b"
)
_MEAN = r"(?:年均|月均|日均|平均)浓度|(?:mean|average) concentration"
_WORKS = r"新建|改建|扩建|改造|建成|建设|创建|培育|开工|编制|新增|整治|\b(?:built|renovated|new)\b"
_FLOW = (
    r"新增|净增|产值|增加值|生产总值|总收入|收入$|投资|零售额|销售额|进出口|出口额|预算|产量|发电量|吞吐量|交易额|"
    r"成交额|用水量|用电量|消费总量|排放量|再就业|实现就业|\b(?:new|added|output|revenue|investment|exports|income|emissions)\b|GDP"
)
_STOCK = (
    r"人口(?:数|总量|规模)?$|参保(?:人)?数|保有量|拥有量|面积$|里程$|床位数?$|医师数|年限$|寿命$|能力$|装机|库容|"
    r"\b(?:population|area|length|beds|expectancy|capacity)\b"
)
_INTENSITY = (
    r"单位(?:GDP|地区生产总值|国内生产总值|生产总值|(?:工业)?增加值|(?:工业)?产值|面积|建筑面积|产品|耕地|土地)|^(?:.{0,8}?)[万亿]元(?:GDP|地区生产总值|"
    r"国内生产总值|生产总值|(?:工业)?增加值|(?:工业)?产值)|^(?:地均|亩均)|\bintensity\b|\bper (?:capita|head|unit)\b"
)
_PER_HEAD = r"^(?:人均|户均|每(?:百|千|万|十万)?(?:名|户|人|常住|老))"
_BY_DIMENSION: Mapping[str, Words] = {
    "share": (("growth", _GROWS), ("rate", _RATE)),
    "works": (("works", _WORKS),),
    "dwelling": (("works", _WORKS),),
}
_OF_AMOUNTS: Words = (
    ("mean", _MEAN),
    ("rate", _INTENSITY),
    ("stock", _PER_HEAD),
    ("flow", _FLOW),
    ("stock", _STOCK),
)
_OF_RATIOS: Words = (("mean", _MEAN), ("open", r"浓度|concentration"), ("rate", ""))
"""The kinds in a unit such as 吨标准煤/万元: a ratio of two amounts, whatever amount the name begins with."""


def kind_of(name: str, unit: Unit | None) -> str | None:
    """Return the kind that a name's words decide; None where they leave it open."""
    if unit is None:
        return None
    words = _OF_RATIOS if unit.is_ratio else _BY_DIMENSION.get(unit.dimension, _OF_AMOUNTS)
    kind = next((kind for kind, pattern in words if re.search(pattern, half_width(name), re.IGNORECASE)), None)
    return None if kind == "open" else kind


def counts_works(unit: Unit | None) -> bool:
    """Return whether a number of a unit behind a word for works counts works: 新建幼儿园6所."""
    return unit is not None and unit.dimension not in ("share", "person", "visit", "money")
