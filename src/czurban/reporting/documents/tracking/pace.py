"""Compose the report of `czurban pace`: how every target stands against the time that has passed, worst first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from czurban.model.assessment import Assessment
from czurban.model.finding import Message, say
from czurban.model.over_time.pace import LAGGING, NotAssessed, Pace, PaceStatus
from czurban.model.over_time.rates import short
from czurban.model.over_time.tracking import PacedMilestone, PacedTarget, Tracking, worst_first
from czurban.reporting.document import Block, Document, DocumentTable, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import result_record, sent_record
from czurban.reporting.documents.results import actual_text, figure_period, leads_cell, name_cell
from czurban.reporting.milestones import aspirations_counted
from czurban.reporting.pace import texts as words
from czurban.reporting.pace.cells import completion_cell, lead_cell, milestone_cell, status_cell
from czurban.reporting.pace.headline import headline
from czurban.reporting.pace.records import pace_record, tracking_record
from czurban.reporting.tables import BLANK, TableColumn, grouped_table, number_of, plain_table
from czurban.reporting.texts import join_sentences
from czurban.words.translator import Translator


def _due_cell(target: PacedTarget, _: Translator) -> TableCell:
    due, most = target.pace.due, target.pace.due_high
    if due is None or not target.pace.is_assessed:
        return TableCell(BLANK)
    return TableCell(short(due) if most is None else f"{short(due)}~{short(most)}", value=due)


def _notes_cell(target: PacedTarget, translate: Translator) -> TableCell:
    remarks = words.remarks(target.pace, target.result.indicator, translate)
    notes = filter(None, [*map(translate, figure_period(target.result)), remarks])
    return TableCell(translate(say("; ")).join(notes), Tone.QUIET)


_COLUMNS: tuple[TableColumn[PacedTarget], ...] = (
    TableColumn(
        say("No."), lambda target, translate: number_of(target.result.indicator, translate), number=True, fold=6
    ),
    TableColumn(say("Indicator"), lambda target, _: name_cell(target.result.indicator), main=True),
    TableColumn(say("Lead"), lambda target, translate: leads_cell(target.result.indicator.leads, translate), fold=2),
    TableColumn(say("Target"), lambda target, _: str(target.result.indicator.target.interval), number=True, fold=7),
    TableColumn(say("Reached"), lambda target, _: actual_text(target.result), number=True, fold=10),
    TableColumn(say("Due by now"), _due_cell, number=True, fold=5),
    TableColumn(say("Completion"), completion_cell, number=True),
    TableColumn(say("Ahead or behind"), lead_cell, number=True),
    TableColumn(
        say("Needed"), lambda each, translate: words.needed_text(each.pace, translate) or BLANK, number=True, fold=8
    ),
    TableColumn(
        say("So far"), lambda each, translate: words.rate_text(each.pace, translate) or BLANK, number=True, fold=4
    ),
    TableColumn(
        say("At this rate"),
        lambda each, _: words.projected_text(each.pace, each.result.indicator) or BLANK,
        number=True,
        fold=3,
    ),
    TableColumn(say("Pace"), status_cell, fold=9),
    TableColumn(say("Notes"), _notes_cell, fold=1),
)


def pace_table(targets: Iterable[PacedTarget], translate: Translator) -> DocumentTable:
    """Compose the table of targets, the worst first, in groups by how they stand."""
    ordered = worst_first(targets)
    high = any(target.pace.too_high for target in ordered)
    lagging = say("Behind or too high") if high else say("Behind")
    groups = groupby(ordered, key=lambda target: _group(target.pace, lagging, translate))
    return grouped_table(_COLUMNS, groups, translate, say("Pace"))


def _group(pace: Pace, lagging: Message, translate: Translator) -> str:
    if pace.status in LAGGING:
        return translate(lagging)
    if pace.status in (PaceStatus.AHEAD, PaceStatus.ON_PACE):
        return translate(say("On pace"))
    return words.status_text(pace, translate).capitalize()


def pace_blocks(tracking: Tracking, translate: Translator) -> Iterator[Block]:
    """Compose the headline and the table of targets that were reported; a sentence names those that were not."""
    for number, line in enumerate(headline(tracking, translate, listed=True)):
        yield Paragraph(line, Tone.PLAIN if number == 0 else Tone.QUIET)
    silent = [each for each in tracking.targets if each.pace.status is PaceStatus.UNREPORTED]
    idle = [each for each in tracking.targets if each.pace.status is PaceStatus.NOT_ASSESSED]
    shown = [each for each in tracking.targets if each not in silent and each not in idle]
    if shown:
        yield pace_table(shown, translate)
    elif tracking.targets:
        yield Paragraph(translate(say("Nothing to list.")), Tone.QUIET)
    if silent or idle:
        yield Heading(translate(say("Not reported or not assessed")), 2)
    yield from _named(say("Not reported ({count}): {names}."), silent, translate)
    for why, sentence in _IDLE.items():
        yield from _named(sentence, [each for each in idle if each.pace.not_assessed is why], translate)


_IDLE = {
    NotAssessed.ANNUAL: say("Annual, not assessed before the end of the year ({count}): {names}."),
    NotAssessed.NO_BASELINE: say("Without a baseline, and short of the target ({count}): {names}."),
    NotAssessed.NO_TARGET: say("Without a target of their own ({count}): {names}."),
    NotAssessed.NO_INTERVAL: say("Judged by a stage, or by a figure that is not known ({count}): {names}."),
    NotAssessed.NOT_BEGUN: say("Not begun ({count}): {names}."),
}


def _named(sentence: Message, targets: Sequence[PacedTarget], translate: Translator) -> Iterator[Block]:
    if targets:
        names = tuple(target.result.indicator.name for target in targets)
        yield Paragraph(translate(sentence, count=len(targets), names=names), Tone.QUIET)


_MILESTONE_COLUMNS: tuple[TableColumn[PacedMilestone], ...] = (
    TableColumn(say("No."), lambda each, translate: translate(say("T{task}", task=each.entry.task.no)), number=True),
    TableColumn(say("Milestone"), lambda each, _: each.entry.name, main=True),
    TableColumn(say("Lead"), lambda each, translate: translate.join(each.entry.leads), fold=1),
    TableColumn(say("Required stage"), lambda each, _: each.entry.milestone.stage, fold=2),
    TableColumn(say("Due by now"), lambda each, _: each.due or BLANK),
    TableColumn(say("Reported stage"), lambda each, _: each.entry.report.stage if each.entry.report else BLANK),
    TableColumn(
        say("Stages left"), lambda each, _: BLANK if each.left is None else str(each.left), number=True, fold=3
    ),
    TableColumn(say("Pace"), milestone_cell),
)


def milestone_blocks(tracking: Tracking, translate: Translator) -> Iterator[Block]:
    """Compose the table of the milestones of which a stage is due or reported, and count the others."""
    shown = [each for each in tracking.milestones if each.due or each.entry.report]
    if not shown:
        return
    yield Heading(translate(say("Milestones")), 2, sheet=translate(say("Milestones")))
    early = sum(each.status is PaceStatus.ACHIEVED_EARLY for each in tracking.milestones)
    due = sum(bool(each.due) for each in tracking.milestones)
    text = say("Of {total} milestones {due} have a stage due by now; {early} have reached their required stage.")
    counted = aspirations_counted((each.entry.milestone for each in tracking.milestones), translate)
    sentence = translate(text, total=len(tracking.milestones), due=due, early=early)
    yield Paragraph(join_sentences([sentence, *counted], translate))
    order = [PaceStatus.BEHIND, PaceStatus.UNREPORTED, PaceStatus.UNREADABLE]
    shown.sort(key=lambda each: order.index(each.status) if each.status in order else len(order))
    yield plain_table(_MILESTONE_COLUMNS, shown, translate)


def pace_report(assessment: Assessment, tracking: Tracking, translate: Translator) -> Document:
    """Compose the report: the headline first, then the targets, the worst first, then the milestones."""
    plan = tracking.plan
    title = f"{translate(say('Pace'))} · {plan.title}"
    blocks = [
        Heading(title),
        *list(head(assessment, translate))[1:],
        *pace_blocks(tracking, translate),
        *milestone_blocks(tracking, translate),
    ]
    if tracking.allotted:
        blocks.append(Heading(translate(say("Departments' own parts of targets")), 2))
        blocks += pace_blocks(tracking.of_parts, translate)

    def rows() -> list[dict[str, Json]]:
        ordered = [*worst_first(tracking.targets), *worst_first(tracking.allotted)]
        return [result_record(each.result, plan, translate) | pace_record(each) for each in ordered]

    return Document(
        tuple(blocks), lambda: _record(assessment, tracking, rows(), translate), rows, language=translate.language
    )


def _record(assessment: Assessment, tracking: Tracking, rows: Sequence[Json], translate: Translator) -> dict[str, Json]:
    return {
        **sent_record(assessment),
        **tracking_record(tracking, translate),
        "targets": rows,
        "milestones": [
            {
                "task": each.entry.task.no,
                "name": each.entry.name,
                "lead": list(each.entry.leads),
                "required": each.entry.milestone.stage,
                "due": each.due or None,
                "reported": each.entry.report.stage if each.entry.report else None,
                "left": each.left,
                "pace": str(each.status),
            }
            for each in tracking.milestones
        ],
    }
