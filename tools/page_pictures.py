"""Draws the pictures of reports in docs/images, from the figures in examples/actuals-2019.csv; a function a picture.

It needs the Chromium of the system, for paper also pdftoppm. `make pictures` runs it.
"""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import czurban
from czurban.cli.app import run
from czurban.reporting.document import Document
from czurban.reporting.documents.records import Origin
from czurban.reporting.documents.whole import whole_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
RESULTS = "#part-2"
"""The section of the main indicators."""


def document() -> Document:
    """Compose the whole report, as if made on a day that stays the same."""
    with contextlib.chdir(ROOT):  # the page names its files as they are named here
        plan = czurban.read_plan("data")
        judged = czurban.check(plan, "examples/actuals-2019.csv").assessment
    return whole_report(judged, Origin("2020-01-15 09:00"), Translator("zh"), scope=lambda _: True)


def page_desktop(browser: Browser, page: Path) -> None:
    """Draw the top of the page on a desk's screen."""
    _screen(browser, page.as_uri(), "page-desktop.png", 1280, 900)


def page_phone(browser: Browser, page: Path) -> None:
    """Draw the main indicators on a phone."""
    _screen(browser, page.as_uri() + RESULTS, "page-phone.png", 390, 844)


def page_dark(browser: Browser, page: Path) -> None:
    """Draw the main indicators on a dark screen."""
    _screen(browser, page.as_uri() + RESULTS, "page-dark.png", 1280, 900, dark=True)


def page_print(browser: Browser, page: Path) -> None:
    """Draw the page's second sheet on paper."""
    opened = browser.new_page()
    opened.goto(page.as_uri())
    sheets = page.with_suffix(".pdf")
    opened.pdf(path=sheets, prefer_css_page_size=True)
    opened.close()
    draw = (_program("pdftoppm"), "-r", "90", "-f", "2", "-l", "2", "-singlefile", "-png")
    subprocess.run([*draw, str(sheets), str(IMAGES / "page-print")], check=True)


def site_start(browser: Browser, folder: Path) -> None:
    """Draw the start page of a site."""
    with contextlib.chdir(ROOT):
        call = ["site", "examples/actuals-2019.csv", "--plan", "data", "-o", str(folder), "--lang", "zh"]
        if code := run(call):
            raise SystemExit(code)
    _screen(browser, (folder / "index.html").as_uri(), "site.png", 1280, 900)


def _screen(browser: Browser, place: str, name: str, width: int, height: int, *, dark: bool = False) -> None:  # noqa: PLR0913
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page.goto(place)
    page.screenshot(path=IMAGES / name)
    page.close()


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        missing = f"The pictures need {' or '.join(names)}; install it first."
        raise SystemExit(missing)
    return found


def main() -> None:
    """Draw them all."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = Path(folder) / "report.html"
        page.write_bytes(render(document(), "html"))
        browser = driver.chromium.launch(
            executable_path=_program("chromium", "chromium-browser", "google-chrome"), args=["--no-sandbox"]
        )
        for draw in (page_desktop, page_phone, page_dark, page_print):
            draw(browser, page)
        site_start(browser, Path(folder) / "site")
        browser.close()


if __name__ == "__main__":
    main()
