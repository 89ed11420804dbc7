"""`czurban compute`: what the plan's formulas give, by figures that were sent or by the plan's own."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from czurban.cli.assessing import derivations, printed_columns
from czurban.cli.complete import complete_derived
from czurban.cli.judged import judged
from czurban.cli.options import (
    MAX_SIZE,
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
    limits_of,
)
from czurban.cli.report_format import ReportFormatOption, choose_report_format
from czurban.cli.screen import show, spare_inputs
from czurban.cli.session import find_indicator, open_plan
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.model.derived import Derived
from czurban.model.finding import Finding
from czurban.model.message import mark, say
from czurban.model.plan import Plan
from czurban.reading.limits import LIMITS
from czurban.reporting.compute_report import columns_report, figures_report
from czurban.reporting.document import Document

_TOLD = ("P214", "P215", "P216", "P217", "S220", "S250", "S251", "S252")
"""What is found about formulas and not already said by the table itself."""

OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="INDICATOR",
        help=mark("Only this indicator's formula (id, number, name). May be given again."),
        autocompletion=complete_derived,
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


def compute(
    actuals: FilesArgument = None,
    only: OnlyOption = None,
    digits: DigitsOption = 12,
    plan: PlanOption = None,
    period: PeriodOption = None,
    form: ReportFormatOption = None,
    output: OutputOption = None,
    max_findings: MaxOption = None,
    max_rows: MaxRowsOption = LIMITS.rows,
    max_columns: MaxColumnsOption = LIMITS.columns,
    max_cell: MaxCellOption = LIMITS.cell,
    max_size: MaxSizeOption = MAX_SIZE,
    lang: LangOption = None,  # noqa: ARG001 - speech.listen has taken it from the arguments already
) -> None:
    """Derive indicators by the plan's formulas, from reported figures; without any, from the plan's printed ones."""
    spelled = choose_report_format(form, output)
    spare_inputs(output, actuals or [])
    loaded = open_plan(plan)
    ids = [_formula_of(loaded, text) for text in only or []] or [one.indicator for one in loaded.formulas]
    if not actuals:
        if period is not None:
            message = say("--period chooses among reported figures, and no file of them is given.")
            raise UsageError(message, say("Name a file, or leave --period out: both printed columns are told."))
        show(_of_the_plan(loaded, ids), spelled, output)
        return
    limits = limits_of(max_rows, max_columns, max_cell, max_size)
    assessment = judged(loaded, actuals, period, max_findings, limits)
    found = derivations(assessment)
    findings = _about(assessment.findings, [found[name] for name in ids])
    show(figures_report(assessment, _in_order(loaded, found, ids), findings, digits, speaker()), spelled, output)


def _formula_of(plan: Plan, text: str) -> str:
    one = find_indicator(plan, text)
    if plan.formula(one.id) is None:
        names = " / ".join(plan.by_id[each.indicator].name for each in plan.formulas)
        message = say("The plan has no formula for “{name}”.", name=one.name)
        raise UsageError(message, say("It has formulas for: {names}.", names=names) if names else None)
    return one.id


def _in_order(plan: Plan, found: Mapping[str, Derived], ids: Sequence[str]) -> list[Derived]:
    """What is asked for, in the plan's order."""
    return [found[one.id] for one in plan.indicators if one.id in ids]


def _about(findings: Sequence[Finding], shown: Sequence[Derived]) -> list[Finding]:
    """The findings about these formulas: at the formula itself, or at the figure that was sent beside it."""
    places = {one.formula.place for one in shown} | {one.beside.place for one in shown if one.beside}
    return [one for one in findings if one.code in _TOLD and one.place in places]


def _of_the_plan(plan: Plan, ids: Sequence[str]) -> Document:
    from czurban.checking.check_plan import check_plan  # noqa: PLC0415 - only where no figures are given

    columns = {title: _in_order(plan, found, ids) for title, found in printed_columns(plan, speaker()).items()}
    shown = [one for members in columns.values() for one in members]
    return columns_report(plan, columns, _about(check_plan(plan), shown), speaker())
