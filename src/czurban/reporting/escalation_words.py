"""One sentence for each matter of the joint conference: what it is, with exact figures, and where it stands."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from czurban.model.finding import Finding
from czurban.model.ledger import MilestoneEntry, TargetEntry
from czurban.model.matter import Ground, Matter
from czurban.model.message import Message, say
from czurban.model.observation import Observation, StageReport
from czurban.model.unit import Unit
from czurban.model.verdict import Result
from czurban.reporting import numbers

_PERCENT = 100


def sentence_of(matter: Matter) -> Message:
    """Say why a matter is brought up, down to the cell."""
    match matter.entry:
        case TargetEntry() as entry:
            return _of_target(entry, matter)
        case MilestoneEntry() as entry:
            return _of_milestone(entry, matter)
    return _found(matter.finding, "")


def _of_target(entry: TargetEntry, matter: Matter) -> Message:
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


def _of_milestone(entry: MilestoneEntry, matter: Matter) -> Message:
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


def _no_figure(result: Result, matter: Matter) -> Message:
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
