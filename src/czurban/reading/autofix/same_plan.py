"""Check that the corrected files of a plan have the same content, and make the same plan."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from czurban.model.finding import Findings, Message, has_errors, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.region import Breakdown, Regions
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.model.years import Baseline
from czurban.reading.autofix.figures import FIGURES, plain_figure
from czurban.reading.plan.files import read_plan
from czurban.reading.yaml.tree import read_yaml

_FIGURES = frozenset(key for keys in FIGURES.values() for key in keys)
_IGNORED_FIELDS = frozenset({"place", "places", "source"})


def _read(files: Mapping[str, bytes]) -> tuple[Plan | None, Findings]:
    """Read the files of a plan, given by their names, as `read_plan` reads a folder."""
    with tempfile.TemporaryDirectory(prefix="czurban-") as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return read_plan(folder)


def differs(
    before: Mapping[str, bytes], after: Mapping[str, bytes], texts: Mapping[str, tuple[str, str]]
) -> Message | None:
    """Return why the corrected files must not be written; None if they may.

    The bytes of all files are given by their names, and of those that were corrected both texts.
    """
    for file, (old_text, new_text) in texts.items():
        old, (new, faults) = read_yaml(file, old_text)[0], read_yaml(file, new_text)
        if old is None or new is None or faults or not _is_same(old.plain(), new.plain(), ""):
            return say("The content of {file} would change.", file=file)
    old_plan, _ = _read(before)
    new_plan, faults = _read(after)
    if old_plan is not None and (new_plan is None or has_errors(faults) or _bare(old_plan) != _bare(new_plan)):
        return say("The plan would change.")
    return None


def _is_same(old: object, new: object, key: str) -> bool:
    """Return whether two trees are the same, except for the width of figures and for wordings that became aliases."""
    if isinstance(old, dict) and isinstance(new, dict):
        kept = old.keys() - {"aliases"}
        if kept != new.keys() - {"aliases"} or not all(_is_same(old[key], new[key], key) for key in kept):
            return False
        aliases, more = _as_list(old.get("aliases")), _as_list(new.get("aliases"))
        return more[: len(aliases)] == aliases and {*more[len(aliases) :]} <= {*_wordings(old)}
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_is_same(a, b, key) for a, b in zip(old, new, strict=True))
    if isinstance(old, str) and isinstance(new, str) and key in _FIGURES:
        return plain_figure(old, key) == plain_figure(new, key)
    return old == new


def _as_list(aliases: object) -> list[object]:
    if aliases is None:
        return []
    return list(aliases) if isinstance(aliases, list) else [aliases]


def _wordings(entry: Mapping[str, object]) -> Iterator[object]:
    cited = entry.get("cited")
    for citation in cited if isinstance(cited, list) else ():
        if isinstance(citation, dict) and isinstance(wording := citation.get("wording"), str):
            yield wording.strip()


def _bare(value: object) -> object:
    """Return a part of the model as plain tuples, without places and without what a correction may add."""
    if isinstance(value, Baseline):
        return (half_width(value.printed).strip(), value.value, value.approximate)
    if isinstance(value, Units):
        return tuple((name, _bare(value.find(name))) for name in value.names())
    if isinstance(value, (Regions, Breakdown)):
        return tuple(map(_bare, value))
    if names := getattr(value, "_fields", ()) or getattr(value, "__dataclass_fields__", ()):
        ignored = _IGNORED_FIELDS | ({"aliases"} if isinstance(value, Indicator) else frozenset[str]())
        return tuple((name, _bare(getattr(value, name))) for name in names if name not in ignored)
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value
