"""Every region against the plan: what one row comes to by itself, and what a region's rows come to together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from czurban.checking.admit import Admission
from czurban.checking.assess import result_of
from czurban.checking.axis import Stretch
from czurban.checking.bounds import Bounds, compile_bounds, sure_stretches
from czurban.checking.convert import convert
from czurban.checking.judge import is_due, verdict
from czurban.checking.year_parts import is_part
from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import say
from czurban.model.observation import Observation, Reading
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.shape import Fate, Outcome, Resolved
from czurban.model.text import key
from czurban.model.verdict import Result, Verdict

_NOWHERE = "\x02"
"""The name of no region: what the plan is against one that has nothing of its own."""
_FAMILY_DIGITS = 2
_LEAST_DIGITS = 4
_FATES = {Verdict.MET: Fate.MET, Verdict.MISSED: Fate.MISSED}


class RegionResults(NamedTuple):
    """One region judged: which, its results, and the findings that came of its rows together."""

    resolved: Resolved
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]


class _Anywhere(Admission):
    """Admits figures of any region; period and sender are held to as ever."""

    def _is_ours(self, region: str) -> bool:  # noqa: ARG002 - asked of any region
        return True


class EachRegion:
    """Holds regions against a plan, each against the targets that are its own or else the plan's."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self.plan = plan
        self.period = period
        self.elsewhere = plan.for_region(_NOWHERE)
        self._index = {one.id: number for number, one in enumerate(plan.indicators)}
        self._admission = _Anywhere(self.elsewhere, period)
        self._stretches: dict[str, Sequence[Stretch]] = {}

    def resolve(self, raw: str) -> Resolved:
        """Which region a text means: the plan's own, one of its hierarchy, else whatever is written so."""
        plan, text = self.plan, raw.strip()
        if not text or plan.is_whole(text) or plan.is_for(text):
            return Resolved(plan.home.code if plan.home else plan.region, self._family(plan.region), own=True)
        found = plan.regions.called(text)
        if len(found) == 1:
            code = found[0].code
            return Resolved(code, self._family(code), own=bool(plan.breakdown.of_region(code)))
        return Resolved(key(text), self._family(key(text)), own=bool(found))

    def _family(self, region: str) -> str:
        """The region above, where the plan knows it; else what a code begins with; else the region itself."""
        regions = self.plan.regions
        if one := regions.find(region):
            return regions.full_name(regions.parent(one) or one)
        return region[:_FAMILY_DIGITS] if region.isdecimal() and len(region) >= _LEAST_DIGITS else region

    def outcome(self, one: Observation) -> Outcome:
        """What one row comes to by itself, in a region without targets of its own."""
        number = self._index[one.indicator]
        silent = one.reported is Reading.NOTHING
        if silent and not one.status:
            return Outcome(number, Fate.NOTHING if one.period == self.period else Fate.NONE)
        if code := self._admission.refusal(one):
            return Outcome(number, Fate.NONE, (code,))
        indicator = self.elsewhere.indicator(one.indicator)
        if silent or indicator is None:
            return Outcome(number, Fate.SILENT if silent else Fate.NOTHING)
        if self._is_part(indicator):
            return Outcome(number, Fate.UNREADABLE, ("S277",))
        value, doubt = convert(one, indicator)
        fate = Fate.UNREADABLE if value.actual is None else _FATES[verdict(indicator.target, value.actual)]
        return Outcome(number, fate, (doubt.code,) if doubt else ())

    def _is_part(self, indicator: Indicator) -> bool:
        return is_part(indicator, self.period) and is_due(indicator.target, self.period, self.plan.period)

    def refusal(self, one: Observation) -> str:
        """The code of the finding for which a row is not used, whatever its value and region; empty where it is."""
        return self._admission.refusal(one)

    def bounds(self, one: Observation) -> tuple[int, Bounds] | None:
        """An indicator's place in the plan, and the bounds for values in the unit that an observation has."""
        indicator = self.elsewhere.indicator(one.indicator)
        if indicator is None or self._is_part(indicator):
            return None
        if indicator.id not in self._stretches:
            self._stretches[indicator.id] = sure_stretches(indicator)
        found = compile_bounds(indicator, one.unit, self._stretches[indicator.id])
        return (self._index[one.indicator], found) if found else None

    def judge(self, raw: str, observations: Sequence[Observation]) -> RegionResults:
        """Judge one region by all its rows."""
        resolved = self.resolve(raw)
        if resolved.own and len(self.plan.regions.called(raw)) > 1:
            return RegionResults(resolved, (), tuple(_ambiguous(one, self.plan) for one in observations))
        plan = self._plan_of(resolved)
        admission = _Anywhere(plan, self.period)
        by_indicator: dict[str, list[Observation]] = defaultdict(list)
        for one in admission.admit(observations):
            by_indicator[one.indicator].append(one)
        findings = list(admission.findings)
        results = [
            result_of(indicator, by_indicator.get(indicator.id, []), plan, self.period, findings)
            for indicator in plan.indicators
        ]
        return RegionResults(resolved, tuple(results), tuple(findings))

    def _plan_of(self, resolved: Resolved) -> Plan:
        if not resolved.own:
            return self.elsewhere
        return self.plan if self.resolve("") == resolved else self.plan.for_region(resolved.region)

    def appears(self, one: Observation) -> bool:
        """Whether a region counts as one of the data for this row: it says something for the judged period."""
        return self.outcome(one).fate is not Fate.NONE


def by_region(each: EachRegion, observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Observations by their region's key, in the order in which regions come first."""
    found: dict[str, list[Observation]] = {}
    known: dict[str, str] = {}
    for one in observations:
        if one.region not in known:
            known[one.region] = each.resolve(one.region).region
        found.setdefault(known[one.region], []).append(one)
    return found


def _ambiguous(one: Observation, plan: Plan) -> Finding:
    codes = "、".join(found.code for found in plan.regions.called(one.region))
    message = say(
        "“{name}” may mean several regions ({codes}), so its value is not used.", name=one.region, codes=codes
    )
    return finding(
        "S217", one.place, message, say("Write the region's code, or its name behind that of the one above.")
    )
