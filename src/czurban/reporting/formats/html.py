"""Write a document as one HTML page with its style, script and charts inside; it loads nothing."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import SimpleNamespace
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from czurban.model.finding import say
from czurban.model.text import clean
from czurban.reporting.document import (
    Block,
    Bullet,
    Document,
    DocumentTable,
    Gauge,
    Heading,
    LineChart,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.formats.bar_charts import (
    WIDTH,
    BulletPlan,
    GaugePlan,
    StripPlan,
    plan_bullet,
    plan_gauge,
    plan_strip,
)
from czurban.reporting.formats.line_charts import LinePlan, plan_lines
from czurban.words.translator import Translator


@dataclass(frozen=True, slots=True)
class PageCell:
    """A cell with its rank in its column (None without a number) and its chart, which is also described in words."""

    cell: TableCell
    rank: int | None
    bullet: BulletPlan | None
    strip: StripPlan | None
    description: str
    gauge: GaugePlan | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row: `about` is its subject, `id` the target of links on the first row about it, `tone` that of its verdict."""

    cells: tuple[PageCell, ...]
    id: str
    about: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with its rows in groups, the columns it can be filtered by, and the labels of its charts."""

    table: DocumentTable
    groups: tuple[tuple[str, tuple[PageRow, ...]], ...]
    facets: frozenset[int]
    bullets: bool
    parts: tuple[tuple[str, Tone], ...]


class Anchors:
    """The subjects that have a row already: links lead to the first row about a subject."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def first(self, name: str) -> str:
        """Return the name the first time, and nothing afterwards."""
        if name in self._used:
            return ""
        self._used.add(name)
        return name


def page_table(table: DocumentTable, anchors: Anchors, comma: str) -> PageTable:
    """Make a table of the document ready for a page.

    Args:
        table: the table.
        anchors: the subjects that have a row further up the page.
        comma: the separator of lists in the reader's language.
    """
    ranks = [_ranks(column) for column in zip(*_rows(table), strict=True)]
    groups = tuple(
        (group.title, tuple(_row(row, table, ranks, anchors, comma) for row in group.rows)) for group in table.groups
    )
    cells = [cell for row in _rows(table) for cell in row]
    parts = {
        (word, tone): None for cell in cells if isinstance(cell.chart, Strip) for word, _, tone in cell.chart.parts
    }
    return PageTable(
        table,
        groups,
        frozenset(at for row in _rows(table) for at, cell in enumerate(row) if cell.facets),
        any(isinstance(cell.chart, Bullet) for cell in cells),
        tuple(parts),
    )


def facets_of(blocks: Iterable[Block]) -> dict[str, list[str]]:
    """Return what a page can be filtered by: the titles of groups and columns, each with its names in their order."""
    facets: dict[str, dict[str, None]] = {}
    for table in (block for block in blocks if isinstance(block, DocumentTable)):
        if table.by:
            facets.setdefault(table.by, {}).update({group.title: None for group in table.groups if group.title})
        for row in _rows(table):
            for column, cell in zip(table.columns, row, strict=True):
                if cell.facets:
                    facets.setdefault(column.title, {}).update(dict.fromkeys(cell.facets))
    return {title: list(names) for title, names in facets.items() if len(names) > 1}


def _rows(table: DocumentTable) -> list[tuple[TableCell, ...]]:
    return [row for group in table.groups for row in group.rows]


def _ranks(column: Sequence[TableCell]) -> dict[Fraction, int]:
    """Rank the numbers of a column exactly: the page sorts by these ranks, so that no number is rounded."""
    return {
        value: place for place, value in enumerate(sorted({cell.value for cell in column if cell.value is not None}))
    }


def _row(
    row: tuple[TableCell, ...], table: DocumentTable, ranks: Sequence[dict[Fraction, int]], anchors: Anchors, comma: str
) -> PageRow:
    about = next((cell.anchor for cell in row if cell.anchor), "")
    main = next((at for at, column in enumerate(table.columns) if column.main), -1)
    figures = comma.join(
        f"{column.title} {cell.text}"
        for column, cell in list(zip(table.columns, row, strict=True))[main + 1 :]
        if column.number and cell.value is not None
    )
    return PageRow(
        tuple(_cell(cell, order, figures, comma) for cell, order in zip(row, ranks, strict=True)),
        anchors.first(about) if about else "",
        about,
        next((cell.tone for cell in row if cell.tone is not Tone.PLAIN), Tone.PLAIN),
    )


