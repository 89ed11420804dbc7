"""What `czurban compute` is asked: by formula or from records, of which indicators, with how many decimals."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.complete import complete_derived
from czurban.errors import UsageError
from czurban.model.finding import mark, say

OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="INDICATOR",
        help=mark("Only this indicator's figures (id, number, name). May be given again."),
        autocompletion=complete_derived,
    ),
]
RecordsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--records",
        metavar="PATH",
        help=mark("A table of records: Parquet or CSV, a folder of such files, or a pattern. May be given again."),
    ),
]
MetricsOption = Annotated[
    Path | None,
    typer.Option("--metrics", metavar="FILE", help=mark("What is counted and summed of the records (metrics.yaml).")),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="region|region:N",
        help=mark("A figure for each region, or for the regions whose codes have the same first N characters."),
    ),
]
DigitsOption = Annotated[
    int,
    typer.Option(
        "--digits",
        metavar="N",
        help=mark("Decimals of a value in CSV where its own never end; all others are written exactly."),
        min=1,
        max=40,
    ),
]
RecordEngineOption = Annotated[
    str,
    typer.Option("--engine", metavar="duckdb|spark|sc://HOST:PORT", help=mark("Who counts and sums the records.")),
]
_GIVEN = "COMMANDLINE"


def of_records_alone(ctx: typer.Context) -> None:
    """Refuse what only records are computed by, where none are given.

    Raises:
        UsageError: --engine or --memory was written.
    """
    for name in ("engine", "memory"):
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == _GIVEN:
            message = say("{option} goes with --records, and none are given.", option=f"--{name}")
            raise UsageError(message, say("Formulas are reckoned without an engine; leave it out."))
