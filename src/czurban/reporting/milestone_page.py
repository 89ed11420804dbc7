"""Compose the page of a milestone for `czurban show` and `why`: what is asked for, and what its verdict rests on."""

from collections.abc import Iterable, Iterator, Sequence

from czurban.model.assessment import Assessment
from czurban.model.finding import Finding, say
from czurban.model.ledger import MilestoneEntry
from czurban.model.observation import StageReport
from czurban.model.plan import Plan
from czurban.model.task import Commitment
from czurban.model.text import key
from czurban.reporting.closings import MILESTONE_VERDICTS, reason_of
from czurban.reporting.document import Block, Document, Heading, Json, Paragraph, Tone
from czurban.reporting.documents.check import sources
from czurban.reporting.documents.records import head_record
from czurban.reporting.documents.why import Fact, fact_record, fact_rows, finding_facts, tree
from czurban.reporting.labels import MARKS
from czurban.reporting.milestones import task_title
from czurban.reporting.tables import BLANK
from czurban.reporting.texts import end_text
from czurban.words.translator import Translator


def milestone_page(entries: Sequence[MilestoneEntry], assessment: Assessment, translate: Translator) -> Document:
    """Compose the page of milestones of one name; without submissions there is no verdict to explain."""
    plan, judged = assessment.plan, bool(assessment.submissions)
    facts = [tuple(_facts(entry, assessment, translate, judged=judged)) for entry in entries]
    files = [submission.file for submission in assessment.submissions]
    blocks: list[Block] = [Heading(entries[0].name)]
    blocks += [Paragraph(sources(plan.source, files, translate), Tone.QUIET)] if judged else []
    for entry, of_entry in zip(entries, facts, strict=True):
        blocks += [Heading(task_title(entry.task, translate), 2), tree(of_entry)]

    def record() -> dict[str, Json]:
        return {
            **head_record(plan, assessment.period),
            "milestones": [
                {
                    "name": entry.name,
                    "task": entry.task.no,
                    "verdict": str(entry.verdict) if judged else None,
                    "tree": [fact_record(fact) for fact in of_entry],
                }
                for entry, of_entry in zip(entries, facts, strict=True)
            ],
        }

    rows = [row for of_entry in facts for row in fact_rows(of_entry)]
    return Document(tuple(blocks), record, lambda: rows, language=translate.language)


def _facts(entry: MilestoneEntry, assessment: Assessment, translate: Translator, *, judged: bool) -> Iterator[Fact]:
    plan, milestone = assessment.plan, entry.milestone
    if judged:
        word = f"{MARKS[entry.verdict]} {translate(MILESTONE_VERDICTS[entry.verdict])}"
        why = (Fact("reason", translate(reason_of(entry))),)
        yield Fact("verdict", translate(say("Verdict: {verdict}"), verdict=word), below=why)
    yield _asked(entry, plan, translate)
    ladder = plan.ladders.get(milestone.ladder, ())
    yield Fact("ladder", translate(say("Stages, in order: {names}"), names=translate.join(ladder)))
    yield Fact("leads", translate(say("Lead: {names}"), names=translate.join(entry.leads) or BLANK))
    if judged:
        yield _reported(entry, assessment, translate)


def _asked(entry: MilestoneEntry, plan: Plan, translate: Translator) -> Fact:
    milestone = entry.milestone
    date = end_text(entry.due(plan), translate)
    text = translate(say("Required stage: {stage}, by {date}"), stage=milestone.stage, date=date)
    below = [
        Fact("path", translate(say("{stage} by {date}"), stage=point.stage, date=end_text(point.period, translate)))
        for point in milestone.path
    ]
    if milestone.printed:
        below.append(Fact("printed", translate(say("printed as “{text}”"), text=milestone.printed)))
    if milestone.commitment is Commitment.ASPIRATION:
        below.append(Fact("commitment", translate(say("an aspiration, which is not counted"))))
    return Fact("asked", text, str(milestone.place or ""), tuple(below))


def _reported(entry: MilestoneEntry, assessment: Assessment, translate: Translator) -> Fact:
    """List every stage that was sent for a milestone: whether it is used, from where, and what is wrong with it."""
    reports = [
        report
        for submission in assessment.submissions
        for report in submission.stages
        if (report.task, key(report.milestone)) == (entry.task.no, key(entry.name))
    ]
    below = tuple(_sent(report, entry, assessment, translate) for report in reports)
    if entry.report:
        text = translate(say("Stage: {stage}, as sent"), stage=entry.report.stage)
    else:
        text = translate(say("Stage: none that can be used") if reports else say("Stage: none was sent"))
    return Fact("value", text, below=below)


def _sent(report: StageReport, entry: MilestoneEntry, assessment: Assessment, translate: Translator) -> Fact:
    used = entry.report is not None and key(report.stage) == key(entry.report.stage) and not report.withheld
    text = say("used: “{raw}” for {period}, sent by {sender}")
    if not used:
        text = say("not used: “{raw}” for {period}, sent by {sender}")
    period, sender = report.period or assessment.period, report.sender or BLANK
    sent = translate(text, raw=report.stage, period=period, sender=sender)
    return Fact("sent", sent, str(report.place), tuple(finding_facts(_about(report, assessment), translate)))


def _about(report: StageReport, assessment: Assessment) -> Iterable[Finding]:
    """Return the findings at the place of a stage and those that name it, else why its file is not used."""
    about = [
        fault
        for fault in assessment.findings
        if fault.place == report.place or report.place in fault.message.values.values()
    ]
    refusal = assessment.refusal_of(report.place.file)
    return about or ([refusal] if refusal else [])
