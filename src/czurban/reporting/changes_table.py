"""What has changed between two times: new, revised or withdrawn."""

from collections.abc import Sequence

from czurban.model.digits import exact
from czurban.model.message import mark, say
from czurban.model.observation import Status
from czurban.model.standing import Change, Told
from czurban.model.verdict import Result
from czurban.reporting import numbers
from czurban.reporting.document import Cell, Column, Group, Json, Table, Tone
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker

_NEW, _REVISED, _WITHDRAWN = "new", "revised", "withdrawn"
_WORDS = {
    _NEW: (mark("new"), Tone.GOOD),
    _REVISED: (mark("revised"), Tone.DOUBT),
    _WITHDRAWN: (mark("withdrawn"), Tone.BAD),
}
_STATUSES = {
    Status.PRELIMINARY: mark("preliminary"),
    Status.FINAL: mark("final"),
    Status.REVISED: mark("revision"),
}


def changes_table(changes: Sequence[Change], speak: Speaker) -> Table:
    """Compose the table."""
    columns = (
        Column(speak(say("Indicator or milestone")), main=True),
        Column(speak(say("Lead")), fold=1),
        Column(speak(say("Before")), number=True),
        Column(speak(say("Now")), number=True),
        Column(speak(say("Change"))),
    )
    return Table(columns, (Group("", tuple(_row(one, speak) for one in changes)),))


def _row(one: Change, speak: Speaker) -> tuple[Cell, ...]:
    word, tone = _WORDS[_kind(one)]
    return (
        Cell(one.name),
        Cell("、".join(one.who)),
        Cell(_text(one.before, speak)),
        Cell(_text(one.after, speak), tone),
        Cell(speak(word), tone),
    )


def _kind(one: Change) -> str:
    if one.before is None:
        return _NEW
    return _REVISED if one.after is not None else _WITHDRAWN


def _text(told: Told | None, speak: Speaker) -> str:
    if told is None:
        return BLANK
    if not isinstance(told, Result):
        return told.stage
    status = told.observation.status if told.observation else None
    return _figure(told, speak) + (f" ({speak(_STATUSES[status])})" if status else "")


def _figure(told: Result, speak: Speaker) -> str:
    if told.actual is not None:
        about = "约" if told.approximate else ""
        return f"{about}{numbers.figure(told.actual)} {told.indicator.unit.name}"
    return speak(say("unreadable: {raw}"), raw=told.raw)


def change_record(one: Change) -> dict[str, Json]:
    """One change for machines, figures in the plan's unit."""
    return {
        "name": one.name,
        "lead": list(one.who),
        "change": _kind(one),
        "before": _plain(one.before),
        "now": _plain(one.after),
    }


def _plain(told: Told | None) -> dict[str, Json] | None:
    if told is None:
        return None
    if not isinstance(told, Result):
        return {"stage": told.stage}
    seen = told.observation
    return {
        "actual": None if told.actual is None else exact(told.actual),
        "approximate": told.approximate,
        "reported": seen.raw if seen else None,
        "status": str(seen.status) if seen and seen.status else None,
    }
