"""Recognise rows that are no figures of an indicator: totals, footnotes and signatures.

The patterns are compiled when they are first tried, which few tables need.
"""

import re

from czurban.model.text import half_width, key

_TOTAL = r"(?:全市|本市|全县|全区|全省|本页|本表)?(?:合计|小计|总计|总数|共计|合計|總計|total|subtotal)(?:\(.*\))?:?"
_FOOTNOTE = r"(?i:注|备注|附注|注释|说明|数据来源|资料来源|来源|note|source)\d{0,2}[:.、]|[*※①-⑳]\s*\D|\(?注\d{0,2}\)"
_SIGNATURE = (
    r"(?:填表|填报|制表|审核|复核|经办|统计|单位|部门|分管)?(?:人|负责人|责任人|领导|单位|日期|时间|电话|联系人|联系电话|联系方式)"
    r"(?:\(.*?\))?:|(?:填表|制表|审核|复核|盖章|签字)\s*(?:\(.*?\))?:"
)
_LONGEST = 200
"""Characters of the longest name; longer texts are not searched to their end, which could take long."""


def is_total(name: str) -> bool:
    """Return whether a row is called 合计, 小计 or the like, with or without spaces in between."""
    return re.fullmatch(_TOTAL, key(name[:_LONGEST])) is not None


def is_signature(name: str) -> bool:
    """Return whether a row begins with 填表人：, 联系电话： or the like, so that it has no figure of the plan."""
    return re.match(_SIGNATURE, key(name[:_LONGEST])) is not None


def is_footnote(name: str) -> bool:
    """Return whether a row begins with 注：, 数据来源： or a footnote mark."""
    return re.match(_FOOTNOTE, half_width(name[:_LONGEST]).strip()) is not None
