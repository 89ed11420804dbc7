"""Refuse figures of another period or region, or from a department that may not report the indicator (R5, R6, R12)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.text import key

_AND = r"[、,，;；/]"  # compiled when first used, as few figures name several senders
RowKey = tuple[str, str, int]
Refusal = tuple[str, Message, Message | None]


class OtherPeriods:
    """Separates figures of other periods that are history from those that are most likely for a wrong period.

    History has no fault: several periods are ordinary where the judged one is among them. A figure is history if its
    indicator is reported for the judged period too. Otherwise it is an older figure, which is reported once for each
    indicator, if it is for a part of the plan's period, is one of several periods, or stands in a file of earlier
    figures of other indicators. Any other figure is for a wrong period, as is one for a year after the plan, and every
    one if none is for the judged period.
    """

    def __init__(self, plan: Plan, period: Period, observations: Iterable[Observation]) -> None:
        """Note which indicators and files have figures of the judged period, and which periods each has."""
        self._plan, self._period = plan, period
        self._last = max(plan.period.until, period.until)
        self._known: dict[tuple[str, Period, str, str], bool] = {}
        ours = [value for value in observations if plan.is_own_region(value.region)]
        now = [value for value in ours if value.period == period]
        self._any = any(value.reported is not Reading.NOTHING for value in now)
        self._indicators = {value.indicator for value in now}
        self._files = {value.place.file for value in now}
        self._earlier_files = {value.place.file for value in ours if value.indicator in self._indicators} - self._files
        self._periods: dict[str, set[Period]] = defaultdict(set)
        for value in ours:
            self._periods[value.indicator].add(value.period)
        self.older: dict[str, Observation] = {}

    def is_history(self, value: Observation) -> bool:
        """Return whether an observation of the plan's region is history; note the newest older figures."""
        about = (value.indicator, value.period, value.region, value.place.file)
        if about not in self._known:  # the first of several stands for all of them
            self._known[about] = self._may_be_history(value)
        return self._known[about]

    def _may_be_history(self, value: Observation) -> bool:
        if not self._any or value.period == self._period or not self._plan.is_own_region(value.region):
            return False
        if value.period.until > self._last:
            return False
        if value.indicator in self._indicators:
            return True
        if not (
            self._plan.period.includes(value.period)
            or len(self._periods[value.indicator]) > 1
            or value.place.file in self._earlier_files
        ):
            return False
        newest = self.older.get(value.indicator)
        if newest is None or newest.period.until < value.period.until:
            self.older[value.indicator] = value
        return True

    def findings(self) -> list[Finding]:
        """Return a finding for each indicator that has older figures and none of the judged period."""
        return [_older(self._plan, value, self._period) for value in self.older.values()]


def _older(plan: Plan, value: Observation, judged: Period) -> Finding:
    indicator = plan.indicator(value.indicator)
    message = say(
        "The newest figure of “{name}” is for {stated}; it has none for {judged}, which is judged.",
        name=indicator.name if indicator else value.indicator,
        stated=value.period,
        judged=judged,
    )
    return finding("S286", value.place, message, say("Give the figure for {judged}.", judged=judged))


