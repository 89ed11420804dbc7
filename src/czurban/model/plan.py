"""The whole plan of one region for one year, and how its things are found by what people call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from czurban.model.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.region import WHOLE_WORDS, Breakdown, Region, Regions
from czurban.model.target import Interval, Target
from czurban.model.task import Department, Part, Task
from czurban.model.text import key, nearest
from czurban.model.unit import Units


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Indicators, tasks and departments of one region for one period.

    `ladders` are the ordered stages a milestone climbs; `formulas` give indicators from others, each standing behind
    those it takes figures from; `source` says which files it was read from. `regions` is the hierarchy that the plan's
    region stands in, `breakdown` what its parts are to reach. `own_targets` and `without_target` are for a plan held
    against one region (`for_region`): the ids of the indicators whose target is that region's own, and of those that
    it has no target of; `within` is then the region that the plan is for, and `any_region` says that the figures of
    any region may be judged by it. `words` are header words of the plan's own, each with the field that it means.
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

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        found = {key(name): one for one in self.indicators for name in (one.id, *one.names)}
        return found | {str(one.no): one for one in self.indicators if one.no is not None}

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {key(name): one for one in self.departments for name in one.names}

    @cached_property
    def _tasks(self) -> dict[int, Task]:
        return {task.no: task for task in self.tasks}

    @cached_property
    def by_id(self) -> Mapping[str, Indicator]:
        """Every indicator under its id."""
        return {one.id: one for one in self.indicators}

    @cached_property
    def _formulas(self) -> dict[str, Formula]:
        return {one.indicator: one for one in self.formulas}

    def formula(self, indicator: str) -> Formula | None:
        """What gives an indicator, by its id; None where nothing does."""
        return self._formulas.get(indicator)

    def indicator(self, text: str) -> Indicator | None:
        """Find an indicator by id, number, name or alias; None where nothing is called so."""
        return self._indicators.get(key(text))

    def department(self, text: str) -> Department | None:
        """Find a department by name or alias."""
        return self._departments.get(key(text))

    @cached_property
    def home(self) -> Region | None:
        """The plan's region in its hierarchy; None where there is none."""
        return self.regions.find(self.region)

    def is_for(self, region: str) -> bool:
        """Whether a name is that of the plan's region: 钦州市, 钦州, 广西钦州市; in a hierarchy also its code.

        A name of the hierarchy means what it means there: 鼓楼区 alone is nobody's where two cities have one.
        """
        if self.home and (found := self.regions.matching(region)):
            return found == (self.home,)
        plain, own = key(region), key(self.region)
        return plain in (own, own[:-1]) or plain.endswith(own)

    def is_whole(self, text: str) -> bool:
        """Return whether a word means the plan's region as a whole: 合计, and 全市 where it is a 市.

        全区 is a district's word for itself, and for a city the region above it.
        """
        word = key(text)
        if word not in WHOLE_WORDS:
            return False
        levels = {"全": "市县区州盟旗省国", "本": "市县区州盟旗省"}.get(word[0], "")
        end = key(self.region)[-1:]
        return word[1:] not in levels or word[1:] == end or end not in levels

    def is_own_region(self, text: str) -> bool:
        """Return whether a region, as written, is the plan's region as a whole; so it is where none is written."""
        return not text or self.any_region or self.is_whole(text) or self.is_for(text)

    def for_region(self, name: str) -> "Plan":
        """Return the plan as it is held against one region, by any of its names.

        An indicator has the region's own target and baseline where the breakdown gives them; `own_targets` has its id
        then. Else it has the plan's target, without the baseline, which is the figure of the plan's region alone.
        Of a region below the plan's own, amounts without a row have no target (`without_target`): a part cannot be
        judged by the whole. A region that is not in the hierarchy has no row of its own.

        Raises:
            LookupError: two regions are called so.
        """
        found = self.regions.matching(name)
        if len(found) > 1:
            msg = f"{name} may mean {', '.join(one.code for one in found)}"
            raise LookupError(msg)
        region = found[0] if found else None
        if region == self.home if region else self.is_for(name):
            return self
        rows = self.breakdown.of_region(region.code) if region else {}
        is_part = region is not None and self.home in self.regions.above(region)
        targets = {code: row.target for code, row in rows.items()}
        amounts = [one for one in self.indicators if is_part and one.is_amount and one.id not in rows]
        targets |= {one.id: one.target._replace(interval=Interval(), baseline=None) for one in amounts}
        return replace(
            self,
            region=self.regions.full_name(region) if region else name,
            within=self.region,
            indicators=tuple(_held(one, targets.get(one.id)) for one in self.indicators),
            own_targets=frozenset(rows),
            without_target=frozenset(one.id for one in amounts),
        )

    def task(self, no: int) -> Task | None:
        """Find a task by its number."""
        return self._tasks.get(no)

    def part_of(self, indicator: Indicator) -> Part | None:
        """The chapter whose task names this quantity; None for one of the main table."""
        task = self._tasks.get(indicator.task) if indicator.task is not None else None
        return task.part if task else None

    def near_indicators(self, text: str) -> tuple[str, ...]:
        """Names of indicators most like the text."""
        return nearest(text, (name for one in self.indicators for name in one.names))

    def near_departments(self, text: str) -> tuple[str, ...]:
        """Printed names of the departments one of whose names is most like the text."""
        close = nearest(text, (name for one in self.departments for name in one.names), limit=6)
        return tuple(dict.fromkeys(_printed(self._departments, close)))[:3]


def _printed(departments: Mapping[str, Department], names: Iterable[str]) -> Iterable[str]:
    return (departments[key(name)].name for name in names)


def _held(one: Indicator, own: Target | None) -> Indicator:
    """An indicator with a region's own target, else with the plan's, whose baseline is another region's figure."""
    if own:
        return replace(one, target=own, cited=())
    return replace(one, target=one.target._replace(baseline=None)) if one.target.baseline else one
