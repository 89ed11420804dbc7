"""Build JSON Schemas of a plan's files, for editors that complete and check YAML."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from czurban.reading.metrics.shapes import MetricsShape
from czurban.reading.plan.target_shapes import TargetsShape
from czurban.reading.plan.task_shapes import DepartmentsShape, RegionsShape, TasksShape
from czurban.reading.rules.shapes import RulesShape
from czurban.reading.yaml.loader import Loader
from czurban.reading.yaml.shapes import MappingShape, schema_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: Mapping[str, type[MappingShape]] = {
    "targets": TargetsShape,
    "tasks": TasksShape,
    "departments": DepartmentsShape,
    "regions": RegionsShape,
}
OTHERS: Mapping[str, type[MappingShape]] = {"metrics": MetricsShape, "rules": RulesShape}
"""The files of metrics and of rating rules, which are not part of a plan."""
KEYS: Mapping[str, Mapping[str, str]] = yaml.load(Path(__file__).with_name("keys.yaml").read_text("utf-8"), Loader)  # noqa: S506 - it resolves no types
"""The description of every key by shape and key; the empty key is the shape itself."""
_SCALARS: Mapping[str, Mapping[str, Any]] = {
    "string": {"type": ["string", "number"], "minLength": 1},
    "integer": {"type": ["integer", "string"], "pattern": "^[0-9]+$"},
    "boolean": {"enum": [True, False, "yes", "no"]},
}
"""This program reads every value as text; for other readers of YAML, 40 without quotation marks is a number."""

_ALSO_TEXT = frozenset({"FormulaShape", "BaselineShape"})
"""Shapes that may be written as a plain text."""

_DATED = {"pattern": "(?:19|20)[0-9]{2}|[１２][９０][０-９]{2}|[〇零○一二三四五六七八九十]|[0-9]五|[Ff]ive"}
_ID_TEXT = "[a-z][a-z0-9_]*"
_WAYS = f"sum|none|weighted\\s+by\\s+{_ID_TEXT}|ratio\\s+of\\s+{_ID_TEXT}\\s+to\\s+{_ID_TEXT}"
_FORMS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("PlanShape", "period"): _DATED,
    ("PlanShape", "baseline_period"): _DATED,
    ("IndicatorShape", "deadline"): _DATED,
    ("MilestoneShape", "deadline"): _DATED,
    ("IndicatorShape", "target"): {"type": "string", "pattern": "[^\\s0-9０-９.,．，+-]"},
    ("IndicatorShape", "adds"): {"pattern": f"^\\s*(?:{_WAYS})\\s*$"},
    ("IndicatorShape", "side"): {"enum": ["floor", "ceiling", "both"]},
    ("IndicatorShape", "jump"): {"type": "string", "pattern": "[%％]\\s*$"},
    ("AddedShape", "on"): {
        "type": "string",
        "pattern": "^\\s*[0-9０-９]{4}[-－][0-9０-９]{2}[-－][0-9０-９]{2}\\s*$",
    },
}
"""What the values of a key have to look like: no more than what the reader asks for, as far as a pattern can say it."""
_CONDITIONS: Mapping[str, Mapping[str, Any]] = {
    "IndicatorShape": {
        "if": {"properties": {"basis": {"const": "interpreted"}}, "required": ["basis"]},
        "then": {"required": ["reason"]},
    }
}
"""What the keys of a shape ask of each other."""

Schema = dict[str, Any]
Translate = Callable[[str], str]
"""Returns a sentence in the reader's languages."""


class _Structure(GenerateJsonSchema):
    """Generates the schema of a shape without the titles and descriptions that pydantic takes from its own models."""

    ignored_warning_kinds = {"non-serializable-default"}  # noqa: RUF012 - pydantic has a set; it is about empty mappings

    def model_schema(self, schema: ModelSchema) -> Schema:
        return self.generate_inner(schema["schema"])


def file_schema(name: str, translate: Translate) -> Schema:
    """Return the schema of a file, which is one of FILES or OTHERS."""
    shape = {**FILES, **OTHERS}[name]
    raw = _Structure().generate(schema_of(shape))
    inner = {
        _short(part): _object(part, node, translate) if "properties" in node else {"enum": node["enum"]}
        for part, node in raw.get("$defs", {}).items()
    }
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


def _object(name: str, node: Schema, translate: Translate) -> Schema:
    words = KEYS[name]
    return {
        "description": translate(words[""]),
        "type": "object",
        "additionalProperties": False,
        "required": node.get("required", []),
        "properties": {
            key: {"description": translate(words[key]), **_value(value), **_FORMS.get((name, key), {})}
            for key, value in node["properties"].items()
        },
        **_CONDITIONS.get(name, {}),
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
        if "pattern" in node:
            return {"type": kind, "pattern": node["pattern"]}
        return {**_SCALARS[kind], **({"maxLength": node["maxLength"]} if "maxLength" in node else {})}
    if kind == "object":
        return {"type": "object", "additionalProperties": _type(node["additionalProperties"])}
    item = _type(node["items"])
    many = {"type": "array", "items": item}
    return {"anyOf": [item, many]} if item == _SCALARS["string"] else many
