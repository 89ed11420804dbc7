"""Compose the whole report of an assessment, as a city sends it out, and the start page of a site."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Note, Result, Verdict, tally, used_files
from czurban.model.collection.asked import named_in
from czurban.model.faults import DOUBTED_SIZES
from czurban.model.finding import Message, say
from czurban.model.ledger import MilestoneEntry, TargetEntry, milestone_entries
from czurban.reporting.document import Block, Document, Heading, Item, Items, Paragraph, Tone
from czurban.reporting.documents.check import Wanted, issued_head, judged_line, pace_lines
from czurban.reporting.documents.findings import findings_table
from czurban.reporting.documents.inputs import county_section, inputs_section, own_parts_section
from czurban.reporting.documents.records import (
    Origin,
    assessment_record,
    colophon,
    county_records,
    milestone_record,
    result_records,
)
from czurban.reporting.documents.results import (
    by_category,
    by_department,
    has_due,
    part_tallies,
    parts_of_plan,
    results_table,
    summary_sentence,
    tally_table,
    warning_lines,
    with_unit,
)
from czurban.reporting.labels import VERDICTS
from czurban.reporting.milestones import milestone_tallies, milestones_line, milestones_table
from czurban.reporting.tables import TableColumn, plain_table
from czurban.reporting.texts import placed_text
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking


def whole_report(
    assessment: Assessment, origin: Origin, translate: Translator, *, scope: Wanted, tracking: "Tracking | None" = None
) -> Document:
    """Compose the report of the results in scope; `origin` is for its last page.

    `tracking` is the pace where the judged period ends before the deadline.
    """
    results = [result for result in assessment.results if scope(result)]
    parts = list(filter(scope, assessment.allotted))
    milestones = _milestones_of(assessment, results)
    blocks: list[Block] = [
        *issued_head(assessment, say("Results of “{plan}” in {period}"), translate),
        *overview(assessment, results, translate, list(pace_lines(tracking, translate, scope))),
        *_lagging(tracking, scope, translate),
        *_figures(assessment, results, translate, tracking),
        *own_parts_section(parts, assessment.plan, translate, tracking),
        *inputs_section(list(filter(scope, assessment.inputs)), assessment.plan, translate),
        *county_section(assessment, translate, lambda figure: scope(figure.result)),
        *_milestones(milestones, translate),
        *(missed(assessment, results, translate) if tracking is None or has_due(results) else ()),
        *_implausible(assessment, [*results, *parts], translate),
        *_unreadable(assessment, [*results, *parts], milestones, translate),
        *_unreported(results, translate, tracking),
        *_worse(assessment, results, translate),
        *_findings(assessment, translate),
        *colophon(assessment, origin, translate),
    ]
    return Document(
        tuple(blocks),
        lambda: {
            **assessment_record(assessment, [*results, *parts], tally(results), translate, tracking),
            "made": origin.when,
            "inputs": [{"file": name, "sha256": digest} for name, digest in origin.inputs],
        },
        lambda: [
            *result_records([*results, *parts], assessment.plan, translate, tracking),
            *map(milestone_record, milestones),
            *county_records(assessment, translate, lambda figure: scope(figure.result)),
        ],
        language=translate.language,
    )


def _lagging(tracking: "Tracking | None", scope: Wanted, translate: Translator) -> Iterable[Block]:
    """Compose the tables of how the targets and milestones stand against the time, the worst first."""
    if tracking is None:
        return
    from czurban.reporting.documents.tracking.pace import pace_table  # noqa: PLC0415 - before the deadline
    from czurban.reporting.pace.cells import paces_of  # noqa: PLC0415 - as above

    targets = [each for each in paces_of(tracking).values() if scope(each.result) and each.pace.is_assessed]
    targets = [each for each in targets if not each.result.indicator.whole]
    if targets:
        yield Heading(translate(say("Pace")), 2, sheet=translate(say("Pace")))
        yield pace_table(targets, translate)


def overview(
    assessment: Assessment, results: Sequence[Result], translate: Translator, pace: Sequence[Block]
) -> Iterable[Block]:
    """Compose the counts of verdicts, of all targets, by category and by department; or the headline of the pace."""
    yield Heading(translate(say("Overview")), 2)
    yield from warning_lines(results, translate)
    if pace:
        yield from pace
        return
    yield summary_sentence(assessment, results, translate)
    if milestones := _milestones_of(assessment, results):
        yield milestones_line(milestones, translate)
    yield from part_tallies(results, translate)
    categories = by_category(results, assessment.plan)
    if any(categories):
        yield Heading(translate(say("Categories")), 3)
        yield tally_table(say("Category"), categories, translate)
    departments = translate(say("Departments"))
    yield Heading(departments, 3, sheet=departments)
    yield tally_table(say("Lead"), by_department(results), translate)


def _figures(
    assessment: Assessment, results: Sequence[Result], translate: Translator, tracking: "Tracking | None"
) -> Iterable[Block]:
    for title, members in zip((say("Main indicators"), say("Task quantities")), parts_of_plan(results), strict=True):
        if members:
            yield Heading(translate(title), 2)
            yield results_table(members, assessment.plan, translate, tracking)


def _milestones_of(assessment: Assessment, results: Sequence[Result]) -> list[MilestoneEntry]:
    """Return all milestones, or those of the tasks of some results."""
    whole = len(results) == len(assessment.results)
    inside = {result.indicator.id for result in results}
    entries = milestone_entries(assessment)
    return [entry for entry in entries if whole or not inside.isdisjoint(entry.task.quantities)]


def _milestones(entries: Sequence[MilestoneEntry], translate: Translator) -> Iterable[Block]:
    if entries:
        yield Heading(translate(say("Milestones")), 2, sheet=translate(say("Tasks")))
        yield milestones_line(entries, translate)
        yield milestone_tallies(entries, translate)
        yield milestones_table(entries, translate)


_Doubtful = tuple[TargetEntry | MilestoneEntry, str]
_DOUBTFUL_COLUMNS: tuple[TableColumn[_Doubtful], ...] = (
    TableColumn(say("Target or milestone"), lambda row, _: row[0].name, main=True),
    TableColumn(say("Lead"), lambda row, translate: translate.join(row[0].leads), fold=1),
    TableColumn(say("Why"), lambda row, _: row[1]),
)


def _unreadable(
    assessment: Assessment, results: Sequence[Result], milestones: Sequence[MilestoneEntry], translate: Translator
) -> Iterable[Block]:
    """Compose the figures and stages that cannot be judged, each with the reason in words."""
    rows: list[_Doubtful] = [
        (TargetEntry(result), translate(_why(assessment, result)))
        for result in results
        if result.verdict is Verdict.UNREADABLE
    ]
    rows += [
        (entry, translate(_why_stage(assessment, entry))) for entry in milestones if entry.verdict is Verdict.UNREADABLE
    ]
    if rows:
        title = translate(say("Cannot be judged ({count})"), count=len(rows))
        yield Heading(title, 2, sheet=translate(VERDICTS[Verdict.UNREADABLE]))
        yield plain_table(_DOUBTFUL_COLUMNS, rows, translate)


def _implausible(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    """Compose the verdicts by values of an implausible size, each with the warning on its value."""
    doubted = [result for result in results if Note.IMPLAUSIBLE in result.notes]
    if doubted:
        warnings = {fault.place: fault.message for fault in assessment.findings if fault.code in DOUBTED_SIZES}
        rows = [(TargetEntry(result), _warning(result, warnings.get(result.place), translate)) for result in doubted]
        yield Heading(translate(say("To be checked first ({count})"), count=len(rows)), 2)
        yield plain_table(_DOUBTFUL_COLUMNS, rows, translate)


def _warning(result: Result, warning: Message | None, translate: Translator) -> str:
    verdict = Message(VERDICTS[result.verdict])
    if warning is None:
        return translate(say("Judged as “{verdict}” as written.", verdict=verdict))
    return translate(say("Judged as “{verdict}” as written. {why}", verdict=verdict, why=placed_text(warning)))


def _why(assessment: Assessment, result: Result) -> Message:
    """Say why a figure cannot be judged: who sent which figures that contradict each other, or what is wrong."""
    finding = assessment.cause(result)
    if finding is None:
        return say("The figure that was sent cannot be used.")
    values = [value for sent in assessment.submissions for value in sent.observations]
    places = (finding.message.values.get("place"), finding.place)
    pair = [value for place in places for value in values if value.place == place]
    if finding.code != "S210" or len(pair) != len(places):
        return placed_text(finding.message)
    return _contradiction(*((value.sender, " ".join(f"{value.raw}{value.shown_unit}".split())) for value in pair))


def _contradiction(first: tuple[str, str], second: tuple[str, str]) -> Message:
    """Write that two senders contradict each other, and what each sent."""
    sent = [
        say("{name} sent “{raw}”", name=name or say("A file without a sender"), raw=raw)
        for name, raw in (first, second)
    ]
    return say("{one}; {other}; they contradict each other.", one=sent[0], other=sent[1])


def _why_stage(assessment: Assessment, entry: MilestoneEntry) -> Message:
    """Say why a stage cannot be judged: who sent which stages that contradict each other, or what is wrong."""
    sent = {
        report.place: report
        for submission in assessment.submissions
        for report in submission.stages
        if (report.task, report.milestone) == (entry.task.no, entry.name)
    }
    faults = [fault for fault in assessment.findings if fault.place in sent]
    for fault in faults:
        pair = [sent[place] for place in (fault.message.values.get("place"), fault.place) if place in sent]
        if fault.code == "S248" and len(pair) > 1:
            return _contradiction(*((report.sender, report.stage) for report in pair))
    return placed_text(faults[0].message) if faults else say("The stage that was sent cannot be used.")


def missed(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    """Compose the table of the missed targets."""
    those = [result for result in results if result.verdict is Verdict.MISSED]
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
            Item(translate(say("{name} ({count}): {names}"), name=name, count=len(names), names=tuple(names)))
            for name, members in by_department(unreported).items()
            if (names := [with_unit(result.indicator) for result in members])
        ),
        dense=True,
    )


def _worse(assessment: Assessment, results: Sequence[Result], translate: Translator) -> Iterable[Block]:
    worse = [result for result in results if Note.WORSE_THAN_BASELINE in result.notes and result.verdict is Verdict.MET]
    if worse:
        title = translate(say("Met, but worse than the baseline ({count})"), count=len(worse))
        yield Heading(title, 2, sheet=translate(say("Fallen back")))
        yield results_table(worse, assessment.plan, translate)


def _findings(assessment: Assessment, translate: Translator) -> Iterable[Block]:
    """List the findings, without those on files of no department that nothing is used of: these may be notes."""
    used, plan = {*used_files(assessment)}, assessment.plan
    unused = (sent for sent in assessment.submissions if sent.file not in used)
    notes = {sent.file for sent in unused if not sent.sender and not named_in(sent.file, plan)}
    findings = [fault for fault in assessment.findings if not fault.place or fault.place.file not in notes]
    title = translate(say("Faults in the data ({count})"), count=len(findings))
    yield Heading(title, 2, sheet=translate(say("Findings")))
    yield findings_table(findings, translate) if findings else _none(translate)


def _none(translate: Translator) -> Paragraph:
    return Paragraph(translate(say("None.")), Tone.QUIET)


def start_page(assessment: Assessment, translate: Translator, tracking: "Tracking | None" = None) -> Document:
    """Compose the start page: what was missed, then the counts by category and department."""
    results = assessment.results
    blocks = (
        Heading(assessment.plan.title),
        Paragraph(judged_line(assessment.plan, assessment.period, translate), Tone.QUIET),
        *(missed(assessment, results, translate) if has_due(results) else ()),
        *overview(assessment, results, translate, list(pace_lines(tracking, translate))),
    )
    return Document(blocks, language=translate.language)
