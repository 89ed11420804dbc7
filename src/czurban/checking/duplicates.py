"""Choose one of several values for an indicator by their status, or report that they conflict (R6)."""

from collections.abc import Sequence
from typing import NamedTuple

from czurban.checking.judging import Converted
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, say
from czurban.model.observation import Observation


class Resolved(NamedTuple):
    """The value that counts; `conflict` is set where values differ and their status does not order them."""

    value: Converted
    conflict: bool = False


def resolve_repeats(values: Sequence[Converted]) -> tuple[Resolved, Findings]:
    """Choose among the values reported for one indicator, region and period; there is at least one.

    A later status (revised over final over preliminary) replaces an earlier one. Of values with the same status, equal
    ones count once, with a warning, and different ones conflict. A value that cannot be read differs from any other.
    """
    ranks = [rank for value in values if (rank := _rank(value)) is not None]
    best = max(ranks) if len(ranks) == len(values) else None  # a value without a status has no order
    latest = [value for value in values if best is None or _rank(value) == best]
    findings = [_superseded(value, latest[0]) for value in values if best is not None and _rank(value) != best]
    first = latest[0]
    other = next((value for value in latest[1:] if value.actual is None or value.actual != first.actual), None)
    if other is not None:
        if first.actual is not None or other.actual is not None:
            findings.append(_conflict(first, other, len(latest)))
        return Resolved(first, conflict=True), tuple(findings)
    if len(latest) > 1:
        findings.append(_repeated(first, latest[1], len(latest)))
    return Resolved(first), tuple(findings)


def withdrawn(used: Observation, silent: Sequence[Observation]) -> Finding | None:
    """Report a row with a later status that reports nothing, which withdraws the figure before it (R6)."""
    rank = used.status.rank if used.status else -1
    later = next((row for row in silent if row.status and row.status.rank > rank), None)
    if later is None:
        return None
    message = say(
        "This row reports nothing and has a later status than {raw} at {place}, which is therefore not used.",
        raw=used.raw,
        place=used.place,
    )
    return finding("S225", later.place, message, say("Write the figure here, or delete one of the rows."))


def _rank(value: Converted) -> int | None:
    return value.observation.status.rank if value.observation.status else None


def _superseded(earlier: Converted, later: Converted) -> Finding:
    message = say(
        "{earlier} is an earlier figure; {later} at {place} replaces it.",
        earlier=earlier.observation.raw,
        later=later.observation.raw,
        place=later.observation.place,
    )
    return finding("S216", earlier.observation.place, message)


def _conflict(first: Converted, other: Converted, count: int) -> Finding:
    message = say(
        "{other} here and {one} at {place} do not agree ({count} values in all), so neither is used.",
        one=_shown(first),
        other=_shown(other),
        place=first.observation.place,
        count=count,
    )
    hint = say("Delete the wrong one, or add a status column that states which is 快报, 年报 or 修订.")
    return finding("S210", other.observation.place, message, hint)


def _repeated(first: Converted, other: Converted, count: int) -> Finding:
    message = say("The same value is already at {place} ({count} in all).", place=first.observation.place, count=count)
    return finding("S211", other.observation.place, message, say("Keep one of them."))


def _shown(value: Converted) -> str:
    unit = value.observation.unit
    return value.observation.raw + (unit.name if unit and not value.observation.unit_in_cell else "")
