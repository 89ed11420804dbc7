"""Measure the shape of the code and print it beside its limits; exit with 1 if a limit is passed.

With --report the exit code is always 0. With --details every place that passes a limit is printed, not only the first
few. The two totals (files and lines of src) are printed and never fail.

How things are counted:

- A module is a Python file of src that is not an `__init__.py`; its lines are all its lines.
- A function's lines are its lines of code, from `def` to its end: no docstring, comment, decorator or blank line.
- A module has a single importer if exactly one other file of src imports it, at its top, inside a function or for types
  alone. `from package import module` imports the module. A module that nothing imports is loaded by its name and does
  not count, nor does a module of `cli` whose name is written as a string in `cli` (a command). The limit is for modules
  that their importer imports at its top: one that is imported inside a function is kept apart so that a start is quick.
- A function needs an annotation for every parameter but `self` and `cls`, and for what it returns. Modules, classes
  and functions need a docstring where they are public: no part of their name begins with an underscore, and they are
  not inside a function.
- A file is entered if a function of it is called while `czurban check` runs on 25 rows; what runs because a module is
  imported does not count, but for functions that it calls.
"""

import argparse
import ast
import math
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from banned_words import banned_in_names, banned_in_text
from source_modules import (
    Module,
    functions_of,
    importers_of,
    is_annotated,
    names_in_strings,
    public_things,
    read_modules,
)

ROOT = Path(__file__).resolve().parent.parent
CHECK = ("check", "examples/actuals-2018.csv", "--period", "2018", "--fail-on", "never")
HEAD = ("measure", "value", "limit", "")
SHOWN = 5
"""How many places of a passed limit are printed without --details."""

MAX_FILES, MAX_LINES = 230, 27_500
MEDIAN_MODULE, MAX_MODULE = (100, 160), 350
MEDIAN_FUNCTION, P90_FUNCTION, MAX_FUNCTION = 8, 20, 50
MAX_SINGLE_IMPORTERS, MAX_FOLDER, MAX_CLI, MAX_ENTERED = 35, 18, 2_200, 60

PROFILED = """
import os, sys
from czurban.cli.app import run
entered = set()
def enter(frame, event, _):
    if event == "call" and frame.f_code.co_flags & 1:  # 1: a function, and not the body of a module or class
        entered.add(frame.f_code.co_filename)
sys.setprofile(enter)
code = run(sys.argv[2:])
sys.setprofile(None)
sys.stdout.flush()
with open(sys.argv[1], "w", encoding="utf-8") as file:
    file.write("\\n".join(sorted(entered)))
sys.exit(code)
"""


@dataclass(frozen=True)
class Measure:
    """A number, its limit, whether it holds, and the places that pass it."""

    name: str
    value: str
    limit: str
    holds: bool
    places: tuple[str, ...] = ()
    fails: bool = True

    @property
    def verdict(self) -> str:
        """Whether the limit holds, in a word."""
        return "ok" if self.holds else "over"


def totals(modules: Sequence[Module]) -> Iterator[Measure]:
    """Count the files and lines of src; these two never fail."""
    lines = sum(module.lines for module in modules)
    yield Measure("files of src", str(len(modules)), f"≤ {MAX_FILES}", len(modules) <= MAX_FILES, fails=False)
    yield Measure("lines of src", str(lines), f"≤ {MAX_LINES}", lines <= MAX_LINES, fails=False)


def module_sizes(modules: Sequence[Module]) -> Iterator[Measure]:
    """Measure the median module and find the ones that are too long."""
    plain = [module for module in modules if not module.is_package]
    low, high = MEDIAN_MODULE
    median = statistics.median([module.lines for module in plain])
    yield Measure("median module, lines", f"{median:g}", f"{low}–{high}", low <= median <= high)
    longest = max(module.lines for module in plain)
    long = [f"{module.file}: {module.lines}" for module in plain if module.lines > MAX_MODULE]
    yield Measure("longest module, lines", str(longest), f"≤ {MAX_MODULE}", not long, tuple(long))


