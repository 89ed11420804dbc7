"""Compose the report of `czurban status`: who has sent what and when, what is missing, and what has changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.collection.sent import Change, DepartmentStatus, Reported, SentChange, State
from czurban.model.finding import mark, say
from czurban.model.observation import Status
from czurban.reporting import labels as numbers
from czurban.reporting.document import (
    Block,
    Document,
    Gauge,
    Heading,
    Item,
    Items,
    Json,
    Paragraph,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import pace_lines
from czurban.reporting.documents.records import FORMAT, plan_record
from czurban.reporting.labels import exact_text, join_sentences, period_text
from czurban.reporting.milestones import aspirations_counted
from czurban.reporting.tables import BLANK, TableColumn, count_column, plain_table
from czurban.words.translator import Translator

_CHANGES = {
    SentChange.NEW: (mark("new"), Tone.GOOD),
    SentChange.USABLE: (mark("usable now"), Tone.GOOD),
    SentChange.UNUSABLE: (mark("not usable now"), Tone.BAD),
    SentChange.REVISED: (mark("revised"), Tone.DOUBT),
    SentChange.WITHDRAWN: (mark("withdrawn"), Tone.BAD),
}
_STATUSES = {
    Status.PRELIMINARY: mark("preliminary"),
    Status.FINAL: mark("final"),
    Status.REVISED: mark("revision"),
}


def _change_cell(change: Change, translate: Translator) -> TableCell:
    label, tone = _CHANGES[change.kind]
    return TableCell(translate(label), tone)


def _after_cell(change: Change, translate: Translator) -> TableCell:
    return TableCell(_text(change.after, translate), _CHANGES[change.kind][1])


_CHANGE_COLUMNS: tuple[TableColumn[Change], ...] = (
    TableColumn(say("Indicator or milestone"), lambda change, _: change.name, main=True),
    TableColumn(say("Lead"), lambda change, translate: translate.join(change.leads), fold=1),
    TableColumn(say("Before"), lambda change, translate: _text(change.before, translate), number=True),
    TableColumn(say("Now"), _after_cell, number=True),
    TableColumn(say("Change"), _change_cell),
)


def _text(reported: Reported | None, translate: Translator) -> str:
    if reported is None:
        return BLANK
    if not isinstance(reported, Result):
        return reported.stage
    status = reported.observation.status if reported.observation else None
    return _figure(reported, translate) + (f" ({translate(_STATUSES[status])})" if status else "")


def _figure(result: Result, translate: Translator) -> str:
    if result.actual is not None:
        about = "约" if result.approximate else ""
        return f"{about}{numbers.figure(result.actual)} {result.indicator.unit.name}"
    return translate(say("unreadable: {raw}"), raw=result.raw)


def change_record(change: Change) -> dict[str, Json]:
    """Make the record of a change, with figures in the plan's unit."""
    return {
        "name": change.name,
        "lead": list(change.leads),
        "change": str(change.kind),
        "before": _reported_record(change.before),
        "now": _reported_record(change.after),
    }


def _reported_record(reported: Reported | None) -> dict[str, Json] | None:
    if reported is None:
        return None
    if not isinstance(reported, Result):
        return {"stage": reported.stage}
    observation = reported.observation
    return {
        "actual": exact_text(reported.actual),
        "approximate": reported.approximate,
        "reported": reported.raw if observation else None,
        "status": str(observation.status) if observation and observation.status else None,
    }


STATES = {
    State.COMPLETE: (mark("complete"), Tone.GOOD),
    State.PARTIAL: (mark("in part"), Tone.DOUBT),
    State.BLANK: (mark("blank form"), Tone.DOUBT),
    State.REFUSED: (mark("not usable"), Tone.BAD),
    State.SILENT: (mark("not sent"), Tone.QUIET),
    State.SENT: (mark("sent unasked"), Tone.GOOD),
}


if TYPE_CHECKING:
    from czurban.model.over_time.pace import Pace
    from czurban.model.over_time.tracking import Tracking

_MOST_LISTED = 3


class _StatusRow(NamedTuple):
    """A department's status, with the times of its files."""

    status: DepartmentStatus
    times: Sequence[str]
    paces: "tuple[Pace, ...]" = ()

    @property
    def reported(self) -> int:
        """How many indicators have a usable value."""
        status = self.status
        return len(status.results) - len(status.missing) - len(status.unreadable)

    @property
    def staged(self) -> int:
        """How many milestones have a stage."""
        return len(self.status.milestones) - len(self.status.unstaged)


