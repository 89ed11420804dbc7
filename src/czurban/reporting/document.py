"""What a report says, before any format: headings, paragraphs, lists and tables, with tones and never colours.

What a check comes to, for programs that show it beside the files: issues at places, cases passed or not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from czurban.model.finding import Place, Severity

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class Tone(StrEnum):
    """How a piece of text is meant; a format decides how to show it, and never by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    QUIET = "quiet"


class Heading(NamedTuple):
    """A title; level 1 is the document's own. `sheet` names the sheet for what follows in a workbook."""

    text: str
    level: int = 1
    sheet: str = ""


class Paragraph(NamedTuple):
    """A sentence or more."""

    text: str
    tone: Tone = Tone.PLAIN


class Items(NamedTuple):
    """A list; an item may have items of its own."""

    items: tuple["Item", ...]


class Item(NamedTuple):
    """One entry of a list."""

    text: str
    below: tuple["Item", ...] = ()


class Bullet(NamedTuple):
    """One indicator as a bullet chart, in its unit: where it began, where it is, and the bounds it has to keep."""

    low: Fraction | None
    high: Fraction | None
    baseline: Fraction | None
    actual: Fraction | None


class Strip(NamedTuple):
    """A whole in its parts, as one bar: how many of each tone, in order, with the word for each."""

    parts: tuple[tuple[str, int, Tone], ...]


class TableCell(NamedTuple):
    """One cell of a table. `value` is the number the text shows; `chart` may stand beside the text, never for it.

    A page that answers its reader has use for three more: `anchor` names what the row is about, so that one can point
    to it; `facets` are the names the row may be filtered by in this column; `link` is a file beside this one.
    """

    text: str = ""
    tone: Tone = Tone.PLAIN
    value: Fraction | None = None
    chart: Bullet | Strip | None = None
    anchor: str = ""
    facets: tuple[str, ...] = ()
    link: str = ""


class Column(NamedTuple):
    """A column. `fold` orders those that may move under `main` on a narrow page: the lowest goes first."""

    title: str
    number: bool = False
    main: bool = False
    fold: int = 0


class RowGroup(NamedTuple):
    """Rows that belong together, under a title of their own."""

    title: str
    rows: tuple[tuple[TableCell, ...], ...]


class DocumentTable(NamedTuple):
    """A table in groups; an untitled group is just rows. `by` says what its groups are, where they become a column."""

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    by: str = ""


class Code(NamedTuple):
    """Lines of a file, spelled as they stand."""

    text: str


Block = Heading | Paragraph | Items | DocumentTable | Code


class Document(NamedTuple):
    """A report in `language`. `record` makes the same for machines, and `rows` its main table flat, one mapping a row.

    `checks` makes what programs show beside files; None where the report holds nothing against anything. All three are
    asked for by their formats alone: a page of text needs no record of 100 000 findings.
    """

    blocks: tuple[Block, ...]
    record: Callable[[], Mapping[str, Json]] = dict
    rows: Callable[[], Sequence[Mapping[str, Json]]] = tuple
    checks: "Callable[[], Checks] | None" = None
    language: str = "en"


class Page(NamedTuple):
    """What the text is for: a width (None: as wide as the text, one row a line), and whether it has colours."""

    width: int | None = None
    colour: bool = False


class CaseOutcome(StrEnum):
    """How a case ended: as a test runner says it."""

    PASSED = "passed"
    FAILED = "failed"
    BROKEN = "broken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is demanded, and how bad it is when it is not met."""

    demand: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to look at. `subject` tells it from others of its rule: no line number, no reader's language."""

    rule: str
    severity: Severity
    message: str
    subject: str
    place: Place | None = None
    hint: str = ""

    @property
    def text(self) -> str:
        """The message, and the hint on a line of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was held against the plan: an indicator, or a file."""

    group: str
    name: str
    outcome: CaseOutcome
    message: str = ""
    details: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases that belong together."""

    name: str
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything of a check: the rules by their ids, the issues, the suites of cases, the tally in lines."""

    language: str
    rules: Mapping[str, Rule] = field(default_factory=dict)
    issues: Sequence[Issue] = ()
    suites: Sequence[Suite] = ()
    tally: Sequence[str] = ()
