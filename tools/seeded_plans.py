"""Plant ordinary mistakes in the files of a plan, one at a time, and count those that `czurban validate` finds.

    python tools/seeded_plans.py           # writes explanation/seeded-plans.md in docs and docs/zh
    python tools/seeded_plans.py --check   # writes nothing; exit 1 where a page is not current or a goal is missed
    python tools/seeded_plans.py --list    # prints each mistake with the codes that point at it

A mistake is found where a warning or an error is there that the plan as it stands does not have. The plan is `data`,
and for its breakdown `examples/counties/plan`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from czurban.app.finding_filter import FindingFilter, filter_findings
from czurban.checking.plan_rules.registry import check_plan
from czurban.model.finding import Severity
from czurban.reading.plan.files import read_draft
from czurban.reading.plan.ignores import read_ignores
from seeded_plan_kinds import HARMLESS, MISTAKES, PARTS, Files, PlanMistake
from seeded_texts import PLAN_HEADS

ROOT = Path(__file__).parent.parent
PAGES = {
    "en": ROOT / "docs" / "explanation" / "seeded-plans.md",
    "zh": ROOT / "docs" / "zh" / "explanation" / "seeded-plans.md",
}
GOAL = 85
"""The share of mistakes, in per cent, that has to be found."""

Faults = Counter[tuple[str, str]]
"""The codes and sentences of warnings and errors."""


class PlantedInPlan(NamedTuple):
    """A mistake in a plan, and the codes that point at it."""

    kind: PlanMistake
    before: str
    after: str
    codes: tuple[str, ...]


def read_files(folder: Path) -> Files:
    """Read the files of a plan."""
    names = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".csv"))
    return {path.name: path.read_text(encoding="utf-8") for path in names}


def faults(files: Files, folder: Path) -> Faults:
    """Return the warnings and errors of a plan with these files, which are written to a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    draft = read_draft(folder)
    found = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
    ignores, more = read_ignores(folder)
    kept = filter_findings([*found, *more], FindingFilter(), ignores).kept
    return Counter((one.code, str(one.message)) for one in kept if one.severity is not Severity.INFO)


def plant(kinds: Sequence[PlanMistake] = MISTAKES, every: int = 1) -> Iterator[PlantedInPlan]:
    """Plant every mistake of these kinds, each alone; with `every` only each of so many."""
    plans = {name: read_files(ROOT / name) for name in ("data", "examples/counties/plan")}
    number = 0
    with TemporaryDirectory() as top:
        good = {}
        for name, files in plans.items():
            (Path(top) / name).mkdir(parents=True)
            good[name] = faults(files, Path(top) / name)
        for kind in kinds:
            name = "examples/counties/plan" if kind.file == PARTS else "data"
            for before, after, text in kind.changes(plans[name]):
                number += 1
                if number % every:
                    continue
                found = faults({**plans[name], kind.file: text}, Path(top) / name) - good[name]
                yield PlantedInPlan(kind, before, after, tuple(sorted({code for code, _ in found})))


def page(planted: Sequence[PlantedInPlan], alarms: Sequence[PlantedInPlan], language: str) -> str:
    """Compose the page in a language."""
    found = sum(bool(one.codes) for one in planted)
    rows = [_line(kind, [one for one in planted if one.kind is kind], language) for kind in MISTAKES]
    edits = [f"- {_name(kind, language)}" for kind in HARMLESS]
    return PLAN_HEADS[language].format(
        planted=len(planted),
        found=found,
        share=f"{100 * found / len(planted):.1f}",
        rows="\n".join(rows),
        edits="\n".join(edits),
        number=len(HARMLESS),
        alarms=sum(bool(one.codes) for one in alarms),
    )


def _name(kind: PlanMistake, language: str) -> str:
    return kind.chinese if language == "zh" else kind.name


def _line(kind: PlanMistake, planted: Sequence[PlantedInPlan], language: str) -> str:
    codes = Counter(code for one in planted for code in one.codes)
    shown = ", ".join(code for code, _ in codes.most_common(3))
    return (
        f"| {_name(kind, language)} | {kind.file} | {len(planted)} | {sum(bool(o.codes) for o in planted)} | {shown} |"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Count planted mistakes in a plan that validate finds.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is not current")
    parser.add_argument("--list", action="store_true", help="print each mistake with the codes that point at it")
    options = parser.parse_args(arguments)
    planted, alarms = list(plant()), list(plant(HARMLESS))
    if options.list:
        for one in (*planted, *alarms):
            changed = f"{one.before.strip()[:60]!r} → {one.after.strip()[:60]!r}"
            print(f"{','.join(one.codes) or 'NOT FOUND':<20} {one.kind.name}: {changed}")
    found, false = sum(bool(one.codes) for one in planted), sum(bool(one.codes) for one in alarms)
    print(f"{len(planted)} mistakes planted, {found} found ({100 * found / len(planted):.1f} %; goal {GOAL} %).")
    print(f"{len(alarms)} harmless edits, {false} accused.")
    stale = False
    for language, path in PAGES.items():
        text = page(planted, alarms, language)
        if not options.check and not options.list:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif options.check and (not path.exists() or path.read_text(encoding="utf-8") != text):
            print(f"{path.relative_to(ROOT)} is not current; run `make seeded`.")
            stale = True
    return int(stale or bool(false) or 100 * found < GOAL * len(planted))


if __name__ == "__main__":
    sys.exit(main())
