"""Split text at punctuation outside brackets and quotation marks, and recognise the words that clauses begin with."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPEN, _CLOSE = "（(《“「『〔[【", "）)》”」』〕]】"
_LONGEST = 4000
"""The most characters of brackets that are kept together; beyond it, a bracket was never closed."""


class Segment(NamedTuple):
    """A piece of a text, and the mark that ends it; empty at the end of the text."""

    text: str
    end: str = ""


def split_outside(text: str, marks: str) -> Iterator[Segment]:
    """Yield the pieces between marks that are outside brackets and quotation marks; blank ones are left out."""
    depth, start = 0, 0
    closes = sum(text.count(mark) for mark in _CLOSE)
    for at, char in enumerate(text):
        if char in _OPEN and closes:
            depth += 1
        elif char in _CLOSE:
            depth, closes = max(depth - 1, 0), closes - 1
        elif char in marks and (depth == 0 or not closes):
            if text[start:at].strip():
                yield Segment(text[start:at].strip(), char)
            start = at + 1
    if text[start:].strip():
        yield Segment(text[start:].strip())


def is_english(text: str) -> bool:
    """Return whether a text has Latin words and no Chinese ones."""
    return not re.search(r"[\u4e00-\u9fff]", text) and bool(re.search(r"[A-Za-z]{2}", text))


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a paragraph; a semicolon ends one too."""
    for segment in split_outside(text, "。；;！!\n"):
        yield segment.text


def outside_brackets(text: str) -> str:
    """Return a text of the same length, with blanks in place of what is in brackets or quotation marks."""
    return re.sub(
        rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]*[{re.escape(_CLOSE)}]",
        lambda match: "\x01" * len(match[0]),
        text,
    )


YEAR_WORDS = re.compile(
    r"^(?:(?:截至|到|至)?(?P<year>(?:19|20)\d\d)年(?:年?底|年?末|全年|度)?(?:之?前)?(?:[,，]|(?!的))|本年度?|今年|年内|全年"
    r"|(?:到|至)?(?:年底|年末)(?:前)?[,，]?)+"
)
"""The time that a clause begins with: 2019年, 到2022年末，."""
DATE_WORDS = re.compile(
    r"^(?:在|到|于|截至)?(?P<date>(?:(?:19|20)\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|第?[一二三四]季度末?|上半年))"
    r"(?:(?:之|以)?前|内)(?:[，,]|(?=[\u4e00-\u9fff])|$)"
)
"""A date within a year that a clause begins with: 2022年6月底前."""
PLACE_WORDS = re.compile(r"^(?:全市|全县|全区|全省|全州|全镇|全盟|全旗|我[市县区省州])(?:的|共)?")
"""The whole region, which a clause may begin with."""
