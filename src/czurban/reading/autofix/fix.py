"""Correct the files of a plan in memory, and check that the corrected plan is the same as before."""

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from czurban.model.faults import finding
from czurban.model.finding import Correction, Finding, Findings, Message, Place, has_errors, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.region import Breakdown, Regions
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.model.years import Baseline
from czurban.reading.autofix.corrections import add_aliases, arrange, narrow
from czurban.reading.autofix.edits import FIGURES, apply, plain_figure
from czurban.reading.plan.files import read_plan
from czurban.reading.sources.limits import LIMITS
from czurban.reading.sources.opening import (
    ALL_FILES,
    BREAKDOWNS,
    LARGEST,
    PLAN_FILES,
    TARGETS,
    decode,
    read_regular,
    unreadable_file,
)
from czurban.reading.yaml.tree import read_yaml

_CORRECTORS = (narrow, arrange, add_aliases)  # in this order the lines of their corrections are those of the file


def read_texts(files: Mapping[str, bytes]) -> tuple[Plan | None, Findings]:
    """Read the files of a plan, given by their names, as `read_plan` reads a folder."""
    with tempfile.TemporaryDirectory(prefix="czurban-") as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return read_plan(folder)


_FIGURES = frozenset(key for keys in FIGURES.values() for key in keys)
_IGNORED_FIELDS = frozenset({"place", "places", "source"})


def differs(
    before: Mapping[str, bytes], after: Mapping[str, bytes], texts: Mapping[str, tuple[str, str]]
) -> Message | None:
    """Return why the corrected files must not be written; None if they may.

    Args:
        before: the bytes of the plan's files by their names.
        after: the same, corrected.
        texts: the text before and after of the files that were corrected.
    """
    for file, (old_text, new_text) in texts.items():
        old, (new, faults) = read_yaml(file, old_text)[0], read_yaml(file, new_text)
        if old is None or new is None or faults or not _is_same(old.plain(), new.plain(), ""):
            return say("The content of {file} would change.", file=file)
    old_plan, _ = read_texts(before)
    new_plan, faults = read_texts(after)
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


def _fields(value: object) -> Sequence[str]:
    """Return the names of a record's fields; none for other values."""
    if is_dataclass(value) and not isinstance(value, type):
        return [field.name for field in fields(value)]
    return getattr(value, "_fields", ())


def _bare(value: object) -> object:
    """Return a part of the model as plain tuples, without places and without what a correction may add."""
    if isinstance(value, Baseline):
        return (half_width(value.printed).strip(), value.value, value.approximate)
    if isinstance(value, Units):
        return tuple((name, _bare(value.find(name))) for name in value.names())
    if isinstance(value, (Regions, Breakdown)):
        return tuple(map(_bare, value))
    if names := _fields(value):
        ignored = _IGNORED_FIELDS | ({"aliases"} if isinstance(value, Indicator) else frozenset[str]())
        return tuple((name, _bare(getattr(value, name))) for name in names if name not in ignored)
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    return tuple(sorted(value.items())) if isinstance(value, Mapping) else value


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file before and after, with the corrections, and those that were left undone."""

    path: Path
    data: bytes
    old: str
    new: str
    corrected: bytes
    corrections: tuple[Correction, ...] = ()
    left: tuple[Correction, ...] = ()

    @property
    def changed(self) -> bool:
        """Return whether there is anything to write."""
        return self.data != self.corrected


@dataclass(frozen=True, slots=True)
class PlanFix:
    """The corrected files of a plan, faults that only a person can correct, and why nothing may be written, if so."""

    files: tuple[FixedFile, ...]
    findings: Findings = ()
    refusal: Message | None = None


def fix_plan(folder: Path, only: Collection[str]) -> PlanFix:
    """Correct the files of a plan in memory: those named in `only`, or all if it is empty. Nothing is written.

    Raises:
        UnreadableError: the folder holds no plan.
    """
    if not (folder / TARGETS).is_file():
        return PlanFix((), read_plan(folder)[1])  # its findings or its error say why
    files: list[FixedFile] = []
    findings: list[Finding] = []
    data: dict[str, bytes] = {}
    present = [folder / name for name in ALL_FILES if os.path.lexists(folder / name)]  # a pipe or a device is reported
    for path in present:
        try:
            data[path.name] = read_regular(path, folder, LIMITS.size if path.name in BREAKDOWNS else LARGEST)
        except OSError as error:
            return PlanFix((), (unreadable_file("P101", path, error),))
    for path in present:
        if path.name in PLAN_FILES and (not only or path.name in only):
            fixed, faults = _fix_file(path, data[path.name])
            findings += faults
            files += [fixed] if fixed else []
    changed = {file.path.name: file for file in files if file.changed}
    if not changed:
        return PlanFix(tuple(files), tuple(findings))
    after = data | {name: file.corrected for name, file in changed.items()}
    refusal = differs(data, after, {name: (file.old, file.new) for name, file in changed.items()})
    return PlanFix(tuple(files), tuple(findings), refusal)


def _fix_file(path: Path, data: bytes) -> tuple[FixedFile | None, Findings]:
    """Correct one file; return None where it cannot be read, or cannot be encoded again to the same bytes."""
    decoded = decode(data)
    text, encoding = (decoded.text, decoded.encoding) if decoded else ("", "utf-8")
    body = text.encode(encoding)
    if decoded is None or not data.endswith(body):
        message = say("The file is not text that can be written back unchanged.")
        return None, (finding("P101", Place(str(path)), message, say("Save it as text in UTF-8.")),)
    root, faults = read_yaml(str(path), text)
    if root is None or faults:
        return None, faults
    new, corrections = text, list[Correction]()
    left, findings = list[Correction](), list[Finding]()
    for corrector in _CORRECTORS:  # each works on the result of the one before it
        proposal = corrector(path.name, str(path), new)
        new = apply(new, proposal.edits)
        corrections += [edit.correction for edit in proposal.edits]
        left += proposal.left
        findings += proposal.findings
    byte_order_mark = data[: len(data) - len(body)]
    corrected = byte_order_mark + new.encode(encoding)
    return FixedFile(path, data, text, new, corrected, tuple(corrections), tuple(left)), tuple(findings)
