"""Compose the whole report of an assessment, as a city sends it out, and the start page of a site."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Note, Result, Verdict, binding_first, tally
from czurban.model.finding import say
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph, Tone
from czurban.reporting.documents.check import head, pace_lines
from czurban.reporting.documents.departments import milestones_table
from czurban.reporting.documents.findings import findings_table
from czurban.reporting.documents.inputs import inputs_section
from czurban.reporting.documents.records import Origin, assessment_record, colophon, result_records
from czurban.reporting.documents.results import (
    binding_lines,
    by_category,
    by_department,
    results_table,
    summary_sentence,
    tally_line,
    tally_table,
)
from czurban.reporting.labels import VERDICTS
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.pace import Tracking

Wanted = Callable[[Result], bool]


def whole_report(
    assessment: Assessment,
    origin: Origin,
    translate: Translator,
    *,
    scope: Wanted,
    tracking: "Tracking | None" = None,
) -> Document:
    """Compose the report.

    Args:
        assessment: the judged plan.
        origin: when and from which inputs it is made, for its last page.
        translate: the reader's language.
        scope: which results it is about.
        tracking: the pace of the targets, where the judged period ends before their deadline.
    """
    results = [result for result in assessment.results if scope(result)]
    blocks: list[Block] = [
        *head(assessment, translate),
        *overview(assessment, results, translate, list(pace_lines(tracking, translate, scope))),
        *_lagging(tracking, scope, translate),
        *_figures(assessment, results, translate, tracking),
        *inputs_section(list(filter(scope, assessment.inputs)), assessment.plan, translate),
        *_milestones(assessment, results, translate),
        *(missed(assessment, results, translate) if _has_due(results, tracking) else ()),
        *_unreported(results, translate, tracking),
        *_worse(assessment, results, translate),
        *_findings(assessment, translate),
        *colophon(assessment, origin, translate),
    ]
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, results, tally(results), translate, tracking),
            "made": origin.when,
            "inputs": [{"file": name, "sha256": digest} for name, digest in origin.inputs],
        },
        lambda: result_records(results, assessment.plan, translate, tracking),
        language=translate.language,
    )


def _has_due(results: Sequence[Result], tracking: "Tracking | None") -> bool:
    """Return whether some target is due, so that a list of missed ones means something."""
    return tracking is None or any(result.verdict is not Verdict.NOT_DUE for result in results)


def _lagging(tracking: "Tracking | None", scope: Wanted, translate: Translator) -> Iterable[Block]:
    """Compose the tables of how the targets and milestones stand against the time, the worst first."""
    if tracking is None:
        return
    from czurban.reporting.documents.tracking.pace import pace_table  # noqa: PLC0415 - before the deadline
    from czurban.reporting.pace.cells import paces_of  # noqa: PLC0415 - as above

    targets = [each for each in paces_of(tracking).values() if scope(each.result) and each.pace.is_assessed]
    if targets:
        yield Heading(translate(say("Pace")), 2, sheet=translate(say("Pace")))
        yield pace_table(targets, translate)


def overview(
    assessment: Assessment, results: Sequence[Result], translate: Translator, pace: Sequence[Block]
) -> Iterable[Block]:
    """Compose the counts of verdicts, of all targets, by category and by department; or the headline of the pace."""
    yield Heading(translate(say("Overview")), 2)
    yield from binding_lines(results, translate)
    if pace:
        yield from pace
        return
    yield summary_sentence(assessment, results, translate)
    main, quantities = _split(results)
    if main and quantities:
        yield tally_line(tally(main), translate, translate(say("Main indicators")))
        yield tally_line(tally(quantities), translate, translate(say("Task quantities")))
    yield Heading(translate(say("Categories")), 3)
    yield tally_table(say("Category"), by_category(results, assessment.plan), translate)
    departments = translate(say("Departments"))
    yield Heading(departments, 3, sheet=departments)
    yield tally_table(say("Lead"), by_department(results), translate)


def _figures(
    assessment: Assessment, results: Sequence[Result], translate: Translator, tracking: "Tracking | None"
) -> Iterable[Block]:
    for title, members in zip((say("Main indicators"), say("Task quantities")), _split(results), strict=True):
        if members:
            yield Heading(translate(title), 2)
            yield results_table(members, assessment.plan, translate, tracking)


def _split(results: Iterable[Result]) -> tuple[list[Result], list[Result]]:
    """Return the results of the main table, and those that only a task names."""
    parts: tuple[list[Result], list[Result]] = [], []
    for result in results:
        parts[result.indicator.no is None].append(result)
    return parts


def _milestones(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    whole = len(results) == len(assessment.results)
    tasks = [
        task
        for task in assessment.plan.tasks
        if task.milestones and (whole or any(result.indicator.id in task.quantities for result in results))
    ]
    if tasks:
        yield Heading(translate(say("Milestones")), 2, sheet=translate(say("Tasks")))
        yield milestones_table(tasks, translate, assessment.stages)


def missed(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    """Compose the table of the missed targets."""
    those = [result for result in binding_first(results) if result.verdict is Verdict.MISSED]
    yield Heading(translate(say("Missed ({count})"), count=len(those)), 2, sheet=translate(VERDICTS[Verdict.MISSED]))
    yield results_table(those, assessment.plan, translate) if those else _none(translate)


def _unreported(results: Sequence[Result], translate: Translator, tracking: "Tracking | None") -> Iterable[Block]:
    silent = tracking.silent if tracking else frozenset()
    unreported = [result for result in results if result.verdict is Verdict.UNREPORTED or result.indicator.id in silent]
    title = translate(say("Not reported ({count})"), count=len(unreported))
    yield Heading(title, 2, sheet=translate(VERDICTS[Verdict.UNREPORTED]))
    if not unreported:
        yield _none(translate)
        return
    yield Items(
        tuple(
            Item(translate(say("{name}: {count}"), name=name, count=len(members)), tuple(map(_name, members)))
            for name, members in by_department(unreported).items()
        )
    )


def _name(result: Result) -> Item:
    return Item(f"{result.indicator.name}（{result.indicator.unit.name}）")


def _worse(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    worse = [result for result in results if Note.WORSE_THAN_BASELINE in result.notes and result.verdict is Verdict.MET]
    if worse:
        title = translate(say("Met, but worse than the baseline ({count})"), count=len(worse))
        yield Heading(title, 2, sheet=translate(say("Fallen back")))
        yield results_table(worse, assessment.plan, translate)


def _findings(assessment: Assessment, translate: Translator) -> Iterable[Block]:
    title = translate(say("Faults in the data ({count})"), count=len(assessment.findings))
    yield Heading(title, 2, sheet=translate(say("Findings")))
    yield findings_table(assessment.findings, translate) if assessment.findings else _none(translate)


def _none(translate: Translator) -> Paragraph:
    return Paragraph(translate(say("None.")), Tone.QUIET)


def start_page(assessment: Assessment, translate: Translator, tracking: "Tracking | None" = None) -> Document:
    """Compose the start page: what was missed, then the counts by category and department."""
    results = assessment.results
    due = any(result.verdict is not Verdict.NOT_DUE for result in results)
    blocks = (
        *list(head(assessment, translate))[:1],
        Paragraph(
            translate(
                say("Figures of {period} against the targets of {plan}."),
                period=assessment.period,
                plan=assessment.plan.period,
            ),
            Tone.QUIET,
        ),
        *(missed(assessment, results, translate) if due else ()),
        *overview(assessment, results, translate, list(pace_lines(tracking, translate))),
    )
    return Document(blocks, language=translate.language)
