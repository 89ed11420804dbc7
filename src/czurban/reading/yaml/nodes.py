"""The nodes of a YAML text as spans of its characters and lines, for whoever must leave the rest as it is.

Where a character of a text stands in its YAML file, also where the text is quoted, folded or goes on below.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import yaml

from czurban.reading.sources.opening import decode, read_regular
from czurban.reading.yaml.marked import Loader

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # what YAML 1.1 ends a line with


BLANK = " \t\r\n\x85\u2028\u2029"
"""What YAML takes for blank; the ideographic space is text to it."""


class Lines:
    """Which line a character stands in, counted from 0 as the YAML library counts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    @property
    def ending(self) -> str:
        """How the text ends its lines."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    def of(self, index: int) -> int:
        """The line of a character."""
        return bisect_right(self.starts, index) - 1

    def line(self, number: int) -> str:
        """A line with its end."""
        following = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : following]

    def up_to(self, index: int) -> str:
        """What stands before a character in its line."""
        return self.text[self.starts[self.of(index)] : index]


def compose(text: str) -> yaml.Node:
    """The nodes of a text that `read_yaml` took without a finding."""
    root = yaml.compose(text, Loader=Loader)
    assert root is not None  # noqa: S101 - an empty file is a finding
    return root


def start_of(node: yaml.Node) -> int:
    """The first character of a node."""
    return int(node.start_mark.index)


def end_of(node: yaml.Node, text: str) -> int:
    """The end of a node's last character; the library's own mark lies behind the blank lines that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last, text)
    start = start_of(node)
    return start + len(text[start : node.end_mark.index].rstrip(BLANK))


def pairs_in(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Keys with their own nodes and their values'; nothing where the node is no mapping."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name.value, name, value


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value of a key; None where there is none."""
    return next((value for name, _, value in pairs_in(node) if name == key), None)


def items_in(node: yaml.Node | None) -> list[yaml.Node]:
    """The entries of a list; nothing where the node is none."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


_BEFORE = re.compile(r"(?:[&!]\S*\s+)*")
_HEADER = re.compile(r"[^\r\n]*")
_ESCAPED = {"x": 4, "u": 6, "U": 10}


def spot(file: Path, at: Sequence[str | int], index: int) -> tuple[int, int] | None:
    """Line and column of one character of the text at a path of a file; None where the file cannot say."""
    try:
        decoded = decode(read_regular(file, file.parent))
    except OSError:
        return None
    return ScalarPlaces(decoded.text).spot(at, index) if decoded else None


class ScalarPlaces:
    """A YAML text, composed once it is asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    def spot(self, at: Sequence[str | int], index: int) -> tuple[int, int] | None:
        """Line and column, from 1, of one character of the text at a path; None where the YAML cannot say.

        Blanks are not counted: YAML joins lines and drops indentation, but keeps every other character.
        """
        node = _node(self._root, at)
        if not isinstance(node, yaml.ScalarNode):
            return None
        start = node.start_mark.index
        places = list(_characters(self._text[start : node.end_mark.index], node.style))
        number = len("".join(node.value[:index].split()))
        if not places:
            return None
        behind = start + (places[number] if number < len(places) else places[-1] + 1)
        return self._lines.of(behind) + 1, len(self._lines.up_to(behind)) + 1

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            return compose(self._text)
        except (yaml.YAMLError, RecursionError):
            return None

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)


def _node(root: yaml.Node | None, at: Sequence[str | int]) -> yaml.Node | None:
    """The node at a path, or the text that its way ends at."""
    for step in at:
        if isinstance(step, int):
            items = items_in(root)
            root = items[step] if step < len(items) else None
        elif not isinstance(root, yaml.ScalarNode):
            root = child(root, step)
    return root


def _characters(raw: str, style: str | None) -> Iterator[int]:
    """Where each character that is no blank stands in the text as it is written."""
    before = _BEFORE.match(raw)
    at = before.end() if before else 0
    end = len(raw)
    if style in ("|", ">"):
        header = _HEADER.match(raw, at)
        at = header.end() if header else at
    elif style in ("'", '"'):
        at, end = at + 1, end - 1
    while at < end:
        width = _width(raw, at, style)
        if not raw[at].isspace() and not raw[at : at + 2].isspace() and raw[at : at + width].strip("\\\r\n\t "):
            yield at
        at += width


def _width(raw: str, at: int, style: str | None) -> int:
    """How many characters of the file one character of the text takes."""
    if style == "'" and raw[at : at + 2] == "''":
        return 2
    if style == '"' and raw[at] == "\\":
        return _ESCAPED.get(raw[at + 1 : at + 2], 2)
    return 1
