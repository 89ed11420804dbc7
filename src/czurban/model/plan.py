"""Define a plan: its tasks, milestones and departments, and how to find its parts by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from czurban.model.finding import Message, Place
from czurban.model.formulas.formula import Formula
from czurban.model.indicator import AddingRule, Indicator, IndicatorKind
from czurban.model.period import Period
from czurban.model.region import WHOLE_WORDS, Breakdown, Department, Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.task import NO_PERSONS, Part, Persons, Task, TaskNo
from czurban.model.text import key, nearest
from czurban.model.unit import Units

__all__ = ["NO_ISSUER", "Department", "Issuer", "Plan"]


class Issuer(NamedTuple):
    """The office that collects the figures and sends letters and reports, with whom to ask; empty where not given."""

    name: str = ""
    contact: str = ""
    phone: str = ""


NO_ISSUER = Issuer()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The indicators, tasks and departments of one region for one period, which may be of several years.

    `ladders` are the ordered stages of milestones. `formulas` come after those whose results they use. `source` names
    the files that the plan was read from. `regions` is the hierarchy with the plan's region, `breakdown` has the
    targets of its parts. `words` are header words that the plan adds, each with the field that it means. `places`
    are those of the keys of `plan:`.

    The rest is for a plan that was changed for one region by `for_region`: the ids of the indicators that have that
    region's own target (`own_targets`) or none at all (`without_target`), the plan's original region (`within`), and
    whether the figures of any region may be judged by it (`any_region`).
    """

    title: str
    region: str
    period: Period
    indicators: tuple[Indicator, ...]
    departments: tuple[Department, ...]
    tasks: tuple[Task, ...] = ()
    parts: tuple[Part, ...] = ()
    categories: tuple[str, ...] = ()
    ladders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline_period: Period | None = None
    units: Units = field(default_factory=Units)
    formulas: tuple[Formula, ...] = ()
    source: str = ""
    regions: Regions = field(default_factory=Regions)
    breakdown: Breakdown = field(default_factory=Breakdown)
    own_targets: frozenset[str] = frozenset()
    without_target: frozenset[str] = frozenset()
    within: str = ""
    any_region: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    issuer: Issuer = NO_ISSUER
    places: Mapping[str, Place] = field(default_factory=dict)

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What functions keep for this plan, by the function."""
        return {}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        by_name = {key(name): indicator for indicator in self.indicators for name in (indicator.id, *indicator.names)}
        return by_name | {
            key(str(indicator.no)): indicator for indicator in self.indicators if indicator.no is not None
        }

    @cached_property
    def department_names(self) -> Mapping[str, Department]:
        """The departments by the key of each of their names."""
        return {key(name): department for department in self.departments for name in department.names}

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {key(str(task.no)): task for task in self.tasks}

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """Every indicator by its id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The ids of the indicators that the plan gives no target at all; they are counted nowhere."""
        return frozenset(indicator.id for indicator in self.indicators if indicator.input_only)

    @cached_property
    def flows(self) -> Mapping[str, Indicator]:
        """The indicators that are sums over the year, by their ids."""
        return {indicator.id: indicator for indicator in self.indicators if indicator.kind is IndicatorKind.FLOW}

    @cached_property
    def summed(self) -> Mapping[str, Indicator]:
        """The indicators whose total is the sum of its parts, by their ids."""
        return {indicator.id: indicator for indicator in self.indicators if indicator.adding.way is AddingRule.SUM}

    @cached_property
    def formula_inputs(self) -> frozenset[str]:
        """The ids of the indicators that formulas use."""
        return frozenset(term.indicator for formula in self.formulas for term in formula.terms())

    @cached_property
    def idle_formulas(self) -> set[Period]:
        """The periods for which formulas are known to give nothing where none of their inputs was sent."""
        return set()

    @cached_property
    def _formulas(self) -> dict[str, Formula]:
        return {formula.indicator: formula for formula in self.formulas}

    def is_own_period(self, period: Period) -> bool:
        """Return whether a period is the plan's; of a plan of several years also each of these years."""
        return period == self.period or (self.period.has_years and period.is_year and self.period.includes(period))

    @cached_property
    def allotted(self) -> tuple[Indicator, ...]:
        """The departments' own parts of targets (R12), each as an indicator that the department answers for.

        Its target, due date and persons are those of its row of the breakdown; the leads of the whole may report it.
        """
        rows = () if self.within else self.breakdown.of_departments
        known = ((self.by_id[row.indicator], row) for row in rows if row.indicator in self.by_id)
        return tuple(whole.part_of(row.department, row.target, row.persons, row.place) for whole, row in known)

    def county_part(self, indicator: Indicator, code: str) -> Indicator:
        """Return the part that a region has of an indicator, with the target that it has there."""
        row = self.breakdown.of_region(code).get(indicator.id)
        persons, place = (row.persons, row.place) if row else (NO_PERSONS, None)
        return replace(indicator.part_of(self.counties[code].name, indicator.target, persons, place), reporters=())

    @cached_property
    def own_parts(self) -> Mapping[str, Mapping[str, Indicator]]:
        """The departments' own parts by the department's name and the id of the whole; by no name and their own id."""
        by_name: dict[str, dict[str, Indicator]] = {}
        for part in self.allotted:
            by_name.setdefault(part.leads[0], {})[part.whole] = part
            by_name.setdefault("", {})[part.id] = part
        return by_name

    def sharer(self, text: str) -> str:
        """Return the name of the department with parts of its own that a text names; empty for any other text."""
        office = self.department(text) if text and self.own_parts else None
        return office.name if office and office.name in self.own_parts else ""

    def own_part(self, indicator: str, party: str) -> Indicator | None:
        """Return the part of an indicator that a text names, by the department or by its own id; None for the whole."""
        return self.own_parts.get(self.sharer(party), {}).get(indicator)

    def for_own_parts(self) -> "Plan":
        """Return the plan to judge the departments' own parts by, which uses nothing of the whole."""
        return replace(self, indicators=self.allotted, formulas=(), tasks=(), breakdown=Breakdown(), any_region=True)

    def at(self, period: Period) -> "Plan":
        """Return the plan with the targets that figures of one period are judged by: those of steps, and of each year.

        Where the figures of several years make up one, that of a single year has no target.
        """
        several = frozenset(indicator.id for indicator in self.indicators if indicator.target.over.takes_years)
        indicators = tuple(indicator.at(period) for indicator in self.indicators)
        return replace(self, indicators=indicators, without_target=self.without_target | several)

    def formula(self, indicator: str) -> Formula | None:
        """Return the formula of an indicator by its id; None where it has none."""
        return self._formulas.get(indicator)

    def indicator(self, text: str) -> Indicator | None:
        """Find an indicator by id, number, name or alias; None where there is none."""
        return self._indicators.get(key(text))

    def department(self, text: str) -> Department | None:
        """Find a department by name or alias; None where there is none."""
        return self.department_names.get(key(text))

    @cached_property
    def counties(self) -> Mapping[str, Department]:
        """The regions that figures are asked of, by their codes: those of groups, and those with own targets."""
        asked = {code for office in self.departments for code in self.regions_of(office)}
        asked |= {part.region for part in self.breakdown if part.region}
        regions = (region for region in self.regions if region.code in asked and region != self.home)
        return {region.code: Department(self._unit_name(region), region=region.code) for region in regions}

    @cached_property
    def county_names(self) -> Mapping[str, Department]:
        """The regions that figures are asked of, by the key of each of their names."""
        return {key(name): county for county in self.counties.values() for name in county.names}

    def _unit_name(self, region: Region) -> str:
        """Return the full name of a region, behind those of the regions above where a department has it too."""
        name = self.regions.full_name(region)
        return name if self.department(name) is None else "".join(step.name for step in self.regions.path(region))

    @property
    def offices(self) -> tuple[Department, ...]:
        """Every department, group and region that figures may be asked of."""
        return (*self.departments, *self.counties.values())

    def county(self, text: str) -> Department | None:
        """Find a region that figures are asked of by its code or any of its names; None where there is none."""
        region = self.regions.find(text)
        return self.counties.get(region.code) if region else None

    def is_of_region(self, sender: str) -> bool:
        """Return whether a sender is the region that the plan was changed for (see `for_region`)."""
        return bool(self.within) and self.home is not None and self.regions.find(sender) == self.home

    def regions_of(self, group: Department) -> tuple[str, ...]:
        """Return the codes of the regions that a group stands for."""
        return group.stands_for(self.regions, self.home)

    def groups_of(self, code: str) -> frozenset[str]:
        """Return the names of the groups that stand for a region."""
        return frozenset(office.name for office in self.departments if code in self.regions_of(office))

    @cached_property
    def home(self) -> Region | None:
        """The plan's region in its hierarchy; None where there is none."""
        return self.regions.find(self.region)

    def is_for(self, region: str) -> bool:
        """Return whether a name is that of the plan's region: 钦州市, 钦州, 广西钦州市; in a hierarchy also its code.

        A name of the hierarchy has the meaning that it has there: 鼓楼区 alone means none where two cities have one.
        """
        if self.home and (matches := self.regions.matching(region)):
            return matches == (self.home,)
        name, home = key(region), key(self.region)
        return name in (home, home[:-1]) or name.endswith(home)

    def is_whole(self, text: str) -> bool:
        """Return whether a word means the plan's region as a whole: 合计, and 全市 where it is a 市.

        全区 is a district's word for itself; for a city it is the region above.
        """
        word = key(text)
        if word not in WHOLE_WORDS:
            return False
        levels = {"全": "市县区州盟旗省国", "本": "市县区州盟旗省"}.get(word[0], "")
        end = key(self.region)[-1:]
        return word[1:] not in levels or word[1:] == end or end not in levels

    def is_own_region(self, text: str) -> bool:
        """Return whether a region, as written, is the plan's region as a whole; so it is where none is written."""
        if not text or self.any_region:
            return True
        if text not in self._own_regions:
            self._own_regions[text] = self.is_whole(text) or self.is_for(text)
        return self._own_regions[text]

    @cached_property
    def _own_regions(self) -> dict[str, bool]:
        """The result of `is_own_region` for each text, of which a table repeats a few."""
        return {}

    def for_region(self, name: str) -> "Plan":
        """Return the plan to judge one region by, which may be named by any of its names (R12).

        An indicator has the region's target and baseline where the breakdown gives them (`own_targets`), otherwise the
        plan's target without the baseline, which is another region's figure. For a region on another level of the
        hierarchy than the plan's own, amounts without a row have no target (`without_target`), since a part cannot be
        compared with the target of the whole. A region that is not in the hierarchy has no rows.

        Raises:
            LookupError: two regions have that name.
        """
        matches = self.regions.matching(name)
        if len(matches) > 1:
            msg = f"{name} may mean {', '.join(region.code for region in matches)}"
            raise LookupError(msg)
        region = matches[0] if matches else None
        if region == self.home if region else self.is_for(name):
            return self
        rows = self.breakdown.of_region(region.code) if region else {}
        is_part = region is not None and self.is_other_level(region)
        targets = {indicator: row.target for indicator, row in rows.items()}
        return self._for_region(self.regions.full_name(region) if region else name, targets, is_part=is_part)

    def is_other_level(self, region: Region) -> bool:
        """Return whether a region is on another level than the plan's: such as a county, or a province of a city."""
        return self.home is not None and len(self.regions.above(region)) != len(self.regions.above(self.home))

    def for_others(self, *, are_parts: bool) -> "Plan":
        """Return the plan for any regions without targets of their own: parts of the plan's region, or others."""
        return replace(self._for_region("", {}, is_part=are_parts), any_region=True)

    def _for_region(self, region: str, targets: Mapping[str, Target], *, is_part: bool) -> "Plan":
        judged = [each for each in self.indicators if not each.input_only]
        amounts = [each for each in judged if is_part and each.is_amount and each.id not in targets]
        without = {amount.id: amount.target._replace(interval=Interval(), baseline=None) for amount in amounts}
        all_targets = without | dict(targets)
        return replace(
            self,
            region=region,
            within=self.region,
            indicators=tuple(indicator.for_part(all_targets.get(indicator.id)) for indicator in self.indicators),
            own_targets=frozenset(targets),
            without_target=self.inputs.union(indicator.id for indicator in amounts),
        )

    def no_sum(self, indicator: Indicator) -> Message | None:
        """Return why an indicator cannot be added up in the way that the plan declares; None where it can."""
        return indicator.no_sum([other for name in indicator.adding.by if (other := self.indicator(name))])

    def task(self, no: TaskNo) -> Task | None:
        """Find a task by its number; None where there is none."""
        return self._tasks.get(key(str(no)))

    def persons_for(self, indicator: Indicator) -> Persons:
        """Return who answers for an indicator: its own persons, those of its only task, or those of its first lead.

        The persons of a task do not answer for a department's own part.
        """
        tasks = () if indicator.whole else self.tasks
        listed = [task for task in tasks if task.no == indicator.task or indicator.id in task.quantities]
        task = listed[0].persons if len(listed) == 1 else NO_PERSONS
        return indicator.persons.filled_from(task).filled_from(self._persons_of(indicator.leads))

    def persons_for_task(self, task: Task) -> Persons:
        """Return who answers for a task: its own persons, or those of its first lead."""
        return task.persons.filled_from(self._persons_of(task.leads))

    def _persons_of(self, leads: Sequence[str]) -> Persons:
        department = self.department(leads[0]) if leads else None
        return department.persons if department else NO_PERSONS

    def part_of(self, indicator: Indicator) -> Part | None:
        """Return the chapter whose task has this quantity; None for an indicator of the main table."""
        task = self.task(indicator.task) if indicator.task is not None else None
        return task.part if task else None

    def near_indicators(self, text: str) -> tuple[str, ...]:
        """Return the names of indicators that are most similar to a text."""
        return nearest(text, (name for indicator in self.indicators for name in indicator.names))

    def near_departments(self, text: str) -> tuple[str, ...]:
        """Return the printed names of the departments that have a name similar to a text."""
        close = nearest(text, (name for department in self.departments for name in department.names), limit=6)
        return tuple(dict.fromkeys(self.department_names[key(name)].name for name in close))[:3]
