"""Take the pace of every target and milestone of a plan, and warn of what lags (early warning)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Message, say
from czurban.model.indicator import LEVELS, SUMS, Indicator, IndicatorKind
from czurban.model.ledger import MilestoneEntry
from czurban.model.observation import Observation
from czurban.model.over_time.pace import LAGGING, NotAssessed, PaceStatus, TimeUnit
from czurban.model.over_time.rates import lead_words, needed_in, rate_in, short
from czurban.model.over_time.tracking import PacedMilestone, PacedTarget, Tracking, worst_first
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.tracking.elapsed import Moment, Month, clock, clock_of, rate_span
from czurban.tracking.years import pace_in_plan


def track(
    assessment: Assessment,
    milestones: Iterable[MilestoneEntry],
    *,
    best: Mapping[str, Fraction] | None = None,
) -> Tracking:
    """Return the pace of every target and milestone at the end of the judged period.

    Args:
        assessment: the plan with the figures so far; a sum's is what has been reached since the beginning.
        milestones: the milestones with their reported stages.
        best: the best rate so far of an indicator, by its id, where one is known.
    """
    plan, period = assessment.plan, assessment.period
    moment = Moment.at_end(plan.period.start, period)
    rates = best or {}
    targets = tuple(
        PacedTarget(result, pace_in_plan(result, plan, moment, period, best=rates.get(result.indicator.id)))
        for result in assessment.results
    )
    whole = clock(moment, plan.period.end)
    return Tracking(plan, period, whole, targets, tuple(_milestone(entry, plan, period) for entry in milestones))


def best_rates(assessment: Assessment, sent: Iterable[Observation]) -> Mapping[str, Fraction]:
    """Return the fastest part of each sum so far, by the indicator's id, in the unit of time of its rate.

    The parts are single months and quarters, and the differences between sums since the beginning.
    """
    plan, period = assessment.plan, assessment.period
    sums = {indicator.id: indicator for indicator in plan.indicators if indicator.kind in SUMS}
    series: dict[str, dict[Period, Fraction]] = defaultdict(dict)
    for value in sent:
        indicator = sums.get(value.indicator)
        figure = _amount(value, indicator) if indicator else None
        if figure is not None and plan.is_own_region(value.region) and value.period.until <= period.until:
            series[value.indicator][value.period] = figure
    for result in assessment.results:
        if result.indicator.id in series and result.actual is not None:
            series[result.indicator.id][result.of or period] = result.actual
    return {name: best for name, figures in series.items() if (best := _best(sums[name], figures, plan))}


def _amount(value: Observation, indicator: Indicator) -> Fraction | None:
    ratio = (value.unit or indicator.unit).ratio(indicator.unit)
    return None if value.amount is None or ratio is None else Fraction(value.amount) * ratio


def _best(indicator: Indicator, figures: Mapping[Period, Fraction], plan: Plan) -> Fraction | None:
    """Return the fastest part, counted in the days or months of the indicator's clock."""

    def passed(moment: Moment) -> Fraction:
        return rate_span(clock_of(indicator, moment)).passed

    def passed_at(period: Period) -> Fraction:
        return passed(Moment.at_end(plan.period.start, period))

    start = plan.period.start
    so_far = sorted((passed_at(each), figure) for each, figure in figures.items() if each.start == start)
    steps = [
        (figure - before, time - earlier)
        for (earlier, before), (time, figure) in pairwise([(Fraction(0), Fraction(0)), *so_far])
    ]
    steps += [
        (figure, passed_at(each) - passed(Moment(start, _before(each.start))))
        for each, figure in figures.items()
        if each.start > start and indicator.kind is IndicatorKind.FLOW
    ]
    return max((figure / time for figure, time in steps if time > 0), default=None)


def _before(month: Month) -> Month:
    year, number = month
    return (year, number - 1) if number > 1 else (year - 1, 12)


def _milestone(entry: MilestoneEntry, plan: Plan, at: Period) -> PacedMilestone:
    """Compare the stage of a milestone with the one that is due; at the end of the plan this is the demanded stage."""
    milestone = entry.milestone
    over = at.until >= plan.period.until
    passed = [point.stage for point in milestone.path if point.period.until <= at.until]
    due = milestone.stage if over else (passed[-1] if passed else "")
    rungs = {key(stage): number for number, stage in enumerate(plan.ladders.get(milestone.ladder, ()))}
    reached = rungs.get(key(entry.report.stage)) if entry.report else None
    demanded = rungs.get(key(milestone.stage))
    if reached is None or demanded is None:
        unreadable = entry.report is not None or entry.verdict is Verdict.UNREADABLE
        if not due and not unreadable:
            return PacedMilestone(entry, PaceStatus.NOT_ASSESSED, not_assessed=NotAssessed.NO_STAGE_DUE)
        return PacedMilestone(entry, PaceStatus.UNREADABLE if unreadable else PaceStatus.UNREPORTED, due)
    left = max(0, demanded - reached)
    if not left:
        return PacedMilestone(entry, PaceStatus.ACHIEVED_EARLY, due, left)
    if not due:
        return PacedMilestone(entry, PaceStatus.NOT_ASSESSED, due, left, NotAssessed.NO_STAGE_DUE)
    asked = rungs.get(key(due), demanded)
    if reached < asked or over:
        return PacedMilestone(entry, PaceStatus.BEHIND, due, left)
    return PacedMilestone(entry, PaceStatus.AHEAD if reached > asked else PaceStatus.ON_PACE, due, left)


