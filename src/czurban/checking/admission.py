"""Which observations may be used: of this period, of this region, from a department that answers for the indicator.

What is told of figures that are judged region by region.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan

_AND = r"[、,，;；/]"  # compiled when first used, as few figures name several senders
RowKey = tuple[str, str | None, int | str | None]
Refusal = tuple[str, Message, Message | None]


@dataclass(slots=True)
class Admission:
    """Keeps what may be used and tells why the rest may not (rulebook: period, region, sender)."""

    plan: Plan
    period: Period
    findings: list[Finding] = field(default_factory=list)
    _senders: dict[tuple[str, str], Refusal | None] = field(default_factory=dict)
    _periods: dict[Period, Refusal] = field(default_factory=dict)
    _beside: dict[tuple[str, str | None], dict[str, Place]] = field(default_factory=dict)
    _rows: dict[tuple[str, RowKey], list[Observation]] = field(default_factory=dict)
    _used: set[RowKey] = field(default_factory=set)
    _unused: set[RowKey] = field(default_factory=set)
    _looked_back: frozenset[tuple[str, Period | None]] = frozenset()

    def __post_init__(self) -> None:
        formulas = self.plan.formulas if self.period == self.plan.period else ()
        terms = (term for formula in formulas for term in formula.terms() if term.period)
        self._looked_back = frozenset((term.indicator, term.period) for term in terms)

    def admit(self, observations: Iterable[Observation]) -> list[Observation]:
        """Return the observations that may be used, in order, and those with a status that report nothing.

        What reports nothing says nothing, unless its status sets it above a figure: then it withdraws it.
        A figure of another period that a formula asks for is left to that formula, and is no fault.
        """
        speaking = (one for one in observations if one.reported is not Reading.NOTHING or one.status)
        admitted = [one for one in speaking if self._may(one)]
        self.findings += [self._refused_row(code, members) for (code, _), members in self._rows.items()]
        self.findings += map(_other_columns, self._beside.values())
        return admitted

    def counted(self, sent: Submission) -> Submission:
        """The submission with rows of which nothing is used counted as refused."""
        gone = len({one.place.row for one in sent.observations} & (self._unused - self._used))
        rows = sent.rows
        if not gone or gone > rows.used:
            return sent
        return sent._replace(rows=replace(rows, used=rows.used - gone, refused=rows.refused + gone))

    def refusal(self, one: Observation) -> str:
        """The code of the finding for which an observation is not used; empty where it is."""
        found = self._refusal(one)
        return found[0] if found else ""

    def _may(self, one: Observation) -> bool:
        may = self._is_admitted(one)
        if one.reported is not Reading.NOTHING:
            looked_back = one.period != self.period and (one.indicator, one.period) in self._looked_back
            (self._used if may or looked_back else self._unused).add(one.place.row)
        return may

    def _is_admitted(self, one: Observation) -> bool:
        if one.period != self.period and (one.indicator, one.period) in self._looked_back:
            return False
        if other := self._other_column(one):
            self._beside.setdefault((one.place.file, one.place.sheet), {}).setdefault(other, one.place)
            return False
        refusal = self._refusal(one)
        if refusal and (one.periods or one.regions):
            self._rows.setdefault((refusal[0], one.place.row), []).append(one)
        elif refusal:
            code, message, hint = refusal
            self.findings.append(finding(code, one.place, message, hint))
        return refusal is None

    def _refused_row(self, code: str, members: Sequence[Observation]) -> Finding:
        """Say once of the cells of a wide table's row why none of them is used."""
        first = members[0]
        _, message, hint = self._refusal(first) or (code, say(""), None)
        whats = dict.fromkeys(one.region if code == "S217" else str(one.period) for one in members)
        if len(whats) > 1:
            message = say(
                "The values of this row are for {whats}; none of them is for {own}, and none is used.",
                whats=", ".join(whats),
                own=self.plan.region if code == "S217" else self.period,
            )
        return finding(code, first.place, message, hint)

    def _other_column(self, one: Observation) -> str | None:
        """The period or region of a wide table's column that is not judged, where another column of the row is."""
        if one.period != self.period and self.period in one.periods:
            return str(one.period)
        if not self._is_ours(one.region) and any(map(self._is_ours, one.regions)):
            return one.region
        return None

    def _is_ours(self, region: str) -> bool:
        return self.plan.is_own_region(region)

    def _refusal(self, one: Observation) -> Refusal | None:
        if one.period != self.period:
            if one.period not in self._periods:
                self._periods[one.period] = _other_period(one.period, self.period)
            return self._periods[one.period]
        if not self._is_ours(one.region):
            return _other_region(one.region, self.plan)
        if not one.sender:
            return None
        known = (one.indicator, one.sender)
        if known not in self._senders:
            self._senders[known] = self._sender(one)
        return self._senders[known]

    def _sender(self, one: Observation) -> Refusal | None:
        indicator = self.plan.indicator(one.indicator)
        whole = self.plan.department(one.sender)
        names = [one.sender] if whole else [name.strip() for name in re.split(_AND, one.sender) if name.strip()]
        for name in names:
            office = self.plan.department(name) or self.plan.department(name.removeprefix(self.plan.region[:-1]))
            if office is None:
                return self._nobody(name)
            if indicator and office.name not in (*indicator.leads, *indicator.reporters):
                return _not_lead(office.name, indicator)
        return None

    def _nobody(self, name: str) -> Refusal:
        near = self.plan.near_departments(name)
        hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
        message = say("The plan has no department “{name}”, so its value is not used.", name=name[:40])
        return "S213", message, hint or say("`czurban list departments` shows every name.")


