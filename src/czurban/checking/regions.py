"""Give each region the figures that were reported for it, and judge a region by its own targets or else the plan's."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from czurban.checking import refusals
from czurban.model.assessment import Assessment, Verdict
from czurban.model.finding import Finding
from czurban.model.observation import Observation, Reading, Submission
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.region import WHOLE_WORDS
from czurban.model.row_outcome import Resolved
from czurban.model.target import StatedValue
from czurban.model.text import key

_FAMILY_DIGITS, _LEAST_DIGITS = 2, 4
Judge = Callable[[Plan, Sequence[Submission], Period], Assessment]
"""Judges what was reported for one region by a plan that has its targets."""


class ByRegion(NamedTuple):
    """Submissions by the code of the region that their figures are for.

    `unknown` are figures of no known region or of several, `unnamed` those that name no region.
    """

    of: Mapping[str, tuple[Submission, ...]]
    unknown: tuple[Observation, ...] = ()
    unnamed: tuple[Observation, ...] = ()


class RegionFinder:
    """Finds the region that a text means, and remembers it."""

    def __init__(self, plan: Plan, *, rows_for_parts: bool = False) -> None:
        """With `rows_for_parts`, parts of the plan's region are judged by all their rows, as if they had targets."""
        self.plan = plan
        self.own_name = key(plan.region)
        self._rows_for_parts = rows_for_parts
        self.home = plan.home.code if plan.home else plan.region
        self.code = cache(self.find)
        """Returns the same as `find`, and remembers it."""

    def find(self, text: str) -> str | None:
        """Return the code of the region that a text means; None where it is not known, or may be several."""
        if not text or self.plan.is_whole(text) or self.plan.is_for(text) or self.plan.sharer(text):
            return self.home
        region = self.plan.regions.find(text)
        return region.code if region else None

    def resolve(self, text: str) -> Resolved:
        """Return which region a text means: the plan's own, one of its hierarchy, else the one that is called so."""
        code = self.find(text.strip())
        if code is None:
            name = key(text.strip())
            return Resolved(name, self._family(name), is_own=bool(self.plan.regions.matching(text)))
        region = self.plan.regions.with_code(code)
        is_own = self.has_targets(code)
        is_part = not is_own and region is not None and self.plan.is_other_level(region)
        is_own = is_own or (is_part and self._rows_for_parts)
        return Resolved(code, self._family(code), is_own=is_own, is_part=is_part and not is_own)

    def has_targets(self, code: str) -> bool:
        """Return whether it is the plan's own region, or one with targets of its own."""
        return code == self.home or bool(self.plan.breakdown.of_region(code))

    def known_texts(self) -> Iterable[str]:
        """Return what may be written for a region of the plan or a department with own parts, as `key` writes it.

        A text that ends with the name of the plan's own region, `own_name`, means this region too.
        """
        sharers = (office for office in self.plan.departments if office.name in self.plan.own_parts)
        names = (key(name) for office in sharers for name in office.names)
        return {*self.plan.regions.texts, *WHOLE_WORDS, *names, self.own_name[:-1]}

    def _family(self, region: str) -> str:
        """Return the region above where the plan knows it, else what a code begins with; all others are one family."""
        regions = self.plan.regions
        if region == self.home and not regions:
            return region
        if known := regions.find(region):
            return regions.full_name(regions.parent(known) or known)
        return region[:_FAMILY_DIGITS] if region.isdecimal() and len(region) >= _LEAST_DIGITS else ""


def sort_out(plan: Plan, submissions: Iterable[Submission], *, unknown: bool = False) -> ByRegion:
    """Give each region what was reported for it, file by file; the plan's own has what names no region.

    Stages of milestones and departments' own parts are the plan's and stay with its own region, except for the stages
    in the form of a region. A target or baseline that a file states goes with the region of its row. With `unknown`, a
    region that the plan does not know is one of its own, under the key of its name, unless several have the name.
    """
    finder = RegionFinder(plan)

    def code_of(text: str) -> str | None:
        code = finder.code(text)
        return key(text) if code is None and unknown and not plan.regions.matching(text) else code

    by_region: dict[str, list[Submission]] = defaultdict(list)
    strange: list[Observation] = []
    nameless: list[Observation] = []
    for sent in submissions:
        base = sent.region or finder.home
        values: dict[str, list[Observation]] = {base: []}
        stated: dict[str, list[StatedValue]] = defaultdict(list)
        for value in sent.observations:
            code = code_of(value.region)
            if code is None:
                strange.append(value)
            else:
                values.setdefault(code, []).append(value)
                nameless += [] if value.region else [value]
        for claim in sent.stated:
            stated[code_of(claim.region) or ""].append(claim)
        for code, members in values.items():
            part = sent._replace(observations=tuple(members), stated=tuple(stated[code]), region="")
            by_region[code].append(part if code == base else part._replace(stages=()))
    return ByRegion({code: tuple(parts) for code, parts in by_region.items()}, tuple(strange), tuple(nameless))


def assess_region(
    plan: Plan, name: str, submissions: Sequence[Submission], *, period: Period, judge: Judge
) -> Assessment:
    """Judge one region, by any of its names, by what was reported for it and no other region (see `sort_out`).

    Its own row of the breakdown is its target. Where there is none the plan's is, and each such result says so; an
    amount of a part of the plan's region without a row is not judged at all, which is reported.

    Raises:
        LookupError: two regions are called so.
    """
    assessed = judge(plan.for_region(name), submissions, period)
    return assessed._replace(findings=(*assessed.findings, *_target_findings(assessed)))


def _target_findings(assessed: Assessment) -> Iterator[Finding]:
    """Report amounts of a region that has no target of its own for them."""
    held = assessed.plan
    results = (result for result in assessed.results if held.within and result.indicator.is_amount)
    amounts = [(result.observation, result) for result in results if result.observation]
    without = [(value, result.indicator) for value, result in amounts if result.indicator.id in held.without_target]
    if without:
        yield refusals.amounts_without_target(without[0][0], [indicator for _, indicator in without], held)
    for value, result in amounts:
        is_plan_target = result.indicator.id not in held.own_targets | held.without_target
        if is_plan_target and result.verdict in (Verdict.MET, Verdict.MISSED):
            yield refusals.judged_by_plan_target(value, result.indicator, held)


def unknown_region_findings(by_region: ByRegion, plan: Plan) -> Iterator[Finding]:
    """Report figures of regions that the hierarchy does not have, or has twice."""
    reporting = (value for value in by_region.unknown if value.reported is not Reading.NOTHING)
    return (refusals.unknown_region(value, plan) for value in reporting)


def without_region(by_region: ByRegion, plan: Plan, asked: str, period: Period) -> Iterator[Finding]:
    """Report, once for each file, figures that name no region while another than the plan's is asked for."""
    files: dict[str, list[Observation]] = defaultdict(list)
    for value in by_region.unnamed:
        if value.reported is not Reading.NOTHING and value.period == period:
            files[value.place.file].append(value)
    return (refusals.values_without_region(members[0], len(members), plan, asked) for members in files.values())
