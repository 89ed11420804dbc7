"""Draws docs/output.svg and the screens in docs/images from what the program prints; they name no font to be fetched.

Every character gets its own place on the grid of the terminal, so that Chinese and Latin text stay in their columns
whatever font a reader has; rich's own export gives a Chinese character half of its width.
"""

import contextlib
import csv
import datetime as dt
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

import czurban
from czurban.app.assessing import find_figures
from czurban.app.collection import StatusOptions, status, write_forms
from czurban.app.destination import Destination
from czurban.model.assessment import Assessment
from czurban.reporting.document import Document, Page
from czurban.reporting.documents.check import check_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

ROOT = Path(__file__).parents[1]
WIDTHS = (60, 80, 100, 120, 160)
"""The widths of terminals that the screen is looked at in."""
WIDTH, NARROW, CHAR, LINE, EDGE = 118, 84, 8.4, 20, 16
SENT = dt.datetime(2020, 1, 10, 9).timestamp()  # noqa: DTZ001 - the status shows the time of the place
COLOURS = {"color(2)": "#4cc38a", "color(1)": "#ff7b72", "color(6)": "#56b6c2", "color(5)": "#d2a8ff", "dim": "#8b949e"}


def draw(text: Text, columns: int) -> str:
    """Turn styled text into an SVG as wide as a terminal of so many columns."""
    lines = list(text.split("\n"))
    body = "".join(_line(line, EDGE + LINE * (n + 0.75)) for n, line in enumerate(lines))
    width, height = columns * CHAR + 2 * EDGE, LINE * len(lines) + 2 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-size="14" fill="#e6edf3" '
        'font-family="Menlo, Consolas, DejaVu Sans Mono, Noto Sans Mono CJK SC, monospace">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#0d1117"/>\n{body}</svg>\n'
    )


def _line(line: Text, y: float) -> str:
    column, parts = 0, []
    for text, style in _runs(line):
        places = []
        for char in text:
            if char != " ":  # SVG folds spaces, and would shift the places of what follows
                places.append(f"{EDGE + column * CHAR:g}")
            column += cell_len(char)
        if places:
            shown = escape(text.replace(" ", ""))
            parts.append(f'<text y="{y:g}" x="{" ".join(places)}"{_look(style)}>{shown}</text>\n')
    return "".join(parts)


def _runs(line: Text) -> Iterator[tuple[str, str]]:
    cuts = sorted({0, len(line), *(at for span in line.spans for at in (span.start, span.end))})
    for start, end in pairwise(cuts):
        yield line.plain[start:end], " ".join(str(s.style) for s in line.spans if s.start <= start < s.end)


def _look(style: str) -> str:
    colour = next((f' fill="{code}"' for name, code in COLOURS.items() if name in style), "")
    return colour + (' font-weight="bold"' if "bold" in style else "")


def status_pictures(widths: Iterable[int]) -> Iterator[str]:
    """Draw the status of forms, of which some are filled with the figures of 2019, and some are not there."""
    plan, zh = czurban.read_plan(ROOT / "data"), Translator("zh")
    with (ROOT / "examples" / "actuals-2019.csv").open(encoding="utf-8") as file:
        figures = {row["指标"]: row["数值"] for row in csv.DictReader(file)}
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path("returned")
        write_forms(plan, plan.departments[:12], Destination("csv", folder), zh, single=False, force=True)
        for number, form in enumerate(sorted(folder.iterdir())):
            if number % 4 == 1:
                form.unlink()
            elif number % 4:
                text = form.read_text(encoding="utf-8-sig")
                form.write_text(_filled(text, figures), encoding="utf-8-sig")
            if form.exists():
                os.utime(form, (SENT, SENT))
        outcome = status(plan, find_figures([folder]), StatusOptions())
        for width in widths:
            yield draw(_printed(outcome.compose(zh), width), width)


def _filled(form: str, figures: Mapping[str, str]) -> str:
    rows = list(csv.reader(form.splitlines()))
    for row in rows:
        if len(row) > _VALUE and row[1] in figures:
            row[_VALUE] = figures[row[1]]
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


_VALUE = 6
"""The column of a form that a department fills in."""


def _printed(document: Document, width: int) -> Text:
    printed = render(document, "text", Page(width, colour=True)).decode().replace(f"{ROOT}/", "").rstrip()
    return Text.from_ansi(printed)


def screens() -> None:
    """Draw the check of the made-up figures of 2019 at every width, and in English."""
    plan = czurban.read_plan(ROOT / "data")
    judged = czurban.check(plan, ROOT / "examples" / "actuals-2019.csv").assessment
    for lang, widths in {"zh": WIDTHS, "en": (100,)}.items():
        document = check_report(judged, Translator(lang), scope=lambda _: True)
        for width in widths:
            (ROOT / "docs" / "images" / f"check-{lang}-{width}.svg").write_text(
                draw(_printed(document, width), width), encoding="utf-8"
            )


def main() -> None:
    """Judge the 2018 figures and draw the first two categories, the status of forms, and whole screens."""
    plan = czurban.read_plan(ROOT / "data")
    judged = czurban.check(plan, ROOT / "examples" / "actuals-2018.csv", period="2018").assessment
    shown = Assessment(plan, judged.period, judged.results, (), judged.submissions)
    document = check_report(shown, Translator("zh"), scope=lambda one: one.indicator.category in plan.categories[:2])
    (ROOT / "docs" / "output.svg").write_text(draw(_printed(document, WIDTH), WIDTH), encoding="utf-8")
    names = ["status", *(f"status-{width}" for width in WIDTHS)]
    for name, picture in zip(names, status_pictures((NARROW, *WIDTHS)), strict=True):
        (ROOT / "docs" / "images" / f"{name}.svg").write_text(picture, encoding="utf-8")
    screens()


if __name__ == "__main__":
    main()
