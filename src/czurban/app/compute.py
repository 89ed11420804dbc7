"""Compute what a plan's formulas give: by reported figures, or by the plan's own printed ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from czurban.app.assessing import derivations, judge_files
from czurban.app.finding_filter import filter_findings
from czurban.app.options import Options, Outcome
from czurban.app.plans import find_indicator
from czurban.checking.plan_rules.registry import check_plan
from czurban.computing.formulas import baselines, derive, targets
from czurban.errors import UsageError
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding, Findings, Message, say
from czurban.model.formulas.derived import Derived
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.document import Document
from czurban.reporting.documents.compute import columns_report, figures_report
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.checking.trace import Tracer

_ABOUT_FORMULAS = ("P214", "P215", "P216", "P217", "S220", "S250", "S251", "S252")
"""Findings about formulas that the table itself does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputeOptions(Options):
    """Which indicators are computed (all with a formula if none is named), and the decimals of endless values."""

    only: Sequence[str] = ()
    digits: int = 12


def compute(plan: Plan, files: FoundFiles, options: ComputeOptions) -> Outcome[Sequence[Derived]]:
    """Compute the indicators that have a formula; without files, by both columns that the plan prints.

    Raises:
        UsageError: the options contradict each other, or the plan has no such formula.
        UnknownThingError: the plan has no such indicator.
    """
    wanted = [_formula_of(plan, text) for text in options.only] or [formula.indicator for formula in plan.formulas]
    if files.files:
        return _by_figures(plan, files, wanted, options)
    if options.period is not None:
        message = say("--period chooses among reported figures, and no file of them is given.")
        raise UsageError(message, say("Name a file, or leave --period out: both printed columns are shown."))
    return _by_the_plan(plan, wanted)


def _by_figures(
    plan: Plan, files: FoundFiles, wanted: Sequence[str], options: ComputeOptions
) -> Outcome[Sequence[Derived]]:
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    derived = _in_order(plan, derivations(assessment), wanted)
    findings = _about(assessment.findings, derived)

    def compose(translate: Translator) -> Document:
        return figures_report(assessment, derived, findings, options.digits, translate)

    shown = set(wanted) if options.only else {result.indicator.id for result in assessment.results}
    return judged.outcome(derived, compose, (result for result in assessment.results if result.indicator.id in shown))


def _by_the_plan(plan: Plan, wanted: Sequence[str]) -> Outcome[Sequence[Derived]]:
    columns = [(title, _in_order(plan, by_id, wanted)) for title, by_id in printed_columns(plan)]
    derived = [each for _, members in columns for each in members]
    findings = _about(check_plan(plan), derived)

    def compose(translate: Translator) -> Document:
        return columns_report(plan, {translate(title): members for title, members in columns}, findings, translate)

    failed = filter_findings(findings, Options().filter).failed
    outcome = Outcome(value=derived, compose=compose)
    return replace(outcome, filtered=outcome.filtered._replace(failed=failed))


def _formula_of(plan: Plan, text: str) -> str:
    indicator = find_indicator(plan, text)
    if plan.formula(indicator.id) is None:
        names = " / ".join(plan.by_id[formula.indicator].name for formula in plan.formulas)
        message = say("The plan has no formula for “{name}”.", name=indicator.name)
        raise UsageError(message, say("It has formulas for: {names}.", names=names) if names else None)
    return indicator.id


def _in_order(plan: Plan, derived: Mapping[str, Derived], wanted: Sequence[str]) -> list[Derived]:
    """Return the wanted ones in the plan's order."""
    return [derived[indicator.id] for indicator in plan.indicators if indicator.id in wanted]


def _about(findings: Sequence[Finding], derived: Sequence[Derived]) -> Findings:
    """Return the findings about these formulas: at the formula itself, or at the figure that was reported."""
    places = {each.formula.place for each in derived} | {each.stated.place for each in derived if each.stated}
    return tuple(finding for finding in findings if finding.code in _ABOUT_FORMULAS and finding.place in places)


def tracer_of(assessment: Assessment) -> "Tracer":
    """Return what traces the figures of an assessment, with what formulas give and what contradicts the plan."""
    from czurban.checking.trace import Tracer  # noqa: PLC0415 - computing traces nothing

    plan = assessment.plan
    columns = tuple(column for _, column in printed_columns(plan))
    return Tracer(assessment, derivations(assessment), columns, check_plan(plan))


def printed_columns(plan: Plan) -> Sequence[tuple[Message, Mapping[str, Derived]]]:
    """Return what every formula gives by each column that the plan prints, with the column's title."""
    start, end = plan.baseline_period, plan.period
    first = say("{period}, by the baselines", period=start) if start else say("By the baselines")
    return (
        (first, derive(plan, baselines, start, backward=False)),
        (say("{period}, by the targets", period=end), derive(plan, targets, end)),
    )
