"""Build the departments that leads of a task added after the plan was printed."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from czurban.model.finding import say
from czurban.model.task import AddedDepartment
from czurban.model.text import half_width
from czurban.reading.plan.names import Names
from czurban.reading.plan.task_shapes import AddedShape
from czurban.reading.yaml.tree import KeyPath, YamlFile


def added_departments(  # noqa: PLR0913, PLR0917 - what the entries are read with
    shapes: Sequence[AddedShape], leads: Sequence[str], known: set[str], departments: Names, file: YamlFile, at: KeyPath
) -> Iterator[AddedDepartment]:
    """Build the entries of `added:`; report and leave out those with a fault.

    Args:
        shapes: the entries.
        leads: the departments that lead the task, which alone may add others.
        known: the departments that are on the task already; it grows by those that are added.
        departments: all departments of the plan.
        file: tasks.yaml.
        at: the path to the entries.
    """
    for n, shape in enumerate(shapes):
        here, before = (*at, n), len(file.findings)
        name = departments.resolve(shape.name, file, (*here, "name"))
        by = departments.resolve(shape.by, file, (*here, "by"))
        on = _read_date(shape.on)
        if departments.owner(by) is not None and by not in leads:
            message = say("“{by}” does not lead this task, so it cannot add a department to it.", by=by)
            hint = say("Only its leads add departments: {names}.", names="、".join(leads))
            file.report("P119", (*here, "by"), message, hint)
        if name in known:
            message = say("“{name}” is on this task already.", name=name)
            file.report("P120", (*here, "name"), message, say("Remove it here."))
        if on is None:
            message = say("“{text}” is not a date.", text=shape.on)
            file.report("P121", (*here, "on"), message, say("Write the day as 2019-05-06."))
        elif len(file.findings) == before:
            known.add(name)
            yield AddedDepartment(name, by, on, shape.reason, file.place(here))


def _read_date(text: str) -> dt.date | None:
    plain = half_width(text).strip()
    try:
        return dt.date.fromisoformat(plain) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain) else None
    except ValueError:
        return None
