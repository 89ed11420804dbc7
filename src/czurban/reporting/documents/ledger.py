"""Compose the report of `czurban ledger`: how much each lead has closed, and every target and milestone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Place, say
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry, added_to, responsible_for
from czurban.model.plan import Plan
from czurban.model.task import NO_PERSONS, Persons
from czurban.reporting.closings import CLOSINGS, MILESTONE_VERDICTS, reason_of
from czurban.reporting.document import Block, Document, DocumentTable, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import issued_head, pace_lines
from czurban.reporting.documents.records import sent_record, with_paces
from czurban.reporting.documents.results import judged_text, target_cell, warning_lines, with_unit
from czurban.reporting.labels import MARKS, TONES, VERDICTS
from czurban.reporting.milestones import task_title
from czurban.reporting.tables import BLANK, Outcomes, TableColumn, grouped, grouped_table, number_of, signed
from czurban.reporting.texts import end_text, exact_text, last_day, persons_text, place_text
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import PacedTarget, Tracking


class _LedgerRow(NamedTuple):
    """An entry with the cells that a target and a milestone fill in differently."""

    entry: Entry
    number: str
    name: str
    asked: TableCell
    reported: TableCell
    gap: TableCell
    evidence: str
    place: Place | None
    due: str = ""
    persons: Persons = NO_PERSONS

    @property
    def tone(self) -> Tone:
        """The tone of the verdict; an aspiration is quiet."""
        return TONES[self.entry.verdict] if self.entry.binding else Tone.QUIET


def _row(entry: Entry, plan: Plan, translate: Translator) -> _LedgerRow:
    row = _target_row(entry, translate) if isinstance(entry, TargetEntry) else _milestone_row(entry, translate)
    return row._replace(due=end_text(entry.due(plan), translate), persons=entry.persons(plan))


def _target_row(entry: TargetEntry, translate: Translator) -> _LedgerRow:
    result, indicator = entry.result, entry.result.indicator
    gap = result.figures.gap if result.figures else None
    return _LedgerRow(
        entry,
        number_of(indicator, translate),
        with_unit(indicator),
        asked=target_cell(result),
        reported=TableCell(judged_text(result) or " ".join(result.raw.split()) or BLANK, value=result.actual),
        gap=TableCell(BLANK) if gap is None else TableCell(signed(gap), TONES[entry.verdict], gap),
        evidence=(result.derived and result.derived.sum) or (result.observation and result.observation.note) or "",
        place=result.place,
    )


def _milestone_row(entry: MilestoneEntry, translate: Translator) -> _LedgerRow:
    report = entry.report
    gap = translate(say("{count} stage(s)"), count=-entry.steps) if entry.steps else ""
    return _LedgerRow(
        entry,
        translate(say("T{task}"), task=entry.task.no),
        entry.name + ("" if entry.binding else translate(say(" (an aspiration)"))),
        asked=TableCell(entry.milestone.stage),
        reported=TableCell(report.stage if report else BLANK),
        gap=TableCell(gap, TONES[entry.verdict] if entry.binding else Tone.QUIET) if gap else TableCell(BLANK),
        evidence=report.note if report else "",
        place=report.place if report else None,
    )


def _responsible(row: _LedgerRow, translate: Translator) -> str:
    """List the responsible departments that the plan names, then those that a lead added."""
    entry = row.entry
    printed = translate.join(responsible_for(entry))
    if printed and any(task.open for task in entry.tasks):
        printed += translate(say(" and others"))
    names = tuple(dict.fromkeys(department.name for department in added_to(entry)))
    added = translate(say("added: {names}"), names=names) if names else ""
    return translate(say("; ")).join(part for part in (printed, added) if part)


def _verdict_cell(row: _LedgerRow, translate: Translator) -> TableCell:
    labels = VERDICTS if isinstance(row.entry, TargetEntry) else MILESTONE_VERDICTS
    verdict = row.entry.verdict
    return TableCell(f"{MARKS[verdict]} {translate(labels[verdict])}", row.tone)


def _place_cell(row: _LedgerRow, translate: Translator) -> TableCell:
    return TableCell(translate(place_text(row.place)) if row.place else BLANK, Tone.QUIET)


_DUE, _PERSONS = say("Due by"), say("Persons")
_COLUMNS: tuple[TableColumn[_LedgerRow], ...] = (
    TableColumn(say("No."), lambda row, _: row.number, number=True),
    TableColumn(say("Target or milestone"), lambda row, _: row.name, main=True),
    TableColumn(say("Lead"), lambda row, translate: translate.join(row.entry.leads), fold=5),
    TableColumn(say("Responsible"), _responsible, fold=2),
    TableColumn(_DUE, lambda row, _: row.due, fold=7),
    TableColumn(_PERSONS, lambda row, translate: persons_text(row.persons, translate), fold=6),
    TableColumn(say("Asked for"), lambda row, _: row.asked, number=True),
    TableColumn(say("Reported"), lambda row, _: row.reported._replace(tone=row.tone), number=True),
    TableColumn(say("Verdict"), _verdict_cell),
    TableColumn(say("Gap"), lambda row, _: row.gap, number=True, fold=4),
    TableColumn(say("Evidence"), lambda row, _: row.evidence, fold=3),
    TableColumn(say("Place"), _place_cell, fold=1),
    TableColumn(say("Close-out"), lambda row, translate: TableCell(translate(CLOSINGS[row.entry.closing]), row.tone)),
)


def ledger_table(
    entries: Iterable[Entry], plan: Plan, translate: Translator, tracking: "Tracking | None" = None
) -> DocumentTable:
    """Compose the table of entries, binding targets that are missed and their groups first."""
    members = sorted(entries, key=lambda entry: not (isinstance(entry, TargetEntry) and entry.result.is_binding_miss))
    by_group = grouped(members, lambda entry: [group_of(entry, plan, translate)])
    groups = ((title, [_row(entry, plan, translate) for entry in of_group]) for title, of_group in by_group.items())
    columns = [column for column in _columns(tracking) if _is_needed(column, members, plan)]
    return grouped_table(columns, groups, translate, say("Category or task"))


def _is_needed(column: TableColumn[_LedgerRow], entries: Sequence[Entry], plan: Plan) -> bool:
    """Return whether a column is shown: due dates if one is not the plan's end, persons if any is named."""
    if column.title == _DUE:
        return any(entry.due(plan).until != plan.period.until for entry in entries)
    return column.title != _PERSONS or any(entry.persons(plan).named for entry in entries)


