"""Read a folder with targets.yaml, tasks.yaml and departments.yaml, and the tables of regions, as a plan."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import ValidationError

from czurban.errors import UnreadableError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Place, has_errors, say
from czurban.model.plan import Plan
from czurban.model.region import Breakdown, Region, Regions
from czurban.reading.plan.build import build_plan, build_regions
from czurban.reading.plan.target_shapes import TargetsShape
from czurban.reading.plan.task_shapes import DepartmentsShape, RegionsShape, TasksShape
from czurban.reading.sources.opening import (
    ALL_FILES,
    BREAKDOWNS,
    DEPARTMENTS,
    REGIONS,
    TARGETS,
    TASKS,
    read_plan_text,
)
from czurban.reading.yaml.shapes import MappingShape
from czurban.reading.yaml.tree import YamlFile, read_yaml

S = TypeVar("S", bound=MappingShape)


class Draft(NamedTuple):
    """The part of a plan that could be read, without entries that have errors; None where nothing could be read."""

    plan: Plan | None
    findings: Findings

    @property
    def whole(self) -> bool:
        """Return whether every entry of every file was understood."""
        return self.plan is not None and not has_errors(self.findings)


def read_plan(folder: Path) -> tuple[Plan | None, Findings]:
    """Read a plan; return None with the findings where its files have errors.

    tasks.yaml may be absent: a plan may be a table of indicators and nothing more.

    Raises:
        UnreadableError: the folder does not exist or has no targets.yaml.
    """
    draft = read_draft(folder)
    return (draft.plan if draft.whole else None), draft.findings


def read_draft(folder: Path) -> Draft:
    """Read a plan without the entries that have faults, so that one run reports all faults.

    Raises:
        UnreadableError: the folder does not exist or has no targets.yaml.
    """
    if not os.path.lexists(folder / TARGETS):
        message = say("{folder} is not a plan's folder: it has no {file}.", folder=str(folder), file=TARGETS)
        raise UnreadableError(message, say("Name a folder that has {file} with --plan.", file=TARGETS))
    return _DraftReader(folder).read()


def plan_files(folder: Path) -> Sequence[Path]:
    """Return the files of a plan that exist under their usual names."""
    return [folder / name for name in ALL_FILES if (folder / name).is_file()]


class _DraftReader:
    """Reads the files of one plan. `dropped` names the lists of which entries were left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.dropped: set[str] = set()

    def read(self) -> Draft:
        """Read all files that exist."""
        targets = self._load(TARGETS, TargetsShape)
        departments = self._load(DEPARTMENTS, DepartmentsShape)
        has_tasks = bool(self._existing((TASKS,)))
        tasks = self._load(TASKS, TasksShape) if has_tasks else None
        if targets is None:
            return Draft(None, tuple(self.findings))
        if departments is None:
            self.dropped.add("departments")
            departments = DepartmentsShape.read({"departments": []}), targets[1]
        if has_tasks and tasks is None:
            self.dropped.add("parts")
        plan = build_plan(str(self.folder), targets, departments, tasks, frozenset(self.dropped))
        by_type = plan and any(indicator.by_type for indicator in plan.indicators)
        if plan and (by_type or targets[0].breakdown or self._existing((*REGIONS, *BREAKDOWNS))):
            plan = self._with_regions(plan, targets[0].breakdown)
        if plan and "regions" not in self.dropped and any(group.regions for group in plan.departments):
            from czurban.reading.plan.regions import unknown_regions  # noqa: PLC0415 - few groups name regions

            self.findings += unknown_regions(plan)
        return Draft(plan, tuple(self.findings))

    def _existing(self, names: Sequence[str]) -> list[Path]:
        return [self.folder / name for name in names if os.path.lexists(self.folder / name)]

    def _load(self, name: str, shape: type[S]) -> tuple[S, YamlFile] | None:
        path = self.folder / name
        text, faults = read_plan_text(path)
        self.findings += faults
        if text is None:
            return None
        root, faults = read_yaml(str(path), text)
        self.findings += faults
        if root is None:
            return None
        file = YamlFile(str(path), root, text, self.findings)
        try:
            return shape.read(root.plain()), file
        except ValidationError as error:
            from czurban.reading.yaml.shape_faults import faulty_entries, translate  # noqa: PLC0415 - few files have faults

            self.findings += translate(str(path), root, shape, error)
            paths = faulty_entries(error)
        if () in paths:
            return None  # the file as a whole is of another kind
        self.dropped |= {str(path[0]) for path in paths}
        file.root = root.without(paths)
        try:
            return shape.read(file.root.plain()), file
        except ValidationError:
            return None

    def _with_regions(self, plan: Plan, breakdown: str | None) -> Plan:
        """Return the plan with its regions and its breakdown, as far as they have no fault."""
        before = len(self.findings)
        plan = replace(plan, regions=self._regions(plan))
        complete = "regions" not in self.dropped and not has_errors(self.findings[before:])
        file = self._breakdown_file(breakdown)
        if not complete:
            return plan
        if file is not None:
            from czurban.reading.plan.breakdown import read_breakdown  # noqa: PLC0415 - only where there is one

            allotments, faults = read_breakdown(self.folder / file, plan)
            self.findings += faults
            plan = replace(plan, breakdown=Breakdown(allotments, file))
        if any(indicator.by_type for indicator in plan.indicators):
            from czurban.reading.plan.regions import with_types  # noqa: PLC0415 - few targets differ by type

            plan, faults = with_types(plan)
            self.findings += faults
        return plan

    def _regions(self, plan: Plan) -> Regions:
        file = self._only_one(REGIONS)
        entries: Sequence[Region] = ()
        if file and file.suffix == ".csv":
            from czurban.reading.plan.regions import read_table  # noqa: PLC0415 - most regions are in YAML

            entries, faults = read_table(file)
            self.findings += faults
        elif file and (loaded := self._load(file.name, RegionsShape)):
            places = [Place(str(file), *loaded[1].root.position(("regions", n))) for n in range(len(loaded[0].regions))]
            entries = [
                Region(entry.code, entry.name, tuple(entry.aliases), entry.parent or "", place, entry.type or "")
                for entry, place in zip(loaded[0].regions, places, strict=True)
            ]
        regions, faults = build_regions(entries, plan.region, Place(str(file), 1) if file else Place(str(self.folder)))
        self.findings += faults
        return regions

    def _breakdown_file(self, named: str | None) -> str | None:
        """Return the name of the breakdown's file: the one that the plan names, else the usual one."""
        if named is None:
            file = self._only_one(BREAKDOWNS)
            return file.name if file else None
        if Path(named).name == named and os.path.lexists(self.folder / named):
            return named
        message = say("There is no file {file} in the plan's folder.", file=named)
        hint = say("Put the table in the folder of targets.yaml and write its name alone.")
        self.findings.append(finding("P132", Place(str(self.folder / TARGETS)), message, hint))
        return None

    def _only_one(self, names: Sequence[str]) -> Path | None:
        """Return the first file that exists of several with the same purpose; report a second one."""
        paths = self._existing(names)
        if len(paths) > 1:
            listed = " / ".join(path.name for path in paths)
            message = say("{files} have the same purpose, so it is not clear which one counts.", files=listed)
            self.findings.append(finding("P132", Place(str(paths[1])), message, say("Keep one of them.")))
        return paths[0] if paths else None
