"""Lines of a given width, broken where Chinese and Latin text may be broken."""

import re

from rich.cells import cell_len

_PIECE = re.compile(
    r"\s+"
    r"|[（(][^（()）]{1,12}[)）][、，；。;,]?"  # a unit in brackets stays whole
    r"|[（(「“《〈]?(?:[!-'*-~]+|[^\s（(])[）)」”》〉、，；。：！？…]*"  # closing marks never begin a line
    r"|."
)


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, a Chinese character being two.

    Words of Latin letters, units in brackets, and marks with what they close stay together while they fit a line.
    """
    lines, line, used = [], "", 0
    for piece in (part for found in _PIECE.findall(text) for part in _pieces(found, width)):
        wide = cell_len(piece)
        if used + wide > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(piece: str, width: int) -> list[str]:
    """The piece itself, or its characters where no line is wide enough for it."""
    return [piece] if cell_len(piece) <= width else list(piece)
