"""Propose to sort the keys of entries, with the comments above them, and cited wordings as aliases."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from czurban.model.faults import finding
from czurban.model.finding import Correction, Finding, Message, Place, say
from czurban.model.text import differs_by_a_slip, key
from czurban.reading.autofix.edits import Edit, EntryKind, Proposal, entries, is_written_plainly, write_scalar
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.plan.task_shapes import GroupShape, TaskShape
from czurban.reading.yaml.nodes import Lines, child, compose, end_of, items_in, pairs_in, place_of
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
    start = entry.start_mark.index
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
        begin = key_node.start_mark.index
        opening = lines.up_to(begin)
        if key_node.start_mark.column != column or not _OPENING.fullmatch(opening) or (n and opening.strip()):
            raise _LeftError(_SHARED_LINES)
        top = lines.of(begin)
        _, before, value = pairs[n - 1]
        while n and top - 1 > lines.of(max(end_of(value, lines.text) - 1, before.start_mark.index)):
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


Replacement = tuple[int, int, str]
"""The first character of a span, the character behind it, and the text that replaces it."""


def _new_aliases(entry: yaml.MappingNode, names: Sequence[str], lines: Lines) -> Replacement | None:
    """Return the edit that adds these aliases; None where there is no safe place for them."""
    words = [write_scalar(name) for name in names]
    aliases = child(entry, "aliases")
    if aliases is None:
        return _new_key(entry, ", ".join(words), lines)
    if isinstance(aliases, yaml.ScalarNode):
        return _scalar_to_list(aliases, words, lines.text)
    if isinstance(aliases, yaml.SequenceNode):
        return _append_to_list(aliases, words, lines)
    return None


def _append_to_list(node: yaml.SequenceNode, words: Sequence[str], lines: Lines) -> Replacement:
    if not node.value:
        at = node.start_mark.index + 1
        return at, at, ", ".join(words)
    at = end_of(node.value[-1], lines.text)
    if node.flow_style:
        return at, at, "".join(f", {word}" for word in words)
    column = node.value[-1].start_mark.column
    dash = lines.up_to(node.value[-1].start_mark.index)
    indent = dash[: dash.index("-")] + "-" + " " * (column - dash.index("-") - 1)
    return _below(at, [indent + word for word in words], lines)


def _scalar_to_list(node: yaml.ScalarNode, words: Sequence[str], text: str) -> Replacement | None:
    start, end = node.start_mark.index, end_of(node, text)
    if not node.value or not is_written_plainly(text[start:end], node.value, node.style):
        return None
    return start, end, f"[{', '.join((write_scalar(node.value, node.style), *words))}]"


def _new_key(entry: yaml.MappingNode, words: str, lines: Lines) -> Replacement | None:
    name = child(entry, "name")
    if name is None:
        return None
    at = end_of(name, lines.text)
    if entry.flow_style:
        return at, at, f", aliases: [{words}]"
    return _below(at, [" " * entry.start_mark.column + f"aliases: [{words}]"], lines)


def _below(at: int, rows: Sequence[str], lines: Lines) -> Replacement:
    """Return the insertion of new lines below the line of a character."""
    number = lines.of(at - 1)
    bare = lines.line(number).rstrip("\r\n\x85\u2028\u2029")
    place = lines.starts[number] + len(bare)
    return place, place, "".join(lines.ending + row for row in rows)


def add_aliases(file: str, path: str, text: str) -> Proposal:
    """Propose the missing aliases; report a wording that two indicators would share instead of adding it."""
    nodes = [node for kind, node in entries(file, compose(text)) if kind is EntryKind.INDICATOR]
    missing = [_missing_aliases(node) for node in nodes]
    owners: defaultdict[str, set[int]] = defaultdict(set)
    for n, node in enumerate(nodes):
        for name in (*_names(node), _text(child(node, "id")), _text(child(node, "no")), *missing[n]):
            owners[key(name)].add(n)
    lines, edits, findings = Lines(text), list[Edit](), list[Finding]()
    for n, node in enumerate(nodes):
        names = []
        for wording, citation in missing[n].items():
            others = sorted(owners[key(wording)] - {n})
            if others:
                values = {"wording": wording, "other": _text(child(nodes[others[0]], "name"))}
                message = say("“{wording}” is cited here, but it is also a name or citation of “{other}”.", **values)
                hint = say("Write which of the two is meant; `czurban fix` does not choose.")
                findings.append(finding("P110", place_of(path, citation), message, hint))
            else:
                names.append(wording)
        edits += _edits(path, node, names, lines)
    return Proposal(tuple(edits), findings=tuple(findings))


def _missing_aliases(node: yaml.Node) -> dict[str, yaml.Node]:
    """Return the cited wordings that are not names of this indicator, each with its first node."""
    known = {key(name) for name in (*_names(node), _text(child(node, "id")))}
    names = set(known)
    wordings: dict[str, yaml.Node] = {}
    for citation in items_in(child(node, "cited")):
        wording = child(citation, "wording")
        text = _text(wording)
        slip = any(differs_by_a_slip(key(text), name) for name in names)  # most likely mistyped, so validate reports it
        if wording is not None and text and key(text) not in known and not slip:
            known.add(key(text))
            wordings[text] = wording
    return wordings


def _names(node: yaml.Node) -> Iterator[str]:
    yield _text(child(node, "name"))
    aliases = child(node, "aliases")
    yield from map(_text, [aliases] if isinstance(aliases, yaml.ScalarNode) else items_in(aliases))


def _text(node: yaml.Node | None) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _edits(path: str, node: yaml.MappingNode, names: list[str], lines: Lines) -> Iterator[Edit]:
    change = _new_aliases(node, names, lines) if names else None
    if change is None:
        return
    values = {"wordings": "、".join(names), "name": _text(child(node, "name"))}
    message = say("“{wordings}” is cited for “{name}” and becomes an alias of it.", **values)
    yield Edit(*change, Correction(place_of(path, node), message))
