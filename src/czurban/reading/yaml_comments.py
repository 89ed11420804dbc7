"""The comments of a YAML text. A # inside a quoted or block text is none, which only the YAML library's tokens tell."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from czurban.reading.marked_yaml import Loader
from czurban.reading.yaml_nodes import Lines


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line; `alone` if nothing stands before it. Counted from 0."""

    text: str
    line: int
    column: int
    alone: bool


def comments_in(lines: Lines) -> Iterator[Comment]:
    """Find the comments of a text that is YAML."""
    texts = list(_texts(lines))
    for number, start in enumerate(lines.starts):
        line = lines.line(number).rstrip()
        at = line.find("#")
        while at >= 0 and any(begin <= start + at < end for begin, end in texts):
            at = line.find("#", at + 1)
        if at >= 0:
            yield Comment(line[at:], number, at, not line[:at].strip())


def _texts(lines: Lines) -> Iterator[tuple[int, int]]:
    """The spans in which # is a letter like any other: a block text's own head is not among them."""
    for token in yaml.scan(lines.text, Loader=Loader):
        if isinstance(token, yaml.ScalarToken):
            begin, end = token.start_mark.index, token.end_mark.index
            if token.style in ("|", ">"):
                begin += len(lines.line(lines.of(begin))) - len(lines.up_to(begin))
            yield begin, end
