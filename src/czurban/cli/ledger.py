"""`czurban ledger`: the supervision ledger (督查台账), every target and milestone with its close-out state."""

from typing import Annotated

import typer

from czurban.checking.milestones import ledger_entries
from czurban.cli.destination import destination
from czurban.cli.entry_scope import entry_scope
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.judged import judged
from czurban.cli.options import (
    DeptOption,
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
from czurban.cli.scope import scope_of
from czurban.cli.screen import show
from czurban.cli.sent import find_sent
from czurban.cli.session import open_plan
from czurban.cli.speech import speaker
from czurban.model.finding import mark
from czurban.reading.sources.opening import LIMITS
from czurban.reporting.documents.ledger import ledger_report
from czurban.reporting.formats.registry import REPORT_FORMATS

OfOption = Annotated[
    str | None, typer.Option("--category", metavar="NAME", help=mark("Only this category's, or this part's tasks'."))
]


def ledger(
    actuals: FilesArgument = None,
    dept: DeptOption = None,
    category: OfOption = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    fail_on: FailOption = FailOn.ERROR.value,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = None,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """List every target and milestone with who answers for it, and whether it is closed."""
    fails = read_fail_on(fail_on)
    sent = find_sent(actuals)
    where = destination(form, output, REPORT_FORMATS)
    loaded = open_plan(plan)
    inside = entry_scope(loaded, dept, category)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    found = judged(loaded, sent, period, max_findings, limits)
    assessment = found.assessment
    entries = ledger_entries(assessment, assessment.stages)
    show(ledger_report(assessment, [one for one in entries if inside(one)], speaker()), where)
    raise typer.Exit(found.exit_code(filter(scope_of(loaded, dept, category), assessment.results), fails))
