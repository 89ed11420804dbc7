"""`czurban report`: one department's page."""

from typing import Annotated

import typer

from czurban.checking.assess import assess
from czurban.checking.sift import sift
from czurban.cli.complete import complete_departments
from czurban.cli.options import (
    MAX_SIZE,
    FilesArgument,
    FormatOption,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    VerboseOption,
    limits_of,
)
from czurban.cli.screen import show, tell
from czurban.cli.session import check_format, choose_period, find_department, open_plan, read_all, tell_rows
from czurban.cli.sieving import most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.model.assessment import Assessment
from czurban.model.message import mark
from czurban.reading.limits import LIMITS
from czurban.reporting.department_report import department_report
from czurban.reporting.findings_text import findings_text

WhoseOption = Annotated[
    str,
    typer.Option("--dept", metavar="NAME", help=mark("Whose page."), autocompletion=complete_departments),
]


def report(
    dept: WhoseOption,
    actuals: FilesArgument = None,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: FormatOption = "text",
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = LIMITS.rows,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = MAX_SIZE,
    verbose: VerboseOption = False,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Show one department's indicators and tasks."""
    check_format(form)
    loaded = open_plan(plan)
    office = find_department(loaded, dept)
    sieve, most = sieve_of(()), most_of_a_kind(max_findings)
    judged = choose_period(period, loaded)
    submissions, read_findings = read_all(actuals or [], loaded, limits_of(max_rows, max_columns, max_cell, max_size))
    assessed = assess(loaded, submissions, period=judged)
    sifted = sift((*read_findings, *assessed.findings), sieve)
    assessment = Assessment(loaded, judged, assessed.results, sifted.kept, assessed.submissions)
    show(department_report(assessment, office, speaker()), form, output)
    tell(findings_text(sifted.kept, speaker(), most))
    tell_sifted(sifted)
    if verbose:
        tell_rows(submissions)
