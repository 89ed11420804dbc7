"""Where in a YAML file the n-th character of a text stands, however the text is folded and quoted there."""

from bisect import bisect_right

_MARKS = frozenset("'\"")
_BLOCK = frozenset("|>")


class Source:
    """A file's text, whose lines and columns are counted from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]

    def position(self, line: int, column: int, value: str, offset: int) -> tuple[int, int]:
        """Line and column of a character of a scalar that begins at a line and column.

        A scalar may be plain, quoted, or a block; folding changes only blanks, so that all else stands in the same
        order. Escapes in quotation marks may put it off by some characters, never into another scalar's line.
        """
        at = self._body(self.starts[line - 1] + column - 1)
        for char in value[:offset]:
            at = self._behind(at, char)
        at = self._blanks(at) if offset < len(value) and not value[offset].isspace() else at
        found = bisect_right(self.starts, at) - 1
        return found + 1, at - self.starts[found] + 1

    def _body(self, at: int) -> int:
        """Where the characters of a scalar begin."""
        first = self.text[at : at + 1]
        if first in _BLOCK:
            at = self.text.find("\n", at) + 1
        elif first in _MARKS:
            at += 1
        return self._blanks(at)

    def _behind(self, at: int, char: str) -> int:
        """Behind the next character that is this one; blanks are folded, so any number of them is one."""
        if char.isspace():
            return self._blanks(at)
        at = self._blanks(at)
        doubled = self.text[at : at + 2] == char * 2 and char in _MARKS
        return min(at + 1 + doubled, len(self.text))

    def _blanks(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at
