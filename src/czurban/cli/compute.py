"""`czurban compute`: figures that nobody sent, from a table of records."""

from czurban.cli.compute_records import (
    Asked,
    ByOption,
    DigitsOption,
    MetricsOption,
    OnlyOption,
    RecordsOption,
    compute_records,
)
from czurban.cli.large_options import MemoryOption
from czurban.cli.options import LangOption, MaxOption, OutputOption, PeriodOption, PlanOption
from czurban.cli.report_format import ReportFormatOption


def compute(
    records: RecordsOption = None,
    metrics: MetricsOption = None,
    by: ByOption = None,
    only: OnlyOption = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    digits: DigitsOption = 12,
    memory: MemoryOption = 200,
    max_findings: MaxOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Compute figures that nobody sent."""
    asked = Asked(records or (), metrics, by, only or (), digits, memory)
    compute_records(asked, plan=plan, period=period, form=form, output=output, max_findings=max_findings)
