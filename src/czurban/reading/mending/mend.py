"""A plan's files to corrected ones: each corrector in its turn, and the proof at the end."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from czurban.model.correction import Correction
from czurban.model.faults import finding
from czurban.model.finding import Finding, Findings
from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.reading.encoding import decode
from czurban.reading.limits import LIMITS
from czurban.reading.marked_yaml import read_yaml
from czurban.reading.mending.aliases import add_aliases
from czurban.reading.mending.edit import apply
from czurban.reading.mending.order import arrange
from czurban.reading.mending.verify import differs
from czurban.reading.mending.width import narrow
from czurban.reading.plan_files import read_plan
from czurban.reading.plan_names import ALL_FILES, BREAKDOWNS, LARGEST, PLAN_FILES, TARGETS
from czurban.reading.regular_file import read_regular, unread

_CORRECTORS = (narrow, arrange, add_aliases)  # in this order the lines they name are those of the file as it is


@dataclass(frozen=True, slots=True)
class Mended:
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
class Mending:
    """What can be done for a plan: its files, faults that only a person can mend, and why nothing may be written."""

    files: tuple[Mended, ...]
    findings: Findings = ()
    refusal: Message | None = None


def mend_plan(folder: Path, only: Collection[str]) -> Mending:
    """Correct the files of a plan in memory; those named in `only`, or all of them. Nothing is written.

    Raises:
        UnreadableError: the folder holds no plan.
    """
    if not (folder / TARGETS).is_file():
        return Mending((), read_plan(folder)[1])  # which says why
    files: list[Mended] = []
    findings: list[Finding] = []
    data: dict[str, bytes] = {}
    present = [folder / name for name in ALL_FILES if os.path.lexists(folder / name)]  # a pipe or a device is reported
    for path in present:
        try:
            data[path.name] = read_regular(path, folder, LIMITS.size if path.name in BREAKDOWNS else LARGEST)
        except OSError as error:
            return Mending((), (unread("P101", path, error),))
    for path in present:
        if path.name in PLAN_FILES and (not only or path.name in only):
            mended, faults = _mend(path, data[path.name])
            findings += faults
            files += [mended] if mended else []
    changed = {one.path.name: one for one in files if one.changed}
    if not changed:
        return Mending(tuple(files), tuple(findings))
    after = data | {name: one.corrected for name, one in changed.items()}
    refusal = differs(data, after, {name: (one.old, one.new) for name, one in changed.items()})
    return Mending(tuple(files), tuple(findings), refusal)


def _mend(path: Path, data: bytes) -> tuple[Mended | None, Findings]:
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
    return Mended(path, data, text, new, mark + new.encode(encoding), corrections, left), findings


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
