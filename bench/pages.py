"""The pages that benchmarks.json and shapes.json in docs/explanation make, and whether they are current (`--check`)."""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import results
import scale
import shapes
import tables
from comparison import OWN_PATIENCE
from contenders import ALL, OF_RECORDS, Contender
from environments import ROOT
from figures import Limit
from goals import goals

RESULTS = ROOT / "docs" / "explanation" / "benchmarks.json"
SHAPES = ROOT / "docs" / "explanation" / "shapes.json"
SPARK = ROOT / "docs" / "explanation" / "spark.json"
PAGE = ROOT / "docs" / "explanation" / "benchmarks.md"
SCALE = ROOT / "docs" / "explanation" / "scale.md"
CHINESE = ROOT / "docs" / "zh" / "explanation"
CHINESE_SHAPES = Path(__file__).with_name("shapes-text-zh.md")
CHINESE_TEXT = Path(__file__).with_name("benchmarks-text-zh.md")
_MADE = (
    "<!-- Made from benchmarks.json and shapes.json by bench/pages.py; write by hand between the marks of words alone."
    " -->"
)
_WORDS = re.compile(r"<!-- words -->\n(.*?)<!-- /words -->", re.DOTALL)


class Found(NamedTuple):
    """What was measured: with other tools, and over shapes; the latter is None where it was not measured yet."""

    peers: results.Results
    shapes: results.Shapes | None = None
    spark: results.Results | None = None

    @property
    def aims(self) -> Sequence[Limit]:
        """Every aim with what was measured of it."""
        return goals(self.shapes.results if self.shapes else None, self.peers)

    @property
    def scaled(self) -> results.Results:
        """The runs that the page of a nation needs."""
        return scale.gathered(self.peers, self.shapes.results if self.shapes else None, self.spark)


def load() -> Found:
    """Read what was measured."""
    return Found(
        results.load(RESULTS),
        results.load_shapes(SHAPES) if SHAPES.exists() else None,
        results.load(SPARK) if SPARK.exists() else None,
    )


def page(found: Found, words: str) -> str:
    """The page of the measurements; `words` are the part that is written by hand."""
    peers = found.peers
    parts = [
        _MADE,
        "",
        "# Measured",
        "",
        "```sh",
        "make bench",
        "make bench-peers",
        "```",
        "",
        "wrote this page: the first the shapes, the small inputs and the aims, the second the comparison with other",
        "tools. Every figure is of whole processes, from start to end, that went one after the other over the same",
        "files, which were in memory: the median of the seconds, and the most memory that all processes of a run held",
        "at one time. “× scan” is the median, over the rounds, of the seconds against DuckDB's bare count and sum of",
        "the same file, which judges nothing. All figures in the files are made up (`bench/large_data.py`): regions by",
        "the shipped plan's 52 indicators, for one year.",
        "",
        f"Measured on: {_machine(peers.machine)}.",
        "",
        f"<!-- words -->\n{words}<!-- /words -->",
        "",
        *(_shapes(found.shapes) if found.shapes else ()),
        "## What was aimed at",
        "",
        *tables.limits(found.aims),
        "",
        "## Compared with other tools",
        "",
        f"Measured in {_rounds(peers.rounds)}. Who takes more than 20 seconds went once, and who takes more than",
        f"{peers.seconds:.0f} was stopped, czurban itself after {OWN_PATIENCE} times as many. “Kept” and “not kept”",
        "are the values on either side of their bounds; “not read” are those that were no number to a tool, and for",
        "czurban also the targets of a region that no row reports.",
    ]
    for label, (rows, size) in peers.tables.items():
        parts += ["", f"### {tables.title(label, rows, size)}", "", *tables.measured(peers, label)]
    if found.spark:
        parts += ["", *_spark(found.spark)]
    parts += ["", "## How each was asked", ""]
    parts += [f"- **{one.title}.** {_told(one)}" for one in (*ALL, *OF_RECORDS) if one.told]
    parts += ["", "## Versions", "", *tables.versions(peers)]
    return "\n".join(parts) + "\n"


