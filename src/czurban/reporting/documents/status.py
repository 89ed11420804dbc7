"""Who has sent what, when, how complete it is, and what has changed since an earlier time.

What has changed between two times: new, revised or withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment, Result
from czurban.model.collection import Change, DepartmentStatus, Reported, State
from czurban.model.finding import mark, say
from czurban.model.observation import Status
from czurban.model.text import exact
from czurban.reporting import numbers
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    RowGroup,
    TableCell,
    Tone,
)
from czurban.reporting.documents.records import FORMAT, plan_record
from czurban.reporting.documents.reminder import period_text
from czurban.reporting.documents.results import BLANK
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


def changes_table(changes: Sequence[Change], speak: Speaker) -> DocumentTable:
    """Compose the table."""
    columns = (
        Column(speak(say("Indicator or milestone")), main=True),
        Column(speak(say("Lead")), fold=1),
        Column(speak(say("Before")), number=True),
        Column(speak(say("Now")), number=True),
        Column(speak(say("Change"))),
    )
    return DocumentTable(columns, (RowGroup("", tuple(_row(one, speak) for one in changes)),))


def _row(one: Change, speak: Speaker) -> tuple[TableCell, ...]:
    word, tone = _WORDS[_kind(one)]
    return (
        TableCell(one.name),
        TableCell("、".join(one.leads)),
        TableCell(_text(one.before, speak)),
        TableCell(_text(one.after, speak), tone),
        TableCell(speak(word), tone),
    )


def _kind(one: Change) -> str:
    if one.before is None:
        return _NEW
    return _REVISED if one.after is not None else _WITHDRAWN


def _text(told: Reported | None, speak: Speaker) -> str:
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
        "lead": list(one.leads),
        "change": _kind(one),
        "before": _plain(one.before),
        "now": _plain(one.after),
    }


def _plain(told: Reported | None) -> dict[str, Json] | None:
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


STATES = {
    State.COMPLETE: (mark("complete"), Tone.GOOD),
    State.PARTIAL: (mark("in part"), Tone.DOUBT),
    State.EMPTY: (mark("sent empty"), Tone.DOUBT),
    State.REFUSED: (mark("sent, not usable"), Tone.BAD),
    State.SILENT: (mark("not sent"), Tone.BAD),
}


def status_report(
    assessment: Assessment,
    standings: Sequence[DepartmentStatus],
    when: Mapping[str, str],
    speak: Speaker,
    changes: Sequence[Change] | None = None,
) -> Document:
    """Compose the report.

    Args:
        assessment: everything that was sent, judged.
        standings: how each department stands.
        when: the time of each file that lies there, read or not, as it shall be printed.
        speak: the reader's language.
        changes: what differs from an earlier time; None where none is compared.
    """
    blocks: list[Block] = [
        Heading(assessment.plan.title),
        _sentence(assessment, standings, speak),
        _table(standings, when, speak),
    ]
    if changes is not None:
        blocks.append(Heading(speak(say("What has changed ({count})"), count=len(changes)), 2))
        blocks.append(changes_table(changes, speak) if changes else Paragraph(speak(say("None.")), Tone.QUIET))
    strangers = _unattributed(standings, when)
    blocks += _strangers(strangers, speak)
    rows: list[dict[str, Json]] = [_record(one, when) for one in standings]
    record: dict[str, Json] = {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "departments": rows,
        "changes": None if changes is None else [change_record(one) for one in changes],
        "unattributed": strangers,
    }
    return Document(tuple(blocks), lambda: record, lambda: rows)


def _sentence(assessment: Assessment, standings: Sequence[DepartmentStatus], speak: Speaker) -> Paragraph:
    sentence = say("{period}: {sent} of {total} departments have sent something; {complete} are complete.")
    complete = sum(one.state is State.COMPLETE for one in standings)
    sent = sum(bool(one.files) for one in standings)
    return Paragraph(
        speak(
            sentence, period=period_text(assessment.period, speak), sent=sent, total=len(standings), complete=complete
        )
    )


def _table(standings: Sequence[DepartmentStatus], when: Mapping[str, str], speak: Speaker) -> DocumentTable:
    columns = (
        Column(speak(say("Department")), main=True),
        Column(speak(say("State"))),
        Column(speak(say("Indicators")), number=True),
        Column(speak(say("Reported")), number=True),
        Column(speak(say("Unreadable")), number=True),
        Column(speak(say("Missing")), number=True),
        Column(speak(say("Milestones")), number=True),
        Column(speak(say("With a stage")), number=True),
        Column(speak(say("Findings")), number=True, fold=1),
        Column(speak(say("Sent")), fold=3),
        Column(speak(say("File")), fold=2),
    )
    return DocumentTable(columns, (RowGroup("", tuple(_status_report_row(one, when, speak) for one in standings)),))


def _status_report_row(one: DepartmentStatus, when: Mapping[str, str], speak: Speaker) -> tuple[TableCell, ...]:
    word, tone = STATES[one.state]
    return (
        TableCell(one.office.name),
        TableCell(speak(word), tone),
        *(_count(number) for number in _counts(one)),
        TableCell("、".join(when[file] for file in one.files) or BLANK),
        TableCell("、".join(one.files) or BLANK),
    )


def _counts(one: DepartmentStatus) -> tuple[int, ...]:
    reported = len(one.results) - len(one.missing) - len(one.unreadable)
    staged = len(one.milestones) - len(one.unstaged)
    return (
        len(one.results),
        reported,
        len(one.unreadable),
        len(one.missing),
        len(one.milestones),
        staged,
        one.findings,
    )


def _count(number: int) -> TableCell:
    return TableCell(str(number), value=Fraction(number))


def _unattributed(standings: Sequence[DepartmentStatus], when: Mapping[str, str]) -> list[str]:
    known = {file for one in standings for file in one.files}
    return [file for file in when if file not in known]


def _strangers(files: Sequence[str], speak: Speaker) -> Iterable[Block]:
    if files:
        yield Heading(speak(say("Files that name no department or are no tables ({count})"), count=len(files)), 2)
        yield Items(tuple(Item(file) for file in files))


def _record(one: DepartmentStatus, when: Mapping[str, str]) -> dict[str, Json]:
    asked, reported, unreadable, missing, milestones, staged, findings = _counts(one)
    return {
        "department": one.office.name,
        "state": str(one.state),
        "indicators": asked,
        "reported": reported,
        "unreadable": unreadable,
        "missing": missing,
        "milestones": milestones,
        "staged": staged,
        "findings": findings,
        "sent": [when[file] for file in one.files],
        "files": list(one.files),
        "missing_indicators": [result.indicator.id for result in one.missing],
        "unreadable_indicators": [result.indicator.id for result in one.unreadable],
        "missing_milestones": [f"{task.no} {milestone.name}" for task, milestone in one.unstaged],
    }
