"""Read the comments in a plan's files that mean something.

`# czurban: ignore P214 because …` hides findings, and `# 待定：…` is a decision that an import left open.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Findings, Ignore, Place, did_you_mean, say
from czurban.model.text import nearest
from czurban.reading.plan.files import plan_files
from czurban.reading.sources.opening import read_plan_text
from czurban.reading.yaml.loader import Loader
from czurban.reading.yaml.nodes import Lines, compose, end_of, items_in, pairs_in
from czurban.reading.yaml.tree import read_yaml


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment from its # to the end of its line; `alone` if nothing precedes it. Line and column count from 0."""

    text: str
    line: int
    column: int
    alone: bool


def comments_in(lines: Lines) -> Iterator[Comment]:
    """Yield the comments of a YAML text; a # inside a quoted or block text does not begin one."""
    texts: list[tuple[int, int]] = []
    for token in yaml.scan(lines.text, Loader=Loader):
        if isinstance(token, yaml.ScalarToken):
            begin = token.start_mark.index
            if token.style in ("|", ">"):  # the head of a block text may have a comment
                begin += len(lines.line(lines.of(begin))) - len(lines.up_to(begin))
            texts.append((begin, token.end_mark.index))
    begins = [begin for begin, _ in texts]
    for number, start in enumerate(lines.starts):
        line = lines.line(number).rstrip()
        at = line.find("#")
        while at >= 0 and (before := bisect_right(begins, start + at)) and start + at < texts[before - 1][1]:
            at = line.find("#", at + 1)
        if at >= 0:
            yield Comment(line[at:], number, at, not line[:at].strip())


_IGNORE = re.compile(r"#\s*czurban\s*[:：]\s*ignore\b(?P<rest>.*)", re.IGNORECASE)
_WHY = re.compile(r"(?P<codes>.*?)(?:\bbecause\b|因为)[\s:：]*(?P<reason>.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,，、]+")
_OPEN = re.compile(r"#\s*(?:待定|TO DECIDE)\s*[:：]?\s*(?P<what>.*)", re.IGNORECASE)
_WORDS = ("czurban", "to decide", "待定")
"""One of them is in every comment that means something; the texts of most plans have none."""
_HINT = say("Write `# czurban: ignore P202 because …`, with the reason for it.")


def read_ignores(folder: Path) -> tuple[tuple[Ignore, ...], Findings]:
    """Read the comments of all files of a plan. A file that is not YAML has none; `read_plan` reports it."""
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    for path in plan_files(folder):
        text = (read_plan_text(path)[0] if path.suffix == ".yaml" else None) or ""
        if any(word in text.lower() for word in _WORDS) and read_yaml(str(path), text)[0]:
            in_file, faults = ignores_in(str(path), text)
            ignores += in_file
            findings += [*faults, *open_decisions(str(path), text)]
    return tuple(ignores), tuple(findings)


def ignores_in(file: str, text: str) -> tuple[list[Ignore], list[Finding]]:
    """Read the comments in a text that `read_yaml` accepted."""
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    lines = Lines(text)
    for comment in comments_in(lines):
        if not (match := _IGNORE.fullmatch(comment.text)):
            continue
        place = Place(file, comment.line + 1, comment.column + 1)
        why = _WHY.fullmatch(match["rest"])
        known, faults = _codes(why["codes"] if why else match["rest"], place)
        findings += faults
        if why is None or not why["reason"].strip():
            message = say("The comment gives no reason for hiding a finding, so it hides none.")
            findings.append(finding("P114", place, message, _HINT))
        elif known:
            first, last = _covered_lines(comment, lines)
            ignores += [Ignore(code, place, first + 1, last + 1) for code in known]
    return ignores, findings


def open_decisions(file: str, text: str) -> Iterator[Finding]:
    """Report each comment of an open decision, which may go on in the comments below it, at the line it is about."""
    lines = Lines(text)
    comments = list(comments_in(lines))
    for at, comment in enumerate(comments):
        if match := _OPEN.match(comment.text):
            what = [match["what"], *_continued(comments, at)] if comment.alone else [match["what"]]
            line = _first_line(comment, lines)
            column = len(lines.line(line)) - len(lines.line(line).lstrip().removeprefix("- "))
            whole = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])", "", " ".join(what))
            message = say("This is still to be decided: {what}", what=whole or "…")
            yield finding("P160", Place(file, line + 1, column + 1), message, say("Decide it, and delete the comment."))


def _continued(comments: Sequence[Comment], at: int) -> Iterator[str]:
    """Yield the texts of the comments right below one, up to the next that means something itself."""
    for line, comment in enumerate(comments[at + 1 :], comments[at].line + 1):
        if not comment.alone or comment.line != line or _OPEN.match(comment.text) or _IGNORE.match(comment.text):
            return
        yield comment.text.lstrip("# ")


def _codes(text: str, place: Place) -> tuple[list[str], list[Finding]]:
    """Return the codes in a text that may be hidden, and a finding for each that is unknown or may not be."""
    names = [name.upper() for name in _BETWEEN.split(text) if name]
    if not names:
        return [], [finding("P116", place, say("The comment names no code to hide."), _HINT)]
    faults = []
    for name in names:
        if name not in FAULTS:
            hint = did_you_mean(nearest(name, [code for code in FAULTS if code.startswith("P2")])) or _HINT
            faults.append(finding("P116", place, say("There is no finding “{code}”.", code=name), hint))
        elif not name.startswith("P2"):
            message = say("{code} cannot be hidden: only findings on the content of a plan (P2…) can.", code=name)
            faults.append(finding("P116", place, message, say("Correct what it reports.")))
    return [name for name in names if name in FAULTS and name.startswith("P2")], faults


def _covered_lines(comment: Comment, lines: Lines) -> tuple[int, int]:
    """Return the first and last line that a comment applies to.

    That is its own line, or for a comment that stands alone, the entry that begins in the next line with content.
    """
    first = _first_line(comment, lines)
    spans = _spans(compose(lines.text), lines) if first != comment.line else ()
    return first, max((last for begin, last in spans if begin == first), default=first)


def _first_line(comment: Comment, lines: Lines) -> int:
    """Return the line that a comment applies to, or begins to: its own, or the next one with content."""
    if not comment.alone:
        return comment.line
    following = range(comment.line + 1, len(lines.starts))
    kept = (n for n in following if lines.line(n).strip() and not lines.line(n).lstrip().startswith("#"))
    return next(kept, comment.line)


def _spans(node: yaml.Node, lines: Lines) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of every entry of a list and every key with its value, at any depth."""
    parts = [(key, value) for _, key, value in pairs_in(node)] + [(item, item) for item in items_in(node)]
    for begin, value in parts:
        first = lines.of(begin.start_mark.index)
        yield first, max(first, lines.of(max(end_of(value, lines.text) - 1, 0)))
        yield from _spans(value, lines)
