"""Collect what the rules of this package need to know about the figures of one assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from czurban.model.assessment import Result
from czurban.model.indicator import Indicator, IndicatorKind
from czurban.model.observation import Observation, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.unit import Unit


class JudgedValue(NamedTuple):
    """A judged value: `amount` in its own `unit`, `actual` in the indicator's.

    `is_new` is set where it is for a later period than the baseline, `is_yearly` where it is for a whole year.
    """

    indicator: Indicator
    observation: Observation
    amount: Decimal
    unit: Unit
    actual: Fraction
    is_new: bool
    is_yearly: bool

    @property
    def is_comparable(self) -> bool:
        """Whether its size can be compared with the plan's figures; a part of a sum over the year cannot."""
        return self.is_yearly or self.indicator.kind is not IndicatorKind.FLOW


@dataclass(frozen=True)
class JudgedFigures:
    """The judged results of a plan for one period, and everything that was sent, unused values included."""

    plan: Plan
    results: Sequence[Result]
    submissions: Sequence[Submission]
    period: Period

    @cached_property
    def by_indicator(self) -> Mapping[str, Result]:
        """The results by the indicator's id."""
        return {result.indicator.id: result for result in self.results}

    @cached_property
    def observations(self) -> list[Observation]:
        """Every value that was sent, whether or not it is used."""
        return [observation for submission in self.submissions for observation in submission.observations]

    @cached_property
    def values(self) -> list[JudgedValue]:
        """The judged values that the plan's figures can be compared with."""
        values = map(self._value, self.results)
        return [value for value in values if value]

    def values_for(self, code: str) -> list[JudgedValue]:
        """Return the judged values whose indicator does not turn a rule off with `ignore:`."""
        return [value for value in self.values if code not in value.indicator.ignored]

    def _value(self, result: Result) -> JudgedValue | None:
        indicator, observation = result.indicator, result.observation
        if observation is None or observation.amount is None or result.actual is None:
            return None
        plan = self.plan
        if plan.within and indicator.is_amount and indicator.id not in plan.own_targets:
            return None  # the plan's figures are the whole region's
        is_new = plan.baseline_period is None or self.period.end > plan.baseline_period.end
        unit = observation.unit or indicator.unit
        return JudgedValue(indicator, observation, observation.amount, unit, result.actual, is_new, self.period.is_year)
