"""An edit of a text: a span, what takes its place, and the correction it belongs to.

A text as a YAML scalar that reads back as that text, in the manner of the one it replaces.

The entries of a plan's files: what kind of thing each is, and its node.

The values that are numbers, rules and periods: how each is read, and how it is written with plain signs.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import yaml

from czurban.model.finding import Correction, Finding
from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.target import Interval
from czurban.reading.plan.build import read_factor
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS
from czurban.reading.submission.cell import ValueCell, read_cell, read_target, take_unit
from czurban.reading.yaml.nodes import child, items_in


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


# A word of letters and digits with the signs of figures, and the punctuation of Chinese names; no sign that YAML uses
# anywhere, so that it may stand plain in a block and between brackets alike.
_LETTER = r"[\w、。《》〈〉「」（）·—“”]"
_PLAIN = re.compile(rf"[≥≤=+-]?{_LETTER}(?:{_LETTER}|[.%/~+≥≤=-])*")


def scalar(text: str, style: str | None = None) -> str:
    """Spell a text plain where that is safe, else in quotation marks: those of `style` if it had some."""
    if style == "'" and "'" not in text:
        return f"'{text}'"
    if style != '"' and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def written(source: str, value: str, style: str | None) -> bool:
    """Whether a scalar stands in the source just as it reads, in one line and without escapes."""
    quote = style if style in ("'", '"') else ""
    return source == f"{quote}{value}{quote}"


class EntryKind(StrEnum):
    """What an entry describes."""

    PLAN = "plan"
    UNIT = "unit"
    INDICATOR = "indicator"
    TASK = "task"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One entry of a file; entries that are no mappings are left to the reader, who tells of them."""

    kind: EntryKind
    node: yaml.MappingNode


def entries(file: str, root: yaml.Node) -> Iterator[PlanEntry]:
    """The entries of the file of that name, in its order."""
    for kind, node in _nodes(file, root):
        if isinstance(node, yaml.MappingNode):
            yield PlanEntry(kind, node)


def _nodes(file: str, root: yaml.Node) -> Iterator[tuple[EntryKind, yaml.Node | None]]:
    if file == TARGETS:
        yield EntryKind.PLAN, child(root, "plan")
        yield from ((EntryKind.UNIT, node) for node in items_in(child(root, "units")))
        yield from ((EntryKind.INDICATOR, node) for node in items_in(child(root, "indicators")))
    elif file == DEPARTMENTS:
        yield from ((EntryKind.DEPARTMENT, node) for node in items_in(child(root, "departments")))
        yield from ((EntryKind.DEPARTMENT, node) for node in items_in(child(root, "groups")))
    else:
        for part in items_in(child(root, "parts")):
            yield from ((EntryKind.TASK, node) for node in items_in(child(part, "tasks")))


_WIDE = "０１２３４５６７８９．，％＞＜＝＋－／～"
_FIGURES_PLAIN = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _WIDE})
_AT_LEAST = re.compile(r"(?:>=|=>|》=)\s*")
_AT_MOST = re.compile(r"(?:<=|=<|《=)\s*")

_LONGEST = 18


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None


def _rule(text: str) -> tuple[Interval, str] | None:
    """The rule and its unit, so that neither changes."""
    plain, unit = take_unit(text)
    rule = read_target(plain)
    return (rule, unit) if isinstance(rule, Interval) else None


def _baseline(text: str) -> ValueCell | None:
    cell = read_cell(text)
    return cell if cell.reported is Reading.VALUE else None


FIGURES: Mapping[EntryKind, Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        EntryKind.PLAN: {"period": parse_period, "baseline_period": parse_period},
        EntryKind.UNIT: {"factor": read_factor},
        EntryKind.INDICATOR: {
            "no": _whole,
            "task": _whole,
            "baseline": _baseline,
            "target": _rule,
            "deadline": parse_period,
        },
        EntryKind.TASK: {"no": _whole},
        EntryKind.DEPARTMENT: {},
    }
)
"""Which keys of which entries hold figures, and what reads them; None is a figure that cannot be read."""


def plain_figure(text: str, key: str) -> str:
    """The text with half-width digits and signs, and in a target with ≥ and ≤ for how they are typed on a keyboard."""
    plain = text.translate(_FIGURES_PLAIN).strip()
    if key == "target":
        plain = _AT_MOST.sub("≤", plain, count=1) if _AT_MOST.match(plain) else plain
        plain = _AT_LEAST.sub("≥", plain, count=1) if _AT_LEAST.match(plain) else plain
    return plain