def function_sizes(modules: Sequence[Module]) -> Iterator[Measure]:
    """Measure the median function, the ninth decile, and find the ones that are too long."""
    functions = [function for module in modules for function in functions_of(module)]
    sizes = [function.lines for function in functions]
    median = statistics.median(sizes)
    decile = sorted(sizes)[math.ceil(0.9 * len(sizes)) - 1]
    yield Measure("median function, lines of code", f"{median:g}", f"≤ {MEDIAN_FUNCTION}", median <= MEDIAN_FUNCTION)
    yield Measure("90 % of functions, lines of code", f"{decile}", f"≤ {P90_FUNCTION}", decile <= P90_FUNCTION)
    long = tuple(f"{function.place}: {function.lines}" for function in functions if function.lines > MAX_FUNCTION)
    yield Measure("longest function, lines of code", str(max(sizes)), f"≤ {MAX_FUNCTION}", not long, long)


def single_importers(modules: Sequence[Module]) -> Iterator[Measure]:
    """Find the modules that exactly one other file imports."""
    importers = importers_of(modules)
    commands = names_in_strings(module for module in modules if module.name.split(".")[1:2] == ["cli"])
    at_top = importers_of(modules, at_top=True)
    single, loaded = [], []
    for module in modules:
        users = importers[module.name]
        is_command = module.name.split(".")[1:2] == ["cli"] and module.name in commands
        if len(users) == 1 and not module.is_package and not is_command:
            single.append(f"{module.file} ← {next(iter(users))}")
            loaded += single[-1:] if at_top[module.name] else []
    limit = f"≤ {MAX_SINGLE_IMPORTERS}"
    few = len(single) <= MAX_SINGLE_IMPORTERS
    yield Measure("modules with a single importer", str(len(single)), limit, few, fails=False)
    holds = len(loaded) <= MAX_SINGLE_IMPORTERS
    yield Measure("of these imported at its top", str(len(loaded)), limit, holds, tuple(loaded))


def folder_sizes(modules: Sequence[Module]) -> Measure:
    """Find the folders that hold too many modules."""
    folders: dict[str, int] = defaultdict(int)
    for module in modules:
        folders[Path(module.file).parent.as_posix()] += not module.is_package
    full = tuple(f"{folder}: {count}" for folder, count in folders.items() if count > MAX_FOLDER)
    return Measure("fullest folder, modules", str(max(folders.values())), f"≤ {MAX_FOLDER}", not full, full)


