"""Reported figures held against each other, once each has been judged by itself."""

from collections.abc import Iterator, Sequence

from czurban.checking.submission_rules.formulas import formulas_kept
from czurban.checking.submission_rules.series import never_falls, sums_up
from czurban.checking.submission_rules.surprises import surprises
from czurban.checking.submission_rules.values import likely_change, not_copied
from czurban.model.finding import Finding
from czurban.model.observation import Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.verdict import Result


def cross_check(
    plan: Plan, results: Sequence[Result], submissions: Sequence[Submission], period: Period
) -> Iterator[Finding]:
    """Tell what figures say of each other; no verdict changes by it.

    Args:
        plan: the plan.
        results: its indicators, judged.
        submissions: everything that was sent, values that were not used among it.
        period: the period judged.
    """
    observations = [one for submission in submissions for one in submission.observations]
    yield from formulas_kept(plan, {one.indicator.id: one for one in results}, period)
    yield from likely_change(results)
    yield from surprises(plan, results, period)
    yield from not_copied(results)
    yield from never_falls(plan, observations)
    yield from sums_up(plan, observations)
