"""Say what lags, what moved away from its baseline, and what can hardly be reached any more (early warning)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from czurban.model.finding import Message, say
from czurban.model.indicator import LEVELS, SUMS, IndicatorKind
from czurban.model.pace import (
    LAGGING,
    LeadUnit,
    PacedMilestone,
    PacedTarget,
    PaceStatus,
    TimeUnit,
    rate_in,
    worst_first,
)
from czurban.model.text import short, tenths


def warnings(targets: Sequence[PacedTarget]) -> Iterator[tuple[PacedTarget, Message]]:
    """Yield the targets to be warned of with a sentence: first what is out of reach, then what lags most."""
    lagging = [each for each in worst_first(targets) if each.pace.status in LAGGING]
    for reachable in (False, True):
        for target in lagging:
            if target.pace.reachable is reachable:
                yield target, sentence_of(target)


def sentence_of(target: PacedTarget) -> Message:
    """Return what is to be said of a target that lags."""
    indicator, pace = target.result.indicator, target.pace
    unit = indicator.unit.name
    values: dict[str, object] = {
        "name": indicator.name,
        "value": f"{_short(pace.value)}{unit}",
        "target": f"{indicator.target.interval}{unit}",
        "due": f"{_short(pace.due)}{unit}",
        "behind": distance(target),
        "needed": _each(pace.needed, pace.per),
        "rate": _each(pace.rate, pace.per),
    }
    if pace.status is PaceStatus.MOVED_AWAY:
        base = indicator.target.baseline
        return say(
            "“{name}” is {value}, worse than its baseline {base}; {due} is due by now, and the target is {target}.",
            base=f"{base.printed if base else ''}{unit}",
            **values,
        )
    if indicator.kind is IndicatorKind.MEAN:
        return _mean(target, values)
    if indicator.kind not in SUMS | LEVELS or pace.needed is None:
        return say("“{name}” is {value}, and the target is {target}: {behind} behind.", **values)
    if not pace.reachable and pace.needed < 0:
        return say("“{name}” is {value}, which is beyond its limit {target} for the whole time.", **values)
    if not pace.reachable:
        return say(
            "“{name}” is {value} where {due} is due by now, {behind} behind: {target} can hardly be reached any more, "
            "as it needs {needed} and has had {rate}.",
            **values,
        )
    return say(
        "“{name}” is {value} where {due} is due by now, {behind} behind; {target} needs {needed}, and it has had "
        "{rate}.",
        **values,
    )


def _mean(target: PacedTarget, values: dict[str, object]) -> Message:
    pace, unit = target.pace, target.result.indicator.unit.name
    if pace.needed is None:
        return say("“{name}” is {value}, and the target is {target}: {behind} behind.", **values)
    values["average"] = f"{_short(pace.needed)}{unit}"
    if not pace.reachable:
        return say(
            "“{name}” is {value} on average so far, {behind} behind: {target} cannot be reached any more, as the time "
            "left would have to average {average}.",
            **values,
        )
    return say(
        "“{name}” is {value} on average so far, {behind} behind; for {target} the time left has to average {average}.",
        **values,
    )


def milestone_sentence(milestone: PacedMilestone) -> Message:
    """Return what is to be said of a milestone whose stage is not the one that is due."""
    report = milestone.entry.report
    values = {"name": milestone.entry.name, "no": milestone.entry.task.no, "due": milestone.due}
    if report is None:
        return say("No stage of “{name}” (task {no}) is reported, and “{due}” is due by now.", **values)
    return say("“{name}” (task {no}) has reached “{stage}” where “{due}” is due by now.", stage=report.stage, **values)


def distance(target: PacedTarget) -> Message | str:
    """Write how far a target is behind, in points or in its unit, rounded once."""
    pace = target.pace
    lead = abs(pace.lead or Fraction(0))
    if pace.lead_unit is LeadUnit.POINTS:
        return say("{figure} points", figure=tenths(lead))
    return f"{short(lead)}{target.result.indicator.unit.name}"


def _each(value: Fraction | None, unit: TimeUnit) -> Message:
    return rate_in(unit, _short(value))


def _short(value: Fraction | None) -> str:
    return "—" if value is None else short(value)
