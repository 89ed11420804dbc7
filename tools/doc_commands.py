"""Run the commands that the READMEs and the documentation show, and compare what they print with what the page shows.

A page is run from top to bottom in a folder with the repository's `examples` and `data`, and with `figures.csv` and
`填报.csv`, which are the example of 2019; the README of an example is run with that example's files.

- a ```console block has commands after `$ ` and below each exactly what it prints, standard error included; a line
  `...` stands for any number of lines;
- a ```sh block has commands whose output is not shown: czurban's are run and must not end with exit code 2, and others
  have to be in NOT_RUN, with the reason why no test can run them;
- a block below a line such as "Save this as `plan/targets.yaml`:" is written to that file.

No other block may hold a command. Without arguments this checks every page; with --write it replaces what is shown.
"""

import argparse
import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from running import PLAIN, run_in

ROOT = Path(__file__).resolve().parent.parent
NOT_RUN = {
    "git": "needs a repository to copy from",
    "pip": "needs a package index, and changes the environment",
    "make": "installs the environment that runs this test",
    ".venv/bin/python": "measures, or draws pictures with programs that may be missing",
    "python3": "needs an environment of its own",
    "$SPARK_HOME/sbin/start-connect-server.sh": "needs a download of Spark",
}
"""The first words of commands that no test runs, each with the reason."""
CLUSTER = re.compile(r"--engine\s+'?(?:spark|sc:)")
"""What a command has that needs Spark; `make test-cluster` tests these."""
HELPERS = {"cat", "cp", "head", "iconv", "ls", "mkdir", "mv", "rm", "sed"}
"""Programs of the system that a page may use around czurban."""
WRITTEN = dt.datetime(2025, 1, 10, 9).timestamp()  # noqa: DTZ001 - reports show the time of the place
"""When the files of a page were written, which `czurban status` prints."""
SHELL = {">", ">>", "<", "|", "||", "&&", "&", ";"}
"""Words that need a shell."""
SKIPPED = "..."
_FENCE = re.compile(r"^( *)(`{3,}|~{3,})\s*([\w+-]*)(.*)$")
_SAVED = re.compile(r"(?:\bsave|保存|存为|另存).*`([^`\s]+)`[:：]$", re.IGNORECASE)
_COMMAND = re.compile(r"^\s*(?:\$ |czurban [a-z]+( |$))")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: its language, its lines, where they begin, and the file it is saved as."""

    language: str
    lines: tuple[str, ...]
    start: int
    file: str | None = None


@dataclass(slots=True)
class Step:
    """A command of a page, what the page shows below it, and what it printed."""

    command: str
    start: int
    shown: list[str]
    printed: list[str] | None = None
    """None where the output is not compared."""
    fault: str | None = None

    @property
    def agrees(self) -> bool:
        """Return whether the page shows what was printed."""
        return self.fault is None and (self.printed is None or matches(self.shown, self.printed))


class UnknownCommandError(Exception):
    """A page has a command that cannot be run here."""


@dataclass(slots=True)
class Run:
    """A page that is being run in a folder, in the language of the page."""

    folder: Path
    language: str
    code: int = 0
    exported: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def block(self, block: Block) -> None:
        """Run one block."""
        if block.language == "console":
            self.steps += (self.compared(step) for step in console(block))
        elif block.language == "sh":
            self.steps += (self.uncompared(step) for step in shell(block))
        elif any(_COMMAND.match(line) for line in block.lines):
            fault = f"a {block.language or 'plain'} block holds a command; make it a console or an sh block"
            self.steps.append(Step(block.lines[0], block.start, [], fault=fault))
        elif block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(block.lines) + "\n", encoding="utf-8", newline="\n")

    def compared(self, step: Step) -> Step:
        """Run a command and keep what it prints."""
        try:
            step.printed = trimmed(self.output(step.command).splitlines())
        except UnknownCommandError as error:
            step.fault = str(error)
        return step

    def uncompared(self, step: Step) -> Step:
        """Run a command of czurban that has to work, or see that another is one that no test runs."""
        first = shlex.split(step.command, comments=True)[0]
        if first == "czurban" and not CLUSTER.search(step.command):
            printed = self.output(step.command)
            step.fault = f"ended with exit code {self.code}:\n{printed}" if self.code not in {0, 1} else None
        elif first != "czurban" and first not in NOT_RUN:
            step.fault = f"{first} is in no list of tools/doc_commands.py"
        return step

    def output(self, command: str) -> str:
        """Run a command in the folder and return all that it prints; each file is as old as the next."""
        for path in self.folder.rglob("*"):
            os.utime(path, (WRITTEN, WRITTEN))
        first, *rest = shlex.split(command.replace("$?", str(self.code)), comments=True)
        if SHELL & {first, *rest}:
            message = "commands are run without a shell, so they have no > and no |"
            raise UnknownCommandError(message)
        if first == "echo":
            return " ".join(rest)
        if first == "export":
            self.exported |= dict(word.split("=", 1) for word in rest)
            return ""
        if first == "czurban":
            self.code, text, _ = run_in(self.folder, rest, self.language, together=True, values=self.exported)
            return text
        if first not in HELPERS | {"python"}:
            message = f"{first} is in no list of tools/doc_commands.py"
            raise UnknownCommandError(message)
        words = [sys.executable if first == "python" else first, *self.expanded(rest)]
        settings = {
            **os.environ,
            **PLAIN,
            **self.exported,
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "CZURBAN_LANG": self.language,
        }
        done = subprocess.run(
            words, cwd=self.folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        self.code = done.returncode
        return done.stdout.decode()

    def expanded(self, words: Iterable[str]) -> Iterator[str]:
        """Yield words with patterns replaced by the files they match, as a shell does."""
        for word in words:
            names = sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(word)) if "*" in word else []
            yield from names or [word]


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page; lines are counted from 0."""
    lines = text.splitlines()
    number, before = 0, ""
    while number < len(lines):
        fence = _FENCE.match(lines[number])
        if fence:
            indent, marks, language, _ = fence.groups()
            end = next((at for at in range(number + 1, len(lines)) if lines[at].strip() == marks), len(lines))
            body = lines[number + 1 : end]
            saved = _SAVED.search(before)
            taken = tuple(line.removeprefix(indent) for line in body)
            yield Block(language, taken, number + 1, saved[1] if saved else None)
            number += len(body) + 1
        elif lines[number].strip():
            joined = f"{before} {lines[number].strip()}" if number and lines[number - 1].strip() else lines[number]
            before = joined.strip()  # the whole paragraph: the name of a file may stand in a line after “Save it as”
        number += 1


