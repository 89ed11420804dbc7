import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from czurban.reporting.document import (
    Block,
    Bullet,
    Code,
    Column,
    Document,
    DocumentTable,
    Heading,
    Item,
    Items,
    Paragraph,
    RowGroup,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.formats.html import as_html

WholeReport = Callable[..., Document]
VOID = {"meta", "link", "br", "hr", "input"}


class Page(HTMLParser):
    """What stands in a page: its tags in order, and the text of what a reader sees."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Code():
                yield block.text
            case Items():
                yield from (part.text for part in block.items)
                yield from (below.text for part in block.items for below in part.below)
            case DocumentTable():
                yield from (part.title for part in block.columns)
                yield from (part.title for part in block.groups)
                yield from (cell.text for group in block.groups for row in group.rows for cell in row)


def one_row(*cells: TableCell, columns: tuple[Column, ...] | None = None) -> Document:
    return Document(
        (DocumentTable(columns or tuple(Column(f"c{n}") for n in range(len(cells))), (RowGroup("", (cells,)),)),)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_the_document_says_is_on_the_page(whole: WholeReport, language: str) -> None:
    document = whole(language)
    page = Page(as_html(document))
    rest = page.text
    assert [text for text in texts(document.blocks) if text not in rest] == []
    assert page.open == []
    rows = sum(
        len(group.rows) for block in document.blocks if isinstance(block, DocumentTable) for group in block.groups
    )
    assert sum("data-about" in row for row in page.all("tr")) <= rows < len(page.all("tr"))


def test_the_page_says_its_language(whole: WholeReport) -> None:
    assert [Page(as_html(whole(code))).all("html") for code in ("zh", "en")] == [[{"lang": "zh-CN"}], [{"lang": "en"}]]


def test_the_page_fetches_nothing(whole: WholeReport) -> None:
    data = as_html(whole()).decode()
    assert re.findall(r"\b(?:https?|ftp)://|url\(|@import|\bsrc=|srcset", data) == []
    hrefs = [tag["href"] for _, tag in Page(data.encode()).tags if "href" in tag]
    assert {href[:1] for href in hrefs if href != "data:,"} == {"#"}


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(whole: WholeReport) -> None:
    data = as_html(whole()).decode()
    policy = next(tag["content"] for tag in Page(data.encode()).all("meta") if tag.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", data, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not [tag for tag in Page(data.encode()).tags if "style" in tag[1] or any(a.startswith("on") for a in tag[1])]


def test_the_same_document_gives_the_same_bytes(whole: WholeReport) -> None:
    assert as_html(whole()) == as_html(whole())


def test_the_page_of_52_quantities_is_light(whole: WholeReport) -> None:
    assert len(as_html(whole())) < 400_000


def test_every_indicator_has_one_place_that_links_lead_to(whole: WholeReport) -> None:
    page = Page(as_html(whole()))
    ids = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(ids) == len(set(ids))
    assert {tag["href"][1:] for tag in page.all("a")} <= set(ids)
    assert len({row["data-about"] for row in page.all("tr") if "data-about" in row} & set(ids)) == 52


EVIL = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></style></script>",
    "{{ 7*7 }}",
    "&lt;",
]


@pytest.mark.parametrize("text", EVIL)
def test_text_stays_text_wherever_it_stands(text: str) -> None:
    row = (
        TableCell(text, anchor="a", facets=(text,)),
        TableCell(text, chart=Strip(((text, 2, Tone.BAD),))),
        TableCell(text, link=text),
    )
    other = (TableCell("x", facets=("x",)), TableCell(), TableCell())
    columns = (Column(text, main=True), Column(text), Column(text))
    table = DocumentTable(columns, (RowGroup(text, (row, other)), RowGroup("y", ())), text)
    blocks = (Heading(text), Heading(text, 2), Heading(text, 3), Paragraph(text), table, Code(text))
    page = Page(as_html(Document((*blocks, Items((Item(text, (Item(text),)),))))))
    assert page.open == []
    assert page.text.count(text) >= 15
    assert len(page.all("script")) == len(page.all("style")) == 1
    assert page.all("img") == []
    assert [json.loads(tag["data-f"]) for _, tag in page.tags if "data-f" in tag] == [[text], ["x"]]
    assert [tag["href"][:2] for tag in page.all("a") if not tag["href"].startswith("#")] == ["./"]


def test_control_characters_are_shown_and_not_obeyed() -> None:
    data = as_html(one_row(TableCell("a\x00b\u202ec", facets=("a\x00b",)), TableCell("d", facets=("d",)))).decode()
    assert not re.search("[\x00\u202e]", data)
    assert "a␀b�c" in data
    assert '["a␀b"]' in data


def test_numbers_sort_by_their_exact_order() -> None:
    values = [Fraction(1, 3), Fraction(10**30 + 1, 3 * 10**30), None, Fraction(-2), Fraction(1, 3)]
    rows = tuple((TableCell("x", value=value),) for value in values)
    page = Page(as_html(Document((DocumentTable((Column("n", number=True),), (RowGroup("", rows),)),))))
    assert [tag.get("data-o") for tag in page.all("td")] == ["1", "2", None, "0", "1"]


F = Fraction


@pytest.mark.parametrize(
    ("chart", "drawn"),
    [
        (Bullet(F(10), None, F(0), F(5)), {"axis", "zone", "bound", "way", "move", "base", "now"}),
        (Bullet(None, F(10), F(0), None), {"axis", "zone", "bound", "way", "base"}),
        (Bullet(F(10), F(20), None, F(15)), {"axis", "zone", "bound", "now"}),
        (Bullet(F(4), None, None, None), {"axis", "zone", "bound", "way"}),
        (Bullet(None, None, F(1), F(2)), set()),
    ],
)
def test_a_bullet_chart_shows_what_is_known(chart: Bullet, drawn: set[str]) -> None:
    cells = (TableCell("name", chart=chart), TableCell("≥10", value=F(10)))
    data = as_html(one_row(*cells, columns=(Column("n", main=True), Column("Goal", number=True))))
    page = Page(re.sub(rb'<p class="legend".*?</p>', b"", data, flags=re.DOTALL))
    shapes = {tag["class"] for name, tag in page.tags if name in {"path", "rect", "circle"}}
    assert shapes == drawn
    assert [tag["aria-label"] for tag in page.all("svg")] == (["Goal ≥10"] if drawn else [])


@pytest.mark.parametrize(("actual", "side"), [(F(9), -1), (F(11), 1)])
@pytest.mark.parametrize("baseline", [None, F(0), F(20)])
def test_a_value_stands_on_its_side_of_the_bound(actual: Fraction, side: int, baseline: Fraction | None) -> None:
    data = as_html(one_row(TableCell("name", chart=Bullet(F(10), None, baseline, actual)))).decode()
    bound = float(re.findall(r'class="bound" d="M([\d.]+) ', data)[-1])
    now = float(re.findall(r'class="now" cx="([\d.]+)"', data)[-1])
    assert (now - bound) * side > 0
    assert 0 < now < 150


@pytest.mark.parametrize(
    ("counts", "rects", "width"), [((2, 3), 5, 55), ((0, 1), 1, 11), ((300, 100), 2, 240), ((20, 40), 2, 240)]
)
def test_a_strip_has_a_square_for_each_or_runs_in_proportion(counts: tuple[int, int], rects: int, width: float) -> None:
    chart = Strip((("met", counts[0], Tone.GOOD), ("missed", counts[1], Tone.BAD)))
    data = as_html(one_row(TableCell("name", chart=chart), columns=(Column("n", main=True),))).decode()
    (drawn,) = re.findall(r'<svg class="strip"(.*?)</svg>', data, re.DOTALL)
    assert drawn.count("<rect") == rects
    assert f'width="{width}"' in drawn
    assert f'aria-label="met {counts[0]}, missed {counts[1]}"' in html.unescape(drawn)


def test_an_empty_strip_draws_nothing() -> None:
    assert b"<svg" not in as_html(one_row(TableCell("name", chart=Strip(()))))


def test_what_has_one_name_is_no_filter() -> None:
    rows = tuple((TableCell(name, facets=("a",)), TableCell(name, facets=(name,))) for name in "ab")
    page = Page(as_html(Document((DocumentTable((Column("same"), Column("other")), (RowGroup("", rows),)),))))
    assert [tag["data-facet"] for tag in page.all("select")] == ["other"]
    assert b'role="search"' not in as_html(Document((Paragraph("only text"),)))
