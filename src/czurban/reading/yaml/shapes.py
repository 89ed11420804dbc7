"""Declare the keys of a plan's YAML files, and check files with pydantic's core.

Every value is still text here, exactly as written; numbers are read from it later, as decimals. pydantic's own models
are not used, since loading and building them takes a quarter of the start-up time; its core is given schemas directly.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Self, get_args, get_origin

from pydantic_core import PydanticCustomError, SchemaValidator

from czurban.model.formulas.formula import Missing
from czurban.model.indicator import Elapsed, IndicatorKind
from czurban.model.target import Basis
from czurban.model.task import Commitment
from czurban.model.years import OverYears

CoreSchema = dict[str, Any]


SchemaChange = Callable[[CoreSchema], CoreSchema]
"""Returns a changed schema; annotations list the changes to the schema of their type."""


def _with(**rules: object) -> SchemaChange:
    return lambda schema: schema | rules


def _before(function: Callable[[object], object]) -> SchemaChange:
    call = {"type": "no-info", "function": function}
    return lambda schema: {"type": "function-before", "function": call, "schema": schema}


def _as_formula(value: object) -> object:
    """Return the mapping for a formula that is a text; refuse other values as a whole, not key by key."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(NO_FORMULA, "no formula")
    if not value.strip():
        raise PydanticCustomError(EMPTY_FORMULA, "an empty formula")
    return {"is": value}


def _as_baseline(value: object) -> object:
    """Return the mapping for a baseline that is a text."""
    return {"value": value} if isinstance(value, str) else value


NO_FORMULA, EMPTY_FORMULA = "no_formula", "empty_formula"

Text = Annotated[str, _with(min_length=1, strip_whitespace=True)]
ShortText = Annotated[str, _with(min_length=1, max_length=20, strip_whitespace=True)]
Latin = Annotated[str, _with(pattern=r"^[a-z][a-z0-9_]*$")]
Texts = Annotated[Sequence[Text], _before(lambda value: [value] if isinstance(value, str) else value)]


class MappingShape:
    """The keys of a mapping in a file. A key that is a word of Python ends in an underscore here.

    Unknown keys are refused, and keys without a default are required.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__")  # set by pydantic's core

    @classmethod
    def read(cls, value: object) -> Self:
        """Check the content of a file and return it as an instance.

        Raises:
            pydantic_core.ValidationError: the content does not have this shape.
        """
        instance: Self = SchemaValidator(schema_of(cls)).validate_python(value)  # built in less than a millisecond
        return instance


def keys_of(shape: type[MappingShape]) -> Mapping[str, object]:
    """Return the keys of a shape as they are written in YAML, each with its annotation."""
    return MappingProxyType({name.removesuffix("_"): kind for name, kind in shape.__annotations__.items()})


def schema_of(kind: Any) -> Any:  # noqa: ANN401 - an annotation may be anything, and so may what the core takes
    """Return the schema of pydantic's core for an annotation; only annotations that shapes use are known."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is None:
        return _schema_of_class(kind)
    if origin is Annotated:
        return reduce(lambda schema, change: change(schema), inner[1:], schema_of(inner[0]))
    if origin is Sequence:
        return {"type": "list", "items_schema": schema_of(inner[0])}
    if origin is Mapping:
        return {"type": "dict", "keys_schema": schema_of(inner[0]), "values_schema": schema_of(inner[1])}
    (inner_kind,) = (part for part in inner if part is not NoneType)
    return {"type": "nullable", "schema": schema_of(inner_kind)}


def _schema_of_class(kind: type) -> CoreSchema:
    if issubclass(kind, StrEnum):
        return {"type": "enum", "cls": kind, "members": list(kind), "sub_type": "str", "ref": kind.__name__}
    if not issubclass(kind, MappingShape):
        return {"type": {str: "str", int: "int", bool: "bool"}[kind]}
    fields = {}
    for name, annotation in kind.__annotations__.items():
        schema = schema_of(annotation)
        if hasattr(kind, name):
            default = getattr(kind, name)  # an empty mapping cannot be copied, so it is made again
            given = {"default_factory": dict} if isinstance(default, Mapping) else {"default": default}
            schema = {"type": "default", "schema": schema, **given}
        fields[name] = {"type": "model-field", "schema": schema, "validation_alias": name.removesuffix("_")}
    return {
        "type": "model",
        "cls": kind,
        "ref": kind.__name__,
        "schema": {"type": "model-fields", "fields": fields, "model_name": kind.__name__},
        "config": {"extra_fields_behavior": "forbid"},
    }


class IssuerShape(MappingShape):
    """`issuer:` – the office that collects the figures and sends letters and reports."""

    name: Text
    contact: Text = ""
    phone: Text = ""


class PlanShape(MappingShape):
    """`plan:` – the plan's title, region and periods, and who issues letters about it."""

    title: Text
    region: Text
    period: Text
    baseline_period: Text | None = None
    issuer: IssuerShape | None = None


class UnitShape(MappingShape):
    """One entry of `units:` – a new unit, or a multiple of a known one."""

    name: Text
    of: Text | None = None
    factor: Text = "1"


class CitationShape(MappingShape):
    """One entry of `cited:` – a place that prints the figure."""

    at: Text
    printed: Text
    wording: Text | None = None


class FormulaShape(MappingShape):
    """`formula:` – how an indicator is computed from others: a text, or a mapping with options."""

    is_: Text
    missing: Missing = Missing.UNREPORTED
    rounding: Text = "none"


class BaselineShape(MappingShape):
    """`baseline:` – the figure that the plan starts from: a text, or a mapping with a year of its own."""

    value: Text
    year: Text | None = None


class PersonsShape(MappingShape):
    """`persons:` – who answers for a department's work, a task or an indicator."""

    leader: Text = ""
    person: Text = ""
    phone: Text = ""


class IndicatorShape(MappingShape):
    """One entry of `indicators:`."""

    id: Latin
    no: ShortText | None = None
    name: Text
    aliases: Texts = ()
    category: Text | None = None
    task: ShortText | None = None
    unit: Text
    unit_aliases: Texts = ()
    kind: IndicatorKind
    annual: bool = False
    elapsed: Elapsed = Elapsed.MONTHS
    path: Mapping[str, Text] = MappingProxyType({})
    formula: Annotated[FormulaShape | None, _before(_as_formula)] = None
    scope: Text | None = None
    lead: Texts
    reporters: Texts = ()
    baseline: Annotated[BaselineShape | None, _before(_as_baseline)] = None
    target: Text
    steps: Mapping[Text, Text] | None = None
    years: OverYears = OverYears.LEVEL
    basis: Basis = Basis.PRINTED
    reason: Text | None = None
    side: Text | None = None
    tolerance: Text | None = None
    jump: Text | None = None
    ignore: Texts = ()
    adds: Text | None = None
    binding: bool | None = None
    grade: Text | None = None
    stages: Texts = ()
    reference: Mapping[Text, Text] = MappingProxyType({})
    compared_with: Latin | None = None
    by_type: Mapping[Text, Text] = MappingProxyType({})
    deadline: Text
    persons: PersonsShape | None = None
    cited: Sequence[CitationShape] = ()


class WordsShape(MappingShape):
    """`words:` – the plan's own header words, by the content of their columns."""

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
