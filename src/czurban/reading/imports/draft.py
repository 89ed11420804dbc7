"""Define drafts: what a document says of a plan, as text, and what a person has to decide before it is one.

A value that the document leaves open is None, and a `Decision` names the key that is to be filled in. Values are texts
as a plan's file has them; nothing is converted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from czurban.model.finding import Message
from czurban.model.task import TaskNo

LADDERS = {
    "works": ("未启动", "前期工作", "开工", "建设中", "完工", "投入使用"),
    "document": ("未启动", "起草", "审议", "出台"),
    "activity": ("未启动", "启动", "推进中", "完成"),
}
"""The stages of a work, of a document and of other work, in order."""
ENGLISH_LADDERS = {
    "works": ("not started", "preparation", "started", "under construction", "completed", "in use"),
    "document": ("not started", "drafted", "under review", "adopted"),
    "activity": ("not started", "started", "under way", "completed"),
}
"""The same in the words of an English plan."""


class Decision(NamedTuple):
    """What a document leaves open: the key of the entry that it is about, why, and what to write there."""

    key: str
    message: Message
    hint: Message | None = None


class DraftCitation(NamedTuple):
    """A place of the document that prints a figure: where (一, 任务3, 附件5), the words, and the name used there."""

    at: str
    printed: str
    wording: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIndicator:
    """An indicator. Its id may be left to the writer, which makes one from the name.

    `target` is the phrase as printed, or a rule such as ≥41. `steps` are the targets of years before the last, by year.
    `responsible` are departments that take part without leading. `binding` is whether the document says 约束性 (True)
    or 预期性 (False). `baseline` may have a year of its own. `notes` become comments.
    """

    name: str
    id: str | None = None
    no: str | None = None
    aliases: Sequence[str] = ()
    category: str | None = None
    task: TaskNo | None = None
    unit: str | None = None
    kind: str | None = None
    binding: bool | None = None
    lead: Sequence[str] = ()
    responsible: Sequence[str] = ()
    baseline: str | None = None
    baseline_year: str | None = None
    target: str | None = None
    steps: Mapping[str, str] = field(default_factory=dict)
    years: str | None = None
    deadline: str | None = None
    scope: str | None = None
    cited: Sequence[DraftCitation] = ()
    decisions: Sequence[Decision] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMilestone:
    """A deliverable with its stage and the printed verb; `firm` is unset where the document only aims at it (争取).

    `path` are the stages that are due before, by their dates.
    """

    name: str
    ladder: str | None = None
    stage: str | None = None
    printed: str = ""
    firm: bool = True
    deadline: str | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()

    def followed_by(self, after: "DraftMilestone") -> "DraftMilestone":
        """Return this and another stage of one thing as one; the dated one where they do not follow on each other."""
        ladders = ENGLISH_LADDERS if (self.stage or "").isascii() else LADDERS
        order = ladders.get(self.ladder or "", ()) if self.ladder == after.ladder else ()
        if self.stage not in order or after.stage not in order:
            return self
        first, last = sorted((self, after), key=lambda each: order.index(each.stage or ""))
        if first.stage == last.stage or not first.deadline:
            return last if last.deadline and not self.deadline else self
        if last.deadline and first.deadline >= last.deadline:
            return self
        return replace(last, path={**first.path, first.deadline: first.stage or "", **last.path})


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTask:
    """A task. `open` is set where its list of departments ends with 等; `quantities` are ids of indicators.

    `measures` are the sentences of its text, which become comments.
    """

    no: TaskNo
    title: str
    measures: Sequence[str] = ()
    lead: Sequence[str] = ()
    responsible: Sequence[str] = ()
    open: bool = False
    quantities: Sequence[str] = ()
    milestones: Sequence[DraftMilestone] = ()
    decisions: Sequence[Decision] = ()


class DraftPart(NamedTuple):
    """A chapter of tasks with its printed number."""

    no: str
    title: str
    tasks: Sequence[DraftTask] = ()


class DraftDepartment(NamedTuple):
    """A department; `is_group` is set for a list of places without single names, such as 各县区人民政府."""

    name: str
    is_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """A plan as a document has it. `source` is the document's name, and `decisions` are about `plan:`.

    `notes` are texts of the document that have no place in a plan's file; they become comments.
    """

    source: str
    title: str | None = None
    region: str | None = None
    period: str | None = None
    baseline_period: str | None = None
    categories: Sequence[str] = ()
    indicators: Sequence[DraftIndicator] = ()
    parts: Sequence[DraftPart] = ()
    departments: Sequence[DraftDepartment] = ()
    ladders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    decisions: Sequence[Decision] = ()
    notes: Sequence[str] = ()
