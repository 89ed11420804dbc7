"""Describe and apply edits of a plan's files, and find the entries that may be corrected."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import yaml

from czurban.model.finding import Correction, Finding
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS
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


def entries(file: str, root: yaml.Node) -> Iterator[tuple[EntryKind, yaml.MappingNode]]:
    """Yield the entries of the file of that name, in order; the plan's reader reports those that are no mappings."""
    lists: list[tuple[EntryKind, Sequence[yaml.Node | None]]]
    if file == TARGETS:
        lists = [(EntryKind.PLAN, [child(root, "plan")])]
        lists += [(kind, items_in(child(root, f"{kind}s"))) for kind in (EntryKind.UNIT, EntryKind.INDICATOR)]
    elif file == DEPARTMENTS:
        lists = [(EntryKind.DEPARTMENT, items_in(child(root, name))) for name in ("departments", "groups")]
    else:
        lists = [(EntryKind.TASK, items_in(child(part, "tasks"))) for part in items_in(child(root, "parts"))]
    yield from ((kind, node) for kind, nodes in lists for node in nodes if isinstance(node, yaml.MappingNode))
