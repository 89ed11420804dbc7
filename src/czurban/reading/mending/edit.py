"""An edit of a text: a span, what takes its place, and the correction it belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass

from czurban.model.correction import Correction
from czurban.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` give way to `text`. One correction may need several edits."""

    start: int
    end: int
    text: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a corrector found in one text: edits, what it left alone and why, and faults that only a person can mend."""

    edits: tuple[Edit, ...] = ()
    left: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make the edits. Those of one place are made in the order given.

    Raises:
        ValueError: two of them overlap.
    """
    parts, reached = [], 0
    for edit in sorted(edits, key=lambda one: one.start):
        if edit.start < reached:
            msg = f"edits overlap at {edit.start}"
            raise ValueError(msg)
        parts += [text[reached : edit.start], edit.text]
        reached = edit.end
    return "".join((*parts, text[reached:]))
