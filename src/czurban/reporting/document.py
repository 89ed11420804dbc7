"""Documents before any format: headings, paragraphs, lists and tables with tones."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from czurban.reporting.checks import Checks

Json = None | bool | int | str | Sequence["Json"] | Mapping[str, "Json"]


class Tone(StrEnum):
    """The meaning of a piece of text; a format decides how to show it, and never by colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    QUIET = "quiet"


class Heading(NamedTuple):
    """A title; level 1 is the document's. `sheet` names the workbook sheet of the blocks that follow."""

    text: str
    level: int = 1
    sheet: str = ""


class Role(StrEnum):
    """The part that a paragraph has in a letter; most have none."""

    BODY = "body"
    ADDRESSEE = "addressee"
    SIGNATURE = "signature"


class Strip(NamedTuple):
    """A bar of the parts of a whole: the label, the count and the tone of each part, in order."""

    parts: tuple[tuple[str, int, Tone], ...]


class Paragraph(NamedTuple):
    """One or more sentences. A terminal shows a `bar` before them, and `brief` where the text fits no line of it.

    `link` is a file in the same folder that the text leads to.
    """

    text: str
    tone: Tone = Tone.PLAIN
    role: Role = Role.BODY
    brief: str = ""
    bar: Strip | None = None
    link: str = ""


class Items(NamedTuple):
    """A list; an item may have a list below it.

    In text its entries are numbered only if `numbered` is set. On paper a `dense` list is in small type.
    """

    items: tuple["Item", ...]
    numbered: bool = False
    dense: bool = False


class Item(NamedTuple):
    """One entry of a list."""

    text: str
    below: tuple["Item", ...] = ()


class Bullet(NamedTuple):
    """A bullet chart of one indicator, in its unit: the baseline, the actual value and the bounds of the target."""

    low: Fraction | None
    high: Fraction | None
    baseline: Fraction | None
    actual: Fraction | None


class Gauge(NamedTuple):
    """A bar of the part of a target that is reached, with a mark at the part that is due, both as fractions of 1.

    `bar` draws it with characters, where nothing else can be drawn.
    """

    reached: Fraction
    due: Fraction
    bar: str
    tone: Tone


