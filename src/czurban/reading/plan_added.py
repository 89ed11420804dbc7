"""Responsible departments that a lead added to a task: by one who may, not twice, and with their date."""

import datetime as dt
import re
from collections.abc import Sequence

from czurban.model.message import say
from czurban.model.task import AddedDepartment
from czurban.model.text import half_width
from czurban.reading.plan_book import Book, Path
from czurban.reading.shapes import AddedShape

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def added_departments(
    shapes: Sequence[AddedShape], leads: Sequence[str], responsible: Sequence[str], book: Book, at: Path
) -> tuple[AddedDepartment, ...]:
    """Build what stands under a task's `added:`; an entry with a fault is told and left out.

    Args:
        shapes: the entries.
        leads: the printed names of those who lead the task, who alone may add.
        responsible: those of the departments that the plan prints.
        book: finds names and gathers findings.
        at: the task's path in tasks.yaml.
    """
    known, found = {*leads, *responsible}, []
    for n, shape in enumerate(shapes):
        if one := _added(shape, leads, known, book, (*at, "added", n)):
            known.add(one.name)
            found.append(one)
    return tuple(found)


def _added(shape: AddedShape, leads: Sequence[str], known: set[str], book: Book, at: Path) -> AddedDepartment | None:
    before = len(book.findings)
    name = book.refer(shape.name, book.offices, "tasks", (*at, "name"))
    by = book.refer(shape.by, book.offices, "tasks", (*at, "by"))
    on = _date(shape.on)
    if book.offices.owner(by) is not None and by not in leads:
        message = say("“{by}” does not lead this task, so it can add nobody to it.", by=by)
        hint = say("Only its leads add departments: {names}.", names="、".join(leads))
        book.tell("P119", "tasks", (*at, "by"), message, hint)
    if name in known:
        message = say("“{name}” is on this task already.", name=name)
        book.tell("P120", "tasks", (*at, "name"), message, say("Take it out here."))
    if on is None:
        message = say("“{text}” is no date.", text=shape.on)
        book.tell("P121", "tasks", (*at, "on"), message, say("Write the day as 2019-05-06."))
    if on is None or len(book.findings) > before:
        return None
    return AddedDepartment(name, by, on, shape.reason, book.place("tasks", at))


def _date(text: str) -> dt.date | None:
    plain = half_width(text).strip()
    try:
        return dt.date.fromisoformat(plain) if _DATE.fullmatch(plain) else None
    except ValueError:
        return None
