"""Which indicator a row means, by its number and its name, and what to say when they do not agree."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.text import half_width
from czurban.reading.asides import without_mark

_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.、)]|\(\d{1,3}\))\s*")
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_LONGEST_SHOWN = 40


def shorten(text: str) -> str:
    """Cut a cell's text for a message; the file still holds the whole."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else flat[: _LONGEST_SHOWN - 1] + "…"


@dataclass(slots=True)
class Naming:
    """Finds indicators for the rows of one sheet; `ignore_numbers` when its numbers only count the rows.

    `marks` are the footnote marks that names carry which are known without them.
    """

    plan: Plan
    ignore_numbers: bool = False
    marks: dict[str, str] = field(default_factory=dict)
    _names: dict[str, Indicator | None] = field(default_factory=dict)

    def by_name(self, text: str) -> Indicator | None:
        """Find by name; else without a leading 「1.」 or trailing 「（%）」, at last without a footnote mark 「①」."""
        if text not in self._names:
            self._names[text] = self._bare(text) or self._unmarked(text)
        return self._names[text]

    def _bare(self, text: str) -> Indicator | None:
        plain = half_width(text)
        bare = _NUMBERED.sub("", plain)
        tries = (plain, bare, _BRACKETED.sub("", plain), _BRACKETED.sub("", bare))
        return next((one for name in tries if (one := self.plan.indicator(name))), None)

    def _unmarked(self, text: str) -> Indicator | None:
        found = without_mark(text)
        one = self._bare(found[0]) if found else None
        if found and one:
            self.marks[text] = found[1]
        return one

    def by_number(self, text: str) -> Indicator | None:
        """Find by id or by the number of the plan's main table."""
        return self.plan.indicator(text.removesuffix(".0")) if text and not self.ignore_numbers else None

    def find(self, number: str, name: str, place: Callable[[], Place]) -> Indicator | Finding:
        """Find the row's indicator, or say why there is none, at its place. Two that disagree settle nothing."""
        named, numbered = self.by_name(name) if name else None, self.by_number(number)
        if name and named is None:
            return self._unknown(name, place())
        if named and numbered and named is not numbered:
            return _disagree(number, numbered, name, place())
        return named or numbered or self._unknown(number, place())

    def _unknown(self, text: str, place: Place) -> Finding:
        return finding("S201", place, say("The plan has no indicator “{name}”.", name=shorten(text)), self._near(text))

    def _near(self, text: str) -> Message:
        near = self.plan.near_indicators(_BRACKETED.sub("", _NUMBERED.sub("", half_width(text))))
        if near:
            return say("Did you mean {names}?", names=" / ".join(near))
        return say("`czurban list indicators` shows every name and number.")


def _disagree(number: str, numbered: Indicator, name: str, place: Place) -> Finding:
    message = say(
        "The row's number {number} is “{numbered}”, but its name is “{name}”; the value is not used.",
        number=shorten(number),
        numbered=numbered.name,
        name=shorten(name),
    )
    hint = say("Write the plan's own number, or leave the number column out: the name is enough.")
    return finding("S202", place, message, hint)


def counts_rows(naming: Naming, pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a number column only counts the rows 1, 2, 3 … of a sheet about other indicators.

    So it is when the numbers run from 1 without a break, disagree with the names, and most names lie outside the
    numbers used. Where most lie inside, it is the plan's numbering with rows shuffled, and nothing is assumed.
    """
    named: list[Indicator] = []
    for number, name in pairs:
        if number and (one := naming.by_name(name)):
            named.append(one)
            if number.removesuffix(".0") != str(len(named)):
                return False
    inside = sum(one.no is not None and one.no <= len(named) for one in named)
    return 2 * inside <= len(named) and any(number != one.no for number, one in enumerate(named, 1))
