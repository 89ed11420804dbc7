"""`czurban compute`: figures that nobody sent, by the plan's formulas or from a table of records."""

import typer

from czurban.cli.compute_options import (
    ByOption,
    DigitsOption,
    MetricsOption,
    OnlyOption,
    RecordEngineOption,
    RecordsOption,
    of_records_alone,
)
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.large_options import MEMORY, MemoryOption
from czurban.cli.options import (
    FilesArgument,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    ReportFormatOption,
    limits_of,
)
from czurban.errors import UsageError
from czurban.model.finding import say
from czurban.reading.sources.opening import LIMITS


def compute(
    ctx: typer.Context,
    actuals: FilesArgument = None,
    records: RecordsOption = None,
    metrics: MetricsOption = None,
    by: ByOption = None,
    only: OnlyOption = None,
    digits: DigitsOption = 12,
    plan: PlanOption = None,
    period: PeriodOption = None,
    fail_on: FailOption = FailOn.ERROR.value,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    engine: RecordEngineOption = "duckdb",
    memory: MemoryOption = MEMORY,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Derive indicators by the plan's formulas, from reported figures or the plan's own; or from records."""
    fails = read_fail_on(fail_on)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    if records or metrics is not None or by is not None:
        if actuals and not records and metrics is None:
            message = say("{option} goes with --records, and none are given.", option="--by")
            raise UsageError(message, say("`czurban check FILE --by region` judges figures region by region."))
        if actuals:
            message = say("Figures and records are not computed from together.")
            raise UsageError(message, say("Give either files of figures, or --records and --metrics."))
        from czurban.cli.compute_records import (  # noqa: PLC0415 - loaded only where it is needed
            RecordOptions,
            compute_records,
        )

        asked = RecordOptions(records or (), metrics, by, only or (), digits, memory, engine, limits)
        compute_records(
            asked, plan=plan, period=period, form=form, output=output, max_findings=max_findings, fails=fails
        )
        return
    of_records_alone(ctx)
    from czurban.cli.compute_formulas import compute_formulas  # noqa: PLC0415 - as above

    compute_formulas(
        actuals or [],
        only or [],
        digits,
        plan=plan,
        period=period,
        form=form,
        output=output,
        max_findings=max_findings,
        limits=limits,
        fails=fails,
    )
