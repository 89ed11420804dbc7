"""Declare the shape of a YAML file as classes of annotated keys, and check files with pydantic's core.

Every value is still text here, exactly as written; numbers are read from it later, as decimals. pydantic's own models
are not used, since loading and building them takes a quarter of the start-up time; its core is given schemas directly.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from types import MappingProxyType, NoneType
from typing import Annotated, Any, Self, get_args, get_origin

from pydantic_core import PydanticCustomError, SchemaValidator

CoreSchema = dict[str, Any]


SchemaChange = Callable[[CoreSchema], CoreSchema]
"""Returns a changed schema; annotations list the changes to the schema of their type."""


def _with(**rules: object) -> SchemaChange:
    return lambda schema: schema | rules


def _before(function: Callable[[object], object]) -> SchemaChange:
    call = {"type": "no-info", "function": function}
    return lambda schema: {"type": "function-before", "function": call, "schema": schema}


NO_FORMULA, EMPTY_FORMULA = "no_formula", "empty_formula"


def _as_formula(value: object) -> object:
    """Return the mapping for a formula that is a text; refuse other values as a whole, not key by key."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(NO_FORMULA, "no formula")
    if not value.strip():
        raise PydanticCustomError(EMPTY_FORMULA, "an empty formula")
    return {"is": value}


OrFormula = _before(_as_formula)
OrValue = _before(lambda value: {"value": value} if isinstance(value, str) else value)
"""Let a text stand for the mapping that has it under `value`; OrFormula likewise, under `is`."""

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
