"""Exit codes and where `--fail-on` draws the line between 0 and 1."""

from collections.abc import Iterable
from enum import StrEnum

from czurban.model.verdict import Result, Verdict

FINE, FAILED, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


class FailOn(StrEnum):
    """What makes a run fail: nothing, error findings, also missed targets, also unreported ones."""

    NEVER = "never"
    ERROR = "error"
    MISSED = "missed"
    UNREPORTED = "unreported"


def exit_code(results: Iterable[Result], fail_on: FailOn, *, failed: bool) -> int:
    """0 or 1 by results; `failed` is what the findings alone come to."""
    return exit_by_verdicts((result.verdict for result in results), fail_on, failed=failed)


def exit_by_verdicts(found: Iterable[Verdict], fail_on: FailOn, *, failed: bool) -> int:
    """0 or 1; `failed` is what the findings alone come to.

    A target that cannot be read stands with an error finding, so it fails where errors do.
    """
    verdicts = set(found)
    bad = {
        FailOn.NEVER: False,
        FailOn.ERROR: failed,
        FailOn.MISSED: failed or Verdict.MISSED in verdicts,
        FailOn.UNREPORTED: failed or not verdicts.isdisjoint({Verdict.MISSED, Verdict.UNREPORTED}),
    }
    return FAILED if bad[fail_on] else FINE
