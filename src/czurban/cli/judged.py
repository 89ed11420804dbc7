"""Figures read and judged, with their findings told: what every report on a plan begins with."""

from collections.abc import Iterable
from typing import NamedTuple

from czurban.checking.finding_filter import filter_findings
from czurban.cli.assessing import assess_all
from czurban.cli.exits import FailOn, exit_code
from czurban.cli.screen import print_error
from czurban.cli.session import choose_period, read_all
from czurban.cli.sieving import finding_filter, most_of_a_kind, print_left_out
from czurban.cli.speech import speaker
from czurban.model.assessment import Assessment, Result
from czurban.model.finding import in_order
from czurban.model.plan import Plan
from czurban.reading.sources.find_files import FoundFiles
from czurban.reading.sources.opening import LIMITS, Limits
from czurban.reporting.findings_text import findings_text


class JudgedRun(NamedTuple):
    """An assessment whose findings are printed already, and whether these fail the run."""

    assessment: Assessment
    failed: bool

    def exit_code(self, results: Iterable[Result], fail_on: FailOn) -> int:
        """Return the exit code of a command that reports on these results."""
        return exit_code(results, fail_on, failed=self.failed, submissions=self.assessment.submissions)


def judged(
    plan: Plan, sent: FoundFiles, period: str | None, max_findings: int | None, limits: Limits = LIMITS
) -> JudgedRun:
    """Read the files and judge the plan by them; findings go to stderr, and with the assessment.

    Raises:
        UsageError: the period cannot be read, or an option or setting is wrong.
    """
    sieve, most = finding_filter(()), most_of_a_kind(max_findings)
    chosen = choose_period(period, plan)
    submissions, read_findings = read_all(sent.files, plan, limits)
    assessed = assess_all(plan, submissions, chosen)
    sifted = filter_findings(in_order([*sent.findings, *read_findings, *assessed.findings]), sieve)
    print_error(findings_text(sifted.kept, speaker(), most))
    print_left_out(sifted)
    assessment = Assessment(plan, chosen, assessed.results, sifted.kept, assessed.submissions, assessed.stages)
    return JudgedRun(assessment, sifted.failed)
