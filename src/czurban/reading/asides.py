"""What stands in a table beside its rows: totals, footnotes and signatures, and marks that point to a footnote."""

import re

from czurban.model.text import half_width, key

_TOTAL = re.compile(
    r"(?:全市|本市|全县|全区|全省|本页|本表)?(?:合计|小计|总计|总数|共计|合計|總計|total|subtotal)(?:\(.*\))?:?"
)
_FOOTNOTE = re.compile(
    r"(?:(?:注|备注|附注|注释|说明|数据来源|资料来源|来源|note|source)\d{0,2}[:.、]|[*※①-⑳]\s*\D|\(?注\d{0,2}\))",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|复核|经办|统计|单位|部门|分管)?(?:人|负责人|责任人|领导|单位|日期|时间|电话|联系人|联系电话|联系方式)"
    r"(?:\(.*?\))?:|(?:填表|制表|审核|复核|盖章|签字)\s*(?:\(.*?\))?:"
)
_SIGN = r"[①-⑳⑴-⒇❶-❿⓪*∗※†‡#¹²³⁰⁴-⁹]+|[\[(【〔]\s*(?:注\s*)?\d{1,2}\s*[\])】〕]|[\[(]注[\])]|注\s*\d{1,2}|注[①-⑳]"
_BEHIND = re.compile(rf"(?P<text>.*?\S)\s*(?P<mark>(?:{_SIGN})+)", re.DOTALL)
_BEFORE = re.compile(r"(?P<mark>[*※†‡①-⑳]+)\s*(?P<text>\S.*)", re.DOTALL)


def is_total(name: str) -> bool:
    """Whether a row is called 合计, 小计 or so, with or without spaces between."""
    return _TOTAL.fullmatch(key(name)) is not None


def is_signature(name: str) -> bool:
    """Whether a row begins 填表人：, 联系电话： or so: whatever stands behind it is no figure of the plan's."""
    return _SIGNATURE.match(key(name)) is not None


def is_footnote(name: str) -> bool:
    """Whether a row begins 注：, 数据来源： or with a footnote's mark."""
    return _FOOTNOTE.match(half_width(name).strip()) is not None


def without_mark(text: str) -> tuple[str, str] | None:
    """A text and the footnote mark that stands behind or before it; None where there is none."""
    plain = half_width(text).strip()
    found = _BEHIND.fullmatch(plain) or _BEFORE.fullmatch(plain)
    return (found["text"], found["mark"]) if found else None
