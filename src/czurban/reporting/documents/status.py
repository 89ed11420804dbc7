"""Compose the report of `czurban status`: who has sent what and when, what is missing, and what has changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.collection.sent import Change, DepartmentStatus, Reported, SentChange, State
from czurban.model.finding import mark, say
from czurban.model.observation import Status
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
from czurban.reporting.documents.check import few, pace_lines
from czurban.reporting.documents.records import head_record
from czurban.reporting.milestones import aspirations_counted
from czurban.reporting.tables import BLANK, TableColumn, count_column, figure, plain_table
from czurban.reporting.texts import exact_text, join_sentences, period_text
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


def _labelled(label: tuple[str, Tone], translate: Translator) -> TableCell:
    return TableCell(translate(label[0]), label[1])


_CHANGE_COLUMNS: tuple[TableColumn[Change], ...] = (
    TableColumn(say("Indicator or milestone"), lambda change, _: change.name, main=True),
    TableColumn(say("Lead"), lambda change, translate: translate.join(change.leads), fold=1),
    TableColumn(say("Before"), lambda change, translate: _text(change.before, translate), number=True),
    TableColumn(
        say("Now"), lambda each, words: TableCell(_text(each.after, words), _CHANGES[each.kind][1]), number=True
    ),
    TableColumn(say("Change"), lambda change, translate: _labelled(_CHANGES[change.kind], translate)),
)


def _text(reported: Reported | None, translate: Translator) -> str:
    if reported is None:
        return BLANK
    if not isinstance(reported, Result):
        return reported.stage
    status = reported.observation.status if reported.observation else None
    text = translate(say("unreadable: {raw}"), raw=reported.raw)
    if reported.actual is not None:
        text = f"{'约' if reported.approximate else ''}{figure(reported.actual)} {reported.indicator.unit.name}"
    return text + (f" ({translate(_STATUSES[status])})" if status else "")


def _change_record(change: Change) -> dict[str, Json]:
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

    @property
    def on_pace(self) -> int:
        """How many targets keep the pace."""
        return sum(pace.is_assessed and not pace.is_lagging for pace in self.paces)

    @property
    def behind(self) -> int:
        """How many targets lag behind the time."""
        return sum(pace.is_lagging for pace in self.paces)


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
    TableColumn(say("State"), lambda row, translate: _labelled(STATES[row.status.state], translate)),
    TableColumn(say("There"), _progress_cell, number=True),
    count_column(say("Figures missing"), lambda row: len(row.status.missing), spare=4),
    count_column(say("Refused"), lambda row: len(row.status.unreadable) + len(row.status.refused), spare=4),
    count_column(say("Stages missing"), lambda row: len(row.status.unsent), spare=4),
    count_column(say("Findings"), lambda row: row.status.findings, spare=3),
    TableColumn(say("Sent"), lambda row, translate: few(row.times, _MOST_LISTED, translate) or BLANK, spare=2),
    TableColumn(say("File"), lambda row, translate: few(row.status.files, _MOST_LISTED, translate) or BLANK, spare=1),
)
_WITH_PACE: tuple[TableColumn[_StatusRow], ...] = (
    *_COLUMNS[:3],
    count_column(say("On pace"), lambda row: row.on_pace),
    count_column(say("Behind"), lambda row: row.behind),
    *_COLUMNS[3:],
)


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
    """Compose the report of the status of each department.

    `when` has the printed time of each file in the folder, read or not. `changes` are what differs from an earlier
    time, if one is compared, and `gone` the files of that time that were withdrawn, each with its units. With `every`,
    what is missing and refused of each unit is listed. `tracking` is the pace where it is taken.
    """
    paces = {each.result.indicator.id: each.pace for each in tracking.every} if tracking else {}
    rows = [
        _StatusRow(
            status,
            [when[file] for file in status.files],
            tuple(paces[name] for result in status.results if (name := result.indicator.id) in paces),
        )
        for status in statuses
    ]
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
        named = ((file, translate.join(units)) for file, units in gone)
        items = Items(tuple(Item(translate(say(": ")).join(filter(None, each))) for each in named))
        blocks += [Heading(translate(say("Forms that were withdrawn ({count})"), count=len(gone)), 2), items]
    if changes is not None:
        none = Paragraph(translate(say("None.")), Tone.QUIET)
        title = translate(say("What has changed ({count})"), count=len(changes))
        blocks += [Heading(title, 2), plain_table(_CHANGE_COLUMNS, changes, translate) if changes else none]
    if unattributed:
        title = translate(say("Files that name no department or are no tables ({count})"), count=len(unattributed))
        blocks += [Heading(title, 2), Items(tuple(map(Item, unattributed)))]
    records: list[dict[str, Json]] = [_record(row) for row in rows]
    record: dict[str, Json] = {
        **head_record(assessment.plan, assessment.period),
        "departments": records,
        "withdrawn": [{"file": file, "units": list(units)} for file, units in gone],
        "changes": None if changes is None else [_change_record(change) for change in changes],
        "unattributed": unattributed,
    }
    return Document(tuple(blocks), lambda: record, lambda: records, language=translate.language)


def _totals(assessment: Assessment, rows: Sequence[_StatusRow], translate: Translator) -> Iterator[Paragraph]:
    """Count the units by state, and the figures and stages that are there."""
    counts = Counter(row.status.state for row in rows)
    states = [(translate(label), counts[state], tone) for state, (label, tone) in STATES.items() if counts[state]]
    parts = [translate(say("{count} {state}"), count=count, state=label) for label, count, _ in states]
    period, listed = period_text(assessment.period, translate), translate(say(", ")).join(parts)
    units = translate(say("{period}: of {total} units {parts}."), period=period, total=len(rows), parts=listed)
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
        **({"on_pace": row.on_pace, "behind": row.behind} if row.paces else {}),
        "missing_indicators": [result.indicator.id for result in status.missing],
        "unreadable_indicators": [result.indicator.id for result in status.unreadable],
        "missing_milestones": [f"{task.no} {milestone.name}" for task, milestone in status.unsent],
        "unreadable_milestones": [f"{report.task} {report.milestone}" for report in status.refused],
    }
