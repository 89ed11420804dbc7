"""Propose the wordings that a plan cites for an indicator as its aliases."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import yaml

from czurban.model.faults import finding
from czurban.model.finding import Correction, Finding, say
from czurban.model.text import differs_by_a_slip, key
from czurban.reading.autofix.edits import Edit, EntryKind, Proposal, entries, is_written_plainly, write_scalar
from czurban.reading.yaml.nodes import Lines, child, compose, end_of, items_in, place_of, start_of

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
        at = start_of(node) + 1
        return at, at, ", ".join(words)
    at = end_of(node.value[-1], lines.text)
    if node.flow_style:
        return at, at, "".join(f", {word}" for word in words)
    column = node.value[-1].start_mark.column
    dash = lines.up_to(start_of(node.value[-1]))
    indent = dash[: dash.index("-")] + "-" + " " * (column - dash.index("-") - 1)
    return _below(at, [indent + word for word in words], lines)


def _scalar_to_list(node: yaml.ScalarNode, words: Sequence[str], text: str) -> Replacement | None:
    start, end = start_of(node), end_of(node, text)
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
                findings.append(_shared_wording(path, citation, wording, _text(child(nodes[others[0]], "name"))))
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


def _shared_wording(path: str, node: yaml.Node, wording: str, other: str) -> Finding:
    message = say(
        "“{wording}” is cited here, but it is also a name or citation of “{other}”.", wording=wording, other=other
    )
    return finding(
        "P110", place_of(path, node), message, say("Write which of the two is meant; `czurban fix` does not choose.")
    )
