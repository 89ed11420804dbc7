"""The shapes of a plan's files as JSON Schema, for editors that complete and underline YAML while it is typed.

The rows of a submission as JSON Schema: each an object whose keys are the headers of its columns.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from czurban.reading.metrics.words import MetricsShape
from czurban.reading.plan.key_words import KEYS
from czurban.reading.submission.header_words import HEADERS, LABELS, ColumnField
from czurban.reading.yaml.shapes import (
    DepartmentsShape,
    MappingShape,
    RegionsShape,
    TargetsShape,
    TasksShape,
    schema_of,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: Mapping[str, type[MappingShape]] = MappingProxyType(
    {"targets": TargetsShape, "tasks": TasksShape, "departments": DepartmentsShape, "regions": RegionsShape}
)
METRICS: Mapping[str, type[MappingShape]] = MappingProxyType({"metrics": MetricsShape})
"""A file that goes with a plan, and is no part of it."""
_SCALARS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "string": {"type": ["string", "number"], "minLength": 1},
        "integer": {"type": ["integer", "string"], "pattern": "^[0-9]+$"},
        "boolean": {"enum": [True, False, "yes", "no"]},
    }
)
"""This program reads every value as text; to other readers of YAML, 40 without quotation marks is a number."""

_ALSO_TEXT = frozenset({"FormulaShape"})
"""Shapes that a plain text may stand for."""

Schema = dict[str, Any]
Spell = Callable[[str], str]


class _Structure(GenerateJsonSchema):
    """Takes a shape's schema alone, where pydantic would ask a class of its own for titles and descriptions."""

    ignored_warning_kinds = {"non-serializable-default"}  # noqa: RUF012 - pydantic has a set; it is about empty mappings

    def model_schema(self, schema: ModelSchema) -> Schema:
        return self.generate_inner(schema["schema"])


def file_schema(name: str, spell: Spell) -> Schema:
    """The schema of one file of a plan.

    Args:
        name: one of FILES or METRICS.
        spell: tells a sentence in the reader's languages.
    """
    shape = {**FILES, **METRICS}[name]
    raw = _Structure().generate(schema_of(shape))
    inner = {_short(one): _definition(one, node, spell) for one, node in raw.get("$defs", {}).items()}
    return {"$schema": DIALECT, "title": f"{name}.yaml", **_object(shape.__name__, raw, spell), "$defs": inner}


def plan_schema(spell: Spell) -> Schema:
    """The schema of a whole plan as one JSON document: its files by their names."""
    inner: Schema = {}
    for name in FILES:
        schema = file_schema(name, spell)
        inner |= schema.pop("$defs")
        del schema["$schema"]
        inner[_short(FILES[name].__name__)] = schema
    return {
        "$schema": DIALECT,
        "title": "plan",
        "type": "object",
        "additionalProperties": False,
        "required": ["targets", "departments"],
        "properties": {name: {"$ref": f"#/$defs/{_short(shape.__name__)}"} for name, shape in FILES.items()},
        "$defs": inner,
    }


def _short(name: str) -> str:
    return name.removesuffix("Shape")


def _definition(name: str, node: Schema, spell: Spell) -> Schema:
    return _object(name, node, spell) if "properties" in node else {"enum": node["enum"]}


def _object(name: str, node: Schema, spell: Spell) -> Schema:
    words = KEYS[name]
    return {
        "description": spell(words[""]),
        "type": "object",
        "additionalProperties": False,
        "required": node.get("required", []),
        "properties": {
            key: {"description": spell(words[key]), **_value(value)} for key, value in node["properties"].items()
        },
    }


def _value(node: Schema) -> Schema:
    """What may stand at a key: as the shape asks, but as any reader of YAML sees it, who resolves types."""
    kinds = [one for one in node.get("anyOf", [node]) if one.get("type") != "null"]
    made = _one(kinds[0])
    return made | {"default": node["default"]} if node.get("default") else made


def _one(node: Schema) -> Schema:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        inner = {"$ref": f"#/$defs/{_short(name)}"}
        return {"anyOf": [dict(_SCALARS["string"]), inner]} if name in _ALSO_TEXT else inner
    kind = node["type"]
    if kind in _SCALARS:
        return {"type": kind, "pattern": node["pattern"]} if "pattern" in node else dict(_SCALARS[kind])
    if kind == "object":
        return {"type": "object", "additionalProperties": _one(node["additionalProperties"])}
    item = _one(node["items"])
    many = {"type": "array", "items": item}
    return {"anyOf": [item, many]} if item == _SCALARS["string"] else many


_PERIOD = "(?:(?:19|20)[0-9]{2}.*?)?"
_UNIT = "\\s*(?:[（(].*[)）])?"
_CELL = {"type": ["string", "number", "null"]}


def submission_schema(dialect: str, spell: Callable[[str], str]) -> dict[str, Any]:
    """The schema of a table of figures.

    It is wider than the reader where a schema cannot say more: it knows headers and no order, and takes any value,
    since whether one can be read depends on the plan.
    """
    naming = f"{_pattern(ColumnField.NUMBER)}|{_pattern(ColumnField.INDICATOR)}"
    return {
        "$schema": dialect,
        "title": "submission",
        "type": "array",
        "items": {
            "type": "object",
            "patternProperties": {
                _pattern(field): {"description": f"{spell(LABELS[field])}: {', '.join(HEADERS[field])}", **_CELL}
                for field in HEADERS
            },
            # a wide table has, instead of a column of values, one for each period
            "allOf": [_has(f"(?:{_pattern(ColumnField.VALUE)})|^\\s*(?:19|20)[0-9]{{2}}"), _has(naming)],
        },
    }


def _pattern(field: ColumnField) -> str:
    """A header as the reader understands it: any of its names, with a period before it and a unit in brackets."""
    names = "|".join(_any_case(name) for name in HEADERS[field])
    return f"^\\s*{_PERIOD}(?:{names}){_UNIT}\\s*$"


def _any_case(name: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() and c.isascii() else re.escape(c) for c in name)


def _has(pattern: str) -> dict[str, Any]:
    """Some key matches: not all keys fail to."""
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}
