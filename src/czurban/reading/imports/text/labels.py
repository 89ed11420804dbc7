"""Recognise the labels that headings and numbered paragraphs begin with: 第一章, 三、, Action 2.1:."""

import re
from typing import NamedTuple

from czurban.model.period import parse_period
from czurban.model.text import half_width
from czurban.reading.imports.text.document import TextParagraph

_CHINESE = "[一二三四五六七八九十百]+"
_NUMBERED = r"\d+(?:\.\d+)*)[.:)]?\s*[–—-]?\s*"
_LABELS = (
    ("action", rf"(?:action|task|measure|project|initiative|commitment)\s+([A-Z]{{0,3}}-?{_NUMBERED}"),
    ("objective", rf"(?:objective|target|goal|outcome)\s+([A-Z]?{_NUMBERED}"),
    ("heading number", r"(\d{1,2}(?:\.\d{1,2})?)\s+(?=[A-Z][a-z])"),
    ("theme", r"(?:theme|pillar|priority|chapter|part|section)\s+([A-Z\d]{1,3})[.:)]?\s*[–—-]?\s*"),
    ("code", r"([A-Z]{1,4}-?\d{1,3}(?:\.\d{1,3})?)[.:)]?\s+(?=[A-Z])"),
    ("chapter", rf"第({_CHINESE}|\d{{1,2}})(?:部分|章|篇|节)[\s、:：]*"),
    ("article", rf"第({_CHINESE}|\d{{1,3}})条[\s、:：]*"),
    ("numeral", rf"({_CHINESE})[、.．]\s*"),
    ("bracketed numeral", rf"[（(]({_CHINESE})[)）]、?\s*"),
    ("ordinal", rf"第({_CHINESE})[，,、]\s*"),
    ("task", rf"(?:重点)?(?:任务|行动|专项行动)(\d{{1,3}}|{_CHINESE})[:：、.．\s]\s*"),
    ("two numbers", r"(\d{1,2}[.．]\d{1,3})[.．、\s]\s*"),
    ("number", r"(\d{1,3}(?:[-－—]\d{1,2})?)(?:[.．、](?!\d)|[)）]、?)\s*"),
    ("bracketed number", r"[（(](\d{1,3})[)）][、.．]?\s*"),
    ("circle", r"([①-⑳])\s*"),
)
_PATTERNS = [(style, re.compile(pattern, 0 if style == "code" else re.IGNORECASE)) for style, pattern in _LABELS]


class Label(NamedTuple):
    """The kind of number that a paragraph begins with, and the number as printed."""

    style: str
    number: str


def label_of(paragraph: TextParagraph) -> tuple[Label, str] | None:
    """Return the label of a paragraph and the text behind it; a heading without a number has its level as label."""
    text = paragraph.text
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None or (style == "heading number" and not paragraph.level):
            continue
        if parse_period(half_width(text[: match.end() + 2]).strip()) is None:  # 2019.12.3 is no label
            return Label(style, match[1]), text[match.end() :].strip()
    if paragraph.level:
        return Label(f"heading {paragraph.level}", ""), text
    return None
