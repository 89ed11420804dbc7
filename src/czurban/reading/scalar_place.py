"""Where a character of a text stands in its YAML file, also where the text is quoted, folded or goes on below."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import yaml

from czurban.reading.encoding import decode
from czurban.reading.regular_file import read_regular
from czurban.reading.yaml_nodes import Lines, child, compose, items_in

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
