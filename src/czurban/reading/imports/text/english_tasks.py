"""Read who is responsible for an English action and its milestones: Lead: A; Partners: B, C; adopt by June 2022."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.reading.imports.departments import Responsibility
from czurban.reading.imports.draft import DraftMilestone
from czurban.reading.imports.responsibility import read_responsibility
from czurban.reading.imports.text.english import clauses_of
from czurban.reading.imports.text.english_dates import without_date
from czurban.reading.sources.sheet import Row, Sheet

_MILESTONES = re.compile(r"\b(?:key )?milestones?\s*:\s*", re.IGNORECASE)
_STAGES: Sequence[tuple[str, str | None, str | None, str | None]] = (
    ("open|bring into use|bring into service|commission", "in use", None, None),
    ("(?:start|begin) construction(?: of| on)?|break ground(?: on)?", "started", None, None),
    ("complete|finish", "completed", "adopted", "completed"),
    ("adopt|approve|publish|agree|pass", None, "adopted", "completed"),
    ("consult on|consult|review", None, "under review", None),
    ("draft|prepare(?: a)? draft(?: of)?|publish(?: a)? draft(?: of)?", None, "drafted", None),
    ("start|begin|launch|pilot|trial|establish|set up", "started", "drafted", "started"),
)
"""Verbs with the stages that they name: of a work, of a document, of other work."""
_DOCUMENT = re.compile(
    r"\b(?:strategy|plan|policy|by-?law|code|guidance|guidelines?|framework|standards?|charter|report|programme)$",
    re.IGNORECASE,
)
_WORK = re.compile(
    r"\b(?:network|lines?|lanes?|route|bridge|park|centre|center|school|station|stop|plant|facility|homes|depot|hub|library|road|path|km"
    r"|phase|section|stage \d|terminal|hospital|clinic|pool|square|reservoir|sewer|tunnel)\b",
    re.IGNORECASE,
)
_COLUMNS = (
    ("number", r"^(?:ref|no|number|#|id)\b\.?|^#$"),
    ("action", r"^(?:action|task|measure|project|initiative)s?\b"),
    ("lead", r"^(?:lead|owner|responsible)"),
    ("others", r"partner|support|contribut"),
    ("text", r"milestone|timescale|deliverable|output|by when|deadline"),
)
"""The columns of a table of actions, by the words of their headings."""
_TITLE_VERB = re.compile(
    r"^(?:adopt|prepare|develop|build|create|deliver|introduce|draft|publish|write|establish|launch|electrify|complete|open)\s+(?:an?|the)?\s*",
    re.IGNORECASE,
)


def milestones_of(text: str, title: str, year: int | None = None) -> Iterator[DraftMilestone]:
    """Yield the milestones of an action's text: what is to be started, adopted, completed or opened, and by when."""
    listed = _MILESTONES.sub("\n", text)
    for clause, quantities in clauses_of(listed, year):
        dated = without_date(clause)
        bare = re.sub(r"^(?:we will|to|and)\s+", "", dated.text, flags=re.IGNORECASE)
        match = next((hit for row in _STAGES if (hit := _stage_of(bare, row))), None)
        if match is None or (quantities and quantities[0].verb):
            continue
        what, stages = match
        name = re.sub(r"\s+and\s.*$|^(?:an?|the)\s+", "", what).strip(" ,")
        if not name or re.fullmatch(
            r"(?:a )?(?:draft|final|final version|version|consultation|it|strategy|plan)", name
        ):
            if re.search("draft", name) and stages[1] == "adopted":
                stages = (stages[0], "drafted", stages[2])
            name = _TITLE_VERB.sub("", without_date(title).text).strip()
        ladder = "document" if _DOCUMENT.search(name) else "works" if _WORK.search(name) else "activity"
        stage = stages[("works", "document", "activity").index(ladder)]
        if stage and name:
            yield DraftMilestone(name=name, ladder=ladder, stage=stage, printed=clause, deadline=dated.deadline or None)


def _stage_of(
    bare: str, row: tuple[str, str | None, str | None, str | None]
) -> tuple[str, tuple[str | None, ...]] | None:
    verbs, *stages = row
    match = re.match(rf"(?P<verb>{verbs})\b\s*(?P<what>.*)$", bare, re.IGNORECASE)
    return (match["what"], tuple(stages)) if match else None


class ActionRow(NamedTuple):
    """A row of a table of actions: its number, the action, who is responsible, its milestones, and where it is."""

    number: str
    action: str
    departments: Responsibility | None
    milestones: str
    place: Place


def rows_of_actions(table: Sheet) -> Iterator[ActionRow]:
    """Yield the rows of a table with the columns Ref., Action, Lead, Partners and Milestones; none of another table."""
    head, *rows = table.rows or (Row(0, ()),)
    fields = [
        next((name for name, words in _COLUMNS if re.search(words, str(cell), re.IGNORECASE)), "")
        for cell in head.cells
    ]
    if not {"action", "lead"} <= set(fields):
        return
    for n, row in enumerate(rows, 1):
        cells = defaultdict(str, zip(fields, (str(cell).strip() for cell in row.cells), strict=False))
        listed = f"Lead: {cells['lead']}; Partners: {cells['others']}" if cells["lead"] else ""
        if cells["action"]:
            departments = read_responsibility(listed)[1]
            yield ActionRow(cells["number"] or str(n), cells["action"], departments, cells["text"], table.place(row))
