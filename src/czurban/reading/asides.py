"""What stands in a table beside its rows: totals, footnotes and signatures, and marks that point to a footnote.

The patterns are compiled when one is first tried: most tables have nothing of the kind, and a start would pay for it.
"""

import re

from czurban.model.text import half_width, key

_TOTAL = r"(?:全市|本市|全县|全区|全省|本页|本表)?(?:合计|小计|总计|总数|共计|合計|總計|total|subtotal)(?:\(.*\))?:?"
_FOOTNOTE = r"(?i:注|备注|附注|注释|说明|数据来源|资料来源|来源|note|source)\d{0,2}[:.、]|[*※①-⑳]\s*\D|\(?注\d{0,2}\)"
_SIGNATURE = (
    r"(?:填表|填报|制表|审核|复核|经办|统计|单位|部门|分管)?(?:人|负责人|责任人|领导|单位|日期|时间|电话|联系人|联系电话|联系方式)"
    r"(?:\(.*?\))?:|(?:填表|制表|审核|复核|盖章|签字)\s*(?:\(.*?\))?:"
)
_SIGN = r"[①-⑳⑴-⒇❶-❿⓪*∗※†‡#¹²³⁰⁴-⁹]+|[\[(【〔]\s*(?:注\s*)?\d{1,2}\s*[\])】〕]|[\[(]注[\])]|注\s*\d{1,2}|注[①-⑳]"
_BEHIND = rf"(?s:(?P<text>.*?\S)\s*(?P<mark>(?:{_SIGN})+))"
_BEFORE = r"(?s:(?P<mark>[*※†‡①-⑳]+)\s*(?P<text>\S.*))"
_LONGEST = 200
"""No name is longer; a longer text is not searched, which could take long."""


def is_total(name: str) -> bool:
    """Whether a row is called 合计, 小计 or so, with or without spaces between."""
    return re.fullmatch(_TOTAL, key(name[:_LONGEST])) is not None


def is_signature(name: str) -> bool:
    """Whether a row begins 填表人：, 联系电话： or so: whatever stands behind it is no figure of the plan's."""
    return re.match(_SIGNATURE, key(name[:_LONGEST])) is not None


def is_footnote(name: str) -> bool:
    """Whether a row begins 注：, 数据来源： or with a footnote's mark."""
    return re.match(_FOOTNOTE, half_width(name[:_LONGEST]).strip()) is not None


def without_mark(text: str) -> tuple[str, str] | None:
    """A text and the footnote mark that stands behind or before it; None where there is none."""
    if len(text) > _LONGEST:
        return None
    plain = half_width(text).strip()
    found = re.fullmatch(_BEHIND, plain) or re.fullmatch(_BEFORE, plain)
    return (found["text"], found["mark"]) if found else None
