"""The report of `czurban ledger`: how much is closed, by lead, and every entry.

The supervision ledger as a table: one row a target or a milestone, grouped as the plan groups them.

The ledger for machines: everything its table shows, values as exact strings.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import say
from czurban.model.ledger import Closing, Entry, MilestoneEntry, TargetEntry, added_to, responsible_for
from czurban.model.plan import Plan
from czurban.model.text import exact
from czurban.reporting import numbers
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Json,
    Paragraph,
    RowGroup,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import FORMAT, plan_record
from czurban.reporting.documents.results import BLANK
from czurban.reporting.labels import CLOSINGS, MARKS, MILESTONE_VERDICTS, TONES, VERDICTS, number_of, reason_of
from czurban.words.speaker import Speaker


def ledger_table(entries: Sequence[Entry], plan: Plan, speak: Speaker) -> DocumentTable:
    """Compose the table, in the order of the entries."""
    columns = (
        Column(speak(say("No.")), number=True),
        Column(speak(say("Target or milestone")), main=True),
        Column(speak(say("Lead")), fold=5),
        Column(speak(say("Responsible")), fold=2),
        Column(speak(say("Asked for")), number=True),
        Column(speak(say("Reported")), number=True),
        Column(speak(say("Verdict"))),
        Column(speak(say("Gap")), number=True, fold=4),
        Column(speak(say("Evidence")), fold=3),
        Column(speak(say("Place")), fold=1),
        Column(speak(say("Close-out"))),
    )
    groups = groupby(entries, key=lambda one: group_of(one, plan, speak))
    return DocumentTable(
        columns, tuple(RowGroup(title, tuple(_row(one, speak) for one in members)) for title, members in groups)
    )


def group_of(entry: Entry, plan: Plan, speak: Speaker) -> str:
    """The category of the main table, or the task."""
    number = entry.task.no if isinstance(entry, MilestoneEntry) else entry.result.indicator.task
    if task := plan.task(number) if number is not None else None:
        return f"{speak(say('Task {no}'), no=task.no)} {task.title}"
    return (entry.result.indicator.category or "") if isinstance(entry, TargetEntry) else ""


def who_shares(entry: Entry, speak: Speaker) -> str:
    """The responsible departments; those that a lead added stand apart behind them."""
    printed = "、".join(responsible_for(entry))
    if printed and any(task.open for task in entry.tasks):
        printed += speak(say(" and others"))
    added = "、".join(dict.fromkeys(one.name for one in added_to(entry)))
    more = speak(say("added: {names}"), names=added) if added else ""
    return speak(say("; ")).join(part for part in (printed, more) if part)


def entry_number(entry: Entry, speak: Speaker) -> str:
    """The number in the main table, or the task's."""
    if isinstance(entry, MilestoneEntry):
        return speak(say("T{task}"), task=entry.task.no)
    return number_of(entry.result.indicator, speak)


def _row(entry: Entry, speak: Speaker) -> tuple[TableCell, ...]:
    tone = TONES[entry.verdict] if entry.binding else Tone.QUIET
    target = isinstance(entry, TargetEntry)
    verdict = speak((VERDICTS if target else MILESTONE_VERDICTS)[entry.verdict])
    name, asked, reported, gap, note, place = (
        _target(entry.result, tone) if isinstance(entry, TargetEntry) else _milestone(entry, tone, speak)
    )
    return (
        TableCell(entry_number(entry, speak)),
        name,
        TableCell("、".join(entry.leads)),
        TableCell(who_shares(entry, speak)),
        asked,
        reported,
        TableCell(f"{MARKS[entry.verdict]} {verdict}", tone),
        gap,
        TableCell(note),
        TableCell(place, Tone.QUIET),
        TableCell(speak(CLOSINGS[entry.closing]), tone),
    )


_Middle = tuple[TableCell, TableCell, TableCell, TableCell, str, str]
"""What targets and milestones fill in each their own way: name, asked for, reported, gap, evidence, place."""


def _target(result: Result, tone: Tone) -> _Middle:
    one, seen, interval = result.indicator, result.observation, result.indicator.target.interval
    bound = None if interval.bound is None else Fraction(interval.bound)
    return (
        TableCell(f"{one.name}（{one.unit.name}）"),
        TableCell(str(interval), value=bound),
        TableCell(actual_text(result), tone, result.actual),
        TableCell(numbers.signed(result.figures.gap), tone, result.figures.gap) if result.figures else TableCell(BLANK),
        result.derived.sum if result.derived else seen.note if seen else "",
        str(result.place) if result.place else BLANK,
    )


def actual_text(result: Result) -> str:
    """The figure that was reported: judged in the plan's unit, else as it was written."""
    if result.actual is not None:
        about = "约" if result.approximate else ""
        return about + numbers.actual(result.actual, result.indicator.target.interval)
    return " ".join(result.raw.split()) or BLANK


def _milestone(entry: MilestoneEntry, tone: Tone, speak: Speaker) -> _Middle:
    report = entry.report
    tries = "" if entry.binding else speak(say(" (an aspiration)"))
    gap = TableCell(speak(say("{count} stage(s)"), count=-entry.steps), tone) if entry.steps else TableCell(BLANK)
    return (
        TableCell(entry.name + tries),
        TableCell(entry.milestone.stage),
        TableCell(report.stage if report else BLANK, tone),
        gap,
        report.note if report else "",
        str(report.place) if report else BLANK,
    )


