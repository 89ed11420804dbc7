"""The proof before anything is written: the files say the same as before, but for what the corrections meant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from czurban.model.breakdown import Breakdown
from czurban.model.finding import has_errors
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.region import Regions
from czurban.model.target import Baseline
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.reading.marked_yaml import read_yaml
from czurban.reading.mending.figures import FIGURES, plain_figure
from czurban.reading.mending.readback import read_texts

_FIGURES = frozenset(key for keys in FIGURES.values() for key in keys)
_FREE = frozenset({"place", "places", "source"})  # where a thing stands may change, what it is may not


def differs(
    before: Mapping[str, bytes], after: Mapping[str, bytes], texts: Mapping[str, tuple[str, str]]
) -> Message | None:
    """Why the corrected files must not be written; None if they may.

    Args:
        before: the bytes of the plan's files by their names.
        after: the same, corrected.
        texts: the text before and after of the files that were corrected.
    """
    for file, (old, new) in texts.items():
        one, other = read_yaml(file, old)[0], read_yaml(file, new)
        if one is None or other[0] is None or other[1] or not _same(one.plain(), other[0].plain(), ""):
            return say("{file} would say something else afterwards.", file=file)
    was, _ = read_texts(before)
    will, faults = read_texts(after)
    if was is not None and (will is None or has_errors(faults) or _bare(was) != _bare(will)):
        return say("The plan would be another afterwards.")
    return None


def _same(one: object, other: object, key: str) -> bool:
    """Whether two trees are the same, but for the width of figures and for wordings that became aliases."""
    if isinstance(one, dict) and isinstance(other, dict):
        return _same_mapping(one, other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b, key) for a, b in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str) and key in _FIGURES:
        return plain_figure(one, key) == plain_figure(other, key)
    return one == other


def _same_mapping(one: dict[str, object], other: dict[str, object]) -> bool:
    kept = one.keys() - {"aliases"}
    if kept != other.keys() - {"aliases"} or not all(_same(one[key], other[key], key) for key in kept):
        return False
    old, new = _listed(one.get("aliases")), _listed(other.get("aliases"))
    return new[: len(old)] == old and {*new[len(old) :]} <= {*_wordings(one)}


def _listed(aliases: object) -> list[object]:
    if aliases is None:
        return []
    return list(aliases) if isinstance(aliases, list) else [aliases]


def _wordings(entry: Mapping[str, object]) -> Iterator[object]:
    cited = entry.get("cited")
    for citation in cited if isinstance(cited, list) else ():
        if isinstance(citation, dict) and isinstance(wording := citation.get("wording"), str):
            yield wording.strip()


def _fields(thing: object) -> Sequence[str]:
    """The names of a record's fields; none for anything else."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return [one.name for one in fields(thing)]
    return getattr(thing, "_fields", ())


def _bare(thing: object) -> object:
    """A thing of the model as plain tuples, without where it stands and without what a correction may add."""
    if isinstance(thing, Baseline):
        return (half_width(thing.printed).strip(), thing.value, thing.approximate)
    if isinstance(thing, Units):
        return tuple((name, _bare(thing.find(name))) for name in thing.names())
    if isinstance(thing, (Regions, Breakdown)):
        return tuple(_bare(one) for one in thing)
    names = _fields(thing)
    if names:
        free = _FREE | ({"aliases"} if isinstance(thing, Indicator) else frozenset[str]())
        return tuple((name, _bare(getattr(thing, name))) for name in names if name not in free)
    if isinstance(thing, tuple):
        return tuple(_bare(one) for one in thing)
    return tuple(sorted(thing.items())) if isinstance(thing, Mapping) else thing
