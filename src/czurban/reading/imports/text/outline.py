"""Find the parts and tasks of a plan's text by its headings, of whatever numbering, and by the departments named there.

A task is what names departments: the kind of label that most lists of departments follow is that of the tasks, and
the headings above them are the parts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.model.finding import Place
from czurban.model.task import TaskNo
from czurban.model.text import task_no
from czurban.reading.imports.clauses import is_english, split_outside
from czurban.reading.imports.departments import Responsibility, responsibility
from czurban.reading.imports.responsibility import read_responsibility
from czurban.reading.imports.text.document import Block, TextParagraph
from czurban.reading.imports.text.labels import Label, label_of
from czurban.reading.imports.text.title import title_of
from czurban.reading.sources.sheet import Sheet

_GOALS = re.compile(
    r"目标|指标|总体要求|主要任务和要求|\b(?:objectives?|targets?|goals?|aims|outcomes|ambitions?)\b", re.IGNORECASE
)
_WORK = re.compile(
    r"任务|举措|措施|行动|工作重点|重点工作|\b(?:actions?|measures|projects|initiatives|programme|delivery)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 60
_ORGANISATION = re.compile(
    r"保障|组织|(?<!总体)要求|附则|附件|实施步骤"
    r"|\b(?:monitoring|governance|introduction|foreword|review|background|context|glossary|appendix|summary)\b",
    re.IGNORECASE,
)


@dataclass(eq=False)
class OutlineEntry:
    """A heading or numbered paragraph with the paragraphs below it, and the headings above it, outermost first."""

    label: Label
    title: str
    place: Place
    above: "Sequence[OutlineEntry]" = ()
    body: list[TextParagraph] = field(default_factory=list)
    departments: Responsibility | None = None

    @property
    def sentences(self) -> Sequence[TextParagraph]:
        """The title, which may itself say what is to be done, and the paragraphs below that do not repeat it."""
        if self.body and self.body[0].text.startswith(self.title):
            return self.body
        return [TextParagraph(self.title, self.place), *self.body]


class Goal(NamedTuple):
    """A paragraph of goals: the number of its chapter, the heading above it, and the paragraph."""

    at: str
    heading: str
    paragraph: TextParagraph


class Outline(NamedTuple):
    """A plan's text: its title, the paragraphs with its goals, its tasks in order, and its tables."""

    title: str
    goals: Sequence[Goal]
    tasks: Sequence[OutlineEntry]
    tables: Sequence[Sheet]


def read_outline(blocks: Sequence[Block]) -> Outline:
    """Return the outline of a document."""
    paragraphs = [block for block in blocks if isinstance(block, TextParagraph)]
    title, rest = title_of(paragraphs)
    entries = list(_entries(rest))
    for entry in entries:
        _add_partners(entry)
    style = _task_style(entries)
    tasks = [entry for entry in entries if entry.label.style == style and _is_task(entry, entries)]
    for entry in entries:
        above = next((each for each in reversed(entry.above) if each in tasks), None)
        if above and entry not in tasks:  # it is a part of the task
            above.body += entry.sentences
    goals = list(_goals(entries, rest, tasks))
    tables = [block for block in blocks if isinstance(block, Sheet)]
    rows = {id(table): list(_task_rows(table, blocks, entries)) for table in tables}
    if any(rows.values()) and not any(task.departments for task in tasks):
        tasks = []
    tasks += [task for each in rows.values() for task in each]
    return Outline(title, goals, tasks, [table for table in tables if not rows[id(table)]])


def _task_rows(table: Sheet, blocks: Sequence[Block], entries: Sequence[OutlineEntry]) -> Iterator[OutlineEntry]:
    """Yield the rows of an English table of actions as tasks below the headings above the table."""
    from czurban.reading.imports.text.english_tasks import rows_of_actions  # noqa: PLC0415 - for English text alone

    before = [block.place for block in blocks[: blocks.index(table)] if isinstance(block, TextParagraph)]
    above = [entry for entry in entries if entry.place in before][-1:]
    for number, action, departments, further, place in rows_of_actions(table):
        entry = OutlineEntry(Label("row", number), "", place, (*above[0].above, above[0]) if above else ())
        entry.title, body = _split_title(action, entry)
        entry.departments = departments
        entry.body = [TextParagraph(part, place) for part in (body, further) if part]
        yield entry


def _entries(paragraphs: Sequence[TextParagraph]) -> Iterator[OutlineEntry]:
    """Yield the labelled paragraphs with what is below them; a label seen above before ends what it stands below."""
    stack: list[OutlineEntry] = []
    for paragraph in paragraphs:
        labelled = label_of(paragraph)
        if labelled is None:
            if stack:
                _add(stack[-1], paragraph)
            continue
        label, text = labelled
        styles = [entry.label.style for entry in stack]
        if label.style in styles:
            stack = stack[: styles.index(label.style)]
        entry = OutlineEntry(label, "", paragraph.place, tuple(stack))
        entry.title, body = _split_title(text, entry)
        if body:
            entry.body.append(paragraph._replace(text=body))
        stack.append(entry)
        yield entry


