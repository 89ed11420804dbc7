"""Rate indicators by the rules of a file, and check such files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from czurban.app.assessing import assess_all, judge_files
from czurban.app.options import Outcome, ScopedOptions
from czurban.app.plans import scope_names
from czurban.errors import PlanError
from czurban.model.assessment import Assessment
from czurban.model.finding import has_errors, say
from czurban.model.observation import Reading
from czurban.model.over_time.rule_file import RatingRules
from czurban.model.over_time.score import Scores
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.rules.file import read_rules
from czurban.reading.sources.file_names import RULES
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.sources.opening import TARGETS
from czurban.reporting.score.report import Shown, score_report
from czurban.tracking.coverage import check_rules
from czurban.tracking.rating import score as rate
from czurban.tracking.whole import track


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreOptions(ScopedOptions):
    """The file of rules, else that in the plan's folder; and which department or category is shown."""

    rules: Path | None = None


def score(plan: Plan, files: FoundFiles, options: ScoreOptions) -> Outcome[Scores]:
    """Rate every indicator by rules, and roll the ratings up by department, by part and for the plan.

    Raises:
        PlanError: the rules cannot be used; the error carries the findings.
        UnreadableError: there is no such file of rules.
        UsageError: the period cannot be read.
        UnknownThingError: the plan has no such department or category.
    """
    shown = Shown(options.scope(plan), *scope_names(plan, options.dept, options.category))
    rules = open_rules(plan, options.rules)
    judged = judge_files(plan, files, options)
    assessment = judged.assessment
    earlier = [assess_all(plan, assessment.submissions, period) for period in earlier_periods(assessment)]
    scores = rate(rules, [track(_with_inputs(each), ()) for each in (*earlier, assessment)])
    results = filter(shown.scope, assessment.results)
    return judged.outcome(scores, lambda translate: score_report(scores, assessment, shown, translate), results)


def _with_inputs(assessment: Assessment) -> Assessment:
    """Return an assessment with the indicators without a target, for which the rules have a policy, in their order."""
    by_id = assessment.by_id
    return assessment._replace(results=tuple(by_id[indicator.id] for indicator in assessment.plan.indicators))


def open_rules(plan: Plan, path: Path | None) -> RatingRules:
    """Read the rules in a file, else those in the plan's folder; else return the default ones.

    Raises:
        PlanError: they cannot be used; the error carries the findings.
        UnreadableError: the file cannot be opened.
    """
    near = Path(plan.source) / RULES
    if path is None and not near.is_file():
        from czurban.tracking.default_rules import default_rules  # noqa: PLC0415 - only where no rules are given

        return default_rules()
    chosen = path or near
    rules, findings = read_rules(chosen, plan, None if path else near.parent)
    faults = (*findings, *(check_rules(rules) if rules else ()))
    if rules is None or has_errors(faults):
        message = say("The rules in {path} cannot be used as they are.", path=str(chosen))
        with_plan = (chosen.parent / TARGETS).is_file()  # then `validate` takes the plan there
        command = f"{chosen}" if with_plan else f"{chosen} --plan {plan.source}"
        hint = say("Correct the errors above; `czurban validate {folder}` lists them again.", folder=command)
        raise PlanError(message, hint, faults)
    return rules


def earlier_periods(assessment: Assessment) -> Sequence[Period]:
    """Return the periods before the judged one that figures of the plan's own region were sent for, the oldest first.

    In a plan of one year a month or quarter stands for the time since January; in one of several years, its last year.
    """
    plan, end = assessment.plan, assessment.period.until
    sent = {
        value.period
        for submission in assessment.submissions
        for value in submission.observations
        if value.reported is not Reading.NOTHING
        and plan.is_own_region(value.region)
        and plan.period.includes(value.period)
    }
    whole = {period.last_year if plan.period.has_years else period._replace(first=1) for period in sent}
    return sorted((period for period in whole if period.until < end), key=lambda period: period.until)
