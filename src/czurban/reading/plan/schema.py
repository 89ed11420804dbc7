"""Build JSON Schemas of a plan's files, for editors that complete and check YAML."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

from czurban.model.finding import mark
from czurban.reading.metrics.words import METRICS_KEYS, MetricsShape
from czurban.reading.rules.words import RULES_KEYS, RulesShape
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
OTHERS: Mapping[str, type[MappingShape]] = MappingProxyType({"metrics": MetricsShape, "rules": RulesShape})
"""The files of metrics and of rating rules, which are not part of a plan."""
_SCALARS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "string": {"type": ["string", "number"], "minLength": 1},
        "integer": {"type": ["integer", "string"], "pattern": "^[0-9]+$"},
        "boolean": {"enum": [True, False, "yes", "no"]},
    }
)
"""This program reads every value as text; for other readers of YAML, 40 without quotation marks is a number."""

_ALSO_TEXT = frozenset({"FormulaShape", "BaselineShape"})
"""Shapes that may be written as a plain text."""

_DATED = {"pattern": "(?:19|20)[0-9]{2}|[１２][９０][０-９]{2}|[〇零○一二三四五六七八九十]|[0-9]五|[Ff]ive"}
_ID_TEXT = "[a-z][a-z0-9_]*"
_WAYS = f"sum|none|weighted\\s+by\\s+{_ID_TEXT}|ratio\\s+of\\s+{_ID_TEXT}\\s+to\\s+{_ID_TEXT}"
_FORMS: Mapping[tuple[str, str], Mapping[str, Any]] = MappingProxyType(
    {
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
)
"""What the values of a key have to look like: no more than what the reader asks for, as far as a pattern can say it."""
_CONDITIONS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "IndicatorShape": {
            "if": {"properties": {"basis": {"const": "interpreted"}}, "required": ["basis"]},
            "then": {"required": ["reason"]},
        }
    }
)
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


KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "TargetsShape": {
            "": mark("targets.yaml: the plan, its categories, its own units and its indicators."),
            "plan": mark("The plan's title, region and periods."),
            "categories": mark("The categories of the main table, in its order."),
            "units": mark("Units that the program does not know."),
            "words": mark("Words that the offices use in the headers of their tables and the program does not know."),
            "indicators": mark("The indicators of the main table, then the quantities that only tasks name."),
            "breakdown": mark("The file with the targets of regions and departments, where it is not breakdown.csv."),
        },
        "WordsShape": {
            "": mark("Words for the headers of tables, by what their columns hold."),
            "indicator": mark("Words for the names of indicators."),
            "value": mark("Words for results."),
            "target": mark("Words for targets."),
            "baseline": mark("Words for baselines."),
            "unit": mark("Words for units."),
            "period": mark("Words for periods."),
            "region": mark("Words for regions."),
            "sender": mark("Words for departments."),
            "qualifier": mark("Words for what kind or part of a figure a row holds."),
            "note": mark("Words for notes."),
            "other": mark("Words for columns that hold no results."),
        },
        "IssuerShape": {
            "": mark("The office that collects the figures, as it signs letters and reports."),
            "name": mark("The name of the office."),
            "contact": mark("Whom to ask about a letter."),
            "phone": mark("The telephone number to call."),
        },
        "PlanShape": {
            "": mark("The plan's title, region and periods."),
            "title": mark("The plan's title, as printed."),
            "region": mark("The region the plan is for; figures of another one are not used."),
            "period": mark("The period the targets are for, such as 2019."),
            "baseline_period": mark("The period of the baselines, such as 2018."),
            "issuer": mark("The office that sends letters and reports, with whom to ask."),
        },
        "UnitShape": {
            "": mark("A unit: a new one alone, or so many of a known one."),
            "name": mark("The name of the unit."),
            "of": mark("The known unit it is made of; without one it is a new unit."),
            "factor": mark("How many of that unit it is: a number, or a fraction such as 1/15."),
        },
        "CitationShape": {
            "": mark("One place that prints the figure."),
            "at": mark("Where it is printed, such as 附件1 or 任务6."),
            "printed": mark("The figure, as it is printed there."),
            "wording": mark("The indicator's name in that place, where it differs."),
        },
        "FormulaShape": {
            "": mark("How an indicator is computed from others by definition: a text, or these keys."),
            "is": mark("Ids, id@baseline, id@2018, numbers, + − × ÷, brackets, sum(a, b), share(part, whole)."),
            "missing": mark("The result if a figure is missing: unreported, or partial, which only a sum may be."),
            "rounding": mark("The decimals of a derived value in the indicator's unit, 0 to 12; none keeps it exact."),
        },
        "BaselineShape": {
            "": mark("The figure that the plan starts from: a text, or these keys."),
            "value": mark("The baseline, as printed; 约190 and — are understood."),
            "year": mark("Its year, where it is not the plan's baseline_period."),
        },
        "IndicatorShape": {
            "": mark("One indicator: its names, unit, departments, baseline and target."),
            "id": mark("A stable id in small Latin letters, digits and _, for programs and tables; never changed."),
            "no": mark(
                "Its number in the main table, such as 1, 1.2.3, AHS-1.1 or 甲-1; a task's own quantity has none."
            ),
            "name": mark("Its name, as printed, without the unit."),
            "aliases": mark("Every other wording; none may belong to two indicators."),
            "category": mark("Its category in the main table, where the plan has categories."),
            "task": mark("The number of the only task that names this quantity, instead of a category."),
            "unit": mark("The unit it is measured in, as printed."),
            "unit_aliases": mark("Other spellings of the unit, for this indicator alone."),
            "kind": mark(
                "stock (a level), flow (a sum over the year), rate, mean (over the year), growth, works (a count) or"
                " milestone."
            ),
            "annual": mark("Whether its figure exists only at the end of the year, so that its pace is not assessed."),
            "elapsed": mark("Whether the elapsed time is counted in months or in days."),
            "path": mark("What should be reached by the ends of periods: shares such as 45%, or values in the unit."),
            "formula": mark("How it is computed from other indicators by definition, such as b − b@baseline or a ÷ b."),
            "scope": mark("The scope that the plan limits it to; without one there is no limit."),
            "lead": mark("The responsible departments, which may report it."),
            "reporters": mark("Further departments that may report it."),
            "baseline": mark("The baseline, as printed; 约190 and — are understood."),
            "target": mark("The target, such as ≥41, 6~6.5 or 不低于41; none or 无 for a figure that is only shown."),
            "steps": mark("In a plan of several years: what is due at earlier dates, such as 2022: ≥63."),
            "years": mark(
                "In a plan of several years: level, each-year, mean, mean-growth, sum, cumulative-growth, "
                "cumulative-decline, or change from the baseline."
            ),
            "basis": mark("printed, or interpreted where no printed word gives the direction."),
            "reason": mark("Why an interpreted direction is read so."),
            "side": mark("With 左右 alone: which side is better, floor, ceiling or both."),
            "tolerance": mark("With 左右 alone: how far off is still near, in the indicator's unit."),
            "jump": mark("The share of the baseline by which a value may differ before it is reported, such as 50%."),
            "ignore": mark("Codes of findings about its values to switch off, such as S269 where it hardly changes."),
            "adds": mark("How parts make the whole: sum, none, weighted by ID, or ratio of ID to ID."),
            "binding": mark("true for 约束性, false for 预期性: binding targets that are missed lead every list."),
            "grade": mark("With grades such as A：≥80；B：≥70；C：<70: the grade that meets the target."),
            "stages": mark(
                "With kind: milestone, the stages in order that a statement may report; target is one of them."
            ),
            "reference": mark("The figure that the target is relative to, by period, such as 2019: 61.5."),
            "compared_with": mark("The id of the indicator that the target is relative to."),
            "by_type": mark("The targets of regions by their type, such as 县: ≥80; regions.yaml has the types."),
            "deadline": mark("When it is to be met, such as 2019年底."),
            "persons": mark("Who answers for it, if not those of its task or its first lead."),
            "cited": mark("Every place that prints it, in the plan's order."),
        },
        "TasksShape": {
            "": mark("tasks.yaml: the ladders of stages, and the tasks in their parts."),
            "ladders": mark("Ordered stages, from the first to the last, by the ladder's name."),
            "parts": mark("The parts of the plan with their tasks, in the plan's order."),
        },
        "PartShape": {
            "": mark("One part of the plan with its tasks."),
            "no": mark("Its number, as printed, such as 一."),
            "title": mark("Its title, as printed."),
            "tasks": mark("Its tasks, in the plan's order."),
        },
        "TaskShape": {
            "": mark("One task: who leads it, who shares it, its quantities and its milestones."),
            "no": mark("The task's number."),
            "title": mark("The task's title, as printed."),
            "lead": mark("The departments that lead it, in the plan's order."),
            "responsible": mark("The departments that share it, in the plan's order."),
            "open": mark("true where the printed list of departments ends with 等."),
            "added": mark("Responsible departments that a lead added later; the plan does not print them."),
            "quantities": mark("The ids of the indicators that the task prints a figure for."),
            "persons": mark("Who answers for the task, if not those of its first lead."),
            "milestones": mark("The goals of the task that are not figures."),
        },
        "AddedShape": {
            "": mark("A responsible department that a lead of the task added later."),
            "name": mark("The department that was added."),
            "by": mark("The lead that added it."),
            "on": mark("The day it was added, such as 2019-05-06."),
            "reason": mark("Why it was added."),
        },
        "MilestoneShape": {
            "": mark("A milestone that is to reach a stage."),
            "name": mark("The name of the milestone."),
            "ladder": mark("The ladder of its stage."),
            "stage": mark("The stage it is to reach, as the plan words it."),
            "printed": mark("The plan's own words."),
            "commitment": mark("firm, or aspiration where the plan says 争取, 探索 or 力争."),
            "path": mark("The stages that it should have reached by the ends of periods before that."),
            "deadline": mark("When it is due, such as 2019年6月底; without one at the end of the plan."),
        },
        "RegionsShape": {
            "": mark("regions.yaml: the hierarchy of regions with the plan's region."),
            "regions": mark("The regions; all but one have a parent."),
        },
        "RegionShape": {
            "": mark("A region, with its code and its names."),
            "code": mark("Its code, such as that of GB/T 2260, in quotation marks; no other region has it."),
            "name": mark("Its name; no other region right below the same one has it."),
            "parent": mark("The region right above it, by code or name; the one at the top has none."),
            "aliases": mark("Its other names; a report may use any of them."),
            "type": mark("Its type, such as 县 or 城区, by which targets may differ."),
        },
        "DepartmentsShape": {
            "": mark("departments.yaml: the departments that lead, share and report, with all their names."),
            "departments": mark("The departments, in the order the plan names them."),
            "groups": mark("Groups of departments that the plan names as a whole."),
        },
        "DepartmentShape": {
            "": mark("A department, with its names."),
            "name": mark("Its name, as printed."),
            "aliases": mark("Its other names; a report may use any of them."),
            "persons": mark("Who answers for its tasks and indicators."),
        },
        "GroupShape": {
            "": mark("A group of departments, with its names."),
            "name": mark("Its name, as printed."),
            "aliases": mark("Its other names; a report may use any of them."),
            "persons": mark("Who answers for its tasks and indicators."),
            "regions": mark("The regions that it stands for; without them, 各县区 is each one below the plan's."),
        },
        "PersonsShape": {
            "": mark("The persons who answer for something."),
            "leader": mark("The leader in charge (分管领导)."),
            "person": mark("The person who is responsible (具体责任人)."),
            "phone": mark("The phone number to call."),
        },
        **METRICS_KEYS,
        **RULES_KEYS,
    }
)
"""The description of every key by shape and key; the empty key is the shape itself."""
