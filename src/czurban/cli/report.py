"""`czurban report`: the whole report, a department's page, a task's, a category's; or a page for each department."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.checking.assess import assess
from czurban.checking.sift import sift
from czurban.cli.complete import complete_departments
from czurban.cli.options import FilesArgument, LangOption, MaxOption, OutputOption, PeriodOption, PlanOption
from czurban.cli.origin import origin_of
from czurban.cli.report_folder import write_all
from czurban.cli.report_format import ReportFormatOption, choose_report_format
from czurban.cli.scope import scope_of
from czurban.cli.screen import show, spare_inputs, tell
from czurban.cli.session import choose_period, find_department, open_plan, read_all
from czurban.cli.sieving import most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Assessment
from czurban.model.finding import in_order
from czurban.model.message import mark, say
from czurban.model.plan import Plan
from czurban.model.task import Task
from czurban.reporting.department_report import department_report
from czurban.reporting.document import Document
from czurban.reporting.findings_text import findings_text
from czurban.reporting.task_report import task_report
from czurban.reporting.whole_report import whole_report

WhoseOption = Annotated[
    str | None,
    typer.Option("--dept", metavar="NAME", help=mark("One department's page."), autocompletion=complete_departments),
]
TaskOption = Annotated[int | None, typer.Option("--task", metavar="N", help=mark("One task's page."))]
OfOption = Annotated[
    str | None, typer.Option("--category", metavar="NAME", help=mark("Only this category's indicators."))
]
AllOption = Annotated[
    bool, typer.Option("--all-depts", help=mark("A page for each department and an index, in the folder of --output."))
]


def report(
    actuals: FilesArgument = None,
    dept: WhoseOption = None,
    task: TaskOption = None,
    category: OfOption = None,
    all_depts: AllOption = False,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Report on all of the plan, or on one department, task or category."""
    _one_of(dept is not None, task is not None, category is not None, all_depts)
    spelled = choose_report_format(form, output, folder=all_depts)
    spare_inputs(output, actuals or [])
    loaded = open_plan(plan)
    assessment = _assessed(loaded, actuals or [], period, max_findings)
    if all_depts:
        write_all(assessment, spelled, output)
    else:
        show(_document(assessment, actuals or [], dept, task, category), spelled, output)


def _one_of(*chosen: bool) -> None:
    if sum(chosen) > 1:
        raise UsageError(
            say("--dept, --task, --category and --all-depts are each a report of its own."), say("Choose one of them.")
        )


def _assessed(plan: Plan, actuals: list[str], period: str | None, max_findings: int | None) -> Assessment:
    """Judge, and tell the findings."""
    sieve, most = sieve_of(()), most_of_a_kind(max_findings)
    judged = choose_period(period, plan)
    submissions, read_findings = read_all(actuals, plan)
    assessed = assess(plan, submissions, period=judged)
    sifted = sift(in_order([*read_findings, *assessed.findings]), sieve)
    tell(findings_text(sifted.kept, speaker(), most))
    tell_sifted(sifted)
    return Assessment(plan, judged, assessed.results, sifted.kept, assessed.submissions, assessed.stages)


def _document(
    assessment: Assessment, actuals: list[str], dept: str | None, task: int | None, category: str | None
) -> Document:
    plan, speak = assessment.plan, speaker()
    if dept is not None:
        return department_report(assessment, find_department(plan, dept), speak)
    if task is not None:
        return task_report(assessment, _task(plan, task), speak)
    origin = origin_of(assessment.plan, [Path(name) for name in actuals if name != "-"])
    return whole_report(assessment, origin, speak, scope=scope_of(plan, None, category))


def _task(plan: Plan, number: int) -> Task:
    if found := plan.task(number):
        return found
    message = say("The plan has no task {no}.", no=number)
    raise UnknownThingError(message, say("`czurban list tasks` shows every task."))