def _columns(tracking: "Tracking | None") -> Sequence[TableColumn[_LedgerRow]]:
    """Return the columns; before the deadline what is not due has its pace in place of a verdict and a gap."""
    if tracking is None:
        return _COLUMNS
    from czurban.reporting.pace.cells import milestone_cell, paces_of, with_pace  # noqa: PLC0415 - as above

    paces = paces_of(tracking)
    stages = {id(each.entry.milestone): each for each in tracking.milestones if not each.not_assessed}

    def verdict(row: _LedgerRow, translate: Translator) -> TableCell:
        if isinstance(row.entry, MilestoneEntry) and row.entry.closing is Closing.NOT_DUE:
            stage = stages.get(id(row.entry.milestone))
            return milestone_cell(stage, translate) if stage else _verdict_cell(row, translate)
        return _verdict_cell(row, translate)

    def target(row: _LedgerRow) -> "PacedTarget | None":
        return paces.get(row.entry.result.indicator.id) if isinstance(row.entry, TargetEntry) else None

    columns = [replace(each, cell=verdict) if each.cell is _verdict_cell else each for each in _COLUMNS]
    return with_pace(columns, target)


def group_of(entry: Entry, plan: Plan, translate: Translator) -> str:
    """Return the task of the entry, or else its category in the main table."""
    number = entry.task.no if isinstance(entry, MilestoneEntry) else entry.result.indicator.task
    if task := plan.task(number) if number is not None else None:
        return task_title(task, translate)
    return (entry.result.indicator.category or "") if isinstance(entry, TargetEntry) else ""


def _record(assessment: Assessment, entries: Sequence[Entry], records: Sequence[Json]) -> dict[str, Json]:
    """Make the record of the ledger; the tally counts binding entries, and aspirations apart."""
    counts = Counter(entry.closing for entry in entries if entry.binding)
    return {
        **sent_record(assessment),
        "entries": records,
        "tally": {
            "total": counts.total(),
            **{str(state): counts[state] for state in Closing},
            "aspirations": sum(not entry.binding for entry in entries),
            **({"own_parts": sum(map(_is_own_part, entries))} if assessment.allotted else {}),
        },
    }