def _cell(cell: TableCell, order: dict[Fraction, int], figures: str, comma: str) -> PageCell:
    rank = None if cell.value is None else order[cell.value]
    match cell.chart:
        case Bullet():
            return PageCell(cell, rank, plan_bullet(cell.chart), None, figures)
        case Strip():
            description = comma.join(f"{word} {count}" for word, count, _ in cell.chart.parts)
            return PageCell(cell, rank, None, plan_strip(cell.chart) if cell.chart.parts else None, description)
        case Gauge():
            return PageCell(cell, rank, None, None, cell.text, plan_gauge(cell.chart))
        case None:
            return PageCell(cell, rank, None, None, "")


_LANGUAGE_TAGS = {"zh": "zh-CN"}
_FOLDER = "html"


@dataclass(frozen=True, slots=True)
class _Section:
    """The blocks between two headings of the second level, or before the first one."""

    id: str
    title: str
    blocks: tuple[tuple[str, Block | PageTable | LinePlan], ...]


def as_html(document: Document) -> bytes:
    """Write a document as a page in UTF-8, which may be one of a site."""
    translate = Translator(document.language)
    title = next((head.text for head in document.blocks if isinstance(head, Heading) and head.level == 1), "czurban")
    style, script = _source("page.css"), _source("page.js")
    if document.frame:
        style, script = f"{style}\n{_source('site.css')}", f"{script}\n{_source('site.js')}"
    page = _environment().get_template("page.html.j2")
    text = page.render(
        language=_LANGUAGE_TAGS.get(document.language, document.language),
        title=title,
        sections=list(_sections(document.blocks, translate(say(", ")))),
        facets=facets_of(document.blocks),
        words=_words(translate),
        frame=document.frame,
        width=WIDTH,
        style=Markup(style),  # noqa: S704 - a file of the package
        script=Markup(script),  # noqa: S704 - as above
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return text.encode()


def _words(translate: Translator) -> SimpleNamespace:
    """Return the labels of the page's controls; not as a mapping, whose methods a template would find first."""
    words = {
        "all": translate(say("any")),
        "filter": translate(say("Filter")),
        "clear": translate(say("Show everything")),
        "shown": translate(say("{shown} of {total} shown", shown="{shown}", total="{total}")),
        "nothing": translate(say("Nothing to list.")),
        "contents": translate(say("Contents")),
        "baseline": translate(say("Baseline")),
        "target": translate(say("Target")),
        "actual": translate(say("Actual")),
        "colon": translate(say(": ")),
        "comma": translate.join(("", "")),
        "search": translate(say("Search")),
        "found": translate(say("{count} found", count="{count}")),
    }
    return SimpleNamespace(**words)


def _sections(blocks: Sequence[Block], comma: str) -> Iterable[_Section]:
    anchors = Anchors()
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004
    for number, (start, end) in enumerate(zip([0, *starts], [*starts, len(blocks)], strict=True)):
        inside = blocks[start:end]
        head = inside[0] if number and isinstance(inside[0], Heading) else None
        rest = [block for block in inside if not (isinstance(block, Heading) and block.level == 1)]
        content = inside[1:] if head else rest
        yield _Section(
            f"part-{number}",  # no id of a plan has a hyphen
            head.text if head else "",
            tuple((_kind(block), _ready(block, anchors, comma)) for block in content),
        )


def _kind(block: Block) -> str:
    """Return the name that the template knows a block by."""
    return "table" if isinstance(block, DocumentTable) else type(block).__name__.lower()


def _ready(block: Block, anchors: Anchors, comma: str) -> Block | PageTable | LinePlan:
    if isinstance(block, LineChart):
        return plan_lines(block)
    return page_table(block, anchors, comma) if isinstance(block, DocumentTable) else block


def _hash(text: str) -> str:
    """Return the hash by which the page's security policy allows this text as its style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("czurban.reporting", _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters["clean"] = clean
    environment.filters["file"] = lambda name: "./" + quote(name, errors="surrogateescape")
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment


def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader is not None  # noqa: S101 - for the types; it is set above
    return environment.loader.get_source(environment, name)[0].replace("\r\n", "\n").rstrip("\n")
