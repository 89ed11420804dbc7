"""Write what the program itself knows best: docs/reference/cli.md and rules.md, exit codes, schemas, output.

The output is what the commands print that a page shows.
Run without arguments it writes them all; with --check it writes nothing and exits 1 if one is not current.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from czurban.cli.exits import COULD_NOT, COULD_NOT_RUN, INTERRUPTED, INTERRUPTION, alike
from czurban.model.faults import FAULTS
from czurban.model.message import say
from czurban.reading.rule_cases import cases
from czurban.reporting.formats import render
from czurban.reporting.rule_page import rule_page
from czurban.words.speaker import Speaker
from doc_commands import pages, update
from running import run_in

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = (
    "check",
    "compute",
    "why",
    "report",
    "ledger",
    "escalate",
    "template",
    "status",
    "list",
    "show",
    "validate",
    "fix",
    "rule",
    "schema",
)
SCHEMAS = ("plan", "targets", "tasks", "departments", "regions", "submission", "metrics")
GROUPS = {
    "P1": "P1: the shape of a plan's files",
    "P2": "P2: the sense of a plan",
    "S1": "S1: reading a submission",
    "S2": "S2: the sense of a submission",
}
EXIT_PAGES = {"docs/reference/exit-codes.md": "en"}
EXITS_BEGIN, EXITS_END = "<!-- exit codes: made by `make docs` -->", "<!-- end of exit codes -->"
MADE = "<!-- Made by `make docs`; do not edit by hand. -->"


def printed(*command: str) -> str:
    """What the program prints, in English, 100 columns wide, without colour."""
    code, out, err = run_in(ROOT, command, "en")
    if code:
        sys.exit(f"czurban {' '.join(command)} ended with {code}:\n{err}")
    return out


def help_of(*command: str) -> str:
    """What the program prints for --help."""
    return "\n".join(line.rstrip() for line in printed(*command, "--help").strip("\n").splitlines())


def cli_page() -> str:
    """The page of the commands."""
    parts = [MADE, "", "# The commands", "", "```text", help_of(), "```"]
    for command in COMMANDS:
        parts += ["", f"## czurban {command}", "", "```text", help_of(command), "```"]
    return "\n".join(parts) + "\n"


def rules_page() -> str:
    """The page of the rules: every code, its severity, the demand, why, and a good and a bad case."""
    parts = [
        MADE,
        "",
        "# The rules",
        "",
        "What is demanded of a plan's files and of submissions. `czurban rule P214` prints one of them.",
        "An **error** says that something was not used or not understood,",
        "a **warning** that it was used but should be looked at,",
        "and an **info** is said so that nothing happens in silence.",
    ]
    strangers = sorted(code for code in FAULTS if code[:2] not in GROUPS)
    if strangers:
        message = f"tools/docs.py has no group for {', '.join(strangers)}; add one to GROUPS."
        raise SystemExit(message)
    for prefix, title in GROUPS.items():
        parts += ["", f"## {title}"]
        for code in sorted(FAULTS):
            if code.startswith(prefix):
                page = render(rule_page(code, cases()[code], Speaker("en"), level=3), "markdown")
                parts += ["", page.decode().strip()]
    return "\n".join(parts) + "\n"


def exit_codes(language: str) -> str:
    """The table of exit codes in a language."""
    speak = Speaker(language)
    head = [speak(say("Commands")), "0", "1"]
    rows = [
        [", ".join(f"`{one}`" for one in commands), speak(codes.fine), speak(codes.failed) if codes.failed else "–"]
        for commands, codes in alike()
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    every = ((COULD_NOT_RUN, COULD_NOT), (INTERRUPTED, INTERRUPTION))
    return "\n".join([*lines, "", *(f"- {number}: {speak(meaning)}" for number, meaning in every)])


def exits_page(name: str, language: str) -> str:
    """Return a page with its table of exit codes as it should be."""
    text = (ROOT / name).read_text(encoding="utf-8")
    before, begin, rest = text.partition(EXITS_BEGIN)
    _, end, after = rest.partition(EXITS_END)
    if not begin or not end:
        message = f"{name} has no place for the exit codes: {EXITS_BEGIN} and {EXITS_END}."
        raise SystemExit(message)
    return f"{before}{begin}\n\n{exit_codes(language)}\n\n{end}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the pages; returns the exit code."""
    parser = argparse.ArgumentParser(description="Write the generated pages of czurban's documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")
    checking: bool = parser.parse_args(arguments).check
    stale = False
    files = {"docs/reference/cli.md": cli_page(), "docs/reference/rules.md": rules_page()}
    files |= {name: exits_page(name, language) for name, language in EXIT_PAGES.items()}
    files |= {f"schema/{name}.schema.json": printed("schema", name) for name in SCHEMAS}
    for name, text in files.items():
        path = ROOT / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        if checking:
            print(f"{name} is not current; run `make docs`.", file=sys.stderr)
            stale = True
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {name}.")
    if not checking:
        for page in pages():
            update(page, write=True)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
