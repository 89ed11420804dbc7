"""`czurban compute`: figures that were not reported, by the plan's formulas or from a table of records.

What `czurban compute` is asked: by formula or from records, of which indicators, with how many decimals.
"""

from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.console import finish
from czurban.cli.figures import FigureRun, takes_figures
from czurban.cli.options import MemoryOption, complete_derived
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
    typer.Option("--engine", metavar="duckdb|spark|sc://HOST:PORT", help=mark("What counts and sums the records.")),
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
    from czurban.app.compute import ComputeOptions  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.compute import compute as compute_formulas  # noqa: PLC0415 - as above

    fails = run.fails
    asked = {"only": only or (), "digits": digits}
    if not (records or metrics is not None or by is not None):
        of_records_alone(ctx)
        run.report(compute_formulas, ComputeOptions, **asked)
    if run.actuals:
        raise _both_given(by_alone=not records and metrics is None)
    from czurban.app.assessing import note_inputs  # noqa: PLC0415 - as above
    from czurban.app.plans import open_plan  # noqa: PLC0415 - as above

    note_inputs(*(records or ()), *([metrics] if metrics else ()))
    where = run.where()
    if metrics is None or not records:
        message = say("--records and --metrics are given together.")
        raise UsageError(message, say("Write `czurban compute --records persons.parquet --metrics metrics.yaml`."))
    from czurban.app.records import RecordOptions, compute_records  # noqa: PLC0415 - loads an engine

    of_records = RecordOptions(run.options(ComputeOptions, **asked), by, engine, memory, where.path)
    finish(compute_records(open_plan(run.plan), metrics, records, of_records), where, fails, most=run.most)


def _both_given(*, by_alone: bool) -> UsageError:
    if by_alone:
        message = say("{option} goes with --records, and none are given.", option="--by")
        return UsageError(message, say("`czurban check FILE --by region` judges figures region by region."))
    message = say("Figures and records are not computed from together.")
    return UsageError(message, say("Give either files of figures, or --records and --metrics."))