@dataclass(slots=True)
class Admission:
    """Selects the usable observations, and collects the findings on all others.

    With `several`, figures of other periods may be history; without it, each is for a wrong period.
    """

    plan: Plan
    period: Period
    findings: list[Finding] = field(default_factory=list)
    _senders: dict[tuple[str, str], Refusal | None] = field(default_factory=dict)
    _periods: dict[Period, Refusal] = field(default_factory=dict)
    _regions: dict[str, Refusal] = field(default_factory=dict)
    _other_columns: dict[tuple[str, str | None], dict[str, Place]] = field(default_factory=dict)
    _rows: dict[tuple[str, RowKey], list[Observation]] = field(default_factory=dict)
    _used: set[RowKey] = field(default_factory=set)
    _unused: set[RowKey] = field(default_factory=set)
    _looked_back: frozenset[tuple[str, Period | None]] = frozenset()
    _others: OtherPeriods | None = None
    _compared: frozenset[tuple[str, str]] = frozenset()
    several: bool = True

    def __post_init__(self) -> None:
        formulas = self.plan.formulas if self.plan.is_own_period(self.period) else ()
        terms = (term for formula in formulas for term in formula.terms() if term.period)
        self._compared = frozenset(
            (indicator.id, key(other.reference.name))
            for indicator in self.plan.indicators
            if (other := indicator.target.other)
        )
        self._looked_back = frozenset((term.indicator, term.period) for term in terms)

    def admit(self, observations: Iterable[Observation]) -> list[Observation]:
        """Return the usable observations in order, and those that report nothing but may withdraw a figure by status.

        An empty cell states nothing, whatever status stands next to it.
        A figure of another period that a formula uses is left to that formula, and is no fault; neither is history.
        """
        every = list(observations)
        self._others = OtherPeriods(self.plan, self.period, every) if self.several else None
        reporting = (value for value in every if value.reported is not Reading.NOTHING or value.may_withdraw)
        admitted = [value for value in reporting if self._admit(value)]
        self.findings += self._others.findings() if self._others else ()
        self.findings += [self._refused_row(code, members) for (code, _), members in self._rows.items()]
        self.findings += map(_columns_not_judged, self._other_columns.values())
        return admitted

    def counted(self, sent: Submission) -> Submission:
        """Return the submission with its unused rows counted as refused."""
        unused = self._unused.intersection(value.place.row for value in sent.observations)
        gone = sum(row not in self._used for row in unused)
        rows = sent.rows
        if not gone or gone > rows.used:
            return sent
        return sent._replace(rows=replace(rows, used=rows.used - gone, refused=rows.refused + gone))

    def refusal(self, value: Observation) -> str:
        """Return the code of the finding that refuses an observation; empty where it is usable."""
        refusal = self._refusal(value)
        return refusal[0] if refusal else ""

    def is_looked_back(self, value: Observation) -> bool:
        """Whether a formula uses a figure of another period."""
        return value.period != self.period and (value.indicator, value.period) in self._looked_back

    def _admit(self, value: Observation) -> bool:
        kept = self._is_compared(value) or self.is_looked_back(value) or self._is_history(value)
        admitted = not kept and self._is_admitted(value)
        if value.reported is not Reading.NOTHING:
            (self._used if admitted or kept else self._unused).add(value.place.row)
        return admitted

    def _is_compared(self, value: Observation) -> bool:
        """Whether it is the figure of a larger region, such as 全国, that a target is relative to."""
        return bool(self._compared) and (value.indicator, key(value.region)) in self._compared

    def _is_history(self, value: Observation) -> bool:
        """Whether it is a figure of another period that is no fault; columns of such figures are reported as before."""
        if value.period == self.period or self._others is None:
            return False
        return not self._other_column(value) and self._others.is_history(value)

    def _is_admitted(self, value: Observation) -> bool:
        if other := self._other_column(value):
            self._other_columns.setdefault((value.place.file, value.place.sheet), {}).setdefault(other, value.place)
            return False
        refusal = self._refusal(value)
        if refusal and (value.periods or value.regions):
            self._rows.setdefault((refusal[0], value.place.row), []).append(value)
        elif refusal:
            code, message, hint = refusal
            self.findings.append(finding(code, value.place, message, hint))
        return refusal is None

    def _refused_row(self, code: str, members: Sequence[Observation]) -> Finding:
        """Return a single finding for the cells of a wide table's row that are refused for the same reason."""
        first = members[0]
        _, message, hint = self._refusal(first) or (code, say(""), None)
        stated = dict.fromkeys(member.region if code == "S217" else str(member.period) for member in members)
        if len(stated) > 1:
            message = say(
                "The values of this row are for {whats}; none of them is for {own}, and none is used.",
                whats=", ".join(stated),
                own=self.plan.region if code == "S217" else self.period,
            )
        return finding(code, first.place, message, hint)

    def _other_column(self, value: Observation) -> str | None:
        """Return the period or region of a wide table's column that is not judged, if another column of the row is."""
        if value.period != self.period and self.period in value.periods:
            return str(value.period)
        if (
            value.regions
            and not self.plan.is_own_region(value.region)
            and any(map(self.plan.is_own_region, value.regions))
        ):
            return value.region
        return None

    def _refusal(self, value: Observation) -> Refusal | None:
        if value.period != self.period:
            if value.period not in self._periods:
                self._periods[value.period] = _other_period(value.period, self.period, self.plan.period)
            return self._periods[value.period]
        if not self.plan.is_own_region(value.region):
            if value.region not in self._regions:
                self._regions[value.region] = _other_region(value.region, self.plan)
            return self._regions[value.region]
        if not value.sender or self.plan.is_of_region(value.sender):
            return None
        known = (value.indicator, value.sender)
        if known not in self._senders:
            self._senders[known] = self._sender(value)
        return self._senders[known]

    def _sender(self, value: Observation) -> Refusal | None:
        indicator = self.plan.indicator(value.indicator)
        whole = self.plan.department(value.sender)
        names = [value.sender] if whole else [name.strip() for name in re.split(_AND, value.sender) if name.strip()]
        for name in names:
            office = office_of(name, self.plan)
            if office is None:
                return self._unknown_department(name)
            if indicator and office.name not in (*indicator.leads, *indicator.reporters):
                return _not_lead(office.name, indicator, has_part=bool(self.plan.own_part(indicator.id, office.name)))
        return None

    def _unknown_department(self, name: str) -> Refusal:
        near = self.plan.near_departments(name)
        hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
        message = say("The plan has no department “{name}”, so its value is not used.", name=name[:40])
        return "S213", message, hint or say("`czurban list departments` shows every name.")


