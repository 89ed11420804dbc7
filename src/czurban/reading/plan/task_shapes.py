"""Declare the keys of tasks.yaml, departments.yaml and regions.yaml."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from czurban.model.task import Commitment
from czurban.reading.plan.target_shapes import PersonsShape
from czurban.reading.yaml.shapes import MappingShape, ShortText, Text, Texts


class MilestoneShape(MappingShape):
    """One entry of `milestones:`."""

    name: Text
    ladder: Text
    stage: Text
    printed: Text = ""
    commitment: Commitment = Commitment.FIRM
    path: Mapping[str, Text] = MappingProxyType({})
    deadline: Text | None = None


class AddedShape(MappingShape):
    """One entry of `added:` – a responsible department that a lead added after the plan was printed."""

    name: Text
    by: Text
    on: Text
    reason: Text = ""


class TaskShape(MappingShape):
    """One entry of `tasks:`."""

    no: ShortText
    title: Text
    lead: Texts
    responsible: Texts = ()
    open: bool = False
    added: Sequence[AddedShape] = ()
    quantities: Texts = ()
    persons: PersonsShape | None = None
    milestones: Sequence[MilestoneShape] = ()


class PartShape(MappingShape):
    """One entry of `parts:`."""

    no: Text
    title: Text
    tasks: Sequence[TaskShape]


class TasksShape(MappingShape):
    """tasks.yaml."""

    ladders: Mapping[str, Texts] = MappingProxyType({})
    parts: Sequence[PartShape]


class DepartmentShape(MappingShape):
    """One entry of `departments:`."""

    name: Text
    aliases: Texts = ()
    persons: PersonsShape | None = None


class GroupShape(MappingShape):
    """One entry of `groups:`. Without `regions`, a name such as 各县区 stands for each region below the plan's."""

    name: Text
    aliases: Texts = ()
    persons: PersonsShape | None = None
    regions: Texts | None = None


class RegionShape(MappingShape):
    """One entry of `regions:`. The parent is a code or a name; the top region has none."""

    code: Text
    name: Text
    parent: Text | None = None
    aliases: Texts = ()
    type: Text | None = None


class RegionsShape(MappingShape):
    """regions.yaml."""

    regions: Sequence[RegionShape]


class DepartmentsShape(MappingShape):
    """departments.yaml."""

    departments: Sequence[DepartmentShape]
    groups: Sequence[GroupShape] = ()
