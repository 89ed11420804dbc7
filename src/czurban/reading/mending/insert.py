"""Where further aliases go in an entry's text: behind the last of a list, or as a key of their own below the name."""

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from czurban.reading.mending.writing import scalar, written
from czurban.reading.yaml_nodes import Lines, child, end_of, pairs_in, start_of


@dataclass(frozen=True, slots=True)
class Insertion:
    """Characters `start` to `end` give way to `text`."""

    start: int
    end: int
    text: str


def insertion(entry: yaml.MappingNode, names: Sequence[str], lines: Lines) -> Insertion | None:
    """Return the edit that adds these aliases; None where the text gives it no safe place."""
    words = [scalar(name) for name in names]
    aliases = child(entry, "aliases")
    if aliases is None:
        return _new_key(entry, ", ".join(words), lines)
    if isinstance(aliases, yaml.ScalarNode):
        return _one_to_list(aliases, words, lines.text)
    if isinstance(aliases, yaml.SequenceNode):
        return _in_list(aliases, words, lines)
    return None


def _in_list(node: yaml.SequenceNode, words: Sequence[str], lines: Lines) -> Insertion:
    if not node.value:
        at = start_of(node) + 1
        return Insertion(at, at, ", ".join(words))
    at = end_of(node.value[-1], lines.text)
    if node.flow_style:
        return Insertion(at, at, "".join(f", {word}" for word in words))
    column = node.value[-1].start_mark.column
    dash = lines.up_to(start_of(node.value[-1]))
    indent = dash[: dash.index("-")] + "-" + " " * (column - dash.index("-") - 1)
    return _below(at, [indent + word for word in words], lines)


def _one_to_list(node: yaml.ScalarNode, words: Sequence[str], text: str) -> Insertion | None:
    start, end = start_of(node), end_of(node, text)
    if not node.value or not written(text[start:end], node.value, node.style):
        return None
    return Insertion(start, end, f"[{', '.join((scalar(node.value, node.style), *words))}]")


def _new_key(entry: yaml.MappingNode, words: str, lines: Lines) -> Insertion | None:
    found = next(((key, value) for name, key, value in pairs_in(entry) if name == "name"), None)
    if found is None:
        return None
    at = end_of(found[1], lines.text)
    if entry.flow_style:
        return Insertion(at, at, f", aliases: [{words}]")
    return _below(at, [" " * entry.start_mark.column + f"aliases: [{words}]"], lines)


def _below(at: int, rows: Sequence[str], lines: Lines) -> Insertion:
    """New lines below the line of a character, whose own end they take over where it is the file's last."""
    number = lines.of(at - 1)
    bare = lines.line(number).rstrip("\r\n\x85\u2028\u2029")
    place = lines.starts[number] + len(bare)
    return Insertion(place, place, "".join(lines.ending + row for row in rows))
