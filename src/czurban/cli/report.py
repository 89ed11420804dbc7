"""`czurban report`: one department's page."""

from typing import Annotated

import typer

from czurban.checking.assess import assess
from czurban.checking.sift import sift
from czurban.cli.complete import complete_departments
from czurban.cli.options import (
    FilesArgument,
    FormatOption,
    LangOption,
    MaxOption,
    OutputOption,
    PeriodOption,
    PlanOption,
)
from czurban.cli.screen import show, tell
from czurban.cli.session import check_format, choose_period, find_department, open_plan, read_all
from czurban.cli.sieving import most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.model.assessment import Assessment
from czurban.model.message import mark
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
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Show one department's indicators and tasks."""
    check_format(form)
    loaded = open_plan(plan)
    office = find_department(loaded, dept)
    sieve, most = sieve_of(()), most_of_a_kind(max_findings)
    judged = choose_period(period, loaded)
    submissions, read_findings = read_all(actuals or [], loaded)
    assessed = assess(loaded, submissions, period=judged)
    sifted = sift((*read_findings, *assessed.findings), sieve)
    assessment = Assessment(loaded, judged, assessed.results, sifted.kept, assessed.submissions)
    show(department_report(assessment, office, speaker()), form, output)
    tell(findings_text(sifted.kept, speaker(), most))
    tell_sifted(sifted)
