"""Propose figures in half width, and read the figures of a plan's files to see that none changes."""

import re
from collections.abc import Callable, Mapping

import yaml

from czurban.model.finding import Correction, say
from czurban.model.observation import Reading
from czurban.model.period import parse_period, parse_years
from czurban.model.target import Interval
from czurban.reading.autofix.edits import Edit, EntryKind, Proposal, entries, is_written_plainly, write_scalar
from czurban.reading.phrases.phrase import read_target
from czurban.reading.phrases.tokens import take_unit
from czurban.reading.plan.declared import read_factor
from czurban.reading.submission.cell import ValueCell, read_cell
from czurban.reading.yaml.nodes import compose, end_of, pairs_in, place_of

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


FIGURES: Mapping[EntryKind, Mapping[str, Callable[[str], object]]] = {
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
"""The keys with figures by kind of entry, and the functions that read them; None is a figure that cannot be read."""


def plain_figure(text: str, key: str) -> str:
    """Return a figure with half-width digits and signs; in a target also with ≥ and ≤ for >= and <=."""
    plain = _COMMA_IN_FIGURE.sub(",", text.translate(_FIGURES_PLAIN).strip())
    if key == "target":
        plain = _AT_MOST.sub("≤", plain, count=1) if _AT_MOST.match(plain) else plain
        plain = _AT_LEAST.sub("≥", plain, count=1) if _AT_LEAST.match(plain) else plain
    return plain


def narrow(file: str, path: str, text: str) -> Proposal:
    """Propose half-width figures, except where a figure would be read differently or not at all."""
    edits = []
    for kind, entry in entries(file, compose(text)):
        for name, _, node in pairs_in(entry):
            read = FIGURES[kind].get(name)
            if read and isinstance(node, yaml.ScalarNode) and (edit := _width_edit(path, text, node, name, read)):
                edits.append(edit)
    return Proposal(tuple(edits))


def _width_edit(path: str, text: str, node: yaml.ScalarNode, name: str, read: Callable[[str], object]) -> Edit | None:
    value, plain = str(node.value), plain_figure(node.value, name)
    start, end = node.start_mark.index, end_of(node, text)
    if plain == value or not is_written_plainly(text[start:end], value, node.style):
        return None
    before, after = read(value), read(plain)
    if after is None or before not in (None, after):
        return None
    message = say("{key}: “{value}” is written {plain}.", key=name, value=value, plain=plain)
    return Edit(start, end, write_scalar(plain, node.style), Correction(place_of(path, node), message))
