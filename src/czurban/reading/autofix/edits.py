"""Describe and apply edits of a plan's files, and find the entries and figures that may be corrected."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import yaml

from czurban.model.finding import Correction, Finding
from czurban.model.observation import Reading
from czurban.model.period import parse_period, parse_years
from czurban.model.target import Interval
from czurban.reading.phrases.phrase import read_target
from czurban.reading.phrases.tokens import take_unit
from czurban.reading.plan.build import read_factor
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.yaml.nodes import child, items_in


@dataclass(frozen=True, slots=True)
class Edit:
    """The replacement of the characters `start` to `end` by `text`. One correction may need several edits."""

    start: int
    end: int
    text: str
    correction: Correction


@dataclass(frozen=True, slots=True)
class Proposal:
    """The edits of one corrector, what it left alone and why, and faults that only a person can correct."""

    edits: tuple[Edit, ...] = ()
    left: tuple[Correction, ...] = ()
    findings: tuple[Finding, ...] = ()


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits; those at one position are made in the order given.

    Raises:
        ValueError: two of them overlap.
    """
    parts, reached = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
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


def write_scalar(text: str, style: str | None = None) -> str:
    """Write a text plain where that is safe, else in quotation marks: those of `style` if it has some."""
    if style == "'" and "'" not in text:
        return f"'{text}'"
    if style != '"' and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def is_written_plainly(source: str, value: str, style: str | None) -> bool:
    """Return whether the source of a scalar is its value, in one line and without escapes."""
    quote = style if style in ("'", '"') else ""
    return source == f"{quote}{value}{quote}"


class EntryKind(StrEnum):
    """The kinds of entries in a plan's files."""

    PLAN = "plan"
    UNIT = "unit"
    INDICATOR = "indicator"
    TASK = "task"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One entry of a file; entries that are not mappings are left out here, and the plan's reader reports them."""

    kind: EntryKind
    node: yaml.MappingNode


def entries(file: str, root: yaml.Node) -> Iterator[PlanEntry]:
    """Yield the entries of the file of that name, in order."""
    for kind, node in _nodes(file, root):
        if isinstance(node, yaml.MappingNode):
            yield PlanEntry(kind, node)


def _nodes(file: str, root: yaml.Node) -> Iterator[tuple[EntryKind, yaml.Node | None]]:
    if file == TARGETS:
        yield EntryKind.PLAN, child(root, "plan")
        lists = [(EntryKind.UNIT, child(root, "units")), (EntryKind.INDICATOR, child(root, "indicators"))]
    elif file == DEPARTMENTS:
        lists = [(EntryKind.DEPARTMENT, child(root, name)) for name in ("departments", "groups")]
    else:
        lists = [(EntryKind.TASK, child(part, "tasks")) for part in items_in(child(root, "parts"))]
    yield from ((kind, node) for kind, nodes in lists for node in items_in(nodes))


_WIDE = "０１２３４５６７８９．％＞＜＝＋－／～"
_COMMA_IN_FIGURE = re.compile(r"(?<=\d)，(?=\d)")
_FIGURES_PLAIN = str.maketrans({char: chr(ord(char) - 0xFEE0) for char in _WIDE})
_AT_LEAST = re.compile(r"(?:>=|=>|》=)\s*")
_AT_MOST = re.compile(r"(?:<=|=<|《=)\s*")
_LONGEST = 18


def _read_integer(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST else None


def _read_rule(text: str) -> tuple[Interval, str] | None:
    """Read a rule and its unit, so that neither changes."""
    plain, unit = take_unit(text)
    rule = read_target(plain)
    return (rule, unit) if isinstance(rule, Interval) else None


def _read_baseline(text: str) -> ValueCell | None:
    cell = read_cell(text)
    return cell if cell.reported is Reading.VALUE else None


FIGURES: Mapping[EntryKind, Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        EntryKind.PLAN: {"period": parse_years, "baseline_period": parse_period},
        EntryKind.UNIT: {"factor": read_factor},
        EntryKind.INDICATOR: {
            "no": _read_integer,
            "task": _read_integer,
            "baseline": _read_baseline,
            "target": _read_rule,
            "deadline": parse_years,
        },
        EntryKind.TASK: {"no": _read_integer},
        EntryKind.DEPARTMENT: {},
    }
)
"""The keys with figures by kind of entry, and the functions that read them; None is a figure that cannot be read."""


def plain_figure(text: str, key: str) -> str:
    """Return a figure with half-width digits and signs; in a target also with ≥ and ≤ for >= and <=."""
    plain = _COMMA_IN_FIGURE.sub(",", text.translate(_FIGURES_PLAIN).strip())
    if key == "target":
        plain = _AT_MOST.sub("≤", plain, count=1) if _AT_MOST.match(plain) else plain
        plain = _AT_LEAST.sub("≥", plain, count=1) if _AT_LEAST.match(plain) else plain
    return plain
