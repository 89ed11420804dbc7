"""What a plan's YAML files look like: the door through which a spec comes in.

Every value is still text here, exactly as written; numbers are read from it later, as decimals.

The shapes are classes with annotations, as pydantic's models are, and pydantic's core checks files against them. Its
models are not used, since loading and building them takes a quarter of a start; the core is given its schemas directly.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Self, get_args, get_origin

from pydantic_core import PydanticCustomError, SchemaValidator

from czurban.model.formula import Missing
from czurban.model.indicator import IndicatorKind
from czurban.model.target import Basis
from czurban.model.task import Commitment

CoreSchema = dict[str, Any]


def _not_empty(schema: CoreSchema) -> CoreSchema:
    return schema | {"min_length": 1, "strip_whitespace": True}


def _latin(schema: CoreSchema) -> CoreSchema:
    return schema | {"pattern": r"^[a-z][a-z0-9_]*$"}


def _or_one(schema: CoreSchema) -> CoreSchema:
    return _before(lambda value: [value] if isinstance(value, str) else value, schema)


def _or_text(schema: CoreSchema) -> CoreSchema:
    return _before(_as_formula, schema)


def _before(function: Callable[[object], object], schema: CoreSchema) -> CoreSchema:
    return {"type": "function-before", "function": {"type": "no-info", "function": function}, "schema": schema}


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

Text = Annotated[str, _not_empty]
Latin = Annotated[str, _latin]
Texts = Annotated[Sequence[Text], _or_one]


class MappingShape:
    """What a mapping in a file holds, by its keys; a key that is a word of Python has an underscore behind it here.

    No key that is not named is taken. A key without a default must be there.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__")  # set by pydantic's core

    @classmethod
    def read(cls, value: object) -> Self:
        """Take what a file holds.

        Raises:
            pydantic_core.ValidationError: it is something else.
        """
        read: Self = SchemaValidator(schema_of(cls)).validate_python(value)  # built in less than a millisecond
        return read


def keys_of(shape: type[MappingShape]) -> Mapping[str, object]:
    """Return the keys of a shape as they stand in YAML, each with its annotation."""
    return MappingProxyType({name.removesuffix("_"): kind for name, kind in shape.__annotations__.items()})


def schema_of(kind: Any) -> Any:  # noqa: ANN401 - an annotation may be anything, and so may what the core takes
    """Return the schema of pydantic's core for an annotation; what shapes are made of, and nothing else, is known."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is None:
        return _schema_of_class(kind)
    if origin is Annotated:
        return reduce(lambda schema, change: change(schema), inner[1:], schema_of(inner[0]))
    if origin is Sequence:
        return {"type": "list", "items_schema": schema_of(inner[0])}
    if origin is Mapping:
        return {"type": "dict", "keys_schema": schema_of(inner[0]), "values_schema": schema_of(inner[1])}
    (held,) = (one for one in inner if one is not NoneType)
    return {"type": "nullable", "schema": schema_of(held)}


def _schema_of_class(kind: type) -> CoreSchema:
    if issubclass(kind, StrEnum):
        return {"type": "enum", "cls": kind, "members": list(kind), "sub_type": "str", "ref": kind.__name__}
    if not issubclass(kind, MappingShape):
        return {"type": {str: "str", int: "int", bool: "bool"}[kind]}
    fields = {}
    for name, annotation in kind.__annotations__.items():
        schema = schema_of(annotation)
        if hasattr(kind, name):
            schema = {"type": "default", "schema": schema, "default": getattr(kind, name)}
        fields[name] = {"type": "model-field", "schema": schema, "validation_alias": name.removesuffix("_")}
    return {
        "type": "model",
        "cls": kind,
        "ref": kind.__name__,
        "schema": {"type": "model-fields", "fields": fields, "model_name": kind.__name__},
        "config": {"extra_fields_behavior": "forbid"},
    }


class PlanShape(MappingShape):
    """`plan:` – whose plan it is and for when."""

    title: Text
    region: Text
    period: Text
    baseline_period: Text | None = None


class UnitShape(MappingShape):
    """`units:` – a unit the program does not know: a new one alone, or so many `of` a known one."""

    name: Text
    of: Text | None = None
    factor: Text = "1"


class CitationShape(MappingShape):
    """`cited:` – one place that prints the figure."""

    at: Text
    printed: Text
    wording: Text | None = None


class FormulaShape(MappingShape):
    """`formula:` – how an indicator follows from others: the text alone, or a mapping with what is declared of it."""

    is_: Text
    missing: Missing = Missing.UNREPORTED
    rounding: Text = "none"


class IndicatorShape(MappingShape):
    """One entry of `indicators:`."""

    id: Latin
    no: int | None = None
    name: Text
    aliases: Texts = ()
    category: Text | None = None
    task: int | None = None
    unit: Text
    unit_aliases: Texts = ()
    kind: IndicatorKind
    formula: Annotated[FormulaShape | None, _or_text] = None
    scope: Text | None = None
    lead: Texts
    reporters: Texts = ()
    baseline: Text | None = None
    target: Text
    basis: Basis = Basis.PRINTED
    reason: Text | None = None
    side: Text | None = None
    tolerance: Text | None = None
    jump: Text | None = None
    ignore: Texts = ()
    adds: Text | None = None
    deadline: Text
    cited: Sequence[CitationShape] = ()


class WordsShape(MappingShape):
    """`words:` – header words of the plan's own, by what their columns hold."""

    indicator: Texts = ()
    value: Texts = ()
    target: Texts = ()
    baseline: Texts = ()
    unit: Texts = ()
    period: Texts = ()
    region: Texts = ()
    sender: Texts = ()
    qualifier: Texts = ()
    note: Texts = ()
    other: Texts = ()


class TargetsShape(MappingShape):
    """targets.yaml."""

    plan: PlanShape
    categories: Texts = ()
    units: Sequence[UnitShape] = ()
    words: WordsShape | None = None
    indicators: Sequence[IndicatorShape]
    breakdown: Text | None = None


class MilestoneShape(MappingShape):
    """One entry of `milestones:`."""

    name: Text
    ladder: Text
    stage: Text
    printed: Text = ""
    commitment: Commitment = Commitment.FIRM


class AddedShape(MappingShape):
    """One entry of `added:` – a responsible department that a lead added after the plan was printed."""

    name: Text
    by: Text
    on: Text
    reason: Text = ""


class TaskShape(MappingShape):
    """One entry of `tasks:`."""

    no: int
    title: Text
    lead: Texts
    responsible: Texts = ()
    open: bool = False
    added: Sequence[AddedShape] = ()
    quantities: Texts = ()
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
    """One entry of `departments:` or `groups:`."""

    name: Text
    aliases: Texts = ()


class RegionShape(MappingShape):
    """One entry of `regions:`; its parent by code or name, none for the one at the top."""

    code: Text
    name: Text
    parent: Text | None = None
    aliases: Texts = ()


class RegionsShape(MappingShape):
    """regions.yaml."""

    regions: Sequence[RegionShape]


class DepartmentsShape(MappingShape):
    """departments.yaml."""

    departments: Sequence[DepartmentShape]
    groups: Sequence[DepartmentShape] = ()
