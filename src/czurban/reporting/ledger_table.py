"""The supervision ledger as a table: one row a target or a milestone, grouped as the plan groups them."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from czurban.model.ledger import Entry, MilestoneEntry, TargetEntry, added_to, responsible_for
from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.model.verdict import Result
from czurban.reporting import numbers
from czurban.reporting.closing_words import CLOSINGS, MILESTONE_VERDICTS
from czurban.reporting.document import Cell, Column, Group, Table, Tone
from czurban.reporting.labels import MARKS, TONES, VERDICTS, number_of
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker


def ledger_table(entries: Sequence[Entry], plan: Plan, speak: Speaker) -> Table:
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
    return Table(columns, tuple(Group(title, tuple(_row(one, speak) for one in members)) for title, members in groups))


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


def _row(entry: Entry, speak: Speaker) -> tuple[Cell, ...]:
    tone = TONES[entry.verdict] if entry.binding else Tone.QUIET
    target = isinstance(entry, TargetEntry)
    verdict = speak((VERDICTS if target else MILESTONE_VERDICTS)[entry.verdict])
    name, asked, reported, gap, note, place = (
        _target(entry.result, tone) if isinstance(entry, TargetEntry) else _milestone(entry, tone, speak)
    )
    return (
        Cell(entry_number(entry, speak)),
        name,
        Cell("、".join(entry.leads)),
        Cell(who_shares(entry, speak)),
        asked,
        reported,
        Cell(f"{MARKS[entry.verdict]} {verdict}", tone),
        gap,
        Cell(note),
        Cell(place, Tone.QUIET),
        Cell(speak(CLOSINGS[entry.closing]), tone),
    )


_Middle = tuple[Cell, Cell, Cell, Cell, str, str]
"""What targets and milestones fill in each their own way: name, asked for, reported, gap, evidence, place."""


def _target(result: Result, tone: Tone) -> _Middle:
    one, seen, interval = result.indicator, result.observation, result.indicator.target.interval
    bound = None if interval.bound is None else Fraction(interval.bound)
    return (
        Cell(f"{one.name}（{one.unit.name}）"),
        Cell(str(interval), value=bound),
        Cell(actual_text(result), tone, result.actual),
        Cell(numbers.signed(result.figures.gap), tone, result.figures.gap) if result.figures else Cell(BLANK),
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
    gap = Cell(speak(say("{count} stage(s)"), count=-entry.steps), tone) if entry.steps else Cell(BLANK)
    return (
        Cell(entry.name + tries),
        Cell(entry.milestone.stage),
        Cell(report.stage if report else BLANK, tone),
        gap,
        report.note if report else "",
        str(report.place) if report else BLANK,
    )
