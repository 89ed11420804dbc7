"""One value for each indicator: two that agree, two that a status orders, or none where nobody can tell."""

from collections.abc import Sequence
from typing import NamedTuple

from czurban.checking.judging import Converted
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, say
from czurban.model.observation import Observation


class Resolved(NamedTuple):
    """The value that counts; `conflict` when values differ and nothing orders them."""

    value: Converted
    conflict: bool = False


def resolve_repeats(values: Sequence[Converted]) -> tuple[Resolved, Findings]:
    """Choose among the values reported for one indicator, region and period; there is at least one.

    A later status (revised over final over preliminary) replaces an earlier one. Among values of the same standing,
    equal ones count once, with a warning; different ones conflict. A value that could not be read differs from any
    other, since nobody knows what it says.
    """
    ranks = [one.observation.status.rank for one in values if one.observation.status]
    best = max(ranks) if len(ranks) == len(values) else None  # one without a status cannot be put in order
    latest = [one for one in values if best is None or _rank(one) == best]
    findings = [_superseded(one, latest[0]) for one in values if best is not None and _rank(one) != best]
    first = latest[0]
    other = next((one for one in latest[1:] if one.actual is None or one.actual != first.actual), None)
    if other is not None:
        if first.actual is not None or other.actual is not None:
            findings.append(_conflict(first, other, len(latest)))
        return Resolved(first, conflict=True), tuple(findings)
    if len(latest) > 1:
        findings.append(_repeated(first, latest[1], len(latest)))
    return Resolved(first), tuple(findings)


def withdrawn(used: Observation, silent: Sequence[Observation]) -> Finding | None:
    """Tell that a row of a later status reports nothing, so that the figure before it no longer stands."""
    rank = used.status.rank if used.status else -1
    later = next((one for one in silent if one.status and one.status.rank > rank), None)
    if later is None:
        return None
    message = say(
        "This row reports nothing and has a later status than {raw} at {place}, which is therefore not used.",
        raw=used.raw,
        place=used.place,
    )
    return finding("S225", later.place, message, say("Write the figure here, or delete one of the rows."))


def _rank(one: Converted) -> int | None:
    return one.observation.status.rank if one.observation.status else None


def _superseded(earlier: Converted, later: Converted) -> Finding:
    message = say(
        "{earlier} is an earlier figure; {later} at {place} replaces it.",
        earlier=earlier.observation.raw,
        later=later.observation.raw,
        place=later.observation.place,
    )
    return finding("S216", earlier.observation.place, message)


def _conflict(one: Converted, other: Converted, count: int) -> Finding:
    message = say(
        "{other} here and {one} at {place} do not agree ({count} values in all), so neither is used.",
        one=_shown(one),
        other=_shown(other),
        place=one.observation.place,
        count=count,
    )
    hint = say("Delete the wrong one, or say in a status column which is 快报, 年报 or 修订.")
    return finding("S210", other.observation.place, message, hint)


def _repeated(one: Converted, other: Converted, count: int) -> Finding:
    message = say(
        "The same value stands at {place} already ({count} in all).", place=one.observation.place, count=count
    )
    return finding("S211", other.observation.place, message, _delete())


def _delete() -> Message:
    return say("Keep one of them.")


def _shown(one: Converted) -> str:
    unit = one.observation.unit
    return one.observation.raw + (unit.name if unit and not one.observation.unit_in_cell else "")
