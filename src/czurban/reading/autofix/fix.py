"""A plan's files to corrected ones: each corrector in its turn, and the proof at the end.

A plan read from bytes in memory, by the very reader that will read it from the disk.

The proof before anything is written: the files say the same as before, but for what the corrections meant.
"""

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
from czurban.model.target import Baseline
from czurban.model.text import half_width
from czurban.model.unit import Units
from czurban.reading.autofix.aliases import add_aliases
from czurban.reading.autofix.edits import FIGURES, apply, plain_figure
from czurban.reading.autofix.order import arrange, narrow
from czurban.reading.plan.files import read_plan
from czurban.reading.sources.opening import (
    ALL_FILES,
    BREAKDOWNS,
    LARGEST,
    LIMITS,
    PLAN_FILES,
    TARGETS,
    decode,
    read_regular,
    unread,
)
from czurban.reading.yaml.marked import read_yaml


def read_texts(files: Mapping[str, bytes]) -> tuple[Plan | None, Findings]:
    """Read the files of a plan, given by their names, as `read_plan` reads a folder."""
    with tempfile.TemporaryDirectory(prefix="czurban-") as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        return read_plan(folder)


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


_CORRECTORS = (narrow, arrange, add_aliases)  # in this order the lines they name are those of the file as it is


@dataclass(frozen=True, slots=True)
class FixedFile:
    """One file before and after, with what was corrected and what was left alone."""

    path: Path
    data: bytes
    old: str
    new: str
    corrected: bytes
    corrections: tuple[Correction, ...] = ()
    left: tuple[Correction, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.data != self.corrected


@dataclass(frozen=True, slots=True)
class PlanFix:
    """What can be done for a plan: its files, faults that only a person can mend, and why nothing may be written."""

    files: tuple[FixedFile, ...]
    findings: Findings = ()
    refusal: Message | None = None


def fix_plan(folder: Path, only: Collection[str]) -> PlanFix:
    """Correct the files of a plan in memory; those named in `only`, or all of them. Nothing is written.

    Raises:
        UnreadableError: the folder holds no plan.
    """
    if not (folder / TARGETS).is_file():
        return PlanFix((), read_plan(folder)[1])  # which says why
    files: list[FixedFile] = []
    findings: list[Finding] = []
    data: dict[str, bytes] = {}
    present = [folder / name for name in ALL_FILES if os.path.lexists(folder / name)]  # a pipe or a device is reported
    for path in present:
        try:
            data[path.name] = read_regular(path, folder, LIMITS.size if path.name in BREAKDOWNS else LARGEST)
        except OSError as error:
            return PlanFix((), (unread("P101", path, error),))
    for path in present:
        if path.name in PLAN_FILES and (not only or path.name in only):
            mended, faults = _mend(path, data[path.name])
            findings += faults
            files += [mended] if mended else []
    changed = {one.path.name: one for one in files if one.changed}
    if not changed:
        return PlanFix(tuple(files), tuple(findings))
    after = data | {name: one.corrected for name, one in changed.items()}
    refusal = differs(data, after, {name: (one.old, one.new) for name, one in changed.items()})
    return PlanFix(tuple(files), tuple(findings), refusal)


def _mend(path: Path, data: bytes) -> tuple[FixedFile | None, Findings]:
    """Correct one file; None where it cannot be read, or cannot be spelled back to the same bytes."""
    decoded = decode(data)
    text, encoding = (decoded.text, decoded.encoding) if decoded else ("", "utf-8")
    body = text.encode(encoding)
    if decoded is None or not data.endswith(body):
        message = say("The file is not text that could be written back as it was.")
        return None, (finding("P101", Place(str(path)), message, say("Save it as text in UTF-8.")),)
    root, faults = read_yaml(str(path), text)
    if root is None or faults:
        return None, faults
    new, corrections, left, findings = _correct(path, text)
    mark = data[: len(data) - len(body)]
    return FixedFile(path, data, text, new, mark + new.encode(encoding), corrections, left), findings


def _correct(path: Path, text: str) -> tuple[str, tuple[Correction, ...], tuple[Correction, ...], Findings]:
    """Let each corrector work on what the one before it made."""
    new, corrections = text, list[Correction]()
    left, findings = list[Correction](), list[Finding]()
    for corrector in _CORRECTORS:
        proposal = corrector(path.name, str(path), new)
        new = apply(new, proposal.edits)
        corrections += [edit.correction for edit in proposal.edits]
        left += proposal.left
        findings += proposal.findings
    return new, tuple(corrections), tuple(left), tuple(findings)
