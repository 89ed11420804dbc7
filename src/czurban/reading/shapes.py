"""What a plan's YAML files look like, as pydantic models: the door through which a spec comes in.

Every value is still text here, exactly as written; numbers are read from it later, as decimals.
"""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from czurban.model.formula import Missing
from czurban.model.indicator import Kind
from czurban.model.target import Basis
from czurban.model.task import Commitment


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_formula(value: object) -> object:
    """A text alone as its mapping. What is neither is told as such, since the keys below it were never meant."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(NO_FORMULA, "no formula")
    if not value.strip():
        raise PydanticCustomError(EMPTY_FORMULA, "an empty formula")
    return {"is": value}


NO_FORMULA, EMPTY_FORMULA = "no_formula", "empty_formula"

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Texts = Annotated[list[Text], BeforeValidator(_as_list)]


class Shape(BaseModel):
    """The common manner: no key that is not named here; built when first used, inner shapes within outer ones."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class PlanShape(Shape):
    """`plan:` – whose plan it is and for when."""

    title: Text
    region: Text
    period: Text
    baseline_period: Text | None = None


class UnitShape(Shape):
    """`units:` – a unit the program does not know: a new one alone, or so many `of` a known one."""

    name: Text
    of: Text | None = None
    factor: Text = "1"


class CitationShape(Shape):
    """`cited:` – one place that prints the figure."""

    at: Text
    printed: Text
    wording: Text | None = None


class FormulaShape(Shape):
    """`formula:` – how an indicator follows from others: the text alone, or a mapping with what is declared of it."""

    is_: Text = Field(alias="is")
    missing: Missing = Missing.UNREPORTED
    rounding: Text = "none"


class IndicatorShape(Shape):
    """One entry of `indicators:`."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    no: int | None = None
    name: Text
    aliases: Texts = []
    category: Text | None = None
    task: int | None = None
    unit: Text
    unit_aliases: Texts = []
    kind: Kind
    formula: Annotated[FormulaShape | None, BeforeValidator(_as_formula)] = None
    scope: Text | None = None
    lead: Texts
    reporters: Texts = []
    baseline: Text | None = None
    target: Text
    basis: Basis = Basis.PRINTED
    reason: Text | None = None
    side: Text | None = None
    tolerance: Text | None = None
    jump: Text | None = None
    ignore: Texts = []
    adds: Text | None = None
    deadline: Text
    cited: list[CitationShape] = []


class WordsShape(Shape):
    """`words:` – header words of the plan's own, by what their columns hold."""

    indicator: Texts = []
    value: Texts = []
    target: Texts = []
    baseline: Texts = []
    unit: Texts = []
    period: Texts = []
    region: Texts = []
    sender: Texts = []
    qualifier: Texts = []
    note: Texts = []
    other: Texts = []


class TargetsShape(Shape):
    """targets.yaml."""

    plan: PlanShape
    categories: Texts = []
    units: list[UnitShape] = []
    words: WordsShape | None = None
    indicators: list[IndicatorShape]
    breakdown: Text | None = None


class MilestoneShape(Shape):
    """One entry of `milestones:`."""

    name: Text
    ladder: Text
    stage: Text
    printed: Text = ""
    commitment: Commitment = Commitment.FIRM


class AddedShape(Shape):
    """One entry of `added:` – a responsible department that a lead added after the plan was printed."""

    name: Text
    by: Text
    on: Text
    reason: Text = ""


class TaskShape(Shape):
    """One entry of `tasks:`."""

    no: int
    title: Text
    lead: Texts
    responsible: Texts = []
    open: bool = False
    added: list[AddedShape] = []
    quantities: Texts = []
    milestones: list[MilestoneShape] = []


class PartShape(Shape):
    """One entry of `parts:`."""

    no: Text
    title: Text
    tasks: list[TaskShape]


class TasksShape(Shape):
    """tasks.yaml."""

    ladders: dict[str, Texts] = {}
    parts: list[PartShape]


class DepartmentShape(Shape):
    """One entry of `departments:` or `groups:`."""

    name: Text
    aliases: Texts = []


class RegionShape(Shape):
    """One entry of `regions:`; its parent by code or name, none for the one at the top."""

    code: Text
    name: Text
    parent: Text | None = None
    aliases: Texts = []


class RegionsShape(Shape):
    """regions.yaml."""

    regions: list[RegionShape]


class DepartmentsShape(Shape):
    """departments.yaml."""

    departments: list[DepartmentShape]
    groups: list[DepartmentShape] = []


def keys_of(shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of a shape as they stand in YAML."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}
