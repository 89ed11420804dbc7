"""`czurban compute`: figures that were not reported, by the plan's formulas or from a table of records.

What `czurban compute` is asked: by formula or from records, of which indicators, with how many decimals.
"""

from pathlib import Path
from typing import Annotated

import typer

from czurban.app.settings import open_plan
from czurban.cli.console import finish
from czurban.cli.options import FigureRun, MemoryOption, complete_derived, option, takes_figures
from czurban.errors import UsageError
from czurban.model.finding import mark, say

OnlyOption = Annotated[
    list[str] | None,
    option(
        "--only INDICATOR",
        mark("Only this indicator's figures (id, number, name). May be given again."),
        complete_derived,
    ),
]
RecordsOption = Annotated[
    list[str] | None,
    option(
        "--records PATH",
        mark("A table of records: Parquet or CSV, a folder of such files, or a pattern. May be given again."),
    ),
]
MetricsOption = Annotated[
    Path | None, option("--metrics FILE", mark("What is counted and summed of the records (metrics.yaml)."))
]
ByOption = Annotated[
    str | None,
    option(
        "--by region|region:N",
        mark("A figure for each region, or for the regions whose codes have the same first N characters."),
    ),
]
DigitsOption = Annotated[
    int,
    option(
        "--digits N",
        mark("Decimals of a value in CSV where its own never end; all others are written exactly."),
        least=1,
        most=40,
    ),
]
RecordEngineOption = Annotated[
    str, option("--engine duckdb|spark|sc://HOST:PORT", mark("What counts and sums the records."))
]


def of_records_alone(ctx: typer.Context) -> None:
    """Refuse what only records are computed by, where none are given.

    Raises:
        UsageError: --engine or --memory was written.
    """
    for name in ("engine", "memory"):
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            message = say("{option} goes with --records, and none are given.", option=f"--{name}")
            raise UsageError(message, say("Formulas are computed without an engine; leave it out."))


@takes_figures()
def compute(
    run: FigureRun,
    ctx: typer.Context,
    records: RecordsOption = None,
    metrics: MetricsOption = None,
    by: ByOption = None,
    only: OnlyOption = None,
    digits: DigitsOption = 12,
    engine: RecordEngineOption = "duckdb",
    memory: MemoryOption = None,
) -> None:
    """Compute indicators by the plan's formulas, from reported figures or the plan's own; or from records."""
    from czurban.app import compute as use_case  # noqa: PLC0415 - help and completion read no figures

    fails = run.fails
    asked = {"only": only or (), "digits": digits}
    if not (records or metrics is not None or by is not None):
        of_records_alone(ctx)
        run.report(use_case.compute, use_case.ComputeOptions, **asked)
    if run.actuals:
        if not records and metrics is None:
            message = say("{option} goes with --records, and none are given.", option="--by")
            raise UsageError(message, say("`czurban check FILE --by region` judges figures region by region."))
        message = say("Figures and records are not computed from together.")
        raise UsageError(message, say("Give either files of figures, or --records and --metrics."))
    from czurban.app.assessing import note_inputs  # noqa: PLC0415 - as above

    note_inputs(*(records or ()), *([metrics] if metrics else ()))
    where = run.where()
    if metrics is None or not records:
        message = say("--records and --metrics are given together.")
        raise UsageError(message, say("Write `czurban compute --records persons.parquet --metrics metrics.yaml`."))
    from czurban.app.records import RecordOptions, compute_records  # noqa: PLC0415 - loads an engine

    of_records = RecordOptions(run.options(use_case.ComputeOptions, **asked), by, engine, memory, where.path)
    finish(compute_records(open_plan(run.plan), metrics, records, of_records), where, fails, most=run.most)
