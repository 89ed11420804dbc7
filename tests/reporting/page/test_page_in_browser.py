import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from czurban.reporting.document import Column, Document, DocumentTable, RowGroup, TableCell
from czurban.reporting.formats.html import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

sync = pytest.importorskip("playwright.sync_api", reason="Playwright cannot be loaded", exc_type=ImportError)
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not here", exc_type=ImportError)
PDFTOTEXT = shutil.which("pdftotext")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
Show = Callable[..., "Page"]
EVIL = "<script>document.title='obeyed'</script>"


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with sync.sync_playwright() as driver:
        try:
            started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        except sync.Error as error:
            pytest.skip(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture(scope="module")
def file(whole: Callable[..., Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(as_html(whole()))
    return path


@pytest.fixture
def show(browser: "Browser") -> "Iterator[Show]":
    """Open a page; afterwards nothing may have been complained of, and nothing asked for."""
    messages, asked, contexts = [], [], []

    def opened(path: Path, place: str = "", **how: object) -> "Page":
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **how}))
        page = contexts[-1].new_page()
        page.set_default_timeout(600_000)  # ms; only a page that hangs takes them
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.goto(path.as_uri() + place)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert messages == []
    assert [url for url in asked if not url.startswith("data:")] == asked[:1] * len(contexts)


SHOWN = "[...document.querySelectorAll('tr[data-about]')].filter((row) => row.checkVisibility())"


def about(page: "Page") -> list[str]:
    return page.evaluate(f"[...new Set({SHOWN}.map((row) => row.dataset.about))]")


def test_filters_narrow_together_and_are_cleared(show: Show, file: Path) -> None:
    page = show(file)
    assert len(about(page)) == 52
    category, lead, verdict = (page.locator("select").nth(n) for n in range(3))
    verdict.select_option("未达标")
    assert len(about(page)) == 6
    lead.select_option("市公安局")
    assert about(page) == ["settled_in_towns_total", "settled_in_towns_added"]
    assert "2" in page.locator("output").inner_text()
    category.select_option("基础设施")
    assert about(page) == []
    assert (
        page.locator("p:visible", has_text="没有可列出的内容。").count() == page.locator(".scroll[hidden]").count() > 0
    )
    page.locator(".bar button").click()
    assert len(about(page)) == 52
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_one_of_two_leads_is_enough(show: Show, file: Path) -> None:
    page = show(file)
    page.locator("select").nth(1).select_option("市文化广电体育旅游局")
    assert len(about(page)) == 3
    assert page.evaluate(f"{SHOWN}.every((row) => row.textContent.includes('市民政局'))")


GAPS = """() => {
    const titles = [...document.querySelectorAll('#part-2 thead th')].map((cell) => cell.textContent.trim());
    const at = titles.findIndex((title) => title.startsWith('差距'));
    return [...document.querySelectorAll('#part-2 tr[data-about]')].map((row) => row.cells[at].textContent.trim());
}"""


def test_a_column_sorts_up_down_and_back_from_the_keyboard(show: Show, file: Path) -> None:
    page = show(file)
    before = page.evaluate(GAPS)
    button = page.locator("#part-2 thead button", has_text="差距")
    button.focus()
    for key, way in (("Enter", 1), ("Space", -1)):
        page.keyboard.press(key)
        gaps = page.evaluate(GAPS)
        numbers = [float(text) for text in gaps if text != "—"]
        assert numbers == sorted(numbers, key=lambda number: way * number)
        assert gaps[-1] == "—"
        assert len(gaps) == 25
    assert page.locator("#part-2 th[aria-sort]").get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert page.evaluate(GAPS) == before
    assert page.locator("[aria-sort]").count() == 0


def test_sorting_keeps_the_filter_and_numbers_in_words_sort_as_numbers(show: Show, file: Path) -> None:
    page = show(file)
    page.locator("select").nth(2).select_option("未达标")
    page.locator("#part-3 thead button").first.click()
    assert len(about(page)) == 6
    page.locator(".bar button").click()
    numbers = page.evaluate(
        "[...document.querySelectorAll('#part-3 tr[data-about] td:first-child')].map((c) => c.innerText)"
    )
    assert numbers == sorted(numbers, key=lambda text: int(text.removeprefix("任务")))


def test_a_link_shows_its_row_whatever_is_filtered(show: Show, file: Path) -> None:
    page = show(file, "#green_building_share")
    assert page.locator("tr:target").get_attribute("id") == "green_building_share"
    assert 0 < page.locator("tr:target").evaluate("(row) => row.getBoundingClientRect().top") < 900
    page.locator("select").nth(2).select_option("达标")
    page.evaluate("location.hash = '#settled_in_towns_total'")
    page.wait_for_function("document.getElementById('settled_in_towns_total').checkVisibility()")
    assert len(about(page)) == 52


@pytest.mark.parametrize(
    "how",
    [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}, {"java_script_enabled": False}],
    ids=["light", "dark", "phone", "no script"],
)
def test_the_page_is_whole_and_never_wider_than_the_screen(show: Show, file: Path, how: dict[str, object]) -> None:
    page = show(file, **how)
    box = page.locator("main").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    assert page.locator("tr[data-about]:visible").count() >= 52
    assert page.locator(".bar").is_visible() == how.get("java_script_enabled", True)
    if how.get("java_script_enabled", True):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        violations = axe.Axe().run(page).response["violations"]
        assert [each["id"] for each in violations if each["impact"] in {"serious", "critical"}] == []


def test_markup_in_a_name_is_text(show: Show, tmp_path: Path) -> None:
    rows = tuple(
        (TableCell(name, anchor=f"a{n}"), TableCell(name, facets=(name,))) for n, name in enumerate((EVIL, "b"))
    )
    path = tmp_path / "evil.html"
    path.write_bytes(
        as_html(Document((DocumentTable((Column("n", main=True), Column("who")), (RowGroup(EVIL, rows),)),)))
    )
    page = show(path)
    page.locator("select").select_option(EVIL)
    assert page.title() == "czurban"
    assert about(page) == ["a0"]
    assert page.locator("td:visible").inner_text() == EVIL


def test_on_paper_there_are_no_controls_but_the_filter_is_named(show: Show, file: Path) -> None:
    page = show(file)
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    page.emulate_media(media="screen")
    page.locator("select").nth(2).select_option("未达标")
    page.emulate_media(media="print")
    assert page.locator("output").is_visible()
    assert page.locator(".bar").inner_text().count("未达标") == 1
    assert not page.locator(".bar button").is_visible()


@pytest.mark.skipif(PDFTOTEXT is None, reason="there is no pdftotext here")
def test_on_paper_every_sheet_of_a_table_has_its_head(show: Show, file: Path, tmp_path: Path) -> None:
    show(file).pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert PDFTOTEXT is not None
    printed = subprocess.run([PDFTOTEXT, "-layout", tmp_path / "page.pdf", "-"], capture_output=True, check=True).stdout
    sheets = printed.decode().split("\f")
    rows = re.compile("[✓✗] ")
    assert len(sheets) > 5
    assert [sheet for sheet in sheets if rows.search(sheet) and "完成率" not in sheet] == []