def class_names(modules: Sequence[Module]) -> Measure:
    """Find the names that more than one class has."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{module.file}:{node.lineno}")
    shared = tuple(f"{name}: {', '.join(files)}" for name, files in places.items() if len(files) > 1)
    return Measure("names of several classes", str(len(shared)), "0", not shared, shared)


def cli_size(modules: Sequence[Module]) -> Measure:
    """Count the lines of the command line."""
    lines = sum(module.lines for module in modules if module.name.split(".")[1:2] == ["cli"])
    return Measure("lines of cli", str(lines), f"≤ {MAX_CLI}", lines <= MAX_CLI)


def annotations(modules: Sequence[Module]) -> Measure:
    """Find the functions that lack an annotation."""
    lacking, count = [], 0
    for module in modules:
        methods = {id(child) for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef) for child in node.body}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count += 1
                if not is_annotated(node, is_method=id(node) in methods):
                    lacking.append(f"{module.file}:{node.lineno} {node.name}")
    return share("functions annotated", count, lacking)


def docstrings(modules: Sequence[Module]) -> Measure:
    """Find the public modules, classes and functions without a docstring."""
    lacking, count = [], 0
    for module in modules:
        for node, name in [(module.tree, module.name), *public_things(module.tree, "")]:
            count += 1
            if not ast.get_docstring(node):
                lacking.append(f"{module.file}:{getattr(node, 'lineno', 1)} {name}")
    return share("public things documented", count, lacking)


def share(name: str, count: int, lacking: Sequence[str]) -> Measure:
    """Return the share of things that have what they need, as a measure that must be 100 %."""
    percent = 100 * (count - len(lacking)) / count if count else 100
    shown = f"{percent:.1f} %" if lacking else "100 %"
    return Measure(name, shown, "100 %", not lacking, tuple(lacking))


def words(root: Path, modules: Sequence[Module]) -> Iterator[Measure]:
    """Find the banned words in src and in the documents, and the banned names in src."""
    documents = [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]
    documents += (root / "src").rglob("keys.yaml")
    texts = [(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in documents if path.exists()]
    code = [place for module in modules for place in banned_in_text(module.file, module.text)]
    prose = [place for file, text in texts for place in banned_in_text(file, text)]
    names = [place for module in modules for place in banned_in_names(module.file, module.tree)]
    for name, places in (("words in src", code), ("words in documents", prose), ("names in src", names)):
        yield Measure(f"banned {name}", str(len(places)), "0", not places, tuple(str(place) for place in places))


def entered_files(root: Path, arguments: Sequence[str], output: Path) -> Measure:
    """Run the program in a process of its own and count the files of src that it enters."""
    command = [sys.executable, "-c", PROFILED, str(output), *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"czurban {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    source = (root / "src").resolve()
    paths = [Path(line).resolve() for line in output.read_text(encoding="utf-8").splitlines() if line]
    files = tuple(path.relative_to(source).as_posix() for path in paths if path.is_relative_to(source))
    return Measure("files entered by a check", str(len(files)), f"≤ {MAX_ENTERED}", len(files) <= MAX_ENTERED, files)


def measure(root: Path) -> list[Measure]:
    """Take every measure that the text of the files gives."""
    modules = read_modules(root)
    return [
        *totals(modules),
        *module_sizes(modules),
        *function_sizes(modules),
        *single_importers(modules),
        folder_sizes(modules),
        class_names(modules),
        cli_size(modules),
        annotations(modules),
        docstrings(modules),
        *words(root, modules),
    ]


def print_table(measures: Sequence[Measure]) -> None:
    """Print the measures as a table."""
    verdicts = (one.verdict + ("" if one.fails else " (printed only)") for one in measures)
    rows = [(one.name, one.value, one.limit, verdict) for one, verdict in zip(measures, verdicts, strict=True)]
    widths = [max(len(row[column]) for row in [*rows, HEAD]) for column in range(3)]
    for name, value, limit, verdict in [HEAD, *rows]:
        print(f"{name:<{widths[0]}}  {value:>{widths[1]}}  {limit:>{widths[2]}}  {verdict}")


def print_places(measures: Sequence[Measure], shown: int | None) -> None:
    """Print the places that pass a limit, the first few of each measure or all."""
    for one in measures:
        if not one.holds and one.places:
            print(f"\n{one.name}:")
            print("\n".join(f"  {place}" for place in one.places[:shown]))
            left = len(one.places[shown:]) if shown is not None else 0
            if left:
                print(f"  … and {left} more; --details prints them all")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description="Measure the shape of the code beside its limits.")
    parser.add_argument("--report", action="store_true", help="exit with 0 whatever the numbers are")
    parser.add_argument("--details", action="store_true", help="print every place that passes a limit")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measures = [*measure(ROOT), entered_files(ROOT, CHECK, Path(folder) / "entered")]
    print_table(measures)
    print_places(measures, None if options.details else SHOWN)
    over = [measure.name for measure in measures if measure.fails and not measure.holds]
    if over:
        print(f"\nOver the limit: {', '.join(over)}.")
    return int(bool(over) and not options.report)


if __name__ == "__main__":
    sys.exit(main())
