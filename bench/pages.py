"""The pages that docs/explanation/benchmarks.json makes, and whether they are current (`--check`)."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import results
import scale
import tables
from comparison import OWN_PATIENCE
from contenders import ALL, OF_RECORDS, Contender
from environments import ROOT

RESULTS = ROOT / "docs" / "explanation" / "benchmarks.json"
PAGE = ROOT / "docs" / "explanation" / "benchmarks.md"
SCALE = ROOT / "docs" / "explanation" / "scale.md"
CHINESE = ROOT / "docs" / "zh" / "explanation"
CHINESE_TEXT = Path(__file__).with_name("benchmarks-text-zh.md")
_MADE = "<!-- Made from benchmarks.json by bench/pages.py; write by hand between the marks of words alone. -->"
_WORDS = re.compile(r"<!-- words -->\n(.*?)<!-- /words -->", re.DOTALL)


def page(found: results.Results, words: str) -> str:
    """The page of the comparison; `words` are the part that is written by hand."""
    machine = ", ".join(f"{name} {value}" for name, value in found.machine.items())
    rounds = "one round" if found.rounds == 1 else f"{found.rounds} rounds"
    parts = [
        _MADE,
        "",
        "# Measured",
        "",
        "```sh",
        "make bench-peers",
        "```",
        "",
        "wrote this page. Every figure is of whole processes, from start to end, that went one after the other over",
        f"the same files, which were in memory, in {rounds}: the median of the seconds, and the most",
        "memory that all processes of a run held at one time. “× scan” is the median, over the rounds, of the seconds",
        "against DuckDB's bare count and sum of the same file, which judges nothing. Who takes more than 20 seconds",
        f"went once, and who takes more than {found.seconds:.0f} was stopped, czurban itself after {OWN_PATIENCE}",
        "times as many. All figures in the files are made up",
        "(`bench/large_data.py`): regions by the shipped plan's 52 indicators, for one year. “Kept” and “not kept”",
        "are the values on either side of their bounds; “not read” are those that were no number to a tool, and for",
        "czurban also the targets of a region that no row reports.",
        "",
        f"Measured on: {machine}.",
        "",
        f"<!-- words -->\n{words}<!-- /words -->",
        "",
        "## What was aimed at",
        "",
        *tables.limits(found),
    ]
    for label, (rows, size) in found.tables.items():
        parts += ["", f"## {tables.title(label, rows, size)}", "", *tables.measured(found, label)]
    parts += ["", "## How each was asked", ""]
    parts += [f"- **{one.title}.** {_told(one)}" for one in (*ALL, *OF_RECORDS) if one.told]
    parts += ["", "## Versions", "", *tables.versions(found)]
    return "\n".join(parts) + "\n"


def chinese_page(found: results.Results) -> str:
    """The Chinese page of the comparison: a text with slots for the machine, the rounds and the tables."""
    measured: list[str] = []
    for label, (rows, size) in found.tables.items():
        measured += ["", f"## {tables.title(label, rows, size, 'zh')}", "", *tables.measured(found, label, "zh")]
    return CHINESE_TEXT.read_text(encoding="utf-8").format(
        **{name: found.machine[name] for name in ("processor", "cores", "memory", "system", "Python")},
        rounds=found.rounds,
        seconds=f"{found.seconds:.0f}",
        patience=OWN_PATIENCE,
        limits="\n".join(tables.limits(found, "zh")),
        measured="\n".join(measured).strip("\n"),
        versions="\n".join(tables.versions(found, "zh")),
    )


def _told(one: Contender) -> str:
    """What a script says of itself, without the name it begins with."""
    text = one.told.partition(": ")[2]
    return text[:1].upper() + text[1:]


def words() -> str:
    """What stands between the marks of the page as it is; empty where there is no page yet."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    found = _WORDS.search(text)
    return found[1] if found else ""


def limits(found: results.Results) -> str:
    """The table of limits, for a terminal."""
    return "\n".join(tables.limits(found))


def texts(found: results.Results) -> Mapping[Path, str]:
    """The text of each page."""
    return {
        PAGE: page(found, words()),
        SCALE: scale.page(found),
        CHINESE / "benchmarks.md": chinese_page(found),
        CHINESE / "scale.md": scale.page(found, "zh"),
    }


def write(found: results.Results) -> None:
    """Write the pages."""
    for path, text in texts(found).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make the benchmark's pages from docs/explanation/benchmarks.json.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    checking: bool = parser.parse_args(arguments).check
    found = results.load(RESULTS)
    stale = False
    for path, text in texts(found).items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale = True
        if not checking:
            path.write_text(text, encoding="utf-8", newline="\n")
        shown = path.relative_to(ROOT)
        told = f"{shown} is not current; run `make docs`." if checking else f"Wrote {shown}."
        print(told, file=sys.stderr if checking else sys.stdout)
    return int(stale and checking)


if __name__ == "__main__":
    sys.exit(main())
