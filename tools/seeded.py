"""Plant ordinary mistakes in the example of 2019, one at a time, and count those that no finding points at.

    python tools/seeded.py           # writes explanation/seeded.md in docs and docs/zh
    python tools/seeded.py --check   # writes nothing; exit 1 where a page is not current or the goal is missed

A mistake changes one figure, or two that change places. It is *silent* where a verdict changes and no warning or error
is there that the example as it stands does not have. Against false alarms the checks are run over figures that were
published, each with the figure of the year before as its baseline (tools/published.csv).
"""

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from czurban.checking.assessing import assess
from czurban.model.finding import Severity
from czurban.model.plan import Plan
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes
from seeded_texts import ALL, CHINESE, HEADS

ROOT = Path(__file__).parent.parent
PAGES = {
    "en": ROOT / "docs" / "explanation" / "seeded.md",
    "zh": ROOT / "docs" / "zh" / "explanation" / "seeded.md",
}
PUBLISHED = ROOT / "tools" / "published.csv"
MADE = "<!-- Made by `make seeded`; do not edit by hand. -->"
EXAMPLE = ROOT / "examples" / "actuals-2019.csv"
MOST_SILENT = 10

Row = dict[str, str]
Change = Callable[[Sequence[Row], int, Plan], dict[int, Row] | None]
"""Returns the rows that a mistake in one row changes, by their numbers; None where that row has no room for it."""


class Outcome(NamedTuple):
    """What the program makes of a file: the verdicts, the values, and the codes of warnings and errors."""

    verdicts: tuple[str, ...]
    values: tuple[object, ...]
    faults: frozenset[tuple[str, str]]