def office_of(name: str, plan: Plan) -> Department | None:
    """Return the department with a name, with or without the region in front of it."""
    return plan.department(name) or plan.department(name.removeprefix((plan.within or plan.region)[:-1]))


def _other_period(stated: Period, judged: Period, plan: Period) -> Refusal:
    """Refuse a value for another period; the hint names --period only where that judges the value's own period."""
    message = say("This value is for {stated}; {judged} is judged, so it is not used.", stated=stated, judged=judged)
    if stated.has_years or (plan.has_years and stated.until > plan.until):
        return "S208", message, say("Give the figure for {judged}.", judged=judged)
    if stated.since_january(plan) != stated:
        hint = say("Give the figure since January, for {judged}, or those of all its parts.", judged=judged)
        return "S208", message, hint
    hint = say(
        "Give the figure for {judged}, or judge that period with --period {stated}.", stated=stated, judged=judged
    )
    return "S208", message, hint


def _other_region(region: str, plan: Plan) -> Refusal:
    if office := plan.department(region):
        message = say("{name} has no part of its own of this target, so its value is not used.", name=office.name)
        return (
            "S217",
            message,
            say(
                "Write {own} there if the figure is for all of it; only a row of the breakdown gives a part.",
                own=plan.region,
            ),
        )
    home, known = plan.region, plan.regions.find(region)
    hint = say("Give the figure for {own} as a whole.", own=home)
    if known:
        name = plan.regions.full_name(known)
        hint = say("Give the figure for {own} as a whole, or judge {name} with --region {name}.", own=home, name=name)
    message = say(
        "This value is for “{region}”, and the plan is for {own}; it is not used.", region=region[:40], own=home
    )
    return "S217", message, hint


def _columns_not_judged(places: Mapping[str, Place]) -> Finding:
    first, place = next(iter(places.items()))
    message = say("The figures for {what}, of which this is the first, are not judged.", what=first)
    if len(places) > 1:
        message = say("The figures for {whats} are not judged.", whats=", ".join(places))
    return finding("S228", place, message)


def _not_lead(name: str, indicator: Indicator, *, has_part: bool) -> Refusal:
    hint = say("{leads} reports it.", leads="、".join(indicator.leads))
    if has_part:
        hint = say("If it is its own part of the target, write {name} in a column 地区或部门.", name=name)
    message = say("{name} does not lead “{indicator}”, so its value is not used.", name=name, indicator=indicator.name)
    return "S212", message, hint


_BREAKDOWN = say("Give the region its own row in the breakdown.")


def judged_by_plan_target(value: Observation, indicator: Indicator, plan: Plan) -> Finding:
    """Return the finding on another region's amount that is judged by the plan's target."""
    message = say(
        "“{indicator}” is an amount, and {region} has no target of its own; it is judged by the plan's {rule}.",
        indicator=indicator.name,
        region=plan.region,
        rule=str(indicator.target.interval),
    )
    return finding("S254", value.place, message, _BREAKDOWN)


def amounts_without_target(first: Observation, indicators: Sequence[Indicator], plan: Plan) -> Finding:
    """Return the finding on amounts of a part that has no target of its own for them."""
    message = say(
        "{region} has no target of its own for {names}; a part of an amount is not judged by the target of the whole.",
        region=plan.region,
        names="、".join(f"“{indicator.name}”" for indicator in indicators),
    )
    return finding("S255", first.place, message, _BREAKDOWN)


def values_without_region(first: Observation, count: int, plan: Plan, asked: str) -> Finding:
    """Return the finding on figures of a file that name no region, where another region is asked for."""
    message = say(
        "{count} values from here on name no region; they are read as values of {own}, not of {asked}.",
        count=count,
        own=plan.region,
        asked=asked,
    )
    hint = say("Name the region in a column 地区, in the title or in the file's name.")
    return finding("S256", first.place, message, hint)


def unknown_region(value: Observation, plan: Plan) -> Finding:
    """Return the finding on a figure of an unknown region, or of a name that several regions have."""
    regions = plan.regions.matching(value.region)
    if regions:
        message = say(
            "“{region}” may be {names}; the value is not used.",
            region=value.region[:40],
            names=" / ".join(f"{plan.regions.full_name(region)} {region.code}" for region in regions),
        )
        hint = say("Write the code, or put the name of the parent region before the name.")
        return finding("S257", value.place, message, hint)
    message = say("“{region}” is none of the plan's regions; the value is not used.", region=value.region[:40])
    near = plan.regions.near(value.region)
    guess = say("Did you mean {names}?", names=" / ".join(near)) if near else None
    return finding("S257", value.place, message, guess or say("`czurban list regions` shows every name."))
