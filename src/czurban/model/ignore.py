"""A comment in a plan's file that hides a finding, with the lines it speaks of."""

from typing import NamedTuple

from czurban.model.place import Place


class Ignore(NamedTuple):
    """Findings of `code` in the lines `first` to `last` of the comment's file are not told; lines count from 1."""

    code: str
    place: Place
    first: int
    last: int
