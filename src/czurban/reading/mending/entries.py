"""The entries of a plan's files: what kind of thing each is, and its node."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import yaml

from czurban.reading.plan_names import DEPARTMENTS, TARGETS
from czurban.reading.yaml_nodes import child, items_in


class Kind(StrEnum):
    """What an entry describes."""

    PLAN = "plan"
    UNIT = "unit"
    INDICATOR = "indicator"
    TASK = "task"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file; entries that are no mappings are left to the reader, who tells of them."""

    kind: Kind
    node: yaml.MappingNode


def entries(file: str, root: yaml.Node) -> Iterator[Entry]:
    """The entries of the file of that name, in its order."""
    for kind, node in _nodes(file, root):
        if isinstance(node, yaml.MappingNode):
            yield Entry(kind, node)


def _nodes(file: str, root: yaml.Node) -> Iterator[tuple[Kind, yaml.Node | None]]:
    if file == TARGETS:
        yield Kind.PLAN, child(root, "plan")
        yield from ((Kind.UNIT, node) for node in items_in(child(root, "units")))
        yield from ((Kind.INDICATOR, node) for node in items_in(child(root, "indicators")))
    elif file == DEPARTMENTS:
        yield from ((Kind.DEPARTMENT, node) for node in items_in(child(root, "departments")))
        yield from ((Kind.DEPARTMENT, node) for node in items_in(child(root, "groups")))
    else:
        for part in items_in(child(root, "parts")):
            yield from ((Kind.TASK, node) for node in items_in(child(part, "tasks")))
