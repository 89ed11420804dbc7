"""The options that several commands share.

Completion of departments and indicators from the plan the line being typed names.
"""

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from czurban.app.settings import plan_names
from czurban.errors import CzurbanError
from czurban.model.finding import mark
from czurban.model.text import key
from czurban.reporting.formats.registry import CHECK_FORMATS, FORMATS, REPORT_FORMATS
from czurban.words.translator import LANGUAGES


def complete_formats(incomplete: str) -> list[str]:
    """Return the formats of any report that begin like this."""
    return [form for form in FORMATS if form.startswith(incomplete)]


def complete_check_formats(incomplete: str) -> list[str]:
    """Return the formats of a check that begin like this."""
    return [form for form in CHECK_FORMATS if form.startswith(incomplete)]


def complete_report_formats(incomplete: str) -> list[str]:
    """Return the formats of reports that are sent out that begin like this."""
    return [form for form in REPORT_FORMATS if form.startswith(incomplete)]


def complete_verdicts(incomplete: str) -> list[tuple[str, str]]:
    """Return verdicts that begin like this, by their code or their Chinese label."""
    from czurban.app.plans import words_of_verdicts  # noqa: PLC0415 - for a Tab alone

    words = [name[:2] for name in words_of_verdicts().values()]
    every = [*words, *((label, code) for code, label in words)]
    return [(name, other) for name, other in every if name.startswith(incomplete.strip())]


def _matching(kind: str, incomplete: str) -> list[tuple[str, str]]:
    """Return the plan's names of a kind that begin like this; none where it cannot be read: that is reported later."""
    line = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    try:
        entries = plan_names(_plan_in(line), _read)[kind]
    except CzurbanError:
        return []
    wanted = key(incomplete)
    return [
        (name, " / ".join(others))
        for name, *others in entries
        if any(key(text).startswith(wanted) for text in (name, *others))
    ]


def _read(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    from czurban.app.lists import names_in  # noqa: PLC0415 - only where the names are not known yet
    from czurban.app.plans import open_plan  # noqa: PLC0415 - as above

    return names_in(open_plan(folder))


def _plan_in(line: str) -> Path | None:
    """The folder after --plan on the line being typed, whose last word may still lack its closing quote."""
    import shlex  # noqa: PLC0415 - only a Tab needs it

    try:
        parts = shlex.split(line)
    except ValueError:
        parts = line.split()
    named = [
        a.partition("=")[2] if a.startswith("--plan=") else b
        for a, b in pairwise([*parts, ""])
        if a.startswith("--plan")
    ]
    return Path(named[0]) if named and named[0] else None


def _completer(*kinds: str) -> Callable[[str], list[tuple[str, str]]]:
    """Return a function that completes the plan's names of these kinds."""
    return lambda incomplete: [match for kind in kinds for match in _matching(kind, incomplete)]


complete_departments, complete_regions = _completer("departments"), _completer("regions")
complete_indicators, complete_derived = _completer("indicators"), _completer("derived")
complete_tasks, complete_categories = _completer("tasks"), _completer("categories")
complete_things = _completer("indicators", "departments")


PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        metavar="FOLDER",
        help=mark("Folder of the plan (else CZURBAN_PLAN, the settings, ./data, the built-in plan)."),
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        help=mark("Language of the output (else CZURBAN_LANG, the settings, the locale)."),
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="text|json|csv|markdown",
        help=mark("Format of the report (else by the ending of the file written, else text)."),
        autocompletion=complete_formats,
    ),
]
CheckFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=mark(
            "text, json, csv, markdown, sarif, junit or github (else by the ending of the file written, else github in"
            " GitHub Actions, else text)."
        ),
        autocompletion=complete_check_formats,
    ),
]
ReportFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=mark(
            "text, markdown, html, docx, pdf, xlsx, json or csv (else by the ending of the file written, else text)."
        ),
        autocompletion=complete_report_formats,
    ),
]
OutputOption = Annotated[
    str | None,  # no Path, which forgets the slash at the end that says a folder is meant
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=mark("Write the report to this file, whole or not at all; - is standard output."),
    ),
]
ForceOption = Annotated[
    bool,
    typer.Option(
        "--force", help=mark("Replace files of the same names, even if they were changed or made by another program.")
    ),
]
DeptOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("Only this department's."), autocompletion=complete_departments),
]
RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="NAME",
        help=mark("Judge this region: by its own row of the breakdown, else by the plan's target."),
        autocompletion=complete_regions,
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="region",
        help=mark("Judge every region below, rank them, and compare their total with the whole's."),
    ),
]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", metavar="PERIOD", help=mark("The period whose figures are judged (else the plan's own).")),
]
MaxOption = Annotated[
    int | None,
    typer.Option(
        "--max-findings", metavar="N", help=mark("List at most N findings of one kind (else 50); 0 lists all."), min=0
    ),
]
FilesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ACTUALS...",
        help=mark("Figures: files (CSV, XLSX, XLS, ODS, Parquet, .gz, .zst), folders, patterns; - for standard input."),
    ),
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help=mark("Print for each file what became of its rows, on standard error."))
]
MaxRowsOption = Annotated[
    int | None,
    typer.Option(
        "--max-rows",
        metavar="N",
        help=mark("Refuse a table with more rows (else 1048576 where no engine reads it; an engine takes any number)."),
        min=1,
    ),
]
MaxColumnsOption = Annotated[
    int, typer.Option("--max-columns", metavar="N", help=mark("Refuse a table with more columns."), min=1)
]
MaxCellOption = Annotated[
    int, typer.Option("--max-cell", metavar="N", help=mark("Refuse a row with a cell of more characters."), min=1)
]
MaxSizeOption = Annotated[
    int | None,
    typer.Option(
        "--max-size",
        metavar="MIB",
        help=mark(
            "Refuse a file of more MiB, unpacked (else 512 where no engine reads it; an engine takes any file, and"
            " unpacks it to 512, or 100 times its packed size)."
        ),
        min=1,
    ),
]


EachRegionOption = Annotated[
    bool,
    typer.Option(
        "--each-region", help=mark("Check every region of the data against the plan, not only the plan's own.")
    ),
]
EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="auto|python|duckdb|spark|sc://HOST:PORT",
        help=mark("What reads large tables (auto: by their size)."),
    ),
]
MemoryOption = Annotated[
    int | None,
    typer.Option(
        "--memory",
        metavar="MIB",
        help=mark("Memory that the engine may take (else 800 and the disk, or half of the machine's where needed)."),
        min=64,
    ),
]
FailuresOption = Annotated[
    str | None,
    typer.Option(
        "--failures",
        metavar="FILE",
        help=mark("Write the rows that miss their target or cannot be read (.csv or .parquet), whole or not at all."),
    ),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help=mark("Report only findings of these codes, such as P2,S218. May be given again."),
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        help=mark(
            "Do not report findings of these codes; errors because of which a plan or a value is not used are always"
            " reported."
        ),
    ),
]
StrictOption = Annotated[
    bool | None,
    typer.Option(
        "--strict/--no-strict",
        help=mark("Warnings, too, make the exit code 1; --no-strict: they do not."),
        show_default=False,
    ),
]
