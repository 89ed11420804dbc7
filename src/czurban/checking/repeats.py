"""Choose among the values that were reported for one indicator, region and period (R6)."""

from collections.abc import Sequence
from typing import NamedTuple

from czurban.checking.collection.senders import senders_of
from czurban.checking.plausible import Converted
from czurban.model.assessment import Note
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, say
from czurban.model.observation import Observation, Reading
from czurban.model.plan import Plan


class Resolution(NamedTuple):
    """The value that counts.

    `differing` are the values of a conflict, none of which counts. `withdrawn` says that its sender reports nothing any
    more. `alone` says that what another sender reports cannot be read.
    """

    value: Converted
    differing: tuple[Observation, ...] = ()
    withdrawn: bool = False
    alone: bool = False

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes on that to the verdict."""
        return repeat_notes(differing=bool(self.differing), alone=self.alone)


def resolve_repeats(
    values: Sequence[Converted], silent: Sequence[Observation], plan: Plan, many: int = 0
) -> tuple[Resolution, Findings]:
    """Choose among the values reported for one indicator, region and period; there is at least one.

    A later status (revised over final over preliminary) replaces an earlier one of the same sender, never that of
    another sender. Of the values that are left, equal ones count once, with a warning, and different ones conflict.
    A value that cannot be read differs from any other of its sender, and takes no other sender's figure.

    `silent` are rows that report nothing and have a status. There are `many` values where these are only the first.
    """
    senders = senders_of([*(value.observation for value in values), *silent], plan)
    sent = list(zip(senders[: len(values)], values, strict=True))
    rows = list(zip(senders[len(values) :], silent, strict=True))
    findings: list[Finding] = []
    latest: dict[str, list[Converted]] = {}
    gone: dict[str, Finding] = {}
    for sender in dict.fromkeys(by for by, _ in sent):
        theirs = [value for by, value in sent if by == sender]
        latest[sender] = _latest(theirs)
        newest = latest[sender][0]
        findings += [_superseded(value, newest) for value in theirs if value not in latest[sender]]
        if later := _withdrawal(newest.observation, [row for by, row in rows if by == sender]):
            gone[sender] = later
    current = [(by, value) for by, value in sent if value in latest[by]]
    counting = [(by, value) for by, value in current if by not in gone] or current
    readable = {by for by, value in counting if value.observation.reported is not Reading.UNREADABLE}
    read = [(by, value) for by, value in counting if by in readable] or counting
    resolved, fault = _resolved(read, many if len(read) == len(values) else 0)
    findings += [*([fault] if fault else []), *gone.values()]
    withdrawn = all(by in gone for by, _ in read)
    return resolved._replace(withdrawn=withdrawn, alone=len(read) < len(counting)), tuple(findings)


def repeat_notes(*, differing: bool, alone: bool) -> tuple[Note, ...]:
    """Return the notes to a verdict on several reports: that they differ, or that it rests on one sender alone."""
    return (*((Note.DIFFERING,) if differing else ()), *((Note.OTHER_UNREADABLE,) if alone else ()))


def _latest(values: Sequence[Converted]) -> list[Converted]:
    """Return the values of one sender with its latest status; a value without a status has no order."""
    ranks = [rank for value in values if (rank := _rank(value)) is not None]
    best = max(ranks) if len(ranks) == len(values) else None
    return [value for value in values if best is None or _rank(value) == best]


def _resolved(sent: Sequence[tuple[str, Converted]], many: int) -> tuple[Resolution, Finding | None]:
    """Return the value on which all agree, or those that differ."""
    (sender, first), many = sent[0], max(len(sent), many)
    for by, other in sent[1:]:
        if other.actual is None or other.actual != first.actual:
            differing = Resolution(first, tuple(value.observation for _, value in sent))
            unknown = first.actual is None and other.actual is None
            return differing, None if unknown else _conflict(first, other, many, (sender, by))
    return Resolution(first), _repeated(first, sent[1][1], many) if len(sent) > 1 else None


def _withdrawal(used: Observation, silent: Sequence[Observation]) -> Finding | None:
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


def _conflict(first: Converted, other: Converted, count: int, senders: tuple[str, str]) -> Finding:
    message = say(
        "{other} here and {one} at {place} do not agree ({count} values in all), so neither is used.",
        one=_shown(first),
        other=_shown(other),
        place=first.observation.place,
        count=count,
    )
    hint = say("Delete the wrong one, or add a status column that states which is 快报, 年报 or 修订.")
    if senders[0] != senders[1]:
        hint = say("Agree on one figure, and correct the other; a status replaces no figure of another sender.")
    return finding("S210", other.observation.place, message, hint)


def _repeated(first: Converted, other: Converted, count: int) -> Finding:
    message = say("The same value is already at {place} ({count} in all).", place=first.observation.place, count=count)
    return finding("S211", other.observation.place, message, say("Keep one of them."))


def _shown(value: Converted) -> str:
    return value.observation.raw + value.observation.shown_unit
