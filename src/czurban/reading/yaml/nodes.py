"""Locate the nodes of a YAML text, and single characters of its scalars, in the characters and lines of the file."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

import yaml

from czurban.model.finding import Place
from czurban.reading.yaml.loader import Loader

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""The line ends of YAML 1.1."""
_BLANK = " \t\r\n\x85\u2028\u2029"
"""The characters that are blank in YAML; the ideographic space is not one of them."""


class Lines:
    """The lines of a text, counted from 0 as the YAML library counts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    @property
    def ending(self) -> str:
        """Return the line end that the text uses first."""
        match = _BREAK.search(self.text)
        return match[0] if match else "\n"

    def of(self, index: int) -> int:
        """Return the line of a character."""
        return bisect_right(self.starts, index) - 1

    def line(self, number: int) -> str:
        """Return a line with its end."""
        following = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : following]

    def up_to(self, index: int) -> str:
        """Return the part of a line before a character."""
        return self.text[self.starts[self.of(index)] : index]


def compose(text: str) -> yaml.Node:
    """Return the nodes of a text that `read_yaml` accepted without a finding."""
    root = yaml.compose(text, Loader=Loader)
    assert root is not None  # noqa: S101 - an empty file is a finding
    return root


def end_of(node: yaml.Node, text: str) -> int:
    """Return the index behind a node's last character; the library's own mark is behind the blank lines that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return end_of(last[1] if isinstance(last, tuple) else last, text)
    start = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip(_BLANK))


def place_of(file: str, node: yaml.Node) -> Place:
    """Return the place where a node of a file begins."""
    return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)


def pairs_in(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield the keys of a mapping with their nodes and those of their values; nothing for other nodes."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name.value, name, value


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return the value of a key; None where there is none."""
    return next((value for name, _, value in pairs_in(node) if name == key), None)


def items_in(node: yaml.Node | None) -> list[yaml.Node]:
    """Return the entries of a list; nothing for other nodes."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


_ESCAPED = {"x": 4, "u": 6, "U": 10}


class ScalarPlaces:
    """The places of characters in the scalars of a YAML text, which is composed on first use."""

    def __init__(self, text: str) -> None:
        self._text = text

    def locate(self, start: tuple[int, int], index: int) -> tuple[int, int] | None:
        """Return the line and column of a character of the scalar that starts at a line and column, all from 1.

        Blanks are not counted: YAML joins lines and drops indentation, but keeps every other character. None where that
        is not known.
        """
        if (node := self._scalars.get(start)) is None:
            return None
        begin = node.start_mark.index
        places = list(_characters(self._text[begin : node.end_mark.index], node.style))
        if not places:
            return None
        number = len("".join(node.value[:index].split()))
        behind = begin + (places[number] if number < len(places) else places[-1] + 1)
        return self._lines.of(behind) + 1, len(self._lines.up_to(behind)) + 1

    @cached_property
    def _scalars(self) -> dict[tuple[int, int], yaml.ScalarNode]:
        try:
            root = compose(self._text)
        except (yaml.YAMLError, RecursionError):
            return {}
        return {(node.start_mark.line + 1, node.start_mark.column + 1): node for node in _scalars_in(root)}

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)


def _scalars_in(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield the texts that are values of keys or entries of lists, at any depth."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for inner in [*items_in(node), *(value for _, _, value in pairs_in(node))]:
        yield from _scalars_in(inner)


def _characters(raw: str, style: str | None) -> Iterator[int]:
    """Yield the index of each character of a scalar that is not blank in its source text."""
    at, end = len(raw) - len(re.sub(r"^(?:[&!]\S*\s+)*", "", raw)), len(raw)  # an anchor or a tag may be before it
    if style in ("|", ">"):
        at += len(re.split(r"[\r\n]", raw[at:], maxsplit=1)[0])
    elif style in ("'", '"'):
        at, end = at + 1, end - 1
    while at < end:
        width = _width(raw, at, style)
        if not raw[at].isspace() and not raw[at : at + 2].isspace() and raw[at : at + width].strip("\\\r\n\t "):
            yield at
        at += width


def _width(raw: str, at: int, style: str | None) -> int:
    """Return how many characters of the source stand for one character of the scalar."""
    if style == "'" and raw[at : at + 2] == "''":
        return 2
    if style == '"' and raw[at] == "\\":
        return _ESCAPED.get(raw[at + 1 : at + 2], 2)
    return 1