def _split_title(text: str, entry: OutlineEntry) -> tuple[str, str]:
    """Split a labelled paragraph into the title before its first full stop and the text, without its departments."""
    text, entry.departments = read_responsibility(text)
    first = next(split_outside(text, "。：:"), None)
    title = first.text if first else text
    if is_english(text):
        title = re.split(r"(?<=\w)\.(?:\s|$)|\n", title)[0]
    if len(title) > _LONGEST_TITLE:
        return _shortened(title), text
    return title.strip("*＊ 　"), text.partition(title)[2].lstrip("。：:. 　*")


def _shortened(title: str) -> str:
    """Cut a title at its last comma, else between two words, and never within a word or a number."""
    part = title[:_LONGEST_TITLE]
    if comma := re.match(r".{20,}(?=[，；、]|[,;] )", part):
        return comma[0]
    whole = re.sub(r"[A-Za-z\d.,'’%/-]+$", "", part) if re.match(r"[A-Za-z\d.,%]", title[_LONGEST_TITLE:]) else part
    joint = r"(?:\s+and \w+)?(?:\s+(?:and|or|of|the|an?|in|to|with|for|by|at least|more than))*$"
    return re.sub(joint, "", whole.rstrip()) or part


def _add(entry: OutlineEntry, paragraph: TextParagraph, *, has_lead: bool = False) -> None:
    """Add a paragraph to the entry above it; a list of departments in it becomes the entry's."""
    text, departments = read_responsibility(paragraph.text, has_lead=has_lead)
    if departments:
        entry.departments = _joined(entry.departments, departments)
    if text.strip():
        entry.body.append(paragraph._replace(text=text))


def _add_partners(entry: OutlineEntry) -> None:
    """Take lists of partners on lines of their own into the departments of an entry that names its lead elsewhere."""
    paragraphs, entry.body = entry.body, []
    for paragraph in paragraphs:
        if entry.departments and is_english(paragraph.text):
            _add(entry, paragraph, has_lead=True)
        else:
            entry.body.append(paragraph)


def _joined(before: Responsibility | None, after: Responsibility) -> Responsibility:
    """Join the lists of two paragraphs: 牵头单位 in one, 责任单位 in the next."""
    first = before or Responsibility((), ())
    is_open = first.is_open or after.is_open
    return responsibility((*first.lead, *after.lead), (*first.responsible, *after.responsible), is_open=is_open)


def _task_style(entries: Sequence[OutlineEntry]) -> str | None:
    """Return the kind of label that tasks have: that of most entries with departments, else of most of the work."""
    named = Counter(entry.label.style for entry in entries if entry.departments)
    if named:
        return named.most_common(1)[0][0]
    work = [entry for entry in entries if any(_WORK.search(each.title) for each in entry.above)]
    counts = Counter(entry.label.style for entry in work)
    return counts.most_common(1)[0][0] if counts else None


def _is_task(entry: OutlineEntry, entries: Sequence[OutlineEntry]) -> bool:
    """Return whether an entry of the tasks' style is a task: it or another of its chapter names departments."""
    if entry.departments:
        return True
    chapter = entry.above[0] if entry.above else None
    if chapter is None or _ORGANISATION.search(chapter.title):
        return False
    alike = [each for each in entries if each.label.style == entry.label.style]
    if not any(each.departments for each in alike):
        return bool(_WORK.search(chapter.title))
    return any(each.departments for each in alike if each.above[:1] == entry.above[:1])


def _is_of_goals(title: str) -> bool:
    return bool(_GOALS.search(title)) and not _ORGANISATION.search(title)


def _goals(
    entries: Sequence[OutlineEntry], paragraphs: Sequence[TextParagraph], tasks: Sequence[OutlineEntry]
) -> Iterator[Goal]:
    """Yield the paragraphs of the chapters of goals."""
    free = [each for each in entries if not any(part in tasks for part in (each, *each.above))]
    headed = [each for each in free if each.label.style == "objective" or _is_of_goals(each.title)]
    inner = [each for each in headed if not any(each in other.above for other in headed)]
    for entry in free:
        if any(part in inner for part in (entry, *entry.above)):
            is_objective = entry.label.style == "objective"
            heading = entry.above[-1].title if entry.above and (is_objective or not entry.body) else entry.title
            at = f"Objective {entry.label.number}" if is_objective else (*entry.above, entry)[0].label.number or "一"
            for paragraph in entry.sentences:
                yield Goal(at, heading, paragraph)
    if not headed:
        labelled = next((at for at, each in enumerate(paragraphs) if label_of(each)), len(paragraphs))
        for paragraph in paragraphs[:labelled]:
            if re.search(r"目标|(?:到|至)(?:19|20)\d\d年", paragraph.text):
                yield Goal("一", "工作目标", paragraph)


_COUNTS = re.compile(r"[A-Za-z]{0,8}[-. ]?\d")


def numbered(tasks: Sequence[OutlineEntry]) -> Iterator[tuple[TaskNo, OutlineEntry]]:
    """Yield the tasks with their printed numbers, such as 3, 3-1 and 2.4.

    Those of a plan that counts from 1 again in each part, or in Chinese numerals, are counted through.
    """
    printed = [task_no(re.sub("[－—]", "-", each.label.number)) for each in tasks if _COUNTS.match(each.label.number)]
    whole = [number for number in printed if isinstance(number, int)]
    through = len({str(number) for number in printed}) == len(tasks) and whole == sorted(whole) and None not in printed
    yield from zip([no for no in printed if no] if through else range(1, len(tasks) + 1), tasks, strict=True)
