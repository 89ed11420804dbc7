"""Judged values beside their baselines and targets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction

from czurban.model.digits import fixed
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import say
from czurban.model.verdict import Result

_FEWEST = 3


def likely_change(results: Iterable[Result]) -> Iterator[Finding]:
    """A value differs from the baseline by no more than the plan declares likely."""
    for result in results:
        one, seen = result.indicator, result.observation
        base = one.target.baseline.value if one.target.baseline else None
        if one.jump is None or not base or result.actual is None or seen is None:
            continue
        change = abs(result.actual - Fraction(base)) / abs(Fraction(base))
        if change > one.jump:
            message = say(
                "{raw} is {change}% off the baseline {base}; more than {jump}% is declared unlikely.",
                raw=seen.raw,
                change=fixed(100 * change, 1),
                base=f"{base}{one.unit.name}",
                jump=fixed(100 * one.jump, 1),
            )
            yield finding("S221", seen.place, message, say("It is used as written; check the figure and its unit."))


def not_copied(results: Iterable[Result]) -> Iterator[Finding]:
    """The column of values is not the column of targets."""
    by_file: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.observation and result.actual is not None and result.indicator.target.interval.bound is not None:
            by_file[result.observation.place.file].append(result)
    for members in by_file.values():
        first = members[0].observation
        if len(members) >= _FEWEST and first and all(_is_target(one) for one in members):
            message = say("All {count} values equal their targets exactly.", count=len(members))
            hint = say("Check that the column of targets was not copied into the column of values.")
            yield finding("S222", first.place, message, hint)


def _is_target(result: Result) -> bool:
    bound = result.indicator.target.interval.bound
    return bound is not None and result.actual == Fraction(bound)
