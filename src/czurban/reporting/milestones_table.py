"""Milestones as a table: the stage the plan asks for, beside the one reported."""

from collections.abc import Iterable, Mapping

from czurban.model.message import say
from czurban.model.observation import StageReport
from czurban.model.task import Commitment, Milestone, Task
from czurban.reporting.document import Cell, Column, Group, Table, Tone
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker

Reported = Mapping[tuple[int, str], StageReport]
"""Stages that were reported, by task and milestone."""


def milestones_table(tasks: Iterable[Task], speak: Speaker, reported: Reported | None = None) -> Table:
    """Compose the table, a group for each task."""
    columns = (
        Column(speak(say("Milestone")), main=True),
        Column(speak(say("Stage asked for"))),
        Column(speak(say("Stage reported"))),
        Column(speak(say("Lead")), fold=1),
    )
    given = reported or {}
    return Table(columns, tuple(_group(task, speak, given) for task in tasks), speak(say("Task")))


def _group(task: Task, speak: Speaker, reported: Reported) -> Group:
    title = f"{speak(say('Task {no}'), no=task.no)} {task.title}"
    return Group(title, tuple(_row(task, one, speak, reported) for one in task.milestones))


def _row(task: Task, one: Milestone, speak: Speaker, reported: Reported) -> tuple[Cell, ...]:
    tries = one.commitment is Commitment.ASPIRATION
    told = reported.get((task.no, one.name))
    return (
        Cell(one.name),
        Cell(one.stage + (speak(say(" (an aspiration)")) if tries else ""), Tone.QUIET if tries else Tone.PLAIN),
        Cell(told.stage if told else BLANK),
        Cell("、".join(task.leads), facets=task.leads),
    )
