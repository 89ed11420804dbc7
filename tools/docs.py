"""Write what the program itself knows best: docs/reference/cli.md and rules.md, exit codes, schemas, output.

The output is what the commands print that a page shows.
Run without arguments it writes them all; with --check it writes nothing and exits 1 if one is not current.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from api_page import api_page
from czurban.cli.exits import COULD_NOT, COULD_NOT_RUN, INTERRUPTED, INTERRUPTION, alike
from czurban.model.faults import FAULTS
from czurban.model.finding import say
from czurban.reading.plan.ignores import cases
from czurban.reporting.documents.findings import rule_page
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator
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
    "P1": {"en": "P1: the shape of a plan's files", "zh": "P1：方案文件的格式"},
    "P2": {"en": "P2: the sense of a plan", "zh": "P2：方案的内容"},
    "S1": {"en": "S1: reading a submission", "zh": "S1：读取填报文件"},
    "S2": {"en": "S2: the sense of a submission", "zh": "S2：填报内容"},
}
FOLDERS = {"docs/reference": "en", "docs/zh/reference": "zh"}
"""The folders of generated pages, each with its language."""
COMMANDS_TITLE = {"en": "# Commands", "zh": "# 命令"}
RULES_INTRODUCTION = {
    "en": (
        "# Rules",
        "",
        "The rules for a plan's files and for submissions. `czurban rule P214` prints one of them.",
        "",
        "| Severity | Means |",
        "| --- | --- |",
        "| error | Something was not used, or not understood. |",
        "| warning | It was used, and needs a second look. |",
        "| note | It was used; the finding reports how. |",
    ),
    "zh": (
        "# 规则",
        "",
        "方案文件和填报文件须符合的规则。`czurban rule P214` 显示其中一条。",
        "",
        "| 级别 | 含义 |",
        "| --- | --- |",
        "| 错误 | 有内容未采用或无法识别。 |",
        "| 警告 | 已采用，但请核对。 |",
        "| 提示 | 已采用，并说明如何处理。 |",
    ),
}
EXIT_PAGES = {f"{folder}/exit-codes.md": language for folder, language in FOLDERS.items()}
BETWEEN = {"en": (", ", ": "), "zh": ("、", "：")}
"""What is between the items of a list, and between a code and its meaning."""
EXITS_BEGIN, EXITS_END = "<!-- exit codes: made by `make docs` -->", "<!-- end of exit codes -->"
MADE = "<!-- Made by `make docs`; do not edit by hand. -->"


def printed(*command: str, language: str = "en") -> str:
    """Return what the program prints, 100 columns wide, without colour."""
    code, out, err = run_in(ROOT, command, language)
    if code:
        sys.exit(f"czurban {' '.join(command)} ended with {code}:\n{err}")
    return out


def help_of(*command: str, language: str) -> str:
    """Return what the program prints for --help."""
    text = printed(*command, "--help", language=language)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def cli_page(language: str) -> str:
    """Return the page of the commands."""
    parts = [MADE, "", COMMANDS_TITLE[language], "", "```text", help_of(language=language), "```"]
    for command in COMMANDS:
        parts += ["", f"## czurban {command}", "", "```text", help_of(command, language=language), "```"]
    return "\n".join(parts) + "\n"


def rules_page(language: str) -> str:
    """Return the page of the rules: every code, its severity, the demand, why, and a good and a bad case."""
    parts = [MADE, "", *RULES_INTRODUCTION[language]]
    strangers = sorted(code for code in FAULTS if code[:2] not in GROUPS)
    if strangers:
        message = f"tools/docs.py has no group for {', '.join(strangers)}; add one to GROUPS."
        raise SystemExit(message)
    for prefix, titles in GROUPS.items():
        title = titles[language]
        parts += ["", f"## {title}"]
        for code in sorted(FAULTS):
            if code.startswith(prefix):
                page = render(rule_page(code, cases()[code], Translator(language), level=3), "markdown")
                parts += ["", page.decode().strip()]
    return "\n".join(parts) + "\n"


def exit_codes(language: str) -> str:
    """The table of exit codes in a language."""
    translate = Translator(language)
    comma, colon = BETWEEN[language]
    head = [translate(say("Commands")), "0", "1"]
    rows = [
        [
            comma.join(f"`{one}`" for one in commands),
            translate(codes.fine),
            translate(codes.failed) if codes.failed else "–",
        ]
        for commands, codes in alike()
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    every = ((COULD_NOT_RUN, COULD_NOT), (INTERRUPTED, INTERRUPTION))
    return "\n".join([*lines, "", *(f"- {number}{colon}{translate(meaning)}" for number, meaning in every)])


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
    files = {f"{folder}/cli.md": cli_page(language) for folder, language in FOLDERS.items()}
    files |= {f"{folder}/rules.md": rules_page(language) for folder, language in FOLDERS.items()}
    files |= {f"{folder}/api.md": api_page(MADE, language) for folder, language in FOLDERS.items()}
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
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"Wrote {name}.")
    if not checking:
        for page in pages():
            update(page, write=True)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
