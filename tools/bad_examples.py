"""Write examples/bad: a folder for each fault, with the input and the finding that it must give.

The folders of rules are made from each rule's own bad case. A folder added by hand is kept, and only its finding
is written again. In a folder, `command.txt` holds the command (an argument in each line), and `expected.txt` holds the
findings and the exit code: in the folder of a rule, the findings of that rule, and in another folder every finding. The
rest of the output is not kept, so that a new column of a table changes no folder. With --check nothing is written, and
the exit code is 1 if a finding has changed.
"""

import argparse
import datetime as dt
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import xlsxwriter

from czurban.model.faults import FAULTS
from czurban.model.finding import RuleCase
from czurban.reading.plan.cases import PLAN, RATING, RECORDS, cases
from running import run_in

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "bad"
FINDING = re.compile(r"\S.*?: (错误|警告|提示) (?P<code>[PS]\d{3}): ")
HINT = "    "
MADE = dt.datetime(2019, 1, 1)  # noqa: DTZ001 - a workbook's time has no zone, and the same input gives the same bytes


def outcome(folder: Path) -> str:
    """Run the folder's command in it and return the findings to keep, with their hints, and the exit code."""
    command = (folder / "command.txt").read_text(encoding="utf-8").splitlines()
    code, _, printed = run_in(folder, command, "zh")
    kept = findings(printed, folder.name if folder.name in FAULTS else None)
    return "".join([*kept, f"exit {code}\n"])


def findings(printed: str, code: str | None) -> list[str]:
    """Return the findings of a rule, or of every rule, that a command printed: a line each, and lines of hints."""
    kept: list[str] = []
    inside = False
    for line in printed.splitlines(keepends=True):
        if not (inside and line.startswith(HINT)):
            finding = FINDING.match(line)
            inside = finding is not None and code in {None, finding["code"]}
        if inside:
            kept.append(line)
    return kept


def write_case(case: RuleCase) -> Path:
    """Write the input of a rule's bad case: the whole plan if the plan is at fault, else only the sheet."""
    folder = FOLDER / case.code
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():  # the old finding stays until there is a new one
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name != "expected.txt":
            old.unlink()
    if (RECORDS / case.file).exists():
        return write_records_case(case, folder)
    if (RATING / case.file).exists():
        send(case, folder / case.file)
        (folder / "command.txt").write_text(f"validate\n{case.file}\n--plan\n../plan\n", encoding="utf-8")
        return folder
    of_plan = case.code.startswith("P")
    if of_plan:
        shutil.copytree(PLAN, folder / "plan", ignore=shutil.ignore_patterns("figures.csv"))
    send(case, (folder / "plan" if of_plan else folder) / case.file)
    words = ["validate", "plan"] if of_plan else ["check", case.file, "--plan", "../plan", *case.options]
    (folder / "command.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return folder


def write_records_case(case: RuleCase, folder: Path) -> Path:
    """Write records and metrics, one of the two at fault."""
    shutil.copytree(RECORDS, folder, dirs_exist_ok=True)
    send(case, folder / case.file)
    words = ["compute", "--records", "persons.csv", "--metrics", "metrics.yaml", "--by", "region", "--plan", "../plan"]
    words = ["validate", "metrics.yaml", "--plan", "../plan"] if case.code.startswith("P") else words
    (folder / "command.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return folder


def send(case: RuleCase, path: Path) -> None:
    """Write the file that is at fault."""
    if case.sheets:
        write_workbook(case, path)
    elif case.changes:
        home = next(place for place in (RECORDS, RATING, PLAN) if (place / case.file).exists())
        text = (home / case.file).read_text(encoding="utf-8")
        for good, bad in case.changes.items():
            text = text.replace(good, bad)
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        path.write_text(case.bad, encoding="utf-8", newline="\n")


def write_workbook(case: RuleCase, path: Path) -> None:
    """Write the case's sheets as XLSX, the same bytes every time."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": MADE})
        for sheet in case.sheets:
            page = book.add_worksheet(str(sheet["name"]))
            rows = sheet["rows"]
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                page.write_row(number, 0, row)
            struck = book.add_format({"font_strikeout": True})
            for row, column in cast("list[tuple[int, int]]", sheet.get("struck", [])):
                page.write(row, column, cast("list[list[object]]", rows)[row][column], struck)
            hidden = sheet.get("hidden_rows", [])
            for row in hidden if isinstance(hidden, list) else ():
                page.set_row(row, None, None, {"hidden": True})
            if sheet.get("hidden"):
                page.hide()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check every folder; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write examples/bad, or check it.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a finding has changed")
    checking: bool = parser.parse_args(arguments).check
    if not checking:
        FOLDER.mkdir(parents=True, exist_ok=True)
        shutil.copytree(PLAN, FOLDER / "plan", dirs_exist_ok=True)
        for case in cases().values():
            write_case(case)
    stale = []
    folders = sorted(path.parent for path in FOLDER.glob("*/command.txt"))
    for folder in folders:
        actual = outcome(folder)
        expected = folder / "expected.txt"
        if expected.exists() and expected.read_text(encoding="utf-8") == actual:
            continue
        stale.append(folder.name)
        if not checking:
            expected.write_text(actual, encoding="utf-8", newline="\n")
    if stale:
        print(f"{'Changed' if checking else 'Wrote'}: {', '.join(stale)}", file=sys.stderr if checking else sys.stdout)
    return int(checking and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
