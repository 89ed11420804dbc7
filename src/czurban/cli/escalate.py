"""`czurban escalate`: what the joint conference has to hear of, worst first, each with the reason."""

from pathlib import Path

import typer

from czurban.checking.escalation import CONTRADICTIONS, escalation_items
from czurban.checking.finding_filter import filter_findings
from czurban.checking.milestones import ledger_entries
from czurban.checking.plan_rules.registry import check_plan
from czurban.cli.destination import destination
from czurban.cli.entry_scope import entry_scope
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.judged import judged
from czurban.cli.ledger import OfOption
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
from czurban.cli.sieving import finding_filter, print_left_out
from czurban.cli.speech import speaker
from czurban.model.finding import Findings
from czurban.model.plan import Plan
from czurban.reading.plan.ignores import read_ignores
from czurban.reading.sources.opening import LIMITS
from czurban.reporting.documents.escalation import escalation_report
from czurban.reporting.formats.registry import REPORT_FORMATS


def escalate(
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
    """List what the joint conference has to hear of, worst first, and why."""
    fails = read_fail_on(fail_on)
    sent = find_sent(actuals)
    where = destination(form, output, REPORT_FORMATS)
    loaded = open_plan(plan)
    inside = entry_scope(loaded, dept, category)
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    found = judged(loaded, sent, period, max_findings, limits)
    assessment = found.assessment
    entries = ledger_entries(assessment, assessment.stages)
    items = escalation_items(assessment, [one for one in entries if inside(one)], _plan_contradictions(loaded))
    show(escalation_report(assessment, items, speaker()), where)
    raise typer.Exit(found.exit_code(filter(scope_of(loaded, dept, category), assessment.results), fails))


def _plan_contradictions(plan: Plan) -> Findings:
    """What the plan's own figures say against each other, without what its keeper has hidden with a reason."""
    found = [one for one in check_plan(plan) if one.code in CONTRADICTIONS]
    hidden = [one for one in read_ignores(Path(plan.source))[0] if one.code in CONTRADICTIONS]
    sifted = filter_findings(found, finding_filter(), hidden)
    print_left_out(sifted)
    return sifted.kept
