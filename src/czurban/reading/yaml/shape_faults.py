"""Turn pydantic's errors about a YAML file into findings at their lines."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, did_you_mean, say
from czurban.model.text import nearest
from czurban.reading.yaml.shapes import EMPTY_FORMULA, NO_FORMULA, MappingShape, keys_of
from czurban.reading.yaml.syntax_faults import COLON
from czurban.reading.yaml.tree import KeyPath, YamlNode

if TYPE_CHECKING:
    from pydantic_core import ValidationError

_KINDS = {
    **dict.fromkeys(("int_parsing", "int_type"), say("a whole number")),
    **dict.fromkeys(("bool_parsing", "bool_type"), say("true or false")),
    **dict.fromkeys(("dict_type", "model_type"), say("keys with values")),
    "string_type": say("a text"),
    "list_type": say("a list"),
    "string_too_long": say("a short text"),
    "string_too_short": say("a text that is not empty"),
    "string_pattern_mismatch": say("small Latin letters, digits and _, beginning with a letter"),
}

_FORMULAS = {
    EMPTY_FORMULA: (
        say("The formula is empty."),
        say("Write what gives the indicator, such as a ÷ b, or leave the key out."),
    ),
    NO_FORMULA: (
        say("The formula is a list, but it must be a text."),
        say("Write it as a text, such as a ÷ b, or as keys: is, missing, rounding."),
    ),
}
_MOVED = {
    "identities": say("Write formula: … at the indicator on the left of the equals sign, with the text on its right."),
    "<<": say(
        "<< takes the keys of another entry in some programs, but not here. Write the keys in full in each entry."
    ),
}
"""Keys of earlier versions and of other programs, and what to write instead."""
_LONGEST_SHOWN = 40
GUIDE = say("docs/reference/plan-format.md")


def translate(
    file: str, root: YamlNode, shape: type[MappingShape], error: "ValidationError", guide: Message = GUIDE
) -> Iterator[Finding]:
    """Turn pydantic's errors into findings at their lines, without errors that follow from a misspelled key."""
    faults = error.errors(include_url=False, include_context=False)
    misspelled = {
        (*path[:-1], near)
        for path in (_path(fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden")
        for near in nearest(str(path[-1]), keys_of(_shape_at(path[:-1], shape)), limit=1)
    }
    for fault in faults:
        path = _path(fault["loc"])
        if fault["type"] == "missing" and tuple(path) in misspelled:
            continue  # it is there under the misspelled name, which has a finding
        place = Place(file, *(root.key_position(path) if fault["type"] == "extra_forbidden" else root.position(path)))
        yield _finding(fault["type"], path, place, fault["input"], shape, guide)


def faulty_entries(error: "ValidationError") -> set[tuple[str | int, ...]]:
    """Return the paths to remove so that the rest can be read: an unknown key alone, else the nearest list entry."""
    paths = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        path = _path(fault["loc"])
        if fault["type"] != "extra_forbidden":
            last = max((n for n, step in enumerate(path) if isinstance(step, int)), default=len(path) - 1)
            path = path[: last + 1]
        paths.add(tuple(path))
    return paths


def _path(location: KeyPath) -> list[str | int]:
    """Return pydantic's location without the steps that name its own functions."""
    return [step for step in location if not (isinstance(step, str) and step.startswith("function-"))]


def _finding(  # noqa: PLR0913, PLR0917 - the parts of pydantic's error, and what it is compared with
    kind: str, path: KeyPath, place: Place, value: object, shape: type[MappingShape], guide: Message
) -> Finding:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if kind == "missing":
        hint = say("Add it; see {guide} for its content.", guide=guide)
        return finding("P105", place, say("The key “{name}” is missing here.", name=name), hint)
    if kind == "extra_forbidden":
        message = say("The key “{name}” is not known here.", name=name)
        return finding("P104", place, message, _known_keys(name, path, shape))
    if kind in _FORMULAS:
        return finding("P106", place, *_FORMULAS[kind])
    wanted = " / ".join(_choices(path, shape)) if kind == "enum" else _KINDS.get(kind, say("a value of another type"))
    shown = value if isinstance(value, str) and len(value) <= _LONGEST_SHOWN else "…"
    if not name:
        message = say("This must be {wanted}.", wanted=wanted)
    else:
        message = say("“{name}” is “{value}”, but it must be {wanted}.", name=name, value=shown, wanted=wanted)
    return finding("P106", place, message, say("See {guide} for its content.", guide=guide))


def _known_keys(name: str, path: KeyPath, shape: type[MappingShape]) -> Message:
    if name in _MOVED:
        return _MOVED[name]
    if "：" in name or ":" in name:
        return COLON
    known = keys_of(_shape_at(path[:-1], shape))
    return did_you_mean(nearest(name, known, limit=1)) or say("Known here: {names}.", names=", ".join(known))


def _shape_at(path: KeyPath, shape: type[MappingShape]) -> type[MappingShape]:
    """Return the shape of the mapping that a path leads to."""
    for step in path:
        if isinstance(step, str) and (kind := keys_of(shape).get(step)):
            shape = _shape_in(kind) or shape
    return shape


def _shape_in(annotation: object) -> type[MappingShape] | None:
    if isinstance(annotation, type) and issubclass(annotation, MappingShape):
        return annotation
    return next((shape for part in getattr(annotation, "__args__", ()) if (shape := _shape_in(part))), None)


def _choices(path: KeyPath, shape: type[MappingShape]) -> list[str]:
    annotation = keys_of(_shape_at(path[:-1], shape))[str(path[-1])]
    return list(map(str, annotation)) if isinstance(annotation, type) and issubclass(annotation, StrEnum) else []
