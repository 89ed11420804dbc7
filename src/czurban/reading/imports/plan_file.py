"""Write a YAML file of a plan, where what a person has to decide is a comment above its line, and a finding."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from czurban.model.faults import TO_DECIDE, finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.text import one_line
from czurban.reading.autofix.edits import write_scalar
from czurban.reading.imports.draft import Decision

Translate = Callable[[Message], str]
Value = str | int | Sequence[str] | Mapping[str, "Value | None"]
"""A text, a number or a truth value, a list, or a mapping of which keys without a value are left out."""
_WIDTH = 116
_WORDS = re.compile(r"[A-Za-z][\w()/.%-]*(?: [\w()/.%-]+)*")


@dataclass(slots=True)
class PlanFile:
    """A file while it is written: its lines, and by their indices what is open in them, at a column each."""

    name: str
    translate: Translate
    lines: list[str] = field(default_factory=list)
    open: dict[int, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def comment(self, text: Message | str, indent: int = 0) -> None:
        """Write a comment, in as many lines as it needs."""
        self.lines += _comment(self.translate(text) if isinstance(text, Message) else one_line(text), indent)

    def line(self, text: str, column: int, decisions: Sequence[Decision]) -> None:
        """Write a line with what is to be decided at a column of it."""
        place = Place(self.name, column=column)
        for each in decisions:
            self.open[len(self.lines)].append(finding(TO_DECIDE, place, each.message, each.hint))
        self.lines.append(text)

    def entry(self, pairs: Mapping[str, Value | None], decisions: Sequence[Decision], begin: str = "  ") -> None:
        """Write an entry, a key on each line and the first one behind `begin`; a key without a value only if open."""
        for key, value in pairs.items():
            here = [each for each in decisions if each.key == key]
            if value is not None or here:
                text = "" if value is None else as_yaml(value)
                self.line(f"{begin}{key}: {text}".rstrip(), len(begin) + 1, here)
                begin = " " * len(begin)

    def rendered(self, folder: str, faults: Sequence[Finding]) -> tuple[str, list[Finding]]:
        """Return the text with the comments of what is open, and a finding for each.

        Faults are at lines of the text without them, and are open as well, where nothing else is in their line.
        """
        by_line = defaultdict(list)
        for fault in faults:
            if fault.place and fault.place.file == self.name:
                by_line[fault.place.line or 1].append(fault)
        lines: list[str] = []
        findings: list[Finding] = []
        added = 0
        for n, line in enumerate(self.lines):
            asked = self.open.get(n) or by_line[len(lines) - added + 1]
            comments = [text for each in asked for text in _comment(self._to_decide(each), _indent(line))]
            added += 0 if n in self.open else len(comments)
            lines += [*comments, line]
            for each in asked:
                place = Place(f"{folder}/{self.name}", len(lines), each.place and each.place.column)
                findings.append(finding(TO_DECIDE, place, each.message, each.hint))
        return "\n".join(lines) + "\n", findings

    def _to_decide(self, each: Finding) -> str:
        what = " ".join(self.translate(part) for part in (each.message, each.hint) if part)
        return self.translate(say("TO DECIDE: {what}", what=re.sub(r"(?<=[。！？]) ", "", what)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def as_yaml(value: Value) -> str:
    """Return a value as YAML in one line; a text is plain where that is safe, as English words with blanks are."""
    match value:
        case str():
            line = one_line(value)
            return line if _WORDS.fullmatch(line) else write_scalar(line)
        case int():
            return str(value).lower()
        case Mapping():
            return "{" + ", ".join(f"{key}: {as_yaml(each)}" for key, each in value.items() if each is not None) + "}"
        case _:
            return f"[{', '.join(map(as_yaml, value))}]"


def _comment(text: str, indent: int) -> Iterator[str]:
    """Yield a comment in lines of at most so many columns, of which a Chinese character takes two."""
    line, used = "", 0
    for word in re.findall(r"[\x21-\x7e]+ ?|.", text):
        size = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word)
        if line and used + size > _WIDTH - indent and not re.match(r"[，。；：、）”》！？]", word):
            yield f"{' ' * indent}# {line.rstrip()}"
            line, used = "", 0
        line, used = line + word, used + size
    yield f"{' ' * indent}# {line.rstrip()}"
