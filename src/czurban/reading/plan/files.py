"""A folder with targets.yaml, tasks.yaml and departments.yaml to a Plan, telling every fault at its line.

What a plan knows of its parts: the hierarchy of regions, and the breakdown of its targets over it.
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import ValidationError

from czurban.errors import UnreadableError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, Place, has_errors, say
from czurban.model.plan import Plan
from czurban.model.region import Breakdown, Regions
from czurban.reading.plan.build import build_plan
from czurban.reading.plan.regions import RegionEntry, build_regions, read_table
from czurban.reading.sources.opening import (
    ALL_FILES,
    BREAKDOWNS,
    DEPARTMENTS,
    REGIONS,
    TARGETS,
    TASKS,
    decode,
    read_regular,
    unread,
)
from czurban.reading.yaml.marked import Marked, read_yaml, without
from czurban.reading.yaml.shapes import DepartmentsShape, MappingShape, RegionsShape, TargetsShape, TasksShape

S = TypeVar("S", bound=MappingShape)


class Draft(NamedTuple):
    """As much of a plan as can be read: `plan` lacks what `findings` tell errors of; None where nothing is left.

    `whole` says that nothing is missing, so that what the plan lacks is lacking and not only unread.
    """

    plan: Plan | None
    findings: Findings

    @property
    def whole(self) -> bool:
        """Whether every entry of every file was understood."""
        return self.plan is not None and not has_errors(self.findings)


def read_plan(folder: Path) -> tuple[Plan | None, Findings]:
    """Read a plan. The plan is None where its files cannot be made sense of; the findings say why.

    tasks.yaml may be absent: a plan may be a table of indicators and nothing more.

    Raises:
        UnreadableError: the folder is not there or holds no targets.yaml.
    """
    draft = read_draft(folder)
    return (draft.plan if draft.whole else None), draft.findings


def read_draft(folder: Path) -> Draft:
    """Read what can be read of a plan, leaving out entries with faults, so that all faults are told in one run.

    Raises:
        UnreadableError: the folder is not there or holds no targets.yaml.
    """
    if not os.path.lexists(folder / TARGETS):
        message = say("{folder} holds no plan: there is no {file} in it.", folder=str(folder), file=TARGETS)
        raise UnreadableError(message, say("Name a folder that holds {file} with --plan.", file=TARGETS))
    findings: list[Finding] = []
    dropped: set[str] = set()
    targets = _load(folder / TARGETS, TargetsShape, findings, dropped)
    departments = _load(folder / DEPARTMENTS, DepartmentsShape, findings, dropped)
    has_tasks = os.path.lexists(folder / TASKS)
    tasks = _load(folder / TASKS, TasksShape, findings, dropped) if has_tasks else None
    if targets is None:
        return Draft(None, tuple(findings))
    if departments is None:
        dropped.add("departments")
        departments = DepartmentsShape.read({"departments": []}), targets[1]
    if has_tasks and tasks is None:
        dropped.add("parts")
    plan, faults = build_plan(str(folder), targets, departments, tasks, frozenset(dropped))
    findings += faults
    if plan and (targets[0].breakdown or any(os.path.lexists(folder / name) for name in (*REGIONS, *BREAKDOWNS))):
        regions = folder / REGIONS[0]
        root = _load(regions, RegionsShape, findings, dropped) if os.path.lexists(regions) else None
        plan = with_parts(plan, folder, root, targets[0].breakdown, findings, frozenset(dropped))
    return Draft(plan, tuple(findings))


def _load(path: Path, shape: type[S], findings: list[Finding], dropped: set[str]) -> tuple[S, Marked] | None:
    text = _text(path, findings)
    if text is None:
        return None
    root, faults = read_yaml(str(path), text)
    findings += faults
    if root is None:
        return None
    try:
        return shape.read(root.plain()), root
    except ValidationError as error:
        from czurban.reading.yaml.shape_faults import faulty_entries, translate  # noqa: PLC0415 - few files have faults

        findings += translate(str(path), root, shape, error)
        paths = faulty_entries(error)
    if () in paths:
        return None  # the file as a whole is of another kind
    dropped |= {str(path[0]) for path in paths}
    rest = without(root, paths)
    try:
        return shape.read(rest.plain()), rest
    except ValidationError:
        return None


def _text(path: Path, findings: list[Finding]) -> str | None:
    try:
        decoded = decode(read_regular(path, path.parent))
    except OSError as error:
        findings.append(unread("P101", path, error))
        return None
    if decoded is None:
        message = say("The file is not text.")
        findings.append(finding("P101", Place(str(path)), message, say("Save it as text in UTF-8.")))
    return decoded.text if decoded else None


def plan_files(folder: Path) -> Sequence[Path]:
    """The files of a plan that are there, under their usual names."""
    return [folder / name for name in ALL_FILES if (folder / name).is_file()]


def with_parts(  # noqa: PLR0913, PLR0917 - the plan, its files, and what was found of them
    plan: Plan,
    folder: Path,
    root: tuple[RegionsShape, Marked] | None,
    named: str | None,
    findings: list[Finding],
    dropped: Collection[str],
) -> Plan:
    """Add regions and breakdown to a plan, as far as they have no fault; faults are added to `findings`.

    Args:
        plan: the plan without them.
        folder: where its files lie.
        root: regions.yaml, as its shape and its tree, if there is one.
        named: the file that `breakdown:` names.
        findings: what was found so far.
        dropped: lists of which entries were left out; what refers to one of those is not a fault of its own.
    """
    before = len(findings)
    regions = _regions(plan, folder, root, findings)
    plan = replace(plan, regions=regions)
    whole = "regions" not in dropped and not has_errors(findings[before:])
    file = _breakdown_file(folder, named, findings)
    if file is None or not whole:
        return plan
    from czurban.reading.plan.breakdown import read_breakdown  # noqa: PLC0415 - only where there is one

    allotments, told = read_breakdown(folder / file, plan)
    findings += told
    return replace(plan, breakdown=Breakdown(allotments, file))


def _regions(plan: Plan, folder: Path, root: tuple[RegionsShape, Marked] | None, findings: list[Finding]) -> Regions:
    there = [folder / name for name in REGIONS if os.path.lexists(folder / name)]
    if len(there) > 1:
        findings.append(_one_of(there))
    entries: Sequence[RegionEntry] = ()
    if root:
        entries = _of_yaml(str(there[0]), *root)
    elif there and there[0].suffix == ".csv":
        entries, faults = read_table(there[0])
        findings += faults
    regions, faults = build_regions(entries, plan.region, Place(str(there[0]), 1) if there else Place(str(folder)))
    findings += faults
    return regions


def _of_yaml(file: str, shape: RegionsShape, tree: Marked) -> list[RegionEntry]:
    return [
        RegionEntry(one.code, one.name, one.parent or "", tuple(one.aliases), Place(file, *tree.at(("regions", n))))
        for n, one in enumerate(shape.regions)
    ]


def _breakdown_file(folder: Path, named: str | None, findings: list[Finding]) -> str | None:
    """The name of the breakdown's file: the one that the plan names, else the usual one that is there."""
    if named is not None:
        if Path(named).name == named and os.path.lexists(folder / named):
            return named
        message = say("There is no file {file} in the plan's folder.", file=named)
        hint = say("Put the table beside targets.yaml and write its name alone.")
        findings.append(finding("P132", Place(str(folder / "targets.yaml")), message, hint))
        return None
    there = [folder / name for name in BREAKDOWNS if os.path.lexists(folder / name)]
    if len(there) > 1:
        findings.append(_one_of(there))
    return there[0].name if there else None


def _one_of(there: Sequence[Path]) -> Finding:
    message = say(
        "{files} hold the same; which one counts, nobody can tell.", files=" / ".join(one.name for one in there)
    )
    return finding("P132", Place(str(there[1])), message, say("Keep one of them."))
