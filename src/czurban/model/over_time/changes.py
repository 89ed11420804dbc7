"""Define what changed between two collections of figures, or between two versions of a plan."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.indicator import Indicator
from czurban.model.over_time.pace import PaceStatus
from czurban.model.period import Period
from czurban.model.plan import Plan


class ChangeKind(StrEnum):
    """How a figure changed."""

    NEW = "new"
    USABLE = "usable"  # what was sent before could not be judged
    REVISED = "revised"
    LATER = "later"  # another figure, for a later period
    WITHDRAWN = "withdrawn"  # gone, or not usable any more
    SAME = "same"


class Cause(StrEnum):
    """What alone makes the verdict or the pace another one."""

    FIGURE = "figure"
    TARGET = "target"  # its bounds
    RULE = "rule"  # how it is judged: direction, deadline, kind, unit, formula
    TIME = "time"  # the period that is judged
    TOGETHER = "together"  # no single one of them


class Side(NamedTuple):
    """An indicator in one of the two collections: its result, the period, and its pace where it is not due."""

    result: Result
    period: Period
    pace: PaceStatus | None = None

    @property
    def status(self) -> Verdict | PaceStatus:
        """The verdict, or the pace of a target that is not due."""
        return self.pace or self.result.verdict

    @property
    def figure_period(self) -> Period:
        """The period of the figure, which may be older than the judged one."""
        return self.result.of or self.period


class FigureChange(NamedTuple):
    """How an indicator changed between two collections; a side is None where that plan does not have it.

    `causes` are empty where the status is the same. `difference` is after − before, in the unit of the later plan.
    """

    indicator: Indicator
    kind: ChangeKind
    before: Side | None
    after: Side | None
    difference: Fraction | None = None
    causes: tuple[Cause, ...] = ()

    @property
    def is_flipped(self) -> bool:
        """Whether something was sent before and after, usable or not, and the verdict, or the pace, is another one."""
        return bool(self.causes) and all(side and side.result.has_figure for side in (self.before, self.after))


class EarlierRevision(NamedTuple):
    """A figure of an earlier period that is another one now."""

    indicator: Indicator
    period: Period
    before: Fraction
    after: Fraction


class PlanPart(StrEnum):
    """What of an indicator a plan changed."""

    ADDED = "added"
    REMOVED = "removed"
    NAME = "name"
    TARGET = "target"
    DIRECTION = "direction"
    DEADLINE = "deadline"
    BASELINE = "baseline"
    UNIT = "unit"
    KIND = "kind"
    FORMULA = "formula"
    PATH = "path"
    LEAD = "lead"


class PlanChange(NamedTuple):
    """A change of a plan, as both versions write it."""

    indicator: Indicator
    part: PlanPart
    before: str = ""
    after: str = ""


class Changes(NamedTuple):
    """What changed between two collections, each judged by its plan; without figures only the plans are compared."""

    before: Assessment
    after: Assessment
    figures: tuple[FigureChange, ...] = ()
    earlier: tuple[EarlierRevision, ...] = ()
    plan: tuple[PlanChange, ...] = ()
    with_figures: bool = True


def plan_changes(before: Plan, after: Plan) -> Iterator[PlanChange]:
    """Yield what a later version of a plan changed of its indicators, by their ids."""
    for name, new in after.by_id.items():
        old = before.by_id.get(name)
        if old is None:
            yield PlanChange(new, PlanPart.ADDED, "", str(new.target.interval))
            continue
        texts = zip(_parts(old, before), _parts(new, after), strict=True)
        yield from (PlanChange(new, part, first, last) for (part, first), (_, last) in texts if first != last)
    for name, old in before.by_id.items():
        if name not in after.by_id:
            yield PlanChange(old, PlanPart.REMOVED, str(old.target.interval))


def _parts(indicator: Indicator, plan: Plan) -> Iterable[tuple[PlanPart, str]]:
    target, formula = indicator.target, plan.formula(indicator.id)
    path = "; ".join(f"{point.period} {point.share if point.value is None else point.value}" for point in target.path)
    return (
        (PlanPart.NAME, indicator.name),
        (PlanPart.TARGET, str(target.interval)),
        (PlanPart.DIRECTION, str(target.interval.direction)),
        (PlanPart.DEADLINE, str(target.deadline)),
        (PlanPart.BASELINE, target.baseline.printed if target.baseline else ""),
        (PlanPart.UNIT, indicator.unit.name),
        (PlanPart.KIND, str(indicator.kind)),
        (PlanPart.FORMULA, formula.text if formula else ""),
        (PlanPart.PATH, path),
        (PlanPart.LEAD, "、".join(indicator.leads)),
    )
