"""Propose to sort the keys of entries, with the comments above them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from czurban.model.finding import Correction, Message, Place, say
from czurban.reading.autofix.edits import Edit, EntryKind, Proposal, entries
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.plan.task_shapes import GroupShape, TaskShape
from czurban.reading.yaml.nodes import Lines, compose, end_of, pairs_in, place_of, start_of
from czurban.reading.yaml.shapes import keys_of

_ORDERS = {
    EntryKind.INDICATOR: tuple(keys_of(IndicatorShape)),
    EntryKind.TASK: tuple(keys_of(TaskShape)),
    EntryKind.DEPARTMENT: tuple(keys_of(GroupShape)),
}
_OPENING = re.compile(r" *(?:- +)?")
_KEEPS_BLANKS = re.compile(r"[|>]\d?\+")  # a text in block style that keeps the blank lines after it
_UNCLEAR = say(
    "Its keys are not in order, but it is not clear which key a comment belongs to, so they are left as they are."
)
_UNKNOWN = say("Its keys are not in order, but some of them are not known, so they are left as they are.")
_SHARED_LINES = say("Its keys are not in order, but they are not on separate lines, so they are left as they are.")


@dataclass(frozen=True, slots=True)
class _KeyLines:
    """One key with its lines, without the dash, and the comments and blank lines above it."""

    key: str
    above: str
    lines: str


class _LeftError(Exception):
    """The entry is left alone for a reason."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def arrange(file: str, path: str, text: str) -> Proposal:
    """Propose to sort the keys of entries in block style as in docs/reference/plan-format.md."""
    edits, left = [], []
    lines = Lines(text)
    for kind, entry in entries(file, compose(text)):
        names = [name for name, _, _ in pairs_in(entry)]
        order = _ORDERS.get(kind, ())
        if entry.flow_style or not order or names == _sorted(names, order):
            continue
        place = place_of(path, entry)
        try:
            edits.append(_edit(entry, order, lines, place))
        except _LeftError as error:
            left.append(Correction(place, error.why))
    return Proposal(tuple(edits), tuple(left))


def _sorted(names: Sequence[str], order: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _edit(entry: yaml.MappingNode, order: Sequence[str], lines: Lines, place: Place) -> Edit:
    pieces = list(_split_keys(entry, lines))
    if any(piece.key not in order for piece in pieces):
        raise _LeftError(_UNKNOWN)
    wanted = sorted(pieces, key=lambda piece: order.index(piece.key))
    if wanted[0] is not pieces[0] and wanted[0].above:
        raise _LeftError(_UNCLEAR)  # above the dash it would be a comment on the whole entry
    start = start_of(entry)
    column = entry.start_mark.column
    old, new = _joined(pieces, column), _joined(wanted, column)
    if not old.endswith(("\n", "\r")):  # the last line of the file lacks its end, and is moved
        pieces[-1] = replace(pieces[-1], lines=pieces[-1].lines + lines.ending)
        wanted = sorted(pieces, key=lambda piece: order.index(piece.key))
        new = _joined(wanted, column).removesuffix(lines.ending)
    first = next(piece.key for piece, other in zip(wanted, pieces, strict=True) if piece is not other)
    message = say("The keys are sorted as in docs/reference/plan-format.md, beginning with {key}.", key=first)
    return Edit(start, start + len(old), new, Correction(place, message))


def _split_keys(entry: yaml.MappingNode, lines: Lines) -> Iterator[_KeyLines]:
    """Split an entry into its keys. The first begins after the dash, all others after their indentation."""
    pairs = list(pairs_in(entry))
    column, last = entry.start_mark.column, 0
    for n, (name, key_node, _) in enumerate(pairs):
        begin = start_of(key_node)
        opening = lines.up_to(begin)
        if key_node.start_mark.column != column or not _OPENING.fullmatch(opening) or (n and opening.strip()):
            raise _LeftError(_SHARED_LINES)
        top = lines.of(begin)
        while n and top - 1 > lines.of(max(end_of(pairs[n - 1][2], lines.text) - 1, start_of(pairs[n - 1][1]))):
            top -= 1
        above = "".join(lines.line(number) for number in range(top, lines.of(begin)))
        _check_comments_above(above, column)
        last = max(end_of(pairs[n][2], lines.text) - 1, begin)
        text = "".join(lines.line(number) for number in range(lines.of(begin), lines.of(last) + 1))
        if _KEEPS_BLANKS.search(text):
            raise _LeftError(_SHARED_LINES)
        yield _KeyLines(name, above, text[len(opening) :])
    _check_comments_below(lines, lines.of(last) + 1, column)


def _check_comments_above(above: str, column: int) -> None:
    """Refuse comments that are not at the column of the key below, or separated from it by a blank line."""
    has_comment = False
    for line in above.splitlines():
        bare = line.strip()
        if (bare and line.index(bare) != column) or (has_comment and not bare):
            raise _LeftError(_UNCLEAR)
        has_comment = has_comment or bool(bare)


def _check_comments_below(lines: Lines, number: int, column: int) -> None:
    """Refuse a comment below the last key at the column of the keys, since it belongs to no key."""
    while number < len(lines.starts):
        line = lines.line(number)
        bare = line.strip()
        if bare.startswith("#") and line.index(bare) >= column:
            raise _LeftError(_UNCLEAR)
        if bare and not bare.startswith("#"):
            return
        number += 1


def _joined(pieces: Sequence[_KeyLines], column: int) -> str:
    indent = " " * column
    return pieces[0].lines + "".join(piece.above + indent + piece.lines for piece in pieces[1:])