def warnings(targets: Sequence[PacedTarget]) -> Iterator[tuple[PacedTarget, Message]]:
    """Yield the targets to be warned of with a sentence: first what is out of reach, then what lags most."""
    lagging = [each for each in worst_first(targets) if each.pace.status in LAGGING]
    for reachable in (False, True):
        for target in lagging:
            if target.pace.reachable is reachable:
                yield target, sentence_of(target)


def sentence_of(target: PacedTarget) -> Message:
    """Return the sentence on a target that lags."""
    indicator, pace = target.result.indicator, target.pace
    unit = indicator.unit.name
    values: dict[str, object] = {
        "name": indicator.name,
        "value": f"{_short(pace.value)}{unit}",
        "target": indicator.target.interval.in_unit(unit),
        "due": f"{_short(pace.due)}{unit}",
        "behind": lead_words(pace, indicator),
        "needed": "—" if pace.needed is None else needed_in(pace, short(pace.needed)),
        "rate": _each(pace.rate, pace.span.unit),
    }
    if pace.status is PaceStatus.MOVED_AWAY:
        base = indicator.target.baseline
        return say(
            "“{name}” is {value}, worse than its baseline {base}; {due} is due by now, and the target is {target}.",
            base=f"{base.printed if base else ''}{unit}",
            **values,
        )
    if pace.missed_before:
        return say("“{name}” has missed its target {target}, which is for each year, in an earlier year.", **values)
    return _mean(target, values) if pace.kind is IndicatorKind.MEAN else _short_of(target, values)


def _short_of(target: PacedTarget, values: dict[str, object]) -> Message:
    """Return the sentence on a sum, a level or a growth rate that lags."""
    pace = target.pace
    if pace.kind in SUMS and pace.too_high and not pace.reachable:
        return say("“{name}” is {value}, which is beyond its limit {target} for the whole time.", **values)
    if pace.too_high:
        return _too_high(target, values)
    if pace.kind not in SUMS | LEVELS or pace.needed is None:
        return say("“{name}” is {value}, and the target is {target}: {behind} behind.", **values)
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


def _too_high(target: PacedTarget, values: dict[str, object]) -> Message:
    """Return the sentence on what is above what is allowed: of a sum by now, of another figure by its target."""
    pace, unit = target.pace, target.result.indicator.unit.name
    if pace.kind not in SUMS or pace.needed is None:
        return say("“{name}” is {value}, {behind} above its target {target}.", **values)
    most = pace.due if pace.due_high is None else pace.due_high
    values["due"] = f"{_short(most)}{unit}"
    return say(
        "“{name}” is {value} where at most {due} is due by now, {behind} too much; {target} allows {needed}, and it "
        "has had {rate}.",
        **values,
    )


def _mean(target: PacedTarget, values: dict[str, object]) -> Message:
    pace, unit = target.pace, target.result.indicator.unit.name
    if pace.needed is None and pace.too_high:
        return say("“{name}” is {value}, {behind} above its target {target}.", **values)
    if pace.needed is None:
        return say("“{name}” is {value}, and the target is {target}: {behind} behind.", **values)
    values["average"] = f"{_short(pace.needed)}{unit}"
    if pace.too_high and pace.reachable:
        return say(
            "“{name}” is {value} on average so far, {behind} too high; for {target} the time left has to average "
            "{average}.",
            **values,
        )
    if pace.too_high:
        return say(
            "“{name}” is {value} on average so far, {behind} too high: {target} cannot be reached any more, as the "
            "time left would have to average {average}.",
            **values,
        )
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
    """Return the sentence on a milestone whose stage is not the one that is due."""
    report = milestone.entry.report
    values = {"name": milestone.entry.name, "no": milestone.entry.task.no, "due": milestone.due}
    if report is None:
        return say("No stage of “{name}” (task {no}) is reported, and “{due}” is due by now.", **values)
    return say("“{name}” (task {no}) has reached “{stage}” where “{due}” is due by now.", stage=report.stage, **values)


def _each(value: Fraction | None, unit: TimeUnit) -> Message:
    return rate_in(unit, _short(value))


def _short(value: Fraction | None) -> str:
    return "—" if value is None else short(value)