def console(block: Block) -> Iterator[Step]:
    """Yield the commands of a console block, each with what is shown below it."""
    step: Step | None = None
    for number, line in enumerate(block.lines, block.start):
        if line.startswith("$ "):
            if step:
                yield step
            step = Step(line.removeprefix("$ "), number, [])
        elif step and step.command.endswith("\\") and not step.shown:
            step.command = f"{step.command[:-1].rstrip()} {line.strip()}"
            step.start = number
        elif step:
            step.shown.append(line)
    if step:
        yield step


def shell(block: Block) -> Iterator[Step]:
    """Yield the commands of an sh block."""
    for number, line in enumerate(block.lines, block.start):
        if line.strip() and not line.lstrip().startswith("#"):
            yield Step(line.strip(), number, [])


def trimmed(lines: Iterable[str]) -> list[str]:
    """Return lines without blanks at their ends and without blank lines around them."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        kept.pop(0)
    return kept


def parts_of(shown: Sequence[str]) -> list[list[str]]:
    """Return the lines before, between and behind the lines `...`."""
    parts: list[list[str]] = [[]]
    for line in trimmed(shown):
        if line.strip() == SKIPPED:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def matches(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Return whether a page shows what was printed, where a line `...` stands for any number of lines."""
    first, *others = parts_of(shown)
    rest = list(printed)
    if not others:
        return first == rest
    *middle, last = others
    if rest[: len(first)] != first:
        return False
    rest = rest[len(first) :]
    for part in middle:
        at = next((at for at in range(len(rest) - len(part) + 1) if rest[at : at + len(part)] == part), None)
        if at is None:
            return False
        rest = rest[at + len(part) :]
    return len(rest) >= len(last) and rest[len(rest) - len(last) :] == last


