"""A folder with targets.yaml, tasks.yaml and departments.yaml to a Plan, telling every fault at its line."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic_core import ValidationError

from czurban.errors import UnreadableError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings, has_errors
from czurban.model.message import say
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.reading.encoding import decode
from czurban.reading.marked_yaml import Marked, read_yaml, without
from czurban.reading.plan_build import build_plan
from czurban.reading.plan_names import ALL_FILES, BREAKDOWNS, DEPARTMENTS, REGIONS, TARGETS, TASKS
from czurban.reading.regular_file import read_regular, unread
from czurban.reading.shapes import DepartmentsShape, RegionsShape, Shape, TargetsShape, TasksShape

S = TypeVar("S", bound=Shape)


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
        from czurban.reading.plan_parts import with_parts  # noqa: PLC0415 - many plans know no regions

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
        from czurban.reading.shape_faults import faulty_entries, translate  # noqa: PLC0415 - few files have faults

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
