"""The report of `czurban escalate`: the list for the joint conference, worst first.

One sentence for each matter of the joint conference: what it is, with exact figures, and where it stands.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from czurban.model.assessment import Assessment, Result
from czurban.model.finding import Finding, Message, mark, say
from czurban.model.ledger import EscalationItem, Ground, MilestoneEntry, TargetEntry
from czurban.model.observation import Observation, StageReport
from czurban.model.text import exact
from czurban.model.unit import Unit
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
    TableCell,
    Tone,
)
from czurban.reporting.documents.check import head
from czurban.reporting.documents.records import FORMAT, place_record, plan_record
from czurban.reporting.tables import BLANK
from czurban.words.translator import Translator

_PERCENT = 100


def sentence_of(matter: EscalationItem) -> Message:
    """Say why a matter is brought up, down to the cell."""
    match matter.entry:
        case TargetEntry() as entry:
            return _of_target(entry, matter)
        case MilestoneEntry() as entry:
            return _of_milestone(entry, matter)
    return _found(matter.finding, "")


def _of_target(entry: TargetEntry, matter: EscalationItem) -> Message:
    match matter.ground:
        case Ground.CONTRADICTION if len(matter.observations) > 1:
            return _clash(entry, matter.observations, matter.finding)
        case Ground.UNREADABLE if matter.finding:
            return say("“{name}” cannot be judged: {why}", name=entry.name, why=matter.finding.message)
        case Ground.MISSED:
            return _missed(entry.result, matter.shortfall)
        case Ground.UNREPORTED:
            return _no_figure(entry.result, matter)
    return _found(matter.finding, entry.name)


def _of_milestone(entry: MilestoneEntry, matter: EscalationItem) -> Message:
    match matter.ground:
        case Ground.CONTRADICTION if len(matter.stages) > 1:
            return _stages_clash(entry, matter.stages)
        case Ground.UNREADABLE if matter.stages:
            return _no_such_stage(entry, matter.stages[0], matter.finding)
        case Ground.STUCK if entry.report:
            return _stuck(entry, entry.report)
        case Ground.UNREPORTED:
            return _no_stage(entry)
    return _found(matter.finding, entry.name)


def _found(finding: Finding | None, name: str) -> Message:
    """What was found, in its own words; at the least, the name."""
    if finding is None:
        return say("“{name}” cannot be judged.", name=name)
    if finding.hint is None:
        return finding.message
    return say("{why} {hint}", why=finding.message, hint=finding.hint)


def _clash(entry: TargetEntry, observations: tuple[Observation, ...], finding: Finding | None) -> Message:
    one, other = observations[:2]
    return say(
        "“{name}”: {one} reports {value} ({place}) and {other} {second} ({elsewhere}); nothing says which of "
        "{count} figures counts, so none is used.",
        name=entry.name,
        one=_sender(one.sender),
        value=_written(one),
        place=one.place,
        other=_sender(other.sender),
        second=_written(other),
        elsewhere=other.place,
        count=finding.message.values.get("count", len(observations)) if finding else len(observations),
    )


def _stages_clash(entry: MilestoneEntry, stages: Sequence[StageReport]) -> Message:
    one, other = stages[:2]
    return say(
        "“{name}” (task {no}): {one} reports the stage “{stage}” ({place}) and {other} “{second}” ({elsewhere}); "
        "nothing says which of {count} stages counts, so none is used.",
        name=entry.name,
        no=entry.task.no,
        one=_sender(one.sender),
        stage=one.stage,
        place=one.place,
        other=_sender(other.sender),
        second=other.stage,
        elsewhere=other.place,
        count=len(stages),
    )


def _no_such_stage(entry: MilestoneEntry, report: StageReport, finding: Finding | None) -> Message:
    return say(
        "“{name}” (task {no}): the stage “{stage}” that {who} reports ({place}) does not count: {why}",
        name=entry.name,
        no=entry.task.no,
        stage=report.stage,
        who=_sender(report.sender),
        place=report.place,
        why=finding.message if finding else say("it is not on the ladder that the milestone climbs."),
    )


def _missed(result: Result, shortfall: Fraction | None) -> Message:
    values = _figures(result)
    if shortfall is None:
        return say("“{name}” is {actual}, and the target is {target}: {gap} off ({who}, {place}).", **values)
    if not shortfall:
        return say("“{name}” is {actual}, the very bound that the target {target} excludes ({who}, {place}).", **values)
    return say(
        "“{name}” is {actual}, and the target is {target}: {gap} off, which is {share}% of the target "
        "({who}, {place}).",
        share=numbers.figure(shortfall * _PERCENT),
        **values,
    )


def _figures(result: Result) -> Mapping[str, object]:
    one, interval = result.indicator, result.indicator.target.interval
    actual = numbers.actual(result.actual, interval) if result.actual is not None else ""
    about = "约" if result.approximate else ""
    return {
        "name": one.name,
        "actual": f"{about}{actual}{one.unit.name}",
        "target": f"{interval}{one.unit.name}",
        "gap": _distance(result.figures.gap, one.unit) if result.figures else "",
        "who": say("by its formula")
        if result.derived
        else _sender(result.observation.sender if result.observation else ""),
        "place": result.place or "",
    }


def _who(result: Result) -> Message | str:
    if result.derived:
        return say("by its formula")
    return _sender(result.observation.sender if result.observation else "")


def _distance(gap: Fraction, unit: Unit) -> Message | str:
    """How far apart two values are; two percentages differ by points."""
    figure = numbers.figure(abs(gap))
    return say("{figure} percentage points", figure=figure) if unit.name == "%" else f"{figure}{unit.name}"


def _stuck(entry: MilestoneEntry, report: StageReport) -> Message:
    return say(
        "“{name}” (task {no}) has reached “{reached}” where “{asked}” is asked for; stages to go: {steps} "
        "({who}, {place}).",
        name=entry.name,
        no=entry.task.no,
        reached=report.stage,
        asked=entry.milestone.stage,
        steps=entry.steps,
        who=_sender(report.sender),
        place=report.place,
    )


def _no_stage(entry: MilestoneEntry) -> Message:
    return say(
        "Nobody reports a stage for “{name}” (task {no}), which is to reach “{asked}”.",
        name=entry.name,
        no=entry.task.no,
        asked=entry.milestone.stage,
    )


def _no_figure(result: Result, matter: EscalationItem) -> Message:
    one = result.indicator
    values = {"name": one.name, "target": f"{one.target.interval}{one.unit.name}"}
    if matter.finding:
        return say("No figure counts for “{name}” ({target}): {why}", why=matter.finding.message, **values)
    if matter.observations:
        return say("“{name}” ({target}) is left empty in {place}.", place=matter.observations[0].place, **values)
    return say("Nobody reports “{name}” ({target}).", **values)


def _sender(name: str) -> Message | str:
    return name or say("a sender without a name")


def _written(one: Observation) -> str:
    return one.raw + (one.unit.name if one.unit and not one.unit_in_cell else "")


GROUNDS = {
    Ground.CONTRADICTION: mark("Figures that contradict each other"),
    Ground.UNREADABLE: mark("Figures that cannot be judged"),
    Ground.MISSED: mark("Missed targets"),
    Ground.STUCK: mark("Milestones that are stuck"),
    Ground.UNREPORTED: mark("Not reported by anybody"),
    Ground.PLAN: mark("Contradictions of the plan itself"),
}
_TONES = {
    Ground.CONTRADICTION: Tone.BAD,
    Ground.UNREADABLE: Tone.DOUBT,
    Ground.MISSED: Tone.BAD,
    Ground.STUCK: Tone.BAD,
    Ground.UNREPORTED: Tone.QUIET,
    Ground.PLAN: Tone.DOUBT,
}


def escalation_report(assessment: Assessment, matters: Sequence[EscalationItem], translate: Translator) -> Document:
    """Compose the list, in the order of the matters."""
    title = translate(say("Matters for the joint conference"))
    blocks: list[Block] = [Heading(f"{title} · {assessment.plan.title}"), *list(head(assessment, translate))[1:]]
    blocks.append(_summary(matters, translate))
    if matters:
        blocks.append(_table(matters, translate))

    def rows() -> list[dict[str, Json]]:
        return [_row_record(number, one, translate) for number, one in enumerate(matters, 1)]

    return Document(tuple(blocks), lambda: _record(assessment, matters, rows()), rows)


def _summary(matters: Sequence[EscalationItem], translate: Translator) -> Paragraph:
    if not matters:
        return Paragraph(translate(say("There is nothing to bring up.")), Tone.GOOD)
    counts = Counter(one.ground for one in matters)
    parts = [
        translate(say("{name}: {count}"), name=translate(GROUNDS[ground]), count=counts[ground])
        for ground in Ground
        if counts[ground]
    ]
    return Paragraph(
        translate(say("{count} matters. {parts}."), count=len(matters), parts=translate(say("; ")).join(parts))
    )


def _table(matters: Sequence[EscalationItem], translate: Translator) -> DocumentTable:
    columns = (
        Column("#", number=True),
        Column(translate(say("Why")), main=True),
        Column(translate(say("Lead")), fold=1),
        Column(translate(say("Place")), fold=2),
    )
    numbered = list(enumerate(matters, 1))
    groups = groupby(numbered, key=lambda pair: _title(pair[1], translate))
    return DocumentTable(
        columns,
        tuple(RowGroup(title, tuple(_row(n, one, translate) for n, one in members)) for title, members in groups),
    )


def _title(matter: EscalationItem, translate: Translator) -> str:
    """The ground; what nobody reported is told lead by lead."""
    title = translate(GROUNDS[matter.ground])
    if matter.ground is not Ground.UNREPORTED:
        return title
    return translate(say("{title}: {names}"), title=title, names="、".join(matter.leads) or BLANK)


def _row(number: int, matter: EscalationItem, translate: Translator) -> tuple[TableCell, ...]:
    return (
        TableCell(str(number)),
        TableCell(translate(sentence_of(matter)), _TONES[matter.ground]),
        TableCell("、".join(matter.leads) or BLANK),
        TableCell(str(matter.place) if matter.place else BLANK),
    )


def _record(assessment: Assessment, matters: Sequence[EscalationItem], rows: Sequence[Json]) -> dict[str, Json]:
    counts = Counter(one.ground for one in matters)
    return {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "submissions": [{"file": one.file, "read_as": one.read_as} for one in assessment.submissions],
        "matters": rows,
        "tally": {"total": len(matters), **{str(ground): counts[ground] for ground in Ground}},
    }


def _row_record(number: int, matter: EscalationItem, translate: Translator) -> dict[str, Json]:
    return {
        "rank": number,
        "ground": str(matter.ground),
        "name": matter.entry.name if matter.entry else None,
        "lead": list(matter.leads),
        "why": translate(sentence_of(matter)),
        "code": matter.finding.code if matter.finding else None,
        "shortfall": None if matter.shortfall is None else exact(matter.shortfall),
        "at": str(matter.place) if matter.place else None,
        "place": place_record(matter.place) if matter.place else None,
        "reported": [
            *({"at": str(one.place), "reported": one.raw, "by": one.sender} for one in matter.observations),
            *({"at": str(one.place), "reported": one.stage, "by": one.sender} for one in matter.stages),
        ],
    }