class TableCell(NamedTuple):
    """A cell of a table. `value` is the number that the text shows; a `chart` is shown next to the text.

    `link` is a file in the same folder. Two fields are for HTML pages: `anchor` is the id of what the row is about, for
    links to it; `facets` are the names that the row can be filtered by in this column. `notes` are the parts of
    the text in a column of notes.
    """

    text: str = ""
    tone: Tone = Tone.PLAIN
    value: Fraction | None = None
    chart: Bullet | Strip | Gauge | None = None
    anchor: str = ""
    facets: tuple[str, ...] = ()
    link: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether the cell has nothing to say."""
        return self.text in {"", "—"}


class Column(NamedTuple):
    """A column. On a narrow page the columns with a `fold` move under the `main` one, the lowest first.

    A terminal leaves out those with a `spare` before that, the lowest first, and names them below the table; a column
    of notes that does not fit is set below the table too.
    """

    title: str
    number: bool = False
    main: bool = False
    fold: int = 0
    spare: int = 0
    note: bool = False


class RowGroup(NamedTuple):
    """Rows under a common title."""

    title: str
    rows: tuple[tuple[TableCell, ...], ...]


class DocumentTable(NamedTuple):
    """A table in groups, of which one may have no title. `by` is the column title where groups become a column.

    Where `prose` is set, paper has a paragraph for each row instead: see `paragraphs_of`.
    """

    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    by: str = ""
    prose: bool = False

    @property
    def rows(self) -> list[tuple[TableCell, ...]]:
        """The rows of all groups."""
        return [row for group in self.groups for row in group.rows]

    def main_of(self, columns: Iterable[int]) -> int:
        """Return the number of the main column among some, else of the first of them."""
        numbers = list(columns)
        return next((i for i in numbers if self.columns[i].main), numbers[0])

    def is_empty(self, index: int) -> bool:
        """Return whether a column says nothing in any row."""
        return all(row[index].is_blank for row in self.rows)


class RowParagraph(NamedTuple):
    """A row of a table as a paragraph: who is concerned, in bold, the main text, and a note below it."""

    number: str
    strong: str
    text: str
    note: str


def paragraphs_of(table: DocumentTable, group: RowGroup) -> Iterator[RowParagraph]:
    """Write the rows of a group as paragraphs: the first column numbers them, the first to fold is in bold."""
    columns = tuple(enumerate(table.columns))
    main = next(i for i, column in columns if column.main)
    strong = [i for i, column in columns if column.fold == 1]
    notes = [i for i, column in columns if column.fold > 1]
    for row in group.rows:
        texts = [f"{table.columns[i].title}：{row[i].text}" for i in notes if not row[i].is_blank]
        names = "、".join(row[i].text for i in strong if not row[i].is_blank)
        yield RowParagraph(row[0].text, f"{names}：" if names else "", row[main].text, "；".join(texts))


def common_in_titles(table: DocumentTable) -> DocumentTable:
    """Move the columns of words that may fold and are the same in all rows of each group into the titles of the groups.

    On paper this saves a line in each row, such as the leads of a task's milestones.
    """
    if not all(group.title and group.rows for group in table.groups) or len(table.groups) == len(table.rows):
        return table
    words = [i for i, column in enumerate(table.columns) if column.fold and not column.number]
    same = [i for i in words if all(len({row[i].text for row in group.rows}) == 1 for group in table.groups)]
    kept = [i for i in range(len(table.columns)) if i not in same]
    groups = (
        RowGroup(
            " ".join([group.title, *(group.rows[0][i].text for i in same if not group.rows[0][i].is_blank)]),
            tuple(tuple(row[i] for i in kept) for row in group.rows),
        )
        for group in table.groups
    )
    return table._replace(columns=tuple(table.columns[i] for i in kept), groups=tuple(groups)) if same else table


class Code(NamedTuple):
    """Lines of a file, shown unchanged."""

    text: str


class LineChart(NamedTuple):
    """A small line chart of figures over time: what was reached, what the path asks for, and the bounds of the target.

    `figures` and `required` have a value or None for each of the `periods`. Formats of text leave it out; the figures
    stand in a table too.
    """

    title: str
    periods: tuple[str, ...]
    figures: tuple[Fraction | None, ...]
    required: tuple[Fraction | None, ...]
    bounds: tuple[Fraction, ...]
    names: tuple[str, str, str]

    @property
    def lines(self) -> tuple[tuple[str, tuple[Fraction | None, ...]], ...]:
        """The lines with their names: the figures, the path if there is one, and a level line for each bound."""
        reached, path, target = self.names
        level = tuple((target, (bound,) * len(self.periods)) for bound in self.bounds)
        required = ((path, self.required),) if any(value is not None for value in self.required) else ()
        return ((reached, self.figures), *required, *level)


Block = Heading | Paragraph | Items | DocumentTable | Code | LineChart


class PageLink(NamedTuple):
    """A link: its text, and an address relative to the page."""

    text: str
    address: str


class Tile(NamedTuple):
    """A number of the headline with its label; a click leads to `address`, if there is one."""

    label: str
    number: str
    tone: Tone
    address: str = ""


class Entry(NamedTuple):
    """A page that the search finds: its title, its address, its group, and all words that it is found by."""

    text: str
    address: str
    group: str
    words: str


class PageFrame(NamedTuple):
    """What a page of a site has around its document.

    `home` is the address of the start page, `links` are the pages of the menu, and `twin` is this page in the other
    language. `pages` are the addresses of pages by the id of an indicator or the name of a department: cells with
    these link to them. The start page has `tiles`, and the `entries` of the search.
    """

    home: PageLink
    links: tuple[PageLink, ...]
    twin: PageLink
    twin_language: str
    pages: Mapping[str, str]
    tiles: tuple[Tile, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def groups(self) -> Mapping[str, Sequence[Entry]]:
        """The entries of the search by their groups, in order."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.group, []).append(entry)
        return groups


class Document(NamedTuple):
    """A report in `language`.

    `screen` makes the blocks for a terminal, if they are not all blocks; `record` makes the content for programs,
    `rows` the main table as one mapping a row, and `checks` the issues and cases, None if nothing is checked. They are
    functions because only some formats need them: a page of text needs no record of 100 000 findings. `frame` is what a
    page of a site has around it, in HTML.
    """

    blocks: tuple[Block, ...]
    record: Callable[[], Mapping[str, Json]] = dict
    rows: Callable[[], Sequence[Mapping[str, Json]]] = tuple
    checks: "Callable[[], Checks] | None" = None
    language: str = "en"
    screen: Callable[[], tuple[Block, ...]] | None = None
    frame: PageFrame | None = None

    @property
    def title(self) -> str:
        """The text of the first heading, empty without one."""
        return next((block.text for block in self.blocks if isinstance(block, Heading)), "")


class Page(NamedTuple):
    """Where text is shown: its width (None: one line a row, as long as it is) and whether it has colours."""

    width: int | None = None
    colour: bool = False
