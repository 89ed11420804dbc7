"""Check the steps of targets over several years, and the years of baselines."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.target import Step
from czurban.model.years import OverYears

_OLDEST = 10
_MOVING = frozenset({OverYears.EACH_YEAR, OverYears.MEAN, OverYears.MEAN_GROWTH})
"""Kinds of targets whose steps may rise and fall, since each is for a year, or a mean, of its own."""


def steps_lead_to_target(plan: Plan) -> Iterator[Finding]:
    """The steps of a target lie within the plan and lead to the target."""
    for indicator in plan.indicators:
        if indicator.target.steps:
            yield from (
                finding("P229", indicator.place_of("steps"), message, hint)
                for message, hint in (*_dates(indicator, plan), *_rules(indicator))
            )


def _dates(indicator: Indicator, plan: Plan) -> Iterator[tuple[Message, Message]]:
    """Yield what is wrong with the dates of steps."""
    target, name = indicator.target, indicator.name
    for step in target.steps:
        if not plan.period.includes(step.deadline):
            message = say(
                "The step of {date} for “{name}” is outside {period}.",
                date=step.deadline,
                name=name,
                period=plan.period,
            )
            yield message, say("Take a date within the plan.")
        elif step.deadline.end > target.deadline.end:
            message = say(
                "The step of {date} for “{name}” is after its deadline, {deadline}.",
                date=step.deadline,
                name=name,
                deadline=target.deadline,
            )
            yield message, say("Take a date before it.")
        elif step.deadline.end == target.deadline.end and step.interval != target.interval:
            message = say(
                "The step of {date} for “{name}” is {rule}, and the target of that date is {target}.",
                date=step.deadline,
                name=name,
                rule=step.interval,
                target=target.interval,
            )
            yield message, say("Write the same rule twice, or leave this step out.")
    for before, after in pairwise(target.steps):
        if before.deadline.end == after.deadline.end:
            message = say("“{name}” has two steps of {date}.", name=name, date=after.deadline)
            yield message, say("Keep one of the two.")


def _rules(indicator: Indicator) -> Iterator[tuple[Message, Message]]:
    """Yield the steps with another direction than the target, or that lead away from it."""
    target, name = indicator.target, indicator.name
    others = [step for step in target.steps if not step.interval.same_direction(target.interval)]
    for step in others:
        values = {"date": step.deadline, "name": name, "rule": step.interval, "target": target.interval}
        message = say(
            "The step of {date} for “{name}” is {rule}, and the target {target} has another direction.", **values
        )
        yield message, say("Write both with the same sign, such as ≥63 and ≥65.")
    if not others and target.over not in _MOVING and (back := _back(indicator)):
        before, after = back
        message = say(
            "The steps of “{name}” lead back from {before} to {after}.", name=name, before=before, after=after
        )
        yield message, say("Steps lead from the baseline to the target without a turn; check their figures and dates.")


def _back(indicator: Indicator) -> tuple[str, str] | None:
    """Return the first two figures between which a target turns away, on its way from the baseline over its steps."""
    target = indicator.target
    steps: Sequence[Step] = (*target.steps, Step(target.deadline, target.interval))
    bounds = [(str(step.interval), step.interval.exact_bound) for step in steps]
    start = target.baseline_value
    if start is not None and not target.over.starts_at_zero and target.baseline:
        bounds.insert(0, (target.baseline.printed, start))
    known = [(text, bound) for text, bound in bounds if bound is not None]
    way = _sign(known[-1][1] - known[0][1]) if known else 0
    for (before, low), (after, high) in pairwise(known):
        turn = _sign(high - low)
        if turn and turn != way:
            return before, after
    first, last = target.steps[0].interval.exact_bound, target.interval.exact_bound
    if (start is None or target.over.starts_at_zero) and first is not None and last is not None:
        return (known[0][0], known[-1][0]) if target.interval.worse(last, first) else None
    return None


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def baseline_before_plan(plan: Plan) -> Iterator[Finding]:
    """The year of a baseline is at most ten years before the plan, and not in it."""
    for indicator in plan.indicators:
        baseline = indicator.target.baseline
        if baseline is None or baseline.period is None:
            continue
        values = {"name": indicator.name, "year": baseline.period, "period": plan.period}
        if baseline.period.end >= plan.period.start:
            message = say("The baseline of “{name}” is of {year}, which is not before {period}.", **values)
            yield finding("P230", indicator.place_of("baseline"), message, say("Give a year before the plan begins."))
        elif plan.period.year - baseline.period.end[0] > _OLDEST:
            message = say("The baseline of “{name}” is of {year}, more than ten years before {period}.", **values)
            yield finding("P230", indicator.place_of("baseline"), message, say("Check the year."))
