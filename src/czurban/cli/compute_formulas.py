"""`czurban compute` by formula: what the plan's formulas give, by figures that were sent or by the plan's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from czurban.cli.assessing import derivations, printed_columns
from czurban.cli.destination import destination
from czurban.cli.exits import FailOn, exit_code
from czurban.cli.judged import judged
from czurban.cli.screen import show
from czurban.cli.sent import find_sent
from czurban.cli.session import find_indicator, open_plan
from czurban.cli.speech import speaker
from czurban.errors import UsageError
from czurban.model.derived import Derived
from czurban.model.finding import Finding, has_errors, say
from czurban.model.plan import Plan
from czurban.reading.sources.opening import Limits
from czurban.reporting.document import Document
from czurban.reporting.documents.compute import columns_report, figures_report
from czurban.reporting.formats.registry import REPORT_FORMATS

_TOLD = ("P214", "P215", "P216", "P217", "S220", "S250", "S251", "S252")
"""What is found about formulas and not already said by the table itself."""


def compute_formulas(
    actuals: list[str],
    only: Sequence[str],
    digits: int,
    *,
    plan: Path | None,
    period: str | None,
    form: str | None,
    output: str | None,
    max_findings: int | None,
    limits: Limits,
    fails: FailOn,
) -> None:
    """Show or write what the formulas give: by reported figures, or without any by the plan's own printed ones.

    Raises:
        UsageError: the options do not go together, or the plan has no such formula.
    """
    sent = find_sent(actuals)
    where = destination(form, output, REPORT_FORMATS)
    loaded = open_plan(plan)
    ids = [_formula_of(loaded, text) for text in only] or [one.indicator for one in loaded.formulas]
    if not actuals:
        if period is not None:
            message = say("--period chooses among reported figures, and no file of them is given.")
            raise UsageError(message, say("Name a file, or leave --period out: both printed columns are told."))
        document, findings = _of_the_plan(loaded, ids)
        show(document, where)
        raise typer.Exit(exit_code((), fails, failed=has_errors(findings)))
    found = judged(loaded, sent, period, max_findings, limits)
    assessment = found.assessment
    derived = derivations(assessment)
    findings = _about(assessment.findings, [derived[name] for name in ids])
    show(figures_report(assessment, _in_order(loaded, derived, ids), findings, digits, speaker()), where)
    about = ids if only else {one.indicator.id for one in assessment.results}
    raise typer.Exit(found.exit_code((one for one in assessment.results if one.indicator.id in about), fails))


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
    places = {one.formula.place for one in shown} | {one.stated.place for one in shown if one.stated}
    return [one for one in findings if one.code in _TOLD and one.place in places]


def _of_the_plan(plan: Plan, ids: Sequence[str]) -> tuple[Document, list[Finding]]:
    from czurban.checking.plan_rules.registry import check_plan  # noqa: PLC0415 - only where no figures are given

    columns = {title: _in_order(plan, found, ids) for title, found in printed_columns(plan, speaker()).items()}
    shown = [one for members in columns.values() for one in members]
    findings = _about(check_plan(plan), shown)
    return columns_report(plan, columns, findings, speaker()), findings
