"""Choose among the values that were reported for one indicator, region and period (R6)."""

from collections.abc import Sequence
from typing import NamedTuple

from czurban.checking.admission import office_of
from czurban.checking.judging import Converted
from czurban.model.assessment import Note
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, say
from czurban.model.observation import Observation, Reading, StageReport
from czurban.model.plan import Plan
from czurban.model.text import key


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

    Args:
        values: the values, or the first of them.
        silent: rows that report nothing and have a status.
        plan: the plan, which knows the departments.
        many: how many values there are in all, where these are only the first.
    """
    senders = senders_of([*(value.observation for value in values), *silent], plan)
    of_values, of_silent = senders[: len(values)], senders[len(values) :]
    findings: list[Finding] = []
    current: list[tuple[str, Converted]] = []
    gone: dict[str, Finding] = {}
    for sender in dict.fromkeys(of_values):
        theirs = [value for by, value in zip(of_values, values, strict=True) if by == sender]
        latest = _latest(theirs)
        findings += [_superseded(value, latest[0]) for value in theirs if value not in latest]
        signs = [row for by, row in zip(of_silent, silent, strict=True) if by == sender]
        later = _withdrawal(latest[0].observation, signs)
        gone |= {sender: later} if later else {}
        current += [(sender, value) for value in latest]
    counting = [(by, value) for by, value in current if by not in gone] or current
    readable = {by for by, value in counting if not _is_unread(value)}
    read = [(by, value) for by, value in counting if by in readable] or counting
    order = {id(value): number for number, value in enumerate(values)}
    read.sort(key=lambda each: order[id(each[1])])
    resolved, fault = _resolved(read, many if len(read) == len(values) else 0)
    findings += [*([fault] if fault else []), *gone.values()]
    withdrawn = all(by in gone for by, _ in read)
    return resolved._replace(withdrawn=withdrawn, alone=len(read) < len(counting)), tuple(findings)


def repeat_notes(*, differing: bool, alone: bool) -> tuple[Note, ...]:
    """Return the notes to a verdict on several reports: that they differ, or that it rests on one sender alone."""
    return (*((Note.DIFFERING,) if differing else ()), *((Note.OTHER_UNREADABLE,) if alone else ()))


def senders_of(sent: Sequence[Observation | StageReport], plan: Plan) -> list[str]:
    """Return the sender of each: the department that its row or form names, or else the name of its file.

    Where at most one is named, what names none is its own too.
    """
    stated = {(each.sender, each.place.file): each for each in sent}
    known = {about: key(sender_of(each, plan)) for about, each in stated.items()}
    names = [known[each.sender, each.place.file] for each in sent]
    return names if len({name for name in names if name}) > 1 else [""] * len(names)


def sender_of(sent: Observation | StageReport, plan: Plan) -> str:
    """Return the department that a value or stage is from; empty where nothing names one."""
    from czurban.model.collection.asked import named_in  # noqa: PLC0415 - where figures are repeated

    office = office_of(sent.sender, plan) if sent.sender else named_in(sent.place.file, plan)
    return office.name if office else sent.sender


def _latest(values: Sequence[Converted]) -> list[Converted]:
    """Return the values of one sender with its latest status; a value without a status has no order."""
    ranks = [rank for value in values if (rank := _rank(value)) is not None]
    best = max(ranks) if len(ranks) == len(values) else None
    return [value for value in values if best is None or _rank(value) == best]


def _is_unread(value: Converted) -> bool:
    return value.observation.reported is Reading.UNREADABLE


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
