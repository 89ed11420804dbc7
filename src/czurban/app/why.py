"""Trace one indicator's verdict down to the files and cells that it depends on."""

from dataclasses import dataclass

from czurban.app.assessing import derivations, judge_files, printed_columns
from czurban.app.options import Options, Outcome
from czurban.app.plans import find_indicator
from czurban.checking.derived import Tracer
from czurban.checking.plan_rules.registry import check_plan
from czurban.model.assessment import Trace
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reporting.documents.why import why_report


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOptions(Options):
    """The indicator to explain: its number, its id or any of its names."""

    indicator: str


def why(plan: Plan, files: FoundFiles, options: WhyOptions) -> Outcome[Trace]:
    """Explain an indicator's verdict; without files, its target and what its formula gives by the plan's own figures.

    Raises:
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such indicator.
    """
    indicator = find_indicator(plan, options.indicator)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    columns = tuple(derived for _, derived in printed_columns(plan))
    trace = Tracer(assessment, derivations(assessment), columns, check_plan(plan)).trace(indicator)
    results = [result for result in assessment.results if result.indicator.id == indicator.id]
    has_files = bool(files.files)
    return judged.outcome(trace, lambda translate: why_report(trace, assessment, translate, judged=has_files), results)