def ledger_record(assessment: Assessment, entries: Sequence[Entry], speak: Speaker) -> dict[str, Json]:
    """The whole ledger; the tally counts what binds, and aspirations apart."""
    counts = Counter(one.closing for one in entries if one.binding)
    return {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "submissions": [{"file": one.file, "read_as": one.read_as} for one in assessment.submissions],
        "entries": [entry_record(one, assessment.plan, speak) for one in entries],
        "tally": {
            "total": counts.total(),
            **{str(state): counts[state] for state in Closing},
            "aspirations": sum(not one.binding for one in entries),
        },
    }


def entry_record(entry: Entry, plan: Plan, speak: Speaker) -> dict[str, Json]:
    """One entry, flat enough to be a row of CSV too."""
    return {
        "kind": "target" if isinstance(entry, TargetEntry) else "milestone",
        "group": group_of(entry, plan, speak),
        "tasks": [task.no for task in entry.tasks],
        "name": entry.name,
        "lead": list(entry.leads),
        "responsible": list(responsible_for(entry)),
        "open_list": any(task.open for task in entry.tasks),
        "added": [f"{one.name} ({one.by} {one.on.isoformat()})" for one in added_to(entry)],
        "binding": entry.binding,
        **(_ledger_record_target(entry.result) if isinstance(entry, TargetEntry) else _ledger_record_milestone(entry)),
        "verdict": str(entry.verdict),
        "closing": str(entry.closing),
        "reason": speak(reason_of(entry)),
    }


def _ledger_record_target(result: Result) -> dict[str, Json]:
    one, seen = result.indicator, result.observation
    return {
        "id": one.id,
        "no": one.no,
        "unit": one.unit.name,
        "asked": str(one.target.interval),
        "reported": seen.raw if seen else None,
        "actual": None if result.actual is None else exact(result.actual),
        "gap": exact(result.figures.gap) if result.figures else None,
        "steps": None,
        "note": (seen.note if seen else "") or None,
        "working": result.derived.sum if result.derived else None,
        "place": str(result.place) if result.place else None,
    }


def _ledger_record_milestone(entry: MilestoneEntry) -> dict[str, Json]:
    report = entry.report
    return {
        "id": None,
        "no": None,
        "unit": None,
        "asked": entry.milestone.stage,
        "reported": report.stage if report else None,
        "actual": None,
        "gap": None,
        "steps": entry.steps,
        "note": (report.note if report else "") or None,
        "place": str(report.place) if report else None,
    }


_TONES = {Closing.OPEN: Tone.BAD, Closing.CLOSED: Tone.GOOD, Closing.NOT_DUE: Tone.QUIET}


def ledger_report(assessment: Assessment, entries: Sequence[Entry], speak: Speaker) -> Document:
    """Compose the ledger of these entries."""
    plan = assessment.plan
    title = speak(say("Supervision ledger"))
    blocks: list[Block] = [Heading(f"{title} · {plan.title}"), *list(head(assessment, speak))[1:]]
    blocks += _summary(entries, speak)
    if not entries:
        blocks.append(Paragraph(speak(say("Nothing to list.")), Tone.QUIET))
    else:
        blocks += [_by_lead(entries, speak), Heading(speak(say("Entries")), 2), ledger_table(entries, plan, speak)]
    return Document(
        tuple(blocks),
        lambda: ledger_record(assessment, entries, speak),
        lambda: [entry_record(one, plan, speak) for one in entries],
    )


def _summary(entries: Sequence[Entry], speak: Speaker) -> Iterable[Paragraph]:
    """What is closed of what binds; aspirations are told beside it and never counted."""
    binding = [one for one in entries if one.binding]
    counts = Counter(one.closing for one in binding)
    sentence = say(
        "{closed} of {total} entries are closed, {open} are open and {early} are not due yet.",
        closed=counts[Closing.CLOSED],
        total=len(binding),
        open=counts[Closing.OPEN],
        early=counts[Closing.NOT_DUE],
    )
    yield Paragraph(speak(sentence))
    if tried := len(entries) - len(binding):
        yield Paragraph(speak(say("Aspirations, shown and not counted: {count}."), count=tried), Tone.QUIET)


def _by_lead(entries: Sequence[Entry], speak: Speaker) -> DocumentTable:
    """How much each lead has closed; an entry that two lead counts for both."""
    groups: dict[str, list[Closing]] = {}
    for one in entries:
        for name in one.leads if one.binding else ():
            groups.setdefault(name, []).append(one.closing)
    columns = (
        Column(speak(say("Lead")), main=True),
        Column(speak(say("Entries")), number=True),
        *(Column(speak(CLOSINGS[state]), number=True) for state in Closing),
    )
    return DocumentTable(columns, (RowGroup("", tuple(_lead(name, states, speak) for name, states in groups.items())),))


def _lead(name: str, states: Sequence[Closing], speak: Speaker) -> tuple[TableCell, ...]:
    counts = Counter(states)
    parts = tuple((speak(CLOSINGS[one]), counts[one], _TONES[one]) for one in Closing if counts[one])
    return (
        TableCell(name, chart=Strip(parts)),
        _count(len(states)),
        *(_count(counts[one]) for one in Closing),
    )


def _count(number: int) -> TableCell:
    return TableCell(str(number), value=Fraction(number))
