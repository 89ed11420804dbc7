"""Columns of free text in a large table: remarks, numbers of rows, and columns that are not known.

Most of their texts say nothing about the figures next to them. Rows that differ only in these are read alike, so that
an engine takes one text for all of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from czurban.model.plan import Plan
from czurban.model.row_outcome import LongNumbers
from czurban.model.text import cell_text, half_width, key, visible
from czurban.model.vocabulary import remark_words
from czurban.reading.submission.header_cell import field_of
from czurban.reading.submission.surroundings.asides import is_footnote
from czurban.reading.submission.surroundings.not_results import LEFT_OUT, is_part, remark_kind
from czurban.reading.submission.surroundings.notes import is_lasting
from czurban.reading.submission.surroundings.remarks import NO_REMARK, SIGNALS, read_remark

WORDS, DIGITS, REST = "~", "7" * 12, "777"
"""What stands for texts that say nothing: for any, for one of digits, and for what can follow a thousands separator.

Digits are kept apart since they may belong to a figure that is split by such a separator.
"""
_DIGITS, _REST = r"^[0-9]+\z", r"^[0-9]{3}(\.[0-9]+)?\z"
_FIRST, _LAST = "一", "龥"
_CONCEPTS = tuple(concept for pair in remark_words.CONCEPTS.split() for concept in pair.split("/"))
_OF_REMARKS = SIGNALS.union("单下其", *remark_words.PARTS.split(), *_CONCEPTS)
"""No text without any of these characters says anything."""
_NO_YEAR = r"(?:[03-9][0-9]*|1(?:[0-8][0-9]*)?|2(?:[1-9][0-9]*)?)"
_TIME = r"(?:19|20)[0-9]{2}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_SIGN = "!-~一-龥，。；：、（）"
"""Characters that no reading of a text leaves out or replaces by a digit."""
_TIMES = (
    r"(^|[^0-9第])(19|20)([0-9]{1,3}|[0-9]{2}(0[1-9]|1[0-2])|[0-9]{6})([^0-9]|$)",
    rf"(19|20)[0-9]{{2}}[^{_SIGN}]*年",
    rf"[0-9][^{_SIGN}]+[0-9]",
    "[０-９]",
)
_LONG_NUMBERS = LongNumbers(300, "|".join((*_TIMES, *LEFT_OUT)), r"[0-9]{3,}", "777")
"""Numbers that are no part of a statement, unless one may be a year, a month or a day, or the name of a region.

A year may be written in two parts (191 201, 2 018年), in full width, in front of a month in Chinese (206一月), or right
behind a day (9月302018年); none follows 第 but in front of 年. A longer remark is not read to its end, which depends on
the length of its numbers.
"""
_MOST_KEPT = 1 << 16


class FreeColumn:
    r"""A column of free text, in which some texts say something about the figures next to them, and most do not.

    `sure` is a regular expression, with `\z` at its end, for texts that surely say nothing; empty without any.
    `stand_ins` are patterns, each with what stands for the texts that match it; the first that matches counts. All this
    holds in rows that have a text in one of the columns `needs`; without any, in all rows. Texts that differ only in
    `long_numbers` say the same.
    """

    def __init__(
        self,
        says: Callable[[str], bool],
        sure: str = "",
        *,
        behind: bool = False,
        needs: Sequence[int] = (),
        long_numbers: LongNumbers | None = None,
    ) -> None:
        r"""Describe the column.

        Args:
            says: decides whether a text, as it is read, says something.
            sure: see above.
            behind: whether the column of values is the one before it.
            needs: see above.
            long_numbers: see above.
        """
        self._says = says
        self.sure = sure
        self.needs = needs
        self.long_numbers = long_numbers
        kinds = ((_REST, REST), (_DIGITS, DIGITS), ("", WORDS))
        self.stand_ins: tuple[tuple[str, str], ...] = kinds if behind else kinds[1:]
        self._known: dict[str, bool] = {}

    @property
    def is_free(self) -> bool:
        """Whether what stands for other texts says nothing itself."""
        return not any(self.says(stand_in) for _, stand_in in self.stand_ins)

    def says(self, text: str) -> bool:
        """Return whether a text says something, or looks different from what is read of it."""
        bare = cell_text(visible(text))
        if (
            not bare
            or (bare.isdecimal() and not bare.isascii())
            or (bare != text and self._kind(bare) != self._kind(text))
        ):
            return True
        numbers, alike = self.long_numbers, bare
        if numbers and len(bare) <= numbers.most and not re.search(numbers.unless, bare):
            alike = re.sub(numbers.number, numbers.stand_in, bare)
        if alike not in self._known:
            if len(self._known) == _MOST_KEPT:
                self._known.clear()
            self._known[alike] = is_footnote(alike) or self._says(alike)
        return self._known[alike]

    def stand_in(self, text: str, *, sure_alone: bool = False) -> str:
        """Return what stands for a text: itself if it is empty, says something, or, if asked, does not match `sure`."""
        if not text or (self.says(text) if not sure_alone else not (self.sure and _matches(self.sure, text))):
            return text
        return self._kind(text)

    def _kind(self, text: str) -> str:
        return next(stand_in for pattern, stand_in in self.stand_ins if _matches(pattern, text))


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern.replace(r"\z", r"\Z"), text) is not None


def remarks(plan: Plan, *, headed: bool, behind: bool, name: int) -> FreeColumn:
    """Return a column of remarks; without a header for them, a text in it may also be a part: 男, 市区.

    A row without a name, in the column `name`, may be a line about all rows.
    """

    def says(text: str) -> bool:
        return _is_remark(text, plan) or (not headed and is_part(text))

    sure = rf"^(?:[{''.join(_silent())}]+|-?{_NO_YEAR}(?:\.[0-9]+)?|{_TIME})\z"
    return FreeColumn(says, sure, behind=behind, needs=[name], long_numbers=_LONG_NUMBERS)


def numbers(plan: Plan, *, behind: bool, needs: Sequence[int]) -> FreeColumn:
    """Return a column of numbers that are not those of indicators.

    A row without a text in one of the columns `needs` may be a heading, of which its last text counts.
    """
    names = (name for each in plan.indicators for name in (each.id, str(each.no or ""), *each.names))
    keys = map(key, [*names, *(region.code for region in plan.regions)])
    longest = max(map(len, filter(str.isdecimal, keys)), default=0)

    def says(text: str) -> bool:
        named = plan.indicator(half_width(text)) or plan.indicator(text.removesuffix(".0"))
        return named is not None or field_of(text, plan) is not None

    return FreeColumn(says, rf"^[0-9]{{{longest + 1},}}\z", behind=behind, needs=needs)


def _is_remark(text: str, plan: Plan) -> bool:
    """Return whether a remark may say something about a figure, of whatever indicator."""
    plain = half_width(text).replace(" ", "")
    return (
        read_remark(text) != NO_REMARK
        or remark_kind(text, plan) is not None
        or "单位" in plain
        or any(concept in plain for concept in _CONCEPTS)
        or is_lasting(text)
    )


def _silent() -> Iterator[str]:
    """Yield the ranges of Chinese characters that have no part in what a remark may say."""
    start = ord(_FIRST)
    for code in [*sorted(ord(char) for char in _OF_REMARKS if _FIRST <= char <= _LAST), ord(_LAST) + 1]:
        if start < code:
            yield f"{chr(start)}-{chr(code - 1)}"
        start = code + 1
