"""The nodes of a YAML text as spans of its characters and lines, for whoever must leave the rest as it is."""

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from czurban.reading.marked_yaml import Loader

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
