"""Build a plan from the shapes of its files: departments, tasks, milestones, and the tree of its regions."""

from collections.abc import Collection, Mapping, Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Message, Place, say
from czurban.model.formulas.formula import Formula
from czurban.model.indicator import Indicator
from czurban.model.period import Period
from czurban.model.plan import NO_ISSUER, Department, Issuer, Plan
from czurban.model.region import Region, Regions
from czurban.model.task import AddedDepartment, Milestone, Part, StagePoint, Task, TaskNo
from czurban.model.text import key, task_no
from czurban.model.unit import Units
from czurban.reading.plan.indicators import IndicatorBuilder, persons_of, stage_path
from czurban.reading.plan.names import Names, PlanContext
from czurban.reading.plan.target_shapes import PlanShape, TargetsShape
from czurban.reading.plan.targets import due_date, read_period
from czurban.reading.plan.task_shapes import (
    AddedShape,
    DepartmentShape,
    DepartmentsShape,
    GroupShape,
    MilestoneShape,
    TaskShape,
    TasksShape,
)
from czurban.reading.yaml.shapes import keys_of
from czurban.reading.yaml.tree import KeyPath, YamlFile

_ON_CYCLE = -1
_DEEPEST = 20
"""Levels of a hierarchy of regions: from the state down to a group of households there are seven."""
_MOST_SHOWN = 20


def build_plan(
    folder: str,
    targets: tuple[TargetsShape, YamlFile],
    departments: tuple[DepartmentsShape, YamlFile],
    tasks: tuple[TasksShape, YamlFile] | None,
    dropped: Collection[str] = (),
) -> Plan | None:
    """Build as much of the plan as can be read; the findings of the files report what is left out and why.

    Each file is given with its shape. `dropped` names the lists with entries that were left out already; a reference to
    such an entry is not a fault.
    """
    shape, file = targets
    department_names = Names(incomplete=not {"departments", "groups"}.isdisjoint(dropped))
    context = PlanContext(file, dropped, department_names, Names())
    all_departments = _build_departments(*departments, department_names)
    units = _build_units(shape, file)
    period = read_period(shape.plan.period, file, ("plan", "period"))
    ids = Names([indicator.id for indicator in shape.indicators], incomplete="indicators" in dropped)
    indicators = _build_indicators(shape, context, units, period, ids)
    parts, all_tasks = TaskBuilder(context, *tasks, ids).build() if tasks else ((), ())
    if "parts" not in dropped:
        _check_tasks_exist(shape, file, all_tasks)
    before = shape.plan.baseline_period
    baseline_period = read_period(before, file, ("plan", "baseline_period")) if before else None
    formulas = _build_formulas(shape, file, ids, (period, baseline_period))
    for i, indicator in enumerate(indicators):
        for name in indicator.adds.by if indicator and indicator.adds else ():
            ids.resolve(name, file, ("indicators", i, "adds"))
    if period is None:
        return None
    every, issuer = tuple(filter(None, indicators)), shape.plan.issuer
    return Plan(
        title=shape.plan.title,
        region=shape.plan.region,
        period=period,
        baseline_period=baseline_period,
        categories=tuple(shape.categories),
        indicators=every,
        without_target=frozenset(indicator.id for indicator in every if indicator.input_only),
        departments=all_departments,
        parts=parts,
        tasks=all_tasks,
        ladders={name: tuple(stages) for name, stages in tasks[0].ladders.items()} if tasks else {},
        units=units,
        formulas=formulas,
        source=folder,
        words=_build_words(shape, file),
        issuer=Issuer(issuer.name, issuer.contact, issuer.phone) if issuer else NO_ISSUER,
        places={name: file.place(("plan", name)) for name in keys_of(PlanShape)},
    )


