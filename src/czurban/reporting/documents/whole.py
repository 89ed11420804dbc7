"""The whole report of an assessment, as a city sends it out: composed once, whatever the format."""

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
from czurban.words.speaker import Speaker

Wanted = Callable[[Result], bool]


def whole_report(assessment: Assessment, origin: Origin, speak: Speaker, *, scope: Wanted) -> Document:
    """Compose the report.

    Args:
        assessment: the judged plan.
        origin: when it is made and from which inputs, for its last page.
        speak: the reader's language.
        scope: which results it is about.
    """
    results = [one for one in assessment.results if scope(one)]
    blocks: list[Block] = [
        *head(assessment, speak),
        *_overview(assessment, results, speak),
        *_figures(assessment, results, speak),
        *_milestones(assessment, results, speak),
        *_missed(assessment, results, speak),
        *_silent(results, speak),
        *_worse(assessment, results, speak),
        *_faults(assessment, speak),
        *colophon(assessment, origin, speak),
    ]
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, results, tally(results), speak),
            "made": origin.when,
            "inputs": [{"file": name, "sha256": digest} for name, digest in origin.inputs],
        },
        lambda: [result_record(one, assessment.plan, speak) for one in results],
        language=speak.language,
    )


def _overview(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    yield Heading(speak(say("Overview")), 2)
    yield summary_sentence(assessment, results, speak)
    main, own = _split(results)
    if main and own:
        yield tally_line(tally(main), speak, speak(say("Main indicators")))
        yield tally_line(tally(own), speak, speak(say("Task quantities")))
    yield Heading(speak(say("Categories")), 3)
    yield tally_table(speak(say("Category")), by_category(results, assessment.plan), speak)
    departments = speak(say("Departments"))
    yield Heading(departments, 3, sheet=departments)
    yield tally_table(speak(say("Lead")), by_department(results), speak)


def _figures(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    for title, members in zip((say("Main indicators"), say("Task quantities")), _split(results), strict=True):
        if members:
            yield Heading(speak(title), 2)
            yield results_table(members, assessment.plan, speak)


def _split(results: Iterable[Result]) -> tuple[list[Result], list[Result]]:
    """The main table's results, and those that only a task names."""
    given = list(results)
    return [one for one in given if one.indicator.no is not None], [one for one in given if one.indicator.no is None]


def _milestones(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    whole = len(results) == len(assessment.results)
    tasks = [
        task
        for task in assessment.plan.tasks
        if task.milestones and (whole or any(one.indicator.id in task.quantities for one in results))
    ]
    if tasks:
        yield Heading(speak(say("Milestones")), 2, sheet=speak(say("Tasks")))
        yield milestones_table(tasks, speak, assessment.stages)


def _missed(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    missed = [one for one in results if one.verdict is Verdict.MISSED]
    yield Heading(speak(say("Missed ({count})"), count=len(missed)), 2, sheet=speak(VERDICTS[Verdict.MISSED]))
    yield results_table(missed, assessment.plan, speak) if missed else _none(speak)


def _silent(results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    silent = by_department(one for one in results if one.verdict is Verdict.UNREPORTED)
    count = sum(one.verdict is Verdict.UNREPORTED for one in results)
    title = speak(say("Not reported ({count})"), count=count)
    yield Heading(title, 2, sheet=speak(VERDICTS[Verdict.UNREPORTED]))
    if not silent:
        yield _none(speak)
        return
    yield Items(
        tuple(
            Item(speak(say("{name}: {count}"), name=name, count=len(members)), tuple(map(_name, members)))
            for name, members in silent.items()
        )
    )


def _name(result: Result) -> Item:
    return Item(f"{result.indicator.name}（{result.indicator.unit.name}）")


def _worse(assessment: Assessment, results: Sequence[Result], speak: Speaker) -> Iterable[Block]:
    worse = [one for one in results if Note.WORSE_THAN_BASELINE in one.notes and one.verdict is Verdict.MET]
    if worse:
        title = speak(say("Met, but worse than the baseline ({count})"), count=len(worse))
        yield Heading(title, 2, sheet=speak(say("Fallen back")))
        yield results_table(worse, assessment.plan, speak)


def _faults(assessment: Assessment, speak: Speaker) -> Iterable[Block]:
    title = speak(say("Faults in the data ({count})"), count=len(assessment.findings))
    yield Heading(title, 2, sheet=speak(say("Findings")))
    yield findings_table(assessment.findings, speak) if assessment.findings else _none(speak)


def _none(speak: Speaker) -> Paragraph:
    return Paragraph(speak(say("None.")), Tone.QUIET)