def _other_period(stated: Period, judged: Period) -> Refusal:
    return (
        "S208",
        say("This value is for {stated}; {judged} is judged, so it is not used.", stated=stated, judged=judged),
        say("Give the figure for {judged}, or judge that period with --period {stated}.", stated=stated, judged=judged),
    )


def _other_region(region: str, plan: Plan) -> Refusal:
    own, known = plan.region, plan.regions.find(region)
    hint = say("Give the figure for {own} as a whole.", own=own)
    if known:
        name = plan.regions.full_name(known)
        hint = say("Give the figure for {own} as a whole, or judge {name} with --region {name}.", own=own, name=name)
    message = say(
        "This value is for “{region}”, and the plan is for {own}; it is not used.", region=region[:40], own=own
    )
    return "S217", message, hint


def _other_columns(places: Mapping[str, Place]) -> Finding:
    what, place = next(iter(places.items()))
    message = say("The figures for {what}, of which this is the first, are not judged.", what=what)
    if len(places) > 1:
        message = say("The figures for {whats} are not judged.", whats=", ".join(places))
    return finding("S228", place, message)


def _not_lead(name: str, indicator: Indicator) -> Refusal:
    return (
        "S212",
        say("{name} does not lead “{indicator}”, so its value is not used.", name=name, indicator=indicator.name),
        say("{leads} reports it.", leads="、".join(indicator.leads)),
    )


_BREAKDOWN = say("Give the region its own row in the breakdown.")


def judged_by_the_plans(one: Observation, indicator: Indicator, held: Plan) -> Finding:
    """An amount of another region, held against the plan's target for want of one of its own."""
    message = say(
        "“{indicator}” is an amount, and {region} has no target of its own; it is held against the plan's {rule}.",
        indicator=indicator.name,
        region=held.region,
        rule=str(indicator.target.interval),
    )
    return finding("S254", one.place, message, _BREAKDOWN)


def no_target(first: Observation, indicators: Sequence[Indicator], held: Plan) -> Finding:
    """Amounts of a part, for which it has no target of its own."""
    message = say(
        "{region} has no target of its own for {names}; a part of an amount is not judged by the target of the whole.",
        region=held.region,
        names="、".join(f"“{one.name}”" for one in indicators),
    )
    return finding("S255", first.place, message, _BREAKDOWN)


def unnamed(first: Observation, count: int, plan: Plan, asked: str) -> Finding:
    """Figures of a file that say no region, while one is asked for."""
    message = say(
        "{count} values from here on name no region; they are taken for {own} and not for {asked}.",
        count=count,
        own=plan.region,
        asked=asked,
    )
    hint = say("Name the region in a column 地区, in the title or in the file's name.")
    return finding("S256", first.place, message, hint)


def nobodys(one: Observation, plan: Plan) -> Finding:
    """A figure whose region is not known, or is two."""
    found = plan.regions.matching(one.region)
    if found:
        message = say(
            "“{region}” may be {names}; the value is not used.",
            region=one.region[:40],
            names=" / ".join(f"{plan.regions.full_name(one)} {one.code}" for one in found),
        )
        return finding(
            "S257", one.place, message, say("Write the code, or put the name of the parent region before the name.")
        )
    message = say("“{region}” is none of the plan's regions; the value is not used.", region=one.region[:40])
    return finding("S257", one.place, message, _near(one.region, plan))


def _near(text: str, plan: Plan) -> Message:
    near = plan.regions.near(text)
    if near:
        return say("Did you mean {names}?", names=" / ".join(near))
    return say("`czurban list regions` shows every name.")
