"""The whole plan of one region for one year, and how its things are found by what people call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from czurban.model.department import Department
from czurban.model.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.task import Part, Task
from czurban.model.text import key, nearest
from czurban.model.unit import Units


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Indicators, tasks and departments of one region for one period.

    `ladders` are the ordered stages a milestone climbs; `formulas` give indicators from others, each standing behind
    those it takes figures from; `source` says which files it was read from.
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

    def is_for(self, region: str) -> bool:
        """Whether a name is that of the plan's region: 钦州市, 钦州, 广西钦州市."""
        plain, own = key(region), key(self.region)
        return plain in (own, own[:-1]) or plain.endswith(own)

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
