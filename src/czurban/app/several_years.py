"""Judge a plan of several years by the figures of one of them; those of its other years are input, and no fault."""

from collections.abc import Sequence

from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan


def newest_period(plan: Plan, submissions: Sequence[Submission]) -> Period:
    """Return the newest period within the plan that figures were sent for; without any, the plan's first year.

    Of periods that end in the same month, the longest counts.
    """
    sent = {
        value.period
        for submission in submissions
        for value in submission.observations
        if plan.period.includes(value.period) and value.reported is not Reading.NOTHING and not value.period.has_years
    }
    return max(sent, key=lambda period: (period.end, -period.first), default=plan.period.each_year()[0])


def of_period(plan: Plan, submissions: Sequence[Submission], period: Period) -> list[Submission]:
    """Leave out the figures of the plan's other years and of the years before it, which are no fault.

    They stay, and are refused, where there is no figure of any year of the plan.
    """
    if not any(plan.period.includes(value.period) for file in submissions for value in file.observations):
        return list(submissions)
    needed = {(term.indicator, term.period) for formula in plan.formulas for term in formula.terms()}

    def stays(value: Observation) -> bool:
        later = value.period.end > plan.period.end
        return later or period.includes(value.period) or (value.indicator, value.period) in needed

    return [file._replace(observations=tuple(filter(stays, file.observations))) for file in submissions]
