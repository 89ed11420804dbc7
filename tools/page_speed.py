"""Measures a page of `czurban report`: how heavy it is, and how soon Chromium lets its reader use it.

    .venv/bin/python tools/page_speed.py report.html

A page is ready when its script has made its filters, heads and links work, which is the last thing the script does. The
time counts from the start of the visit; the same for an empty page, visited in turn in the same browser, tells how much
of it is the browser's own. The middle of eleven visits is told, each in a context of its own, and the shortest, which
other work on the machine has held up least.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

VISITS = 11
EMPTY = "<!doctype html><title>empty</title><p>空</p><script>performance.mark('ready')</script>"


def visit(browser: Browser, page: Path) -> float:
    """Open a page once and tell after how many milliseconds it was ready."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(page.as_uri())
    ready = float(opened.evaluate("performance.getEntriesByName('ready')[0].startTime"))
    context.close()
    return ready


def main() -> None:
    """Measure the page named on the command line."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the page
        raise SystemExit("Name the page: tools/page_speed.py report.html")
    page = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        empty = Path(folder) / "empty.html"
        empty.write_text(EMPTY, encoding="utf-8")
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        visit(browser, empty)
        pairs = [(visit(browser, page), visit(browser, empty)) for _ in range(VISITS)]
        browser.close()
    ready, own = (f"{statistics.median(all_):.0f} ms (least {min(all_):.0f})" for all_ in zip(*pairs, strict=True))
    print(f"{page.stat().st_size / 1000:.0f} kB; ready after {ready}; an empty page after {own}")


if __name__ == "__main__":
    main()
