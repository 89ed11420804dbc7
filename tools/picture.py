"""Draws docs/output.svg, the picture in the README, from what the program prints; it names no font to be fetched.

Every character gets its own place on the grid of the terminal, so that Chinese and Latin text stay in their columns
whatever font a reader has; rich's own export gives a Chinese character half of its width.
"""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

from rich.cells import cell_len
from rich.text import Text

import czurban
from czurban.model.assessment import Assessment
from czurban.reporting.document import Page
from czurban.reporting.documents.check import check_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

ROOT = Path(__file__).parents[1]
WIDTH, CHAR, LINE, EDGE = 118, 8.4, 20, 16
COLOURS = {"color(2)": "#4cc38a", "color(1)": "#ff7b72", "color(6)": "#56b6c2", "color(5)": "#d2a8ff", "dim": "#8b949e"}


def draw(text: Text) -> str:
    """Turn styled text into an SVG."""
    lines = list(text.split("\n"))
    body = "".join(_line(line, EDGE + LINE * (n + 0.75)) for n, line in enumerate(lines))
    width, height = WIDTH * CHAR + 2 * EDGE, LINE * len(lines) + 2 * EDGE
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


def main() -> None:
    """Judge the 2018 figures and draw the first two categories."""
    plan = czurban.read_plan(ROOT / "data")
    judged = czurban.check(plan, ROOT / "examples" / "actuals-2018.csv", period="2018").assessment
    shown = Assessment(plan, judged.period, judged.results, (), judged.submissions)
    document = check_report(shown, Translator("zh"), scope=lambda one: one.indicator.category in plan.categories[:2])
    printed = render(document, "text", Page(WIDTH, colour=True)).decode().replace(f"{ROOT}/", "").rstrip()
    (ROOT / "docs" / "output.svg").write_text(draw(Text.from_ansi(printed)))


if __name__ == "__main__":
    main()