def _build_departments(shape: DepartmentsShape, file: YamlFile, names: Names) -> tuple[Department, ...]:
    departments = []
    for list_name in ("departments", "groups"):
        entries: Sequence[DepartmentShape | GroupShape] = getattr(shape, list_name)
        for i, entry in enumerate(entries):
            at = (list_name, i)
            names.add_all(entry.name, entry.aliases, file, at)
            regions = tuple(entry.regions) if isinstance(entry, GroupShape) and entry.regions is not None else None
            place, persons = file.place(at), persons_of(entry.persons)
            is_group = isinstance(entry, GroupShape)
            departments.append(Department(entry.name, tuple(entry.aliases), is_group, place, persons, regions))
    return tuple(departments)


def _build_units(shape: TargetsShape, file: YamlFile) -> Units:
    if not shape.units:
        return Units()
    from czurban.reading.plan.declared import build_units  # noqa: PLC0415 - most plans declare none

    return build_units(shape.units, file)


def _build_words(shape: TargetsShape, file: YamlFile) -> dict[str, str]:
    if shape.words is None:
        return {}
    from czurban.reading.plan.declared import build_words  # noqa: PLC0415 - few plans have any

    return build_words(shape.words, file)


def _build_indicators(
    shape: TargetsShape, context: PlanContext, units: Units, period: Period | None, ids: Names
) -> Sequence[Indicator | None]:
    file = context.targets
    categories = Names(incomplete="categories" in context.dropped)
    for n, name in enumerate(shape.categories):
        categories.add_once(name, name, file, ("categories", n))
    builder = IndicatorBuilder(context, units, categories, period)
    indicators = [builder.build(i, entry) for i, entry in enumerate(shape.indicators)]
    if all(each is None or each.target.relative is None for each in indicators):
        return indicators
    from czurban.reading.plan.other_figures import with_others  # noqa: PLC0415 - few targets are relative

    return with_others(indicators, file, ids)