def entry_record(entry: Entry, plan: Plan, translate: Translator) -> dict[str, Json]:
    """Make the record of an entry, flat so that it can be a row of CSV."""
    return {
        "kind": "target" if isinstance(entry, TargetEntry) else "milestone",
        "group": group_of(entry, plan, translate),
        "tasks": [task.no for task in entry.tasks],
        "name": entry.name,
        "lead": list(entry.leads),
        "responsible": list(responsible_for(entry)),
        "open_list": any(task.open for task in entry.tasks),
        "added": [f"{added.name} ({added.by} {added.on.isoformat()})" for added in added_to(entry)],
        "due": last_day(entry.due(plan)).isoformat(),
        **{name: text or None for name, text in entry.persons(plan)._asdict().items()},
        "binding": entry.binding,
        **(_target_record(entry.result) if isinstance(entry, TargetEntry) else _milestone_record(entry)),
        "verdict": str(entry.verdict),
        "closing": str(entry.closing),
        "reason": translate(reason_of(entry)),
    }


def _target_record(result: Result) -> dict[str, Json]:
    indicator, observation = result.indicator, result.observation
    return {
        "id": indicator.id,
        **({"part_of": indicator.whole} if indicator.whole else {}),
        "no": indicator.no,
        "unit": indicator.unit.name,
        "asked": str(indicator.target.interval),
        "reported": result.raw if observation else None,
        "actual": exact_text(result.actual),
        "gap": exact_text(result.figures.gap) if result.figures else None,
        "steps": None,
        "note": (observation.note if observation else "") or None,
        "working": result.derived.sum if result.derived else None,
        "place": str(result.place) if result.place else None,
    }


def _milestone_record(entry: MilestoneEntry) -> dict[str, Json]:
    report = entry.report
    return {
        **dict.fromkeys(("id", "no", "unit")),
        "asked": entry.milestone.stage,
        "reported": report.stage if report else None,
        **dict.fromkeys(("actual", "gap")),
        "steps": entry.steps,
        "note": (report.note if report else "") or None,
        "place": str(report.place) if report else None,
    }


_TONES = {Closing.OPEN: Tone.BAD, Closing.CLOSED: Tone.GOOD, Closing.NOT_DUE: Tone.QUIET}


def ledger_report(
    assessment: Assessment, entries: Sequence[Entry], translate: Translator, tracking: "Tracking | None" = None
) -> Document:
    """Compose the ledger of these entries."""
    plan = assessment.plan
    results = [entry.result for entry in entries if isinstance(entry, TargetEntry)]
    inside = {result.indicator.id for result in results}
    blocks: list[Block] = [
        *issued_head(assessment, say("Supervision ledger of “{plan}”, {period}"), translate),
        *warning_lines(results, translate),
        *pace_lines(tracking, translate, lambda result: result.indicator.id in inside),
        *_summary(entries, translate),
    ]
    if entries:
        table = ledger_table(entries, plan, translate, tracking)
        blocks += [Heading(translate(say("By department")), 2), _by_lead(entries, translate)]
        blocks += [Heading(translate(say("Entries")), 2), table]
    else:
        blocks.append(Paragraph(translate(say("Nothing to list.")), Tone.QUIET))

    def rows() -> list[dict[str, Json]]:
        return with_paces([entry_record(entry, plan, translate) for entry in entries], tracking)

    return Document(tuple(blocks), lambda: _record(assessment, entries, rows()), rows, language=translate.language)


def _summary(entries: Sequence[Entry], translate: Translator) -> Iterable[Paragraph]:
    """Count the binding entries by their close-out; aspirations are counted apart, and own parts once more."""
    counts = Counter(entry.closing for entry in entries if entry.binding)
    sentence = say("{closed} of {total} entries are closed, {open} are open and {early} are not due yet.")
    states = {"closed": counts[Closing.CLOSED], "open": counts[Closing.OPEN], "early": counts[Closing.NOT_DUE]}
    yield Paragraph(translate(sentence, total=counts.total(), **states))
    if aspirations := len(entries) - counts.total():
        text = say("Aspirations, shown and not counted: {count}.", count=aspirations)
        yield Paragraph(translate(text), Tone.QUIET)
    if parts := [entry for entry in entries if _is_own_part(entry)]:
        closed = sum(entry.closing is Closing.CLOSED for entry in parts)
        text = say("Among them are {count} parts of targets of departments and counties, {closed} of them closed.")
        yield Paragraph(translate(text, count=len(parts), closed=closed), Tone.QUIET)


def _is_own_part(entry: Entry) -> bool:
    return isinstance(entry, TargetEntry) and bool(entry.result.indicator.whole)


def _by_lead(entries: Iterable[Entry], translate: Translator) -> DocumentTable:
    """Compose the table of how much each lead has closed; an entry with two leads counts for both."""
    groups = grouped((entry for entry in entries if entry.binding), lambda entry: entry.leads)
    leads = ((name, Counter(entry.closing for entry in members)) for name, members in groups.items())
    return Outcomes(CLOSINGS, _TONES).table(say("Lead"), say("Entries"), leads, translate)
