"""The keys of an entry in the order that docs/reference/plan-format.md shows, each with its lines and its comments.

Full-width digits and signs in figures, made half-width; nothing else of a value is touched.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from czurban.model.finding import Correction, Message, Place, say
from czurban.reading.autofix.edits import (
    FIGURES,
    Edit,
    EntryKind,
    PlanEntry,
    Proposal,
    entries,
    plain_figure,
    scalar,
    written,
)
from czurban.reading.yaml.nodes import Lines, compose, end_of, pairs_in, start_of
from czurban.reading.yaml.shapes import DepartmentShape, IndicatorShape, TaskShape, keys_of

_ORDERS = {
    EntryKind.INDICATOR: tuple(keys_of(IndicatorShape)),
    EntryKind.TASK: tuple(keys_of(TaskShape)),
    EntryKind.DEPARTMENT: tuple(keys_of(DepartmentShape)),
}
_OPENING = re.compile(r" *(?:- +)?")
_KEEPS = re.compile(r"[|>]\d?\+")  # a text in block style that keeps the blank lines behind it, wherever it stands
_UNCLEAR = say("Its keys are not in their order, but one cannot tell which key a comment belongs to: left alone.")
_FOREIGN = say("Its keys are not in their order, but some of them are not known: left alone.")
_FORM = say("Its keys are not in their order, but they do not each stand on a line of their own: left alone.")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One key with its lines: those of the comments and blank lines above it, and its own, without the dash."""

    key: str
    above: str
    own: str


class _LeftError(Exception):
    """The entry is left alone, and why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def arrange(file: str, path: str, text: str) -> Proposal:
    """Propose the order of keys for entries in block style; those in braces keep the order they were given."""
    edits, left = [], []
    lines = Lines(text)
    for entry in entries(file, compose(text)):
        names = [name for name, _, _ in pairs_in(entry.node)]
        order = _ORDERS.get(entry.kind, ())
        if entry.node.flow_style or not order or names == _sorted(names, order):
            continue
        place = Place(path, entry.node.start_mark.line + 1, entry.node.start_mark.column + 1)
        try:
            edits.append(_edit(entry, order, lines, place))
        except _LeftError as error:
            left.append(Correction(place, error.why))
    return Proposal(tuple(edits), tuple(left))


def _sorted(names: Sequence[str], order: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def _edit(entry: PlanEntry, order: Sequence[str], lines: Lines, place: Place) -> Edit:
    pieces = list(_pieces(entry, lines))
    if any(piece.key not in order for piece in pieces):
        raise _LeftError(_FOREIGN)
    wanted = sorted(pieces, key=lambda piece: order.index(piece.key))
    if wanted[0] is not pieces[0] and wanted[0].above:
        raise _LeftError(_UNCLEAR)  # it would come to stand above the dash, where it speaks of the whole entry
    start = start_of(entry.node)
    column = entry.node.start_mark.column
    old, new = _joined(pieces, column), _joined(wanted, column)
    if not old.endswith(("\n", "\r")):  # the last line of the file lacks its end, and is the last no longer
        pieces[-1] = replace(pieces[-1], own=pieces[-1].own + lines.ending)
        wanted = sorted(pieces, key=lambda piece: order.index(piece.key))
        new = _joined(wanted, column).removesuffix(lines.ending)
    first = next(piece.key for piece, other in zip(wanted, pieces, strict=True) if piece is not other)
    message = say("The keys stand in the order of docs/reference/plan-format.md, beginning with {key}.", key=first)
    return Edit(start, start + len(old), new, Correction(place, message))


def _pieces(entry: PlanEntry, lines: Lines) -> Iterator[_Piece]:
    """Cut the entry into its keys. The first begins behind the dash, all others behind their indentation."""
    pairs = list(pairs_in(entry.node))
    column, last = entry.node.start_mark.column, 0
    for n, (name, key, _) in enumerate(pairs):
        begin = start_of(key)
        opening = lines.up_to(begin)
        if key.start_mark.column != column or not _OPENING.fullmatch(opening) or (n and opening.strip()):
            raise _LeftError(_FORM)
        top = lines.of(begin)
        while n and top - 1 > lines.of(max(end_of(pairs[n - 1][2], lines.text) - 1, start_of(pairs[n - 1][1]))):
            top -= 1
        above = "".join(lines.line(number) for number in range(top, lines.of(begin)))
        _check(above, column)
        last = max(end_of(pairs[n][2], lines.text) - 1, begin)
        own = "".join(lines.line(number) for number in range(lines.of(begin), lines.of(last) + 1))
        if _KEEPS.search(own):
            raise _LeftError(_FORM)
        yield _Piece(name, above, own[len(opening) :])
    _check_below(lines, lines.of(last) + 1, column)


def _check(above: str, column: int) -> None:
    """Comments belong to the key below them if they stand at its column and no blank line parts them from it."""
    told = False
    for line in above.splitlines():
        bare = line.strip()
        if (bare and line.index(bare) != column) or (told and not bare):
            raise _LeftError(_UNCLEAR)
        told = told or bool(bare)


def _check_below(lines: Lines, number: int, column: int) -> None:
    """A comment below the last key, still at the column of the keys, belongs to nothing that one could name."""
    while number < len(lines.starts):
        line = lines.line(number)
        bare = line.strip()
        if bare.startswith("#") and line.index(bare) >= column:
            raise _LeftError(_UNCLEAR)
        if bare and not bare.startswith("#"):
            return
        number += 1


def _joined(pieces: Sequence[_Piece], column: int) -> str:
    indent = " " * column
    return pieces[0].own + "".join(piece.above + indent + piece.own for piece in pieces[1:])


def narrow(file: str, path: str, text: str) -> Proposal:
    """Propose half-width figures. A figure that reads otherwise afterwards, or not at all, stays as it is."""
    return Proposal(tuple(_edits(file, path, text)))


def _edits(file: str, path: str, text: str) -> Iterator[Edit]:
    for entry in entries(file, compose(text)):
        for key, _, node in pairs_in(entry.node):
            read = FIGURES[entry.kind].get(key)
            if read and isinstance(node, yaml.ScalarNode) and (edit := _width_edit(path, text, node, key, read)):
                yield edit


def _width_edit(path: str, text: str, node: yaml.ScalarNode, key: str, read: Callable[[str], object]) -> Edit | None:
    value, plain = str(node.value), plain_figure(node.value, key)
    start, end = start_of(node), end_of(node, text)
    if plain == value or not written(text[start:end], value, node.style):
        return None
    before, after = read(value), read(plain)
    if after is None or before not in (None, after):
        return None
    place = Place(path, node.start_mark.line + 1, node.start_mark.column + 1)
    message = say("{key}: “{value}” is written {plain}.", key=key, value=value, plain=plain)
    return Edit(start, end, scalar(plain, node.style), Correction(place, message))