def _build_formulas(
    shape: TargetsShape, file: YamlFile, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    if all(indicator.formula is None for indicator in shape.indicators):
        return ()
    from czurban.reading.plan.formulas import build_formulas  # noqa: PLC0415 - many plans have no formula

    return build_formulas(shape.indicators, file, ids, periods)


def _check_tasks_exist(shape: TargetsShape, file: YamlFile, tasks: Sequence[Task]) -> None:
    """Report indicators that name a task which the plan does not have."""
    numbers = {task.no for task in tasks}
    for i, indicator in enumerate(shape.indicators):
        if indicator.task is not None and task_no(indicator.task) not in numbers:
            message = say("There is no task {no}.", no=indicator.task)
            file.report("P111", ("indicators", i, "task"), message, say("Declare it in tasks.yaml."))


class TaskBuilder:
    """Builds the tasks of one plan with their departments, milestones and stages."""

    def __init__(self, context: PlanContext, shape: TasksShape, file: YamlFile, ids: Names) -> None:
        self.departments = context.departments
        self.shape = shape
        self.file = file
        self.ids = ids
        incomplete = "ladders" in context.dropped
        self.ladders = Names(list(shape.ladders), incomplete=incomplete)
        self.stages = {name: Names(stages, incomplete=incomplete) for name, stages in shape.ladders.items()}

    def build(self) -> tuple[tuple[Part, ...], tuple[Task, ...]]:
        """Build the parts and all their tasks, in order."""
        parts, tasks, numbers, part_numbers = [], [], Names(), Names()
        for p, shape in enumerate(self.shape.parts):
            part_numbers.add_once(shape.no, shape.title, self.file, ("parts", p, "no"))
            parts.append(part := Part(shape.no, shape.title, self.file.place(("parts", p, "no"))))
            for t, task in enumerate(shape.tasks):
                at = ("parts", p, "tasks", t)
                if (no := task_no(task.no)) is None:
                    message = say("“{value}” is no number of a task.", value=task.no)
                    hint = say("Write a number such as 3, 3-1, 2.4, AHS-1 or （一）.")
                    self.file.report("P106", (*at, "no"), message, hint)
                    continue
                numbers.add_once(str(no), task.title, self.file, (*at, "no"))
                tasks.append(self._task(no, task, part, at))
        return tuple(parts), tuple(tasks)

    def _task(self, no: TaskNo, shape: TaskShape, part: Part, at: KeyPath) -> Task:
        quantities = [
            self.ids.resolve(name, self.file, (*at, "quantities", n)) for n, name in enumerate(shape.quantities)
        ]
        leads = self.departments.resolve_departments(shape.lead, self.file, (*at, "lead"))
        responsible = self.departments.resolve_departments(shape.responsible, self.file, (*at, "responsible"))
        return Task(
            no=no,
            title=shape.title,
            part=part,
            leads=leads,
            responsible=responsible,
            open=shape.open,
            added=self._added(shape.added, leads, responsible, (*at, "added")) if shape.added else (),
            quantities=tuple(quantities),
            milestones=tuple(self._milestone(each, (*at, "milestones", m)) for m, each in enumerate(shape.milestones)),
            place=self.file.place(at),
            persons=persons_of(shape.persons),
        )

    def _milestone(self, shape: MilestoneShape, at: KeyPath) -> Milestone:
        ladder = self.ladders.resolve(shape.ladder, self.file, (*at, "ladder"))
        stage, stages = shape.stage, self.stages.get(ladder)
        if stages:
            names = " / ".join(self.shape.ladders[ladder])
            hint = say("The ladder {ladder} has {stages}.", ladder=ladder, stages=names)
            stage = stages.resolve(stage, self.file, (*at, "stage"), hint)
        path = stage_path(shape.path, stages, self.file, (*at, "path"))
        due = due_date(shape.deadline, self.file, (*at, "deadline")) if shape.deadline else None
        if due:  # as a point of the path it is due then, and not at the end of the plan
            path = (*path, StagePoint(due.last_year, stage, self.file.place((*at, "deadline"))))
        return Milestone(shape.name, ladder, stage, shape.printed, shape.commitment, self.file.place(at), path, due)

    def _added(
        self, shapes: Sequence[AddedShape], leads: Sequence[str], responsible: Sequence[str], at: KeyPath
    ) -> tuple[AddedDepartment, ...]:
        from czurban.reading.plan.declared import added_departments  # noqa: PLC0415 - a printed plan has none

        return tuple(added_departments(shapes, leads, {*leads, *responsible}, self.departments, self.file, at))


def build_regions(entries: Sequence[Region], region: str, file: Place) -> tuple[Regions, Findings]:
    """Build the tree of all regions without a fault, and report the others.

    Args:
        entries: the regions as written: the parent of each is a code or a name, empty for the top region.
        region: the plan's own region, which must be among them.
        file: the place of faults that concern the whole file.
    """
    builder = RegionTreeBuilder(entries)
    regions = builder.build()
    if regions and not builder.findings and regions.find(region) is None:
        message = say("The plan's region “{region}” is not one of its regions.", region=region)
        hint = say("Add it, or write the plan's region as it is written here.")
        return regions, (finding("P127", file, message, hint),)
    return regions, tuple(builder.findings)


class RegionTreeBuilder:
    """Checks the entries step by step; each step works on the entries that the one before it accepted."""

    def __init__(self, entries: Sequence[Region]) -> None:
        self.entries = entries
        self.findings: list[Finding] = []

    def _report(self, code: str, region: Region, message: Message, hint: Message) -> None:
        self.findings.append(finding(code, region.place, message, hint))

    def build(self) -> Regions:
        """Check codes, then parents, then names, and build the tree."""
        entries = self._with_distinct_codes()
        known: dict[str, list[Region]] = {}
        for entry in entries:
            for text in {key(entry.code), key(entry.name)}:
                known.setdefault(text, []).append(entry)
        regions = [region for entry in entries if (region := self._with_parent(entry, known))]
        self._check_single_top([region for region in regions if not region.parent])
        regions = self._within_reach(regions)
        self._check_names(regions)
        return Regions(regions)

    def _with_distinct_codes(self) -> list[Region]:
        by_code: dict[str, Region] = {}
        for entry in self.entries:
            if not (entry.code and entry.name):
                message = say("A region has no code or no name.")
                hint = say("Write both; use the codes of GB/T 2260, or your own.")
                self._report("P129", entry, message, hint)
                continue
            other = by_code.setdefault(key(entry.code), entry)
            if other is not entry:
                values = {"code": entry.code, "name": entry.name, "other": other.name}
                message = say("“{name}” and “{other}” have the same code, {code}.", **values)
                self._report("P129", entry, message, say("Give each region a different code."))
        return list(by_code.values())

    def _with_parent(self, entry: Region, known: dict[str, list[Region]]) -> Region | None:
        """Return a region with its parent's code; report it and return None where the parent is not clear."""
        parents = known.get(key(entry.parent), []) if entry.parent else []
        if not entry.parent or len(parents) == 1:
            return entry._replace(parent=parents[0].code if parents else "")
        values = {"parent": entry.parent, "name": entry.name}
        if parents:
            message = say("The parent “{parent}” of “{name}” fits several regions.", **values)
            hint = say("Write its code: {codes}.", codes=" / ".join(parent.code for parent in parents))
        else:
            message = say("The parent “{parent}” of “{name}” is not a region.", **values)
            hint = say("Add it, or write the code or name of an existing region.")
        self._report("P127", entry, message, hint)
        return None

    def _check_single_top(self, tops: Sequence[Region]) -> None:
        for region in tops[1:]:
            message = say("“{name}” has no parent, and neither has “{top}”.", name=region.name, top=tops[0].name)
            self._report("P127", region, message, say("Only one region has no parent; give this one a parent."))

    def _within_reach(self, regions: Sequence[Region]) -> list[Region]:
        """Return the regions that lead up to a top region; report cycles and levels that are too deep."""
        by_code = {region.code: region for region in regions}
        levels: dict[str, int] = {}
        for region in regions:
            path: dict[str, Region] = {}
            step: Region | None = region
            while step is not None and step.code not in levels and step.code not in path:
                path[step.code] = step
                step = by_code.get(step.parent)
            level = 0 if step is None else levels.get(step.code, _ON_CYCLE)
            if step is not None and step.code in path:
                members = list(path.values())
                self._report_cycle(members[members.index(step) :], {code: n for n, code in enumerate(by_code)})
            for code in reversed(path):
                level = level if level == _ON_CYCLE else level + 1
                levels[code] = level
        for region in regions:
            if levels[region.code] == _DEEPEST + 1:
                message = say("“{name}” is more than {most} levels deep.", name=region.name, most=_DEEPEST)
                hint = say(
                    "Check the regions above it; {guide} describes the table.",
                    guide=say("docs/reference/plan-format.md"),
                )
                self._report("P143", region, message, hint)
        return [region for region in regions if 0 < levels[region.code] <= _DEEPEST]

    def _report_cycle(self, members: Sequence[Region], ranks: Mapping[str, int]) -> None:
        """Report a cycle at its first region in the file, with its path."""
        first = min(range(len(members)), key=lambda n: ranks[members[n].code])
        cycle = [*members[first:], *members[:first]]
        names = [region.name for region in cycle]
        shown = [*names[:_MOST_SHOWN], "…"] if len(names) > _MOST_SHOWN else names
        message = say("“{name}” is its own ancestor: {path}.", name=names[0], path=" → ".join([*shown, names[0]]))
        self._report("P128", cycle[0], message, say("Give one of them another parent."))

    def _check_names(self, regions: Sequence[Region]) -> None:
        known: dict[tuple[str, str], Region] = {}
        for region in regions:
            for name in region.names:
                other = known.setdefault((region.parent, key(name)), region)
                if other is not region:
                    message = say("Two regions with the same parent are called “{name}”.", name=region.name)
                    hint = say("The other has the code {code}; rename one of them.", code=other.code)
                    self._report("P129", region, message, hint)