def _state_cell(row: _StatusRow, translate: Translator) -> TableCell:
    label, tone = STATES[row.status.state]
    return TableCell(translate(label), tone)


_BAR = 10


def _progress_cell(row: _StatusRow, _: Translator) -> TableCell:
    """Make the cell of how much of what the plan asks for is there, with its bar."""
    asked = len(row.status.results) + len(row.status.milestones)
    if not asked:
        return TableCell(BLANK)
    there = row.reported + row.staged
    full = there * _BAR // asked if there == asked else min(max(there * _BAR // asked, int(there > 0)), _BAR - 1)
    tone = STATES[row.status.state][1]
    bar = Gauge(Fraction(there, asked), Fraction(1), "▓" * full + "░" * (_BAR - full), tone)
    return TableCell(f"{there}/{asked}", value=Fraction(there, asked), chart=bar)


_COLUMNS: tuple[TableColumn[_StatusRow], ...] = (
    TableColumn(say("Unit"), lambda row, _: row.status.office.name, main=True),
    TableColumn(say("State"), _state_cell),
    TableColumn(say("There"), _progress_cell, number=True),
    count_column(say("Figures missing"), lambda row: len(row.status.missing), spare=4),
    count_column(say("Refused"), lambda row: len(row.status.unreadable) + len(row.status.refused), spare=4),
    count_column(say("Stages missing"), lambda row: len(row.status.unsent), spare=4),
    count_column(say("Findings"), lambda row: row.status.findings, spare=3),
    TableColumn(say("Sent"), lambda row, translate: numbers.few(row.times, _MOST_LISTED, translate) or BLANK, spare=2),
    TableColumn(
        say("File"), lambda row, translate: numbers.few(row.status.files, _MOST_LISTED, translate) or BLANK, spare=1
    ),
)
_PACE_COLUMNS: tuple[TableColumn[_StatusRow], ...] = (
    count_column(say("On pace"), lambda row: sum(pace.is_assessed and not pace.is_lagging for pace in row.paces)),
    count_column(say("Behind"), lambda row: sum(pace.is_lagging for pace in row.paces)),
)
_WITH_PACE = (*_COLUMNS[:3], *_PACE_COLUMNS, *_COLUMNS[3:])


def status_report(  # noqa: PLR0913 - all that it shows
    assessment: Assessment,
    statuses: Sequence[DepartmentStatus],
    when: Mapping[str, str],
    translate: Translator,
    *,
    changes: Sequence[Change] | None = None,
    gone: Sequence[tuple[str, Sequence[str]]] = (),
    every: bool = False,
    tracking: "Tracking | None" = None,
) -> Document:
    """Compose the report.

    Args:
        assessment: everything that was sent, judged.
        statuses: the status of each department.
        when: the time of each file in the folder, read or not, as it is printed.
        translate: the reader's language.
        changes: what differs from an earlier time; None if none is compared.
        gone: the files of the earlier time that were withdrawn, each with its units.
        every: whether what is missing and refused of each unit is listed.
        tracking: the pace of the targets, where the period ends before their deadline.
    """
    rows = _status_rows(statuses, when, tracking)
    known = {file for status in statuses for file in status.files}
    unattributed = [file for file in when if file not in known]
    blocks: list[Block] = [
        Heading(assessment.plan.title),
        *_totals(assessment, rows, translate),
        *pace_lines(tracking, translate),
        plain_table(_COLUMNS if tracking is None else _WITH_PACE, rows, translate),
    ]
    if every:
        blocks += _lacks(statuses, translate)
    if gone:
        blocks.append(Heading(translate(say("Forms that were withdrawn ({count})"), count=len(gone)), 2))
        blocks.append(Items(tuple(Item(_with_units(file, units, translate)) for file, units in gone)))
    if changes is not None:
        blocks.append(Heading(translate(say("What has changed ({count})"), count=len(changes)), 2))
        none = Paragraph(translate(say("None.")), Tone.QUIET)
        blocks.append(plain_table(_CHANGE_COLUMNS, changes, translate) if changes else none)
    if unattributed:
        title = say("Files that name no department or are no tables ({count})", count=len(unattributed))
        blocks.append(Heading(translate(title), 2))
        blocks.append(Items(tuple(map(Item, unattributed))))
    records: list[dict[str, Json]] = [_record(row) for row in rows]
    record: dict[str, Json] = {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "departments": records,
        "withdrawn": [{"file": file, "units": list(units)} for file, units in gone],
        "changes": None if changes is None else [change_record(change) for change in changes],
        "unattributed": unattributed,
    }
    return Document(tuple(blocks), lambda: record, lambda: records, language=translate.language)