def _shapes(found: results.Shapes) -> Sequence[str]:
    return (
        "## Shapes of tables, the worst first",
        "",
        f"One million rows each, in {_rounds(found.results.rounds)}, by",
        "`czurban check TABLE --each-region --format json` (with `--plan` for 1 000 indicators) and by",
        "`bench/peers/duckdb_scan.py`; the last column has the command that makes the table. A shape may take",
        f"{shapes.TIMES:g} times its scan and {shapes.MORE_SECONDS:g} s, less than {shapes.MEBI:.0f} MiB, and",
        f"{shapes.GROWTH:g} times the time of a tenth of its rows.",
        f"Measured on: {_machine(found.results.machine)}.",
        "",
        *tables.of_shapes(found),
        "",
        "## Small inputs, the nearest to its limit first",
        "",
        "Each against a run that went in turn with it: a Python that imports typer, yaml, rich.table and pydantic's",
        "BaseModel, PyYAML's loading of the same plan, or the check of 25 rows. FOLDER has what `bench/small.py` made.",
        "",
        *tables.of_small(found),
        "",
    )


def _spark(found: results.Results) -> Sequence[str]:
    return (
        "## Spark Connect",
        "",
        "`python bench/spark.py 10M --write` measured DuckDB and Spark over the same Parquet, in",
        f"{_rounds(found.rounds)} after one that does not count. The time of Spark is that of the command, its",
        "processor time and memory those of the command and the server. The server, its executors of one core each and",
        "the command share two cores, so that two executors show that the work is divided, and not what a second",
        "machine would bring.",
        "",
        *tables.of_spark(found),
    )


def _machine(machine: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in machine.items())


def _rounds(rounds: int) -> str:
    return "one round" if rounds == 1 else f"{rounds} rounds"


def chinese_page(found: Found) -> str:
    """The Chinese page of the measurements: a text with slots for the machine, the rounds and the tables."""
    measured: list[str] = []
    peers = found.peers
    for label, (rows, size) in peers.tables.items():
        measured += ["", f"### {tables.title(label, rows, size, 'zh')}", "", *tables.measured(peers, label, "zh")]
    return CHINESE_TEXT.read_text(encoding="utf-8").format(
        **{name: peers.machine[name] for name in ("processor", "cores", "memory", "system", "Python")},
        rounds=peers.rounds,
        seconds=f"{peers.seconds:.0f}",
        patience=OWN_PATIENCE,
        shapes=_chinese_shapes(found.shapes) if found.shapes else "",
        limits="\n".join(tables.limits(found.aims, "zh")),
        measured="\n".join(measured).strip("\n"),
        spark=_chinese_spark(found.spark) if found.spark else "",
        versions="\n".join(tables.versions(peers, "zh")),
    )


def _chinese_spark(found: results.Results) -> str:
    text = (
        "## Spark Connect\n\n`python bench/spark.py 10M --write` 对同一 Parquet 测量 DuckDB 和 Spark，"
        f"共{found.rounds}轮，另有一轮不计。"
        "Spark 的用时为命令的用时，处理器用时和内存为命令与服务器之和。服务器、各占一核的执行器和命令共用两个核，"
        "因此两个执行器只说明工作得到分担，不说明增加一台机器的效果。"
    )
    return "\n".join([text, "", *tables.of_spark(found, "zh"), "", ""])


def _chinese_shapes(found: results.Shapes) -> str:
    return CHINESE_SHAPES.read_text(encoding="utf-8").format(
        **{name: found.results.machine[name] for name in ("processor", "cores", "system", "Python")},
        machine_memory=found.results.machine["memory"],
        rounds=found.results.rounds,
        times=f"{shapes.TIMES:g}",
        seconds=f"{shapes.MORE_SECONDS:g}",
        memory=f"{shapes.MEBI:.0f}",
        growth=f"{shapes.GROWTH:g}",
        shapes="\n".join(tables.of_shapes(found, "zh")),
        small="\n".join(tables.of_small(found, "zh")),
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


def limits(found: Found) -> str:
    """The table of limits, for a terminal."""
    return "\n".join(tables.limits(found.aims))


def texts(found: Found) -> Mapping[Path, str]:
    """The text of each page."""
    return {
        PAGE: page(found, words()),
        SCALE: scale.page(found.scaled),
        CHINESE / "benchmarks.md": chinese_page(found),
        CHINESE / "scale.md": scale.page(found.scaled, "zh"),
    }


def write() -> None:
    """Write the pages."""
    for path, text in texts(load()).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make the pages of what was measured.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    checking: bool = parser.parse_args(arguments).check
    found = load()
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
