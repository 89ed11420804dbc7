"""A document cut into the sheets of a workbook, each under a name that spreadsheet programs take."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from czurban.model.safe_text import one_line
from czurban.reporting.document import Block, Document, Heading

_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and what stands on it."""

    name: str
    blocks: tuple[Block, ...]


def sheets(document: Document) -> list[Sheet]:
    """Cut at headings of level 2 and at those that name a sheet; what stands before them stands atop the first."""
    gathered: dict[str, list[Block]] = {}
    waiting: list[Block] = []
    on = waiting
    for block in document.blocks:
        if isinstance(block, Heading) and (block.sheet or block.level == 2):  # noqa: PLR2004
            on = gathered.setdefault(block.sheet or block.text, [])
        on.append(block)
    if not gathered:
        title = next((block.text for block in waiting if isinstance(block, Heading)), "")
        gathered[title] = []
    first = next(iter(gathered.values()))
    first[:0] = waiting
    return [Sheet(name, tuple(blocks)) for name, blocks in zip(names(gathered), gathered.values(), strict=True)]


def names(wanted: Iterable[str]) -> list[str]:
    """The names as a spreadsheet program takes them: short, without its own signs, no two alike but for their case."""
    taken: dict[str, str] = {}
    for number, text in enumerate(wanted, 1):
        safe = _cut(_FORBIDDEN.sub(" ", one_line(text)).strip("' "), _MOST) or str(number)
        name, again = f"{safe}_" if safe.casefold() == "history" else safe, 1
        while name.casefold() in taken:
            again += 1
            name = f"{_cut(safe, _MOST - len(str(again)) - 3)} ({again})"
        taken[name.casefold()] = name
    return list(taken.values())


def _cut(text: str, most: int) -> str:
    """Cut as spreadsheet programs count: in halves of characters beyond the first 65 536."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip("' ")
