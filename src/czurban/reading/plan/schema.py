"""Build JSON Schemas of a plan's files, for editors that complete and check YAML, and of the rows of a submission."""

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
"""The file of metrics, which is not part of a plan."""
_SCALARS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "string": {"type": ["string", "number"], "minLength": 1},
        "integer": {"type": ["integer", "string"], "pattern": "^[0-9]+$"},
        "boolean": {"enum": [True, False, "yes", "no"]},
    }
)
"""This program reads every value as text; for other readers of YAML, 40 without quotation marks is a number."""

_ALSO_TEXT = frozenset({"FormulaShape"})
"""Shapes that may be written as a plain text."""

Schema = dict[str, Any]
Translate = Callable[[str], str]
"""Returns a sentence in the reader's languages."""


class _Structure(GenerateJsonSchema):
    """Generates the schema of a shape without the titles and descriptions that pydantic takes from its own models."""

    ignored_warning_kinds = {"non-serializable-default"}  # noqa: RUF012 - pydantic has a set; it is about empty mappings

    def model_schema(self, schema: ModelSchema) -> Schema:
        return self.generate_inner(schema["schema"])


def file_schema(name: str, translate: Translate) -> Schema:
    """Return the schema of a file, which is one of FILES or METRICS."""
    shape = {**FILES, **METRICS}[name]
    raw = _Structure().generate(schema_of(shape))
    inner = {_short(part): _definition(part, node, translate) for part, node in raw.get("$defs", {}).items()}
    return {"$schema": DIALECT, "title": f"{name}.yaml", **_object(shape.__name__, raw, translate), "$defs": inner}


def plan_schema(translate: Translate) -> Schema:
    """Return the schema of a whole plan as one JSON document: its files by their names."""
    inner: Schema = {}
    for name in FILES:
        schema = file_schema(name, translate)
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


def _definition(name: str, node: Schema, translate: Translate) -> Schema:
    return _object(name, node, translate) if "properties" in node else {"enum": node["enum"]}


def _object(name: str, node: Schema, translate: Translate) -> Schema:
    words = KEYS[name]
    return {
        "description": translate(words[""]),
        "type": "object",
        "additionalProperties": False,
        "required": node.get("required", []),
        "properties": {
            key: {"description": translate(words[key]), **_value(value)} for key, value in node["properties"].items()
        },
    }


def _value(node: Schema) -> Schema:
    """Return the schema of a key's value, for readers of YAML that resolve types."""
    kinds = [kind for kind in node.get("anyOf", [node]) if kind.get("type") != "null"]
    schema = _type(kinds[0])
    return schema | {"default": node["default"]} if node.get("default") else schema


def _type(node: Schema) -> Schema:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        inner = {"$ref": f"#/$defs/{_short(name)}"}
        return {"anyOf": [dict(_SCALARS["string"]), inner]} if name in _ALSO_TEXT else inner
    kind = node["type"]
    if kind in _SCALARS:
        return {"type": kind, "pattern": node["pattern"]} if "pattern" in node else dict(_SCALARS[kind])
    if kind == "object":
        return {"type": "object", "additionalProperties": _type(node["additionalProperties"])}
    item = _type(node["items"])
    many = {"type": "array", "items": item}
    return {"anyOf": [item, many]} if item == _SCALARS["string"] else many


_PERIOD = "(?:(?:19|20)[0-9]{2}.*?)?"
_UNIT = "\\s*(?:[（(].*[)）])?"
_CELL = {"type": ["string", "number", "null"]}


def submission_schema(dialect: str, translate: Translate) -> Schema:
    """Return the schema of a table of figures.

    The schema accepts more than the reader: it checks headers in any order, and accepts any value, since the plan
    decides which values can be read.
    """
    naming = f"{_pattern(ColumnField.NUMBER)}|{_pattern(ColumnField.INDICATOR)}"
    return {
        "$schema": dialect,
        "title": "submission",
        "type": "array",
        "items": {
            "type": "object",
            "patternProperties": {
                _pattern(field): {"description": f"{translate(LABELS[field])}: {', '.join(HEADERS[field])}", **_CELL}
                for field in HEADERS
            },
            # a wide table has, instead of a column of values, one for each period
            "allOf": [_has(f"(?:{_pattern(ColumnField.VALUE)})|^\\s*(?:19|20)[0-9]{{2}}"), _has(naming)],
        },
    }


def _pattern(field: ColumnField) -> str:
    """Return a pattern for a header: any of its names, perhaps with a period before it and a unit in brackets."""
    names = "|".join(_any_case(name) for name in HEADERS[field])
    return f"^\\s*{_PERIOD}(?:{names}){_UNIT}\\s*$"


def _any_case(name: str) -> str:
    return "".join(f"[{c.lower()}{c.upper()}]" if c.isalpha() and c.isascii() else re.escape(c) for c in name)


def _has(pattern: str) -> Schema:
    """Return a schema for objects with at least one key that matches."""
    return {"not": {"propertyNames": {"not": {"pattern": pattern}}}}
