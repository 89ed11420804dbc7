"""Compose what is never counted with the plan's targets: figures without a target, own parts, and counties' figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, CountyFigure, Note, Result, Verdict, tally
from czurban.model.finding import say
from czurban.model.observation import StageReport
from czurban.model.plan import Plan
from czurban.reporting.document import Block, Heading, Paragraph, TableCell, Tone
from czurban.reporting.documents.results import (
    by_category,
    figure_cell,
    gap_cell,
    judged_blocks,
    name_cell,
    tally_line,
    verdict_cell,
    with_unit,
)
from czurban.reporting.labels import NOTES
from czurban.reporting.tables import BLANK, TableColumn, grouped, grouped_table, number_of
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def _working(result: Result, translate: Translator) -> str:
    """Write how a computed figure comes about, and what else is to be known about it."""
    parts = [result.derived.working if result.derived else ""]
    parts += [translate(NOTES[note]) for note in result.notes if note not in _EVIDENT]
    return translate(say("; ")).join(filter(None, parts)) or BLANK


_EVIDENT = frozenset({Note.NO_TARGET, Note.DERIVED})
"""Notes that go without saying where there is no target and the working is shown."""
_OF_PLAN: tuple[TableColumn[Result], ...] = (
    TableColumn(say("No."), lambda result, translate: number_of(result.indicator, translate), number=True),
    TableColumn(say("Indicator"), lambda result, _: name_cell(result.indicator), main=True),
    TableColumn(say("Lead"), lambda result, translate: translate.join(result.indicator.leads), fold=2),
    TableColumn(say("Figure"), lambda result, _: figure_cell(result), number=True),
    TableColumn(say("Working"), _working, fold=1),
)
_OF_REGIONS: tuple[TableColumn[tuple[str, Result]], ...] = (
    TableColumn(say("Region"), lambda row, _: row[0], main=True),
    TableColumn(say("Figure"), lambda row, _: figure_cell(row[1]), number=True),
    TableColumn(say("Working"), lambda row, translate: _working(row[1], translate), fold=1),
)


def inputs_section(results: Sequence[Result], plan: Plan, translate: Translator) -> Iterator[Block]:
    """Compose the figures without a target of the plan's region; nothing where there are none."""
    if results:
        yield from _head(translate)
        yield grouped_table(_OF_PLAN, by_category(results, plan).items(), translate, say("Category"))


def own_parts_section(
    results: Sequence[Result],
    plan: Plan,
    translate: Translator,
    tracking: "Tracking | None" = None,
    shown: Sequence[Result] | None = None,
) -> Iterator[Block]:
    """Compose the departments' own parts of targets with their tally; nothing where there are none.

    `tracking` is the pace where the judged period ends before the deadline, `shown` are those listed, if not all.
    """
    if results:
        yield Heading(translate(say("Departments' own parts of targets")), 2)
        yield Paragraph(translate(say("Each is judged by its own row of the breakdown.")), Tone.QUIET)
        yield from judged_blocks(results, plan, translate, tracking, shown)


def regional_inputs(
    figures: Iterable[tuple[Result, Sequence[tuple[str, Result]]]], home: str, translate: Translator
) -> Iterator[Block]:
    """Compose the figures without a target of several regions, of which `home` is the name of the whole one.

    `figures` has for each indicator the result of the whole region, and the name and result of each region below.
    """
    if groups := [(with_unit(whole.indicator), [*below, (home, whole)]) for whole, below in figures]:
        yield from _head(translate)
        yield grouped_table(_OF_REGIONS, groups, translate, say("Indicator"))


def _head(translate: Translator) -> Iterator[Block]:
    yield Heading(translate(say("Figures without a target")), 2)
    yield Paragraph(translate(say("They are asked for and shown, and counted nowhere.")), Tone.QUIET)


def _county_title(figure: CountyFigure, _: Translator) -> str:
    """Write the name of the indicator, without that of the region that the rows are grouped by."""
    return with_unit(figure.result.indicator).replace(f"（{figure.region}）", "", 1)


def _county_verdict(figure: CountyFigure, translate: Translator) -> TableCell:
    if figure.judged:
        return verdict_cell(figure.result, translate)
    if figure.result.actual is None:
        return verdict_cell(replace(figure.result, verdict=Verdict.UNREADABLE), translate)
    return TableCell(translate(say("collected")), Tone.QUIET)


_OF_COUNTIES: tuple[TableColumn[CountyFigure], ...] = (
    TableColumn(say("No."), lambda row, translate: number_of(row.result.indicator, translate), number=True, spare=2),
    TableColumn(say("Indicator"), _county_title, main=True),
    TableColumn(
        say("Target"), lambda row, _: str(row.result.indicator.target.interval) if row.judged else BLANK, number=True
    ),
    TableColumn(say("Actual"), lambda row, _: figure_cell(row.result), number=True),
    TableColumn(
        say("Gap"), lambda row, words: gap_cell(row.result, words) if row.judged else BLANK, number=True, spare=1
    ),
    TableColumn(say("Verdict"), _county_verdict),
)
_StageRow = tuple[str, str, StageReport]
_COUNTY_STAGES: tuple[TableColumn[_StageRow], ...] = (
    TableColumn(say("Task"), lambda row, _: str(row[2].task), number=True),
    TableColumn(say("Milestone"), lambda row, _: row[2].milestone, main=True),
    TableColumn(say("Asked for"), lambda row, _: row[1]),
    TableColumn(say("Reported"), lambda row, _: row[2].stage),
)


def county_section(
    assessment: Assessment, translate: Translator, wanted: Callable[[CountyFigure], bool], *, stages: bool = True
) -> Iterator[Block]:
    """Compose the wanted figures and the stages in the forms of counties; nothing where there are none."""
    figures, reports = list(filter(wanted, assessment.of_counties())), _stages(assessment) if stages else []
    if not figures and not reports:
        return
    count = translate(say("Figures of counties and districts ({count})"), count=len(assessment.counties))
    yield Heading(count, 2, sheet=translate(say("Counties")))
    text = say("They are judged by targets of their own, otherwise collected, and counted nowhere above.")
    yield Paragraph(translate(text), Tone.QUIET)
    if figures:
        groups = grouped(figures, lambda figure: [figure.region])
        yield grouped_table(_OF_COUNTIES, groups.items(), translate, say("Region"))
    if judged := [figure.result for figure in figures if figure.judged]:
        yield tally_line(tally(judged), translate, translate(say("Targets of counties and districts")))
    if reports:
        yield Paragraph(translate(say("Stages that they report of milestones:")))
        groups_of_stages = grouped(reports, lambda row: [row[0]])
        yield grouped_table(_COUNTY_STAGES, groups_of_stages.items(), translate, say("Region"))


def _stages(assessment: Assessment) -> list[_StageRow]:
    asked = {(task.no, each.name): each.stage for task in assessment.plan.tasks for each in task.milestones}
    return [
        (assessment.plan.counties[code].name, asked.get(name, ""), report)
        for code, judged in assessment.counties.items()
        for name, report in judged.stages.items()
    ]
