"""`# czurban: ignore P214 because …` in a plan's files: which findings it hides, in which lines, and whether it may.

The comments of a YAML text. A # inside a quoted or block text is none, which only the YAML library's tokens tell.

The good and the bad case of each rule, kept beside the program as YAML, for its pages and its tests.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Findings, Ignore, Place, RuleCase, say
from czurban.model.text import nearest
from czurban.reading.plan.files import plan_files
from czurban.reading.sources.opening import decode, read_regular
from czurban.reading.yaml.marked import Loader, read_yaml
from czurban.reading.yaml.nodes import Lines, compose, end_of, items_in, pairs_in, start_of


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line; `alone` if nothing stands before it. Counted from 0."""

    text: str
    line: int
    column: int
    alone: bool


def comments_in(lines: Lines) -> Iterator[Comment]:
    """Find the comments of a text that is YAML."""
    texts = list(_texts(lines))
    for number, start in enumerate(lines.starts):
        line = lines.line(number).rstrip()
        at = line.find("#")
        while at >= 0 and any(begin <= start + at < end for begin, end in texts):
            at = line.find("#", at + 1)
        if at >= 0:
            yield Comment(line[at:], number, at, not line[:at].strip())


def _texts(lines: Lines) -> Iterator[tuple[int, int]]:
    """The spans in which # is a letter like any other: a block text's own head is not among them."""
    for token in yaml.scan(lines.text, Loader=Loader):
        if isinstance(token, yaml.ScalarToken):
            begin, end = token.start_mark.index, token.end_mark.index
            if token.style in ("|", ">"):
                begin += len(lines.line(lines.of(begin))) - len(lines.up_to(begin))
            yield begin, end


_OURS = re.compile(r"#\s*czurban\s*[:：]\s*ignore\b(?P<rest>.*)", re.IGNORECASE)
_WHY = re.compile(r"(?P<codes>.*?)(?:\bbecause\b|因为)[\s:：]*(?P<reason>.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,，、]+")
_HINT = say("Write `# czurban: ignore P202 because …`, with the reason for it.")


def read_ignores(folder: Path) -> tuple[tuple[Ignore, ...], Findings]:
    """Read the comments of all files of a plan. A file that is no YAML has none: its fault is told by `read_plan`."""
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    for path in plan_files(folder):
        if path.suffix != ".yaml":
            continue
        try:
            data = read_regular(path, folder)
        except OSError:  # `read_plan` reports it
            continue
        decoded = decode(data) if b"czurban" in data.replace(b"\0", b"").lower() else None
        if decoded and read_yaml(str(path), decoded.text)[0]:
            found, faults = ignores_in(str(path), decoded.text)
            ignores += found
            findings += faults
    return tuple(ignores), tuple(findings)


def ignores_in(file: str, text: str) -> tuple[list[Ignore], list[Finding]]:
    """Find the comments in a text that `read_yaml` took."""
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    lines = Lines(text)
    for comment in comments_in(lines):
        if not (ours := _OURS.fullmatch(comment.text)):
            continue
        place = Place(file, comment.line + 1, comment.column + 1)
        why = _WHY.fullmatch(ours["rest"])
        known, faults = _codes(why["codes"] if why else ours["rest"], place)
        findings += faults
        if why is None or not why["reason"].strip():
            message = say("The comment does not say why it hides a finding, and hides none.")
            findings.append(finding("P114", place, message, _HINT))
        elif known:
            first, last = _reach(comment, lines)
            ignores += [Ignore(code, place, first + 1, last + 1) for code in known]
    return ignores, findings


def _codes(text: str, place: Place) -> tuple[list[str], list[Finding]]:
    """The codes it names that may be hidden, and a finding for each that is none or may not."""
    names = [name.upper() for name in _BETWEEN.split(text) if name]
    if not names:
        return [], [finding("P116", place, say("The comment names no code to hide."), _HINT)]
    faults = []
    for name in names:
        if name not in FAULTS:
            near = nearest(name, [code for code in FAULTS if code.startswith("P2")])
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else _HINT
            faults.append(finding("P116", place, say("There is no finding “{code}”.", code=name), hint))
        elif not name.startswith("P2"):
            message = say("{code} cannot be hidden: only what concerns the sense of a plan (P2…) can.", code=name)
            faults.append(finding("P116", place, message, say("Mend what it tells.")))
    return [name for name in names if name in FAULTS and name.startswith("P2")], faults


def _reach(comment: Comment, lines: Lines) -> tuple[int, int]:
    """The lines a comment speaks of: its own, or, if it stands alone, what begins in the next line of substance."""
    if not comment.alone:
        return comment.line, comment.line
    following = range(comment.line + 1, len(lines.starts))
    first = next((n for n in following if lines.line(n).strip() and not lines.line(n).lstrip().startswith("#")), None)
    if first is None:
        return comment.line, comment.line
    ends = [last for begin, last in _spans(compose(lines.text), lines) if begin == first]
    return first, max(ends, default=first)


def _spans(node: yaml.Node, lines: Lines) -> Iterator[tuple[int, int]]:
    """First and last line of every entry of a list and every key with its value, at any depth."""
    parts = [(key, value) for _, key, value in pairs_in(node)] + [(one, one) for one in items_in(node)]
    for begin, value in parts:
        first = lines.of(start_of(begin))
        yield first, max(first, lines.of(max(end_of(value, lines.text) - 1, 0)))
        yield from _spans(value, lines)


FOLDER = Path(__file__).parents[2] / "cases"
PLAN = FOLDER / "plan"
"""A made-up plan without a fault, and figures for it."""
RECORDS = FOLDER / "records"
"""Made-up records for that plan, and metrics over them."""


@cache
def cases() -> Mapping[str, RuleCase]:
    """Every case by its code, in the order of the codes."""
    found: dict[str, RuleCase] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, one in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found[code] = _case(code, one)
    return found


def _case(code: str, one: Mapping[str, Any]) -> RuleCase:
    good, bad = one.get("good", ""), one.get("bad", one.get("whole", ""))
    if repeat := one.get("repeat"):
        before, part, times, behind = repeat
        bad = before + part * times + behind
    changes = {good: bad} if good else {}
    if also := one.get("also"):
        changes[also["good"]] = also["bad"]
    return RuleCase(
        code,
        {"en": one["why"], "zh": one["why_zh"]},
        one["in"],
        good,
        bad,
        one["at"],
        changes,
        one.get("sheets", ()),
        bool(one.get("always")),
        one.get("options", ()),
    )