class Planted(NamedTuple):
    """A mistake and what became of it."""

    kind: str
    indicator: str
    written: str
    flips: bool
    changes: bool
    codes: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether a verdict changed and nothing points at it."""
        return self.flips and not self.codes


def _number(change: Callable[[str], str | None]) -> Change:
    """A mistake that writes another number into one row."""

    def apply(rows: Sequence[Row], at: int, _: Plan) -> dict[int, Row] | None:
        written = change(rows[at]["数值"])
        return None if written is None or written == rows[at]["数值"] else {at: rows[at] | {"数值": written}}

    return apply


def _scaled(power: int) -> Change:
    return _number(lambda text: f"{Decimal(text).scaleb(power):f}")


def _swapped(text: str, *, last: bool) -> str | None:
    """The text with the first (or the last) two neighbouring digits changed about that differ."""
    places = [n for n, char in enumerate(text) if char.isdecimal()]
    pairs = [(a, b) for a, b in pairwise(places) if text[a] != text[b]]
    pairs = [(a, b) for a, b in pairs if not (a == 0 and text[b] == "0")]
    if not pairs:
        return None
    a, b = pairs[-1] if last else pairs[0]
    return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]


def _last_year(rows: Sequence[Row], at: int, plan: Plan) -> dict[int, Row] | None:
    base = plan.by_id[rows[at]["id"]].target.baseline
    if base is None or base.value is None or base.value == Decimal(rows[at]["数值"]):
        return None
    return {at: rows[at] | {"数值": str(base.value)}}


def _target(rows: Sequence[Row], at: int, plan: Plan) -> dict[int, Row] | None:
    bound = plan.by_id[rows[at]["id"]].target.interval.bound
    return None if bound is None or bound == Decimal(rows[at]["数值"]) else {at: rows[at] | {"数值": str(bound)}}


def _neighbours(rows: Sequence[Row], at: int, _: Plan) -> dict[int, Row] | None:
    """The values of a row and the next change places; units stay where they are."""
    if at + 1 == len(rows) or not _is_number(rows[at + 1]["数值"]):
        return None
    one, other = rows[at], rows[at + 1]
    return {at: one | {"数值": other["数值"]}, at + 1: other | {"数值": one["数值"]}}


def _one_below(rows: Sequence[Row], at: int, _: Plan) -> dict[int, Row] | None:
    """A row gets the value of the row above it."""
    if at == 0 or not _is_number(rows[at - 1]["数值"]):
        return None
    return {at: rows[at] | {"数值": rows[at - 1]["数值"]}}


def _unit(old: str, new: str) -> Change:
    def apply(rows: Sequence[Row], at: int, _: Plan) -> dict[int, Row] | None:
        return {at: rows[at] | {"单位": new}} if rows[at]["单位"] == old else None

    return apply


def _fraction(rows: Sequence[Row], at: int, _: Plan) -> dict[int, Row] | None:
    if rows[at]["单位"] != "%":
        return None
    return {at: rows[at] | {"数值": f"{Decimal(rows[at]['数值']).scaleb(-2):f}"}}


KINDS: dict[str, Change] = {
    "a tenth of the value": _scaled(-1),
    "ten times the value": _scaled(1),
    "the decimal point left out": _number(lambda text: text.replace(".", "")),
    "the first two digits that differ swapped": _number(lambda text: _swapped(text, last=False)),
    "the last two digits that differ swapped": _number(lambda text: _swapped(text, last=True)),
    "the first digit lost": _number(lambda text: text[1:] if text[1:2].isdecimal() else None),
    "the last digit lost": _number(lambda text: text[:-1].rstrip(".") or None),
    "the first digit twice": _number(lambda text: text[0] + text),
    "a minus sign in front": _number(lambda text: f"-{text}"),
    "last year's value copied": _last_year,
    "the target copied": _target,
    "the value of the row above": _one_below,
    "two neighbouring rows swapped": _neighbours,
    "‰ for %": _unit("%", "‰"),
    "人 for 万人": _unit("万人", "人"),
    "a fraction for a percentage": _fraction,
}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def read_rows() -> list[Row]:
    """Read the example's rows."""
    return list(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8-sig"))))


def outcome(rows: Sequence[Row], plan: Plan) -> Outcome:
    """Judge rows."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    submission, findings = read_bytes("figures.csv", stream.getvalue().encode(), plan)
    judged = assess(plan, [submission], period=plan.period)
    told = [*findings, *judged.findings]
    faults = {(one.code, str(one.place)) for one in told if one.severity is not Severity.INFO}
    results = judged.results
    return Outcome(tuple(one.verdict for one in results), tuple(one.actual for one in results), frozenset(faults))


def plant(plan: Plan) -> Iterator[Planted]:
    """Plant every mistake, each alone."""
    rows = read_rows()
    good = outcome(rows, plan)
    for kind, change in KINDS.items():
        for at, row in enumerate(rows):
            changed = change(rows, at, plan) if _is_number(row["数值"]) else None
            if changed is None:
                continue
            found = outcome([changed.get(n, one) for n, one in enumerate(rows)], plan)
            written = " / ".join(f"{one['数值']}{one['单位']}" for one in changed.values())
            codes = tuple(sorted({code for code, _ in found.faults - good.faults}))
            flips, changes = found.verdicts != good.verdicts, found.values != good.values
            yield Planted(kind, row["指标"], written, flips, changes, codes)


def published() -> tuple[int, list[str]]:
    """Judge the published figures year by year; returns how many there are, and every warning and error."""
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    told: list[str] = []
    for year in dict.fromkeys(row["年份"] for row in rows):
        of_year = [row for row in rows if row["年份"] == year]
        with TemporaryDirectory() as folder:
            plan = _plan_of(year, of_year, Path(folder))
        lines = ["指标,数值,单位", *(f"{row['指标']},{row['数值']},{row['单位']}" for row in of_year)]
        submission, findings = read_bytes(f"{year}.csv", "\n".join(lines).encode(), plan)
        judged = assess(plan, [submission], period=plan.period)
        found = [one for one in (*findings, *judged.findings) if one.severity is not Severity.INFO]
        told += [f"{one.place}: {one.code} {one.message}" for one in found]
        told += [f"{one.indicator.name} {year}: not judged" for one in judged.results if one.actual is None]
    return len(rows), told


def _plan_of(year: str, rows: Sequence[Row], folder: Path) -> Plan:
    """A plan whose baselines are the figures of the year before."""
    heading = {"title": "published figures", "region": "全国", "period": year, "baseline_period": str(int(year) - 1)}
    indicators = [
        {
            "id": f"figure_{number}",
            "name": row["指标"],
            "category": "统计",
            "unit": row["单位"],
            "kind": row["性质"],
            "lead": "国家统计局",
            "baseline": row["上年"],
            "target": row["目标"],
            "deadline": year,
        }
        for number, row in enumerate(rows)
    ]
    targets = {"plan": heading, "categories": ["统计"], "indicators": indicators}
    for name, content in {"targets": targets, "departments": {"departments": [{"name": "国家统计局"}]}}.items():
        (folder / f"{name}.yaml").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    plan, findings = read_plan(folder)
    if plan is None or findings:
        raise SystemExit("\n".join(str(one.message) for one in findings))
    return plan


def page(planted: Sequence[Planted], figures: int, alarms: Sequence[str], language: str) -> str:
    """Compose the page in a language."""
    rows = [_line(_name(kind, language), [one for one in planted if one.kind == kind]) for kind in KINDS]
    text = HEADS[language].format(
        made=MADE,
        rows="\n".join([*rows, _line(ALL[language], planted)]),
        silent="\n".join(_silent(one, language) for one in planted if one.silent),
        figures=figures,
        alarms=f"出现{len(alarms)}条警告" if language == "zh" else f"{len(alarms)} warnings",
    )
    return text + "".join(f"\n- {one}" for one in alarms)


def _name(kind: str, language: str) -> str:
    return CHINESE[kind] if language == "zh" else kind


def _silent(one: Planted, language: str) -> str:
    if language == "zh":
        return f"- {one.indicator}填为{one.written}：{CHINESE[one.kind]}"
    return f"- {one.indicator} as {one.written}: {one.kind}"


def _line(kind: str, planted: Sequence[Planted]) -> str:
    flips, silent = sum(one.flips for one in planted), sum(one.silent for one in planted)
    harmless = sum(not one.flips and not one.codes for one in planted)
    return f"| {kind} | {len(planted)} | {flips} | {silent} | {harmless} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Count planted mistakes that no finding points at.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is not current")
    checking: bool = parser.parse_args(arguments).check
    plan, findings = read_plan(ROOT / "data")
    if plan is None:
        raise SystemExit("\n".join(str(one.message) for one in findings))
    planted = list(plant(plan))
    figures, alarms = published()
    silent = [one for one in planted if one.silent]
    print(f"{len(planted)} mistakes planted, {len(silent)} silent; at most {MOST_SILENT} may be.")
    stale = False
    for language, path in PAGES.items():
        text = page(planted, figures, alarms, language)
        if not checking:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.relative_to(ROOT)} is not current; run `make seeded`.")
            stale = True
    return int(stale or len(silent) > MOST_SILENT)


if __name__ == "__main__":
    sys.exit(main())
