"""A comment in a plan's file that hides a finding, with the lines it speaks of."""

from dataclasses import dataclass

from czurban.model.place import Place


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings of `code` in the lines `first` to `last` of the comment's file are not told; lines count from 1."""

    code: str
    place: Place
    first: int
    last: int