def _status_rows(
    statuses: Sequence[DepartmentStatus], when: Mapping[str, str], tracking: "Tracking | None"
) -> list[_StatusRow]:
    paces = {each.result.indicator.id: each.pace for each in tracking.every} if tracking else {}
    return [
        _StatusRow(
            status,
            [when[file] for file in status.files],
            tuple(paces[name] for result in status.results if (name := result.indicator.id) in paces),
        )
        for status in statuses
    ]


def _totals(assessment: Assessment, rows: Sequence[_StatusRow], translate: Translator) -> Iterator[Paragraph]:
    """Count the units by state, and the figures and stages that are there."""
    counts = Counter(row.status.state for row in rows)
    states = [(translate(label), counts[state], tone) for state, (label, tone) in STATES.items() if counts[state]]
    parts = [translate(say("{count} {state}"), count=count, state=label) for label, count, _ in states]
    units = translate(
        say("{period}: of {total} units {parts}."),
        period=period_text(assessment.period, translate),
        total=len(rows),
        parts=translate(say(", ")).join(parts),
    )
    yield Paragraph(units, bar=Strip(tuple(states)))
    ours = (each for row in rows if not row.status.office.region for each in row.status.results)
    results = {result.indicator.id: result for result in ours}.values()
    stages = {(task.no, milestone.name): milestone for row in rows for task, milestone in row.status.milestones}
    unstaged = {(task.no, milestone.name) for row in rows for task, milestone in row.status.unstaged}
    there = sum(result.actual is not None for result in results)
    values = {"there": there, "asked": len(results), "staged": len(stages) - len(unstaged), "due": len(stages)}
    values["refused"] = sum(result.has_figure and result.actual is None for result in results)
    text = translate(say("Figures: {there} of {asked}, {refused} refused; stages: {staged} of {due}."), **values)
    left = len(results) - there + len(unstaged)
    text = join_sentences([text, *aspirations_counted(stages.values(), translate)], translate)
    if counties := [row for row in rows if row.status.office.region]:
        theirs = say("Figures of {count} counties and districts: {there} of {asked}, {refused} refused.")
        counted = ((row.reported, len(row.status.results), len(row.status.unreadable)) for row in counties)
        reported, asked, refused = map(sum, zip(*counted, strict=True))
        values = {"count": len(counties), "there": reported, "asked": asked, "refused": refused}
        text = join_sentences([text, translate(theirs, **values)], translate)
    yield Paragraph(text, bar=Strip((("", len(results) + len(stages) - left, Tone.GOOD), ("", left, Tone.QUIET))))


def _lacks(statuses: Sequence[DepartmentStatus], translate: Translator) -> Iterator[Block]:
    """List what is missing and refused of each unit."""
    items = []
    for status in statuses:
        refused = [f"{result.indicator.name}（{result.raw}）" for result in status.unreadable]
        refused += [f"{report.milestone}（{report.stage}）" for report in status.refused]
        lists = (
            (say("Figures missing"), [result.indicator.name for result in status.missing]),
            (say("Refused"), refused),
            (say("Stages missing"), [milestone.name for _, milestone in status.unsent]),
        )
        below = tuple(
            Item(translate(title) + translate(say(": ")) + translate.join(names)) for title, names in lists if names
        )
        if below:
            items.append(Item(status.office.name, below))
    if items:
        yield Heading(translate(say("What is missing, by unit")), 2)
        yield Items(tuple(items))


def _with_units(file: str, units: Sequence[str], translate: Translator) -> str:
    return f"{file}{translate(say(': '))}{translate.join(units)}" if units else file


def _record(row: _StatusRow) -> dict[str, Json]:
    status = row.status
    return {
        "department": status.office.name,
        "state": str(status.state),
        "indicators": len(status.results),
        "reported": row.reported,
        "unreadable": len(status.unreadable),
        "missing": len(status.missing),
        "milestones": len(status.milestones),
        "staged": row.staged,
        "findings": status.findings,
        "sent": list(row.times),
        "files": list(status.files),
        **({"on_pace": sum(pace.is_assessed and not pace.is_lagging for pace in row.paces)} if row.paces else {}),
        **({"behind": sum(pace.is_lagging for pace in row.paces)} if row.paces else {}),
        "missing_indicators": [result.indicator.id for result in status.missing],
        "unreadable_indicators": [result.indicator.id for result in status.unreadable],
        "missing_milestones": [f"{task.no} {milestone.name}" for task, milestone in status.unsent],
        "unreadable_milestones": [f"{report.task} {report.milestone}" for report in status.refused],
    }
