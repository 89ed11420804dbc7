"""Figures read and judged, with their findings told: what every report on a plan begins with."""

from czurban.checking.sift import sift
from czurban.cli.assessing import assess_all
from czurban.cli.exits import COULD_NOT_RUN, FAILED, FINE
from czurban.cli.screen import tell
from czurban.cli.session import choose_period, read_all
from czurban.cli.sieving import most_of_a_kind, sieve_of, tell_sifted
from czurban.cli.speech import speaker
from czurban.model.assessment import Assessment
from czurban.model.finding import has_errors, in_order
from czurban.model.plan import Plan
from czurban.reading.limits import LIMITS, Limits
from czurban.reporting.findings_text import findings_text


def judged(
    plan: Plan, actuals: list[str], period: str | None, max_findings: int | None, limits: Limits = LIMITS
) -> Assessment:
    """Read the files and judge the plan by them; findings go to stderr, and with the assessment.

    Raises:
        UsageError: the period cannot be read, or an option or setting is wrong.
    """
    sieve, most = sieve_of(()), most_of_a_kind(max_findings)
    chosen = choose_period(period, plan)
    submissions, read_findings = read_all(actuals, plan, limits)
    assessed = assess_all(plan, submissions, chosen)
    sifted = sift(in_order([*read_findings, *assessed.findings]), sieve)
    tell(findings_text(sifted.kept, speaker(), most))
    tell_sifted(sifted)
    return Assessment(plan, chosen, assessed.results, sifted.kept, assessed.submissions, assessed.stages)


def told_exit(assessment: Assessment) -> int:
    """The exit code of a command that only shows: 2 where no file could be read, 1 where an error is told."""
    sent = assessment.submissions
    if sent and all(not one.observations and not one.stages for one in sent):
        return COULD_NOT_RUN
    return FAILED if has_errors(assessment.findings) else FINE
