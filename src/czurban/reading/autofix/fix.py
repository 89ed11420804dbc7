"""Correct the files of a plan in memory."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from czurban.model.faults import finding
from czurban.model.finding import Correction, Finding, Findings, Message, Place, say
from czurban.reading.autofix.corrections import add_aliases, arrange
from czurban.reading.autofix.edits import apply
from czurban.reading.autofix.figures import narrow
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
    from czurban.reading.autofix.same_plan import differs  # noqa: PLC0415 - most plans need no correction

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
