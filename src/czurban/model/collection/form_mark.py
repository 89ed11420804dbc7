"""Define the mark that identifies a returned form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from czurban.model.collection.asked import figures_of, milestones_of
from czurban.model.period import Period
from czurban.model.plan import Department, Plan
from czurban.model.text import one_line

HEAD = "czurban填报表"
"""The beginning of the mark's first cell."""
MARK_SHEET = "czurban"
"""The hidden sheet that holds the mark in a workbook."""
INSTRUCTIONS = ("填写说明", "How to fill in")
"""Names of the sheet with instructions."""
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class FormMark:
    """The plan, period and department of a form; `asked` is a digest of what it asks that department for (R11).

    `county` is the code of the region that the form is for, empty in that of a department.
    """

    plan: str
    region: str
    period: str
    department: str
    asked: str
    county: str = ""

    @property
    def check(self) -> str:
        """A digest of the other fields, which a mark that was edited does not match."""
        texts = [getattr(self, field.name) for field in fields(self)]
        return _digest(texts if self.county else texts[:-1])


_LABELS = {
    "plan": "方案",
    "region": "地区",
    "period": "年份",
    "department": "填报单位",
    "asked": "内容",
    "county": "地区代码",
    "check": "校验",
}


def mark_of(plan: Plan, office: Department, period: Period | None = None) -> FormMark:
    """Return the mark of the form for a department, for the plan's period or a part of it."""
    return FormMark(
        one_line(plan.title),
        one_line(plan.region),
        str(period or plan.period),
        one_line(office.name),
        _asked(plan, office),
        office.region,
    )


def mark_texts(mark: FormMark) -> tuple[str, ...]:
    """Return the mark as texts with labels: 填报单位：市公安局."""
    labels = {name: label for name, label in _LABELS.items() if name != "county" or mark.county}
    return tuple(f"{label}：{getattr(mark, name)}" for name, label in labels.items())


def is_mark(cells: Sequence[str]) -> bool:
    """Return whether these cells are a mark, damaged or not."""
    return bool(cells) and cells[0].strip().startswith(HEAD)


def parse_mark(cells: Sequence[str]) -> FormMark | None:
    """Read the cells of a mark; None where it is incomplete or was changed."""
    values = dict(cell.strip().partition("：")[::2] for cell in cells)
    if not values.keys() >= set(_LABELS.values()) - {_LABELS["county"]}:
        return None
    mark = FormMark(*(values.get(_LABELS[field.name], "") for field in fields(FormMark)))
    return mark if mark.check == values[_LABELS["check"]] else None


def _asked(plan: Plan, office: Department) -> str:
    asked = [f"{each.id} {each.target.interval} {each.unit.name}" for each in figures_of(plan, office)]
    asked += [f"{task.no} {each.name} {each.stage}" for task, each in milestones_of(plan, office)]
    return _digest(asked)


def _digest(texts: Iterable[str]) -> str:
    import hashlib  # noqa: PLC0415 - takes 4 ms to load, and only forms need it

    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:_DIGITS]
