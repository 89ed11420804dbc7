"""Find the indicator of a row by its number and its name, with or without a mark, a number and brackets around it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, did_you_mean, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.text import half_width, key
from czurban.reading.submission.brackets import NO_BRACKET, BracketText, combine, read_bracket
from czurban.reading.submission.cell import is_figure

_SIGN = r"[①-⑳⑴-⒇❶-❿⓪*∗※†‡#¹²³⁰⁴-⁹]+|[\[(【〔]\s*(?:注\s*)?\d{1,2}\s*[\])】〕]|[\[(]注[\])]|注\s*\d{1,2}|注[①-⑳]"
_BEHIND = rf"(?s:(?P<text>.*?\S)\s*(?P<mark>(?:{_SIGN})+))"
_BEFORE = r"(?s:(?P<mark>[*※†‡①-⑳]+)\s*(?P<text>\S.*))"
_OTHER_DELIMITERS = "[,，、;；|\t]"
_LONGEST = 200
"""Characters of the longest name; longer texts are not searched, which could take long."""


def without_mark(text: str) -> tuple[str, str] | None:
    """Return a text and the footnote mark behind or before it; None where there is none."""
    if len(text) > _LONGEST or text.isalpha():
        return None
    plain = half_width(text).strip()
    match = re.fullmatch(_BEHIND, plain) or re.fullmatch(_BEFORE, plain)
    return (match["text"], match["mark"]) if match else None


_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_NUMBERED = re.compile(
    rf"^(?:\s*(?:\d{{1,3}}(?:\.\d{{1,3}})+[.、]?(?!\d)|{_COUNT}\s*[.、)]|\({_COUNT}\)|其中:|[①-⑳▲△★☆●○■□◆◇#]))+\s*"
)
"""The numbers and marks before a name: 1. 1.1 (1) 一、 （一） ▲ ★ # 其中："""
_BRACKETED = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")
_DATED = re.compile(r"(?P<when>(?:19|20)\d\d年)度?(?:末|底)?")
_MOST_BRACKETS = 3
_MOST_NEAR = 20
_SHOWN = 40
_LIST = say("`czurban list indicators` shows every name and number.")


@lru_cache(maxsize=1 << 12)
def without_number(text: str) -> str:
    """Return a name without the numbers and marks before it and the colon behind it."""
    return _NUMBERED.sub("", half_width(text)).strip(" :")


def shorten(text: str) -> str:
    """Shorten a cell's text for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


@dataclass(slots=True)
class Naming:
    """Finds indicators for the rows of one sheet; `ignore_numbers` is set where its numbers only count the rows.

    By the name as written, `marks` has the footnote mark of a name that is known without it, and `brackets` what its
    brackets state. `hints` are suggestions for unknown names of the sheet; the search takes long, so they are few.
    """

    plan: Plan
    hints: dict[str, Message] = field(default_factory=dict)
    ignore_numbers: bool = False
    marks: dict[str, str] = field(default_factory=dict)
    brackets: dict[str, BracketText] = field(default_factory=dict)
    _names: dict[str, Indicator | None] = field(default_factory=dict)

    def by_name(self, text: str) -> Indicator | None:
        """Find by name, else without a leading 「1.」 or trailing 「（%）」, else without a footnote mark 「①」."""
        if text not in self._names:
            indicator = self._by_bare_name(text, text)
            marked = without_mark(text) if indicator is None else None
            if marked and (indicator := self._by_bare_name(marked[0], text)):
                self.marks[text] = marked[1]
            self._names[text] = indicator
        return self._names[text]

    def _by_bare_name(self, text: str, written: str) -> Indicator | None:
        """Find a name unchanged, then without a number and colon, then without brackets that are understood."""
        first, _, rest = half_width(text).strip().partition(" ")
        if (numbered := self.plan.indicator(first)) and numbered is self.plan.indicator(rest):
            return numbered  # AHS-1.1 Adult literacy
        name = without_number(text)
        if indicator := self.plan.indicator(half_width(text)) or self.plan.indicator(name):
            return indicator
        if (dated := _DATED.match(name)) and (indicator := self.plan.indicator(name[dated.end() :])):
            return self._if_understood(indicator, [dated["when"]], written)
        insides: list[str] = []
        while (match := _BRACKETED.search(name)) and len(insides) < _MOST_BRACKETS:
            insides.append(match["inside"])
            name = name[: match.start()]
            if indicator := self.plan.indicator(name):
                return self._if_understood(indicator, insides, written)
        return None

    def _if_understood(self, indicator: Indicator, insides: Iterable[str], written: str) -> Indicator | None:
        """Note what the brackets of a name state; None where one is not understood, or two state the same thing."""
        stated: BracketText | None = NO_BRACKET
        for inside in insides:
            if key(inside) != key(indicator.scope):
                text = read_bracket(inside, (indicator.unit.name, *indicator.unit_aliases), self.plan)
                stated = combine(stated, text) if stated is not None and text is not None else None
        if stated is None:
            return None
        self.brackets[written] = stated
        return indicator

    def by_number(self, text: str) -> Indicator | None:
        """Find by id or by the number of the plan's main table."""
        if not text or self.ignore_numbers:
            return None
        return self.plan.indicator(half_width(text)) or self.plan.indicator(text.removesuffix(".0"))

    def is_statement(self, number: str, name: str) -> bool:
        """Return whether a row's indicator is judged by a stage, so that its value is a text."""
        indicator = self.by_name(name) or self.by_number(number)
        return indicator is not None and indicator.target.ladder is not None

    def is_several_cells(self, text: str) -> bool:
        """Return whether a text is a row whose delimiters are not those of the table: 城镇新增就业人数，万人，1.6."""
        parts = [part.strip() for part in re.split(_OTHER_DELIMITERS, text)] if len(text) <= _LONGEST else []
        names = any(not part.isdecimal() and self.by_name(part) for part in parts[:-1])
        return names and any(is_figure(part) for part in parts[1:])

    def find(self, number: str, name: str, place: Callable[[], Place]) -> Indicator | Finding:
        """Find the row's indicator, or return the finding why there is none; a name and a number must agree."""
        named, numbered = self.by_name(name) if name else None, self.by_number(number)
        if name and named is None:
            return self._unknown(name, place())
        if named and numbered and named is not numbered:
            values = {"number": shorten(number), "numbered": numbered.name, "name": shorten(name)}
            message = say(
                "The row's number {number} is “{numbered}”, but its name is “{name}”; the value is not used.", **values
            )
            hint = say("Write the plan's own number, or leave the number column out: the name is enough.")
            return finding("S202", place(), message, hint)
        return named or numbered or self._unknown(number, place())

    def _unknown(self, text: str, place: Place) -> Finding:
        message = say("The plan has no indicator “{name}”.", name=shorten(text))
        bare = _BRACKETED.sub("", _NUMBERED.sub("", half_width(text)))
        if self.plan.indicator(bare):
            message = say(
                "The bracket behind “{name}” is not understood and may mean another figure; the value is not used.",
                name=shorten(text),
            )
        return finding("S201", place, message, self._near(bare))

    def _near(self, bare: str) -> Message:
        if bare not in self.hints and len(self.hints) < _MOST_NEAR:
            self.hints[bare] = did_you_mean(self.plan.near_indicators(bare)) or _LIST
        return self.hints.get(bare) or _LIST
