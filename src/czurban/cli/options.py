"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.complete import (
    complete_check_formats,
    complete_departments,
    complete_formats,
    complete_regions,
    complete_report_formats,
)
from czurban.model.finding import mark
from czurban.reading.sources.opening import LIMITS, MEBIBYTE, Limits

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
        "--lang", metavar="zh|en", help=mark("Language of the output (else CZURBAN_LANG, the settings, the locale).")
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
        help=mark("text, markdown, html, docx, xlsx, json or csv (else by the ending of the file written, else text)."),
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
    bool, typer.Option("--force", help=mark("Replace files of the same names, whoever made or changed them."))
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
        "--by", metavar="region", help=mark("Judge every region below, rank them, and hold their total to the whole's.")
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
    bool, typer.Option("--verbose", "-v", help=mark("Say of each file what became of its rows, on standard error."))
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


def limits_of(rows: int | None, columns: int, cell: int, size: int | None) -> Limits:
    """The limits that the four options above set; rows and size hold for an engine where they are asked for alone."""
    most = None if size is None else size * MEBIBYTE
    return Limits(rows or LIMITS.rows, columns, cell, most or LIMITS.size, rows, most)
