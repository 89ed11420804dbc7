"""Write what the program itself knows best: docs/reference/cli.md and rules.md, exit codes, schemas, output.

The output is what the commands print that a page shows.
Run without arguments it writes them all; with --check it writes nothing and exits 1 if one is not current.
"""

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from api_page import api_page
from czurban.cli.exits import ALIKE, COULD_NOT, COULD_NOT_RUN, INTERRUPTED, INTERRUPTION
from czurban.files.outputs import MARKDOWN_MARK
from czurban.model.faults import FAULTS
from czurban.model.finding import say
from czurban.model.text import exact
from czurban.model.unit import built_in_units
from czurban.reading.plan.cases import cases
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
    "site",
    "ledger",
    "escalate",
    "pace",
    "score",
    "template",
    "status",
    "list",
    "show",
    "validate",
    "new",
    "import",
    "read-target",
    "fix",
    "rule",
    "schema",
)
SCHEMAS = ("plan", "targets", "tasks", "departments", "regions", "submission", "metrics", "rules")
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
UNITS_INTRODUCTION = {
    "en": (
        "# Units",
        "",
        "The units that every plan knows. Values in units of one dimension convert into each",
        "other exactly; others do not. 千, 万, 十万, 百万, 千万, 亿, 十亿 and 万亿 before a unit multiply",
        "it (万人次, 亿千瓦时), and so do thousand, million, billion and trillion (million USD); a",
        "share is not multiplied. Quotients and products are made of known units: 元/人, 张/10万人,",
        "吨标准煤/万元, 升/人·日, 元每平方米, people per km². A plan declares a unit of its own in one line",
        "under [`units:`](plan-format.md).",
        "",
        "| One | is | Names |",
        "| --- | --- | --- |",
    ),
    "zh": (
        "# 计量单位",
        "",
        "各方案通用的计量单位。同类单位可精确换算，不同类的不能换算。",
        "单位前的千、万、十万、百万、千万、亿、十亿、万亿为倍数（万人次、亿千瓦时），",
        "英文的 thousand、million、billion、",
        "trillion 同样（million USD）；百分比等比率前不加倍数。",
        "复合单位由已知单位组成：元/人、张/10万人、吨标准煤/万元、升/人·日、元每平方米、people per km²。",
        "方案可在 [`units:`](plan-format.md) 下用一行声明自己的单位。",
        "",
        "| 单位 | 等于 | 名称 |",
        "| --- | --- | --- |",
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
                parts += ["", page.removesuffix(MARKDOWN_MARK).decode().strip()]
    return "\n".join(parts) + "\n"


def units_page(language: str) -> str:
    """Return the page of the built-in units: every size of a dimension with its names, and what it is in base units."""
    sizes: dict[tuple[str, Fraction], list[str]] = {}
    for unit in built_in_units():
        sizes.setdefault((unit.dimension, unit.factor), []).append(unit.name)
    base = {dimension: names[0] for (dimension, factor), names in sizes.items() if factor == 1}
    comma = BETWEEN[language][0]
    rows = []
    for (dimension, factor), names in sizes.items():
        size = "–" if factor == 1 else f"{exact(factor)} {base.get(dimension, '')}".strip()
        rows.append(f"| {names[0]} | {size} | {comma.join(names)} |")
    return "\n".join([MADE, "", *UNITS_INTRODUCTION[language], *rows]) + "\n"


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
        for commands, codes in ALIKE
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
    files |= {f"{folder}/units.md": units_page(language) for folder, language in FOLDERS.items()}
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
