"""What pydantic says of a file in words its writer knows, each with its place."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.text import nearest
from czurban.reading.yaml.marked import Marked, key_at
from czurban.reading.yaml.shapes import EMPTY_FORMULA, NO_FORMULA, MappingShape, keys_of

if TYPE_CHECKING:
    from pydantic_core import ValidationError

_KINDS = {
    "int_parsing": say("a whole number"),
    "int_type": say("a whole number"),
    "bool_parsing": say("true or false"),
    "bool_type": say("true or false"),
    "string_type": say("a text"),
    "list_type": say("a list"),
    "dict_type": say("keys with values"),
    "model_type": say("keys with values"),
    "string_too_short": say("a text that is not empty"),
    "string_pattern_mismatch": say("small Latin letters, digits and _, beginning with a letter"),
}

_FORMULAS = {
    EMPTY_FORMULA: (
        say("The formula is empty."),
        say("Write what gives the indicator, such as a ÷ b, or leave the key out."),
    ),
    NO_FORMULA: (
        say("The formula is a list, and a text is asked for."),
        say("Write it as a text, such as a ÷ b, or as keys: is, missing, rounding."),
    ),
}
_MOVED = {
    "identities": say("Write formula: … at the indicator that stood before the equals sign, and what stood behind it."),
}
"""Keys of earlier versions, and what to write instead."""


GUIDE = "docs/reference/plan-format.md"


def translate(
    file: str, root: Marked, shape: type[MappingShape], error: "ValidationError", guide: str = GUIDE
) -> Iterator[Finding]:
    """Turn pydantic's errors into findings at the lines they are about, without what follows from a misspelled key.

    Args:
        file: the name that places carry.
        root: the file.
        shape: what it was to be.
        error: what pydantic says.
        guide: the page that tells what the file holds.
    """
    faults = error.errors(include_url=False, include_context=False)
    misspelled = {
        (*path[:-1], near)
        for path in (_path(fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden")
        for near in nearest(str(path[-1]), keys_of(_shape_at(path[:-1], shape)), limit=1)
    }
    for fault in faults:
        path = _path(fault["loc"])
        if fault["type"] == "missing" and tuple(path) in misspelled:
            continue  # it is there under a name that is told
        place = Place(file, *(key_at(root, path) if fault["type"] == "extra_forbidden" else root.at(path)))
        found = _one(fault["type"], path, place, fault["input"], shape)
        yield found if found.hint else found._replace(hint=_guided(found.code, guide))


def _guided(code: str, guide: str) -> Message:
    if code == "P105":
        return say("Add it; {guide} says what it holds.", guide=guide)
    return say("{guide} says what it holds.", guide=guide)


def faulty_entries(error: "ValidationError") -> set[tuple[str | int, ...]]:
    """The paths to take out so that the rest can be read: an unknown key alone, else the nearest entry of a list."""
    found = set()
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        path = _path(fault["loc"])
        if fault["type"] != "extra_forbidden":
            last = max((n for n, step in enumerate(path) if isinstance(step, int)), default=len(path) - 1)
            path = path[: last + 1]
        found.add(tuple(path))
    return found


def _path(location: Sequence[str | int]) -> list[str | int]:
    """Pydantic's location without the steps that are its own functions."""
    return [step for step in location if not (isinstance(step, str) and step.startswith("function-"))]


def _one(kind: str, path: Sequence[str | int], place: Place, value: object, shape: type[MappingShape]) -> Finding:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if kind == "missing":
        message = say("The key “{name}” is missing here.", name=name)
        return finding("P105", place, message)
    if kind == "extra_forbidden":
        return finding(
            "P104", place, say("The key “{name}” is not known here.", name=name), _near_key(name, path, shape)
        )
    if kind in _FORMULAS:
        return finding("P106", place, *_FORMULAS[kind])
    if kind == "enum":
        wanted: Message | str = " / ".join(_choices(path, shape))
    else:
        wanted = _KINDS.get(kind, say("a value of another kind"))
    shown = value if isinstance(value, str) and len(value) <= 40 else "…"  # noqa: PLR2004 - a line's worth
    if not name:
        message = say("Here {wanted} are asked for, and something else stands.", wanted=wanted)
    else:
        message = say("“{name}” is “{value}”, but {wanted} is asked for.", name=name, value=shown, wanted=wanted)
    return finding("P106", place, message)


def _near_key(name: str, path: Sequence[str | int], shape: type[MappingShape]) -> Message:
    if name in _MOVED:
        return _MOVED[name]
    known = keys_of(_shape_at(path[:-1], shape))
    near = nearest(name, known, limit=1)
    if near:
        return say("Did you mean {names}?", names=near[0])
    return say("Known here: {names}.", names=", ".join(known))


def _shape_at(path: Sequence[str | int], shape: type[MappingShape]) -> type[MappingShape]:
    """Follow the path down the shapes to the one whose key it ends at."""
    for step in path:
        if isinstance(step, str) and (kind := keys_of(shape).get(step)):
            shape = _shape_in(kind) or shape
    return shape


def _shape_in(annotation: object) -> type[MappingShape] | None:
    if isinstance(annotation, type) and issubclass(annotation, MappingShape):
        return annotation
    return next((found for one in getattr(annotation, "__args__", ()) if (found := _shape_in(one))), None)


def _choices(path: Sequence[str | int], shape: type[MappingShape]) -> list[str]:
    holder = _shape_at(path[:-1], shape)
    annotation = keys_of(holder)[str(path[-1])]
    return [str(one) for one in annotation] if isinstance(annotation, type) and issubclass(annotation, StrEnum) else []
