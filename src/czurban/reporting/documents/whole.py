"""Compose the whole report of an assessment, as a city sends it out."""

from collections.abc import Callable, Iterable, Sequence

from czurban.model.assessment import Assessment, Note, Result, Verdict, tally
from czurban.model.finding import say
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph, Tone
from czurban.reporting.documents.check import head
from czurban.reporting.documents.departments import milestones_table
from czurban.reporting.documents.findings import findings_table
from czurban.reporting.documents.records import Origin, assessment_record, colophon, result_record
from czurban.reporting.documents.results import (
    by_category,
    by_department,
    results_table,
    summary_sentence,
    tally_line,
    tally_table,
)
from czurban.reporting.labels import VERDICTS
from czurban.words.translator import Translator

Wanted = Callable[[Result], bool]


def whole_report(assessment: Assessment, origin: Origin, translate: Translator, *, scope: Wanted) -> Document:
    """Compose the report.

    Args:
        assessment: the judged plan.
        origin: when and from which inputs it is made, for its last page.
        translate: the reader's language.
        scope: which results it is about.
    """
    results = [result for result in assessment.results if scope(result)]
    blocks: list[Block] = [
        *head(assessment, translate),
        *_overview(assessment, results, translate),
        *_figures(assessment, results, translate),
        *_milestones(assessment, results, translate),
        *_missed(assessment, results, translate),
        *_unreported(results, translate),
        *_worse(assessment, results, translate),
        *_findings(assessment, translate),
        *colophon(assessment, origin, translate),
    ]
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, results, tally(results), translate),
            "made": origin.when,
            "inputs": [{"file": name, "sha256": digest} for name, digest in origin.inputs],
        },
        lambda: [result_record(result, assessment.plan, translate) for result in results],
        language=translate.language,
    )


def _overview(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    yield Heading(translate(say("Overview")), 2)
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


def _figures(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    for title, members in zip((say("Main indicators"), say("Task quantities")), _split(results), strict=True):
        if members:
            yield Heading(translate(title), 2)
            yield results_table(members, assessment.plan, translate)


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


def _missed(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    missed = [result for result in results if result.verdict is Verdict.MISSED]
    yield Heading(translate(say("Missed ({count})"), count=len(missed)), 2, sheet=translate(VERDICTS[Verdict.MISSED]))
    yield results_table(missed, assessment.plan, translate) if missed else _none(translate)


def _unreported(results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    unreported = [result for result in results if result.verdict is Verdict.UNREPORTED]
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
