"""Refuse figures of another period or region, or from a department that may not report the indicator (R5, R6, R12)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from czurban.checking import refusals
from czurban.checking.refusals import Refusal
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.text import key

if TYPE_CHECKING:
    from czurban.checking.history import OtherPeriods

_AND = r"[、,，;；/]"  # compiled when first used, as few figures name several senders
RowKey = tuple[str, str, int]


class Admission:
    """Selects the usable observations, and collects the findings on all others.

    With `several`, figures of other periods may be history; without it, each is for a wrong period.
    """

    def __init__(self, plan: Plan, period: Period, *, several: bool = True) -> None:
        self.findings: list[Finding] = []
        self._plan, self._period, self._several = plan, period, several
        self._others: OtherPeriods | None = None
        self._regions: dict[str, Refusal] = {}
        self._senders: dict[tuple[str, str], Refusal | None] = {}
        self._other_columns: dict[tuple[str, str | None], dict[str, Place]] = {}
        self._rows: dict[tuple[str, RowKey], list[tuple[Observation, Refusal]]] = {}
        self._used: set[RowKey] = set()
        self._unused: set[RowKey] = set()
        self._compared = {
            (indicator.id, key(other.reference.name))
            for indicator in plan.indicators
            if (other := indicator.target.other)
        }
        formulas = plan.formulas if plan.is_own_period(period) else ()
        self._looked_back = {(term.indicator, term.period) for formula in formulas for term in formula.terms()}

    def admit(self, observations: Iterable[Observation]) -> list[Observation]:
        """Return the usable observations in order, and those that report nothing but may withdraw a figure by status.

        An empty cell states nothing, whatever status stands next to it.
        A figure of another period that a formula uses is left to that formula, and is no fault; neither is history.
        """
        every = list(observations)
        if self._several and any(value.period != self._period for value in every):
            from czurban.checking.history import OtherPeriods  # noqa: PLC0415 - most figures are of the judged period

            self._others = OtherPeriods(self._plan, self._period, every)
        reporting = (value for value in every if value.reported is not Reading.NOTHING or value.may_withdraw)
        admitted = [value for value in reporting if self._admit(value)]
        self.findings += self._others.findings() if self._others else ()
        self.findings += map(self._refused_row, self._rows.values())
        self.findings += map(refusals.columns_not_judged, self._other_columns.values())
        return admitted

    def counted(self, sent: Submission) -> Submission:
        """Return the submission with its unused rows counted as refused."""
        unused = self._unused and self._unused.intersection(value.place.row for value in sent.observations)
        gone, rows = len(unused - self._used), sent.rows
        if not gone or gone > rows.used:
            return sent
        return sent._replace(rows=replace(rows, used=rows.used - gone, refused=rows.refused + gone))

    def refusal(self, value: Observation) -> str:
        """Return the code of the finding that refuses an observation; empty where it is usable."""
        refusal = self._refusal(value)
        return refusal[0] if refusal else ""

    def is_looked_back(self, value: Observation) -> bool:
        """Whether a formula uses a figure of another period."""
        return value.period != self._period and (value.indicator, value.period) in self._looked_back

    def _admit(self, value: Observation) -> bool:
        kept = (bool(self._compared) and self._is_compared(value)) or (
            value.period != self._period and (self.is_looked_back(value) or self._is_history(value))
        )
        admitted = not kept and self._is_admitted(value)
        if value.reported is not Reading.NOTHING:
            (self._used if admitted or kept else self._unused).add(value.place.row)
        return admitted

    def _is_compared(self, value: Observation) -> bool:
        """Whether it is the figure of a larger region, such as 全国, that a target is relative to."""
        return (value.indicator, key(value.region)) in self._compared

    def _is_history(self, value: Observation) -> bool:
        """Whether it is a figure of another period that is no fault; columns of such figures are reported as before."""
        return self._others is not None and not self._other_column(value) and self._others.is_history(value)

    def _is_admitted(self, value: Observation) -> bool:
        is_wide = bool(value.periods or value.regions)
        if is_wide and (other := self._other_column(value)):
            self._other_columns.setdefault((value.place.file, value.place.sheet), {}).setdefault(other, value.place)
            return False
        refusal = self._refusal(value)
        if refusal and is_wide:
            self._rows.setdefault((refusal[0], value.place.row), []).append((value, refusal))
        elif refusal:
            code, message, hint = refusal
            self.findings.append(finding(code, value.place, message, hint))
        return refusal is None

    def _refused_row(self, cells: Sequence[tuple[Observation, Refusal]]) -> Finding:
        """Return a single finding for the cells of a wide table's row that are refused for the same reason."""
        first, (code, message, hint) = cells[0]
        by_region = code == "S217"
        stated = list(dict.fromkeys(value.region if by_region else str(value.period) for value, _ in cells))
        if len(stated) > 1:
            message = refusals.several_others(stated, self._plan.region if by_region else self._period)
        return finding(code, first.place, message, hint)

    def _other_column(self, value: Observation) -> str | None:
        """Return the period or region of a wide table's column that is not judged, if another column of the row is."""
        if value.period != self._period and self._period in value.periods:
            return str(value.period)
        is_ours = self._plan.is_own_region
        others = value.regions and not is_ours(value.region) and any(map(is_ours, value.regions))
        return value.region if others else None

    def _refusal(self, value: Observation) -> Refusal | None:
        if value.period != self._period:
            return refusals.other_period(value.period, self._period, self._plan.period)
        if value.region in self._regions:
            return self._regions[value.region]
        if not self._plan.is_own_region(value.region):
            return self._regions.setdefault(value.region, refusals.other_region(value.region, self._plan))
        if not value.sender or self._plan.is_of_region(value.sender):
            return None
        known = (value.indicator, value.sender)
        if known not in self._senders:
            self._senders[known] = self._sender(value)
        return self._senders[known]

    def _sender(self, value: Observation) -> Refusal | None:
        indicator = self._plan.indicator(value.indicator)
        for name in _names_in(value.sender, self._plan):
            office = office_of(name, self._plan)
            if office is None:
                return refusals.unknown_department(name, self._plan)
            if indicator and office.name not in (*indicator.leads, *indicator.reporters):
                has_part = bool(self._plan.own_part(indicator.id, office.name))
                return refusals.not_lead(office.name, indicator, has_part=has_part)
        return None


def is_of_no_department(sender: str, plan: Plan) -> bool:
    """Return whether all that a sender reports is refused, since the plan has no department of its first name."""
    names = _names_in(sender, plan)
    return bool(names) and office_of(names[0], plan) is None and not plan.is_of_region(sender)


def _names_in(sender: str, plan: Plan) -> Sequence[str]:
    """Return the names of the departments in a sender's text, which may name several."""
    if plan.department(sender):
        return [sender]
    return [name.strip() for name in re.split(_AND, sender) if name.strip()]


def office_of(name: str, plan: Plan) -> Department | None:
    """Return the department with a name, with or without the region in front of it."""
    return plan.department(name) or plan.department(name.removeprefix((plan.within or plan.region)[:-1]))