def shortened(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Return what was printed, shortened as the page does it now: each part is the lines that are most like it."""
    first, *others = parts_of(shown)
    if not others or sum(map(len, (first, *others))) >= len(printed):
        return list(printed)
    *middle, last = others
    lines, rest = list(printed[: len(first)]), list(printed[len(first) : len(printed) - len(last)])
    for part in middle:
        at = max(range(max(len(rest) - len(part), 0) + 1), key=lambda at: alike(part, rest[at : at + len(part)]))
        lines += [SKIPPED, *rest[at : at + len(part)]]
        rest = rest[at + len(part) :]
    return [*lines, SKIPPED, *printed[len(printed) - len(last) :]]


def alike(part: Sequence[str], lines: Sequence[str]) -> float:
    """Return how much lines are like others, from 0 to 1."""
    return SequenceMatcher(None, "\n".join(part), "\n".join(lines), autojunk=False).ratio()


def pages() -> list[Path]:
    """Return every page that may show a command."""
    examples = sorted((ROOT / "examples").glob("*/README.md"))
    return [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")), *examples]


def language_of(page: Path) -> str:
    """Return the language in which a page's commands are run."""
    name = page.relative_to(ROOT).as_posix()
    return "zh" if name.startswith("docs/zh/") or name == "README.zh-CN.md" else "en"


def run_page(page: Path, text: str | None = None) -> list[Step]:
    """Run a page, or another text in its place, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="czurban-page-") as name:
        return run_page_in(Path(name), page, text)


def run_page_in(folder: Path, page: Path, text: str | None = None) -> list[Step]:
    """Run a page, or another text in its place, in an empty folder."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("bad"))
    shutil.copytree(ROOT / "data", folder / "data")
    for name in ("figures.csv", "填报.csv"):
        shutil.copy(ROOT / "examples" / "actuals-2019.csv", folder / name)
    if page.is_relative_to(ROOT / "examples"):
        shutil.copytree(page.parent, folder, dirs_exist_ok=True)
    run = Run(folder, language_of(page))
    for block in blocks(page.read_text(encoding="utf-8") if text is None else text):
        run.block(block)
    return run.steps


def rewritten(text: str, steps: Iterable[Step]) -> str:
    """Return a page's text with what its commands printed."""
    lines = text.splitlines()
    for step in sorted(steps, key=lambda step: -step.start):
        if step.printed is not None and not step.agrees:
            lines[step.start + 1 : step.start + 1 + len(step.shown)] = shortened(step.shown, step.printed)
    return "\n".join(lines) + "\n"


def complaint(page: Path, step: Step) -> str:
    """Describe a command whose page is not right."""
    place = f"{page.relative_to(ROOT)}:{step.start + 1}: {step.command}"
    if step.fault:
        return f"{place}\n{step.fault}"
    return "\n".join([place, "The page shows:", *step.shown, "It prints:", *(step.printed or [])])


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or rewrite the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Run the commands that the documentation shows.")
    parser.add_argument("pages", nargs="*", type=Path, help="only these pages")
    parser.add_argument("--write", action="store_true", help="write what the commands print into the pages")
    options = parser.parse_args(arguments)
    failed = False
    for page in [path.resolve() for path in options.pages] or pages():
        for step in update(page, write=options.write):
            failed = True
            print(complaint(page, step), file=sys.stderr)
    return int(failed)


def update(page: Path, *, write: bool) -> list[Step]:
    """Check a page, or write what its commands print into it; returns the steps that are still wrong."""
    text = page.read_text(encoding="utf-8")
    wrong = [step for step in run_page(page) if not step.agrees]
    new = rewritten(text, wrong) if write else text
    if new != text:
        page.write_text(new, encoding="utf-8", newline="\n")
        print(f"Wrote {page.relative_to(ROOT)}.")
    return [step for step in wrong if step.fault or not write]


if __name__ == "__main__":
    sys.exit(main())
