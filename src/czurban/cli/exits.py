"""Say what the exit codes of each command mean, and list what `--fail-on` may be."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from czurban.model.finding import mark

FINE, FAILED, COULD_NOT_RUN, INTERRUPTED = 0, 1, 2, 130


class FailOn(StrEnum):
    """What makes a run fail: nothing, error findings, also missed targets, also unreported ones or those behind."""

    NEVER = "never"
    ERROR = "error"
    MISSED = "missed"
    UNREPORTED = "unreported"
    BEHIND = "behind"


class ExitCodes(NamedTuple):
    """What 0 and 1 mean for a command (1 is empty where it never happens), and the default of its `--fail-on`."""

    fine: str
    failed: str = ""
    fail_on: FailOn | None = None


COULD_NOT = mark("It could not run: a wrong option, a file that is not there or cannot be written, nothing readable.")
INTERRUPTION = mark("It was interrupted (Ctrl-C).")

ALIKE: Sequence[tuple[Sequence[str], ExitCodes]] = (
    (
        ("check",),
        ExitCodes(
            mark("Every judged target is met, and there is no error finding."),
            mark("A target is missed, or there is an error finding; --fail-on moves the line."),
            FailOn.MISSED,
        ),
    ),
    (
        ("report", "site", "compute", "why", "trend", "compare", "ledger", "escalate", "score", "status"),
        ExitCodes(
            mark("The report is made, and there is no error finding; missed targets stand in it."),
            mark(
                "The report is made, and there is an error finding; with --fail-on missed, also if a target is missed."
            ),
            FailOn.ERROR,
        ),
    ),
    (
        ("pace",),
        ExitCodes(
            mark("The report is made, and there is no error finding; what lags stands in it."),
            mark("The report is made, and there is an error finding; with --fail-on behind, also if a target lags."),
            FailOn.ERROR,
        ),
    ),
    (
        ("template", "list", "show", "rule", "schema", "new", "import", "read-target"),
        ExitCodes(mark("It is printed or written.")),
    ),
    (
        ("validate",),
        ExitCodes(
            mark("There is no error finding."),
            mark("There is an error finding in a plan or a submission; with --strict, also a warning."),
        ),
    ),
    (
        ("fix",),
        ExitCodes(
            mark("There is nothing to correct, or --write has corrected it."),
            mark("Corrections are shown and not written, or a fault is left."),
        ),
    ),
)
"""The commands whose exit codes mean the same; help pages, the README and docs/reference/cli.md are made from it."""
EXITS = {command: codes for commands, codes in ALIKE for command in commands}


def meanings(command: str) -> list[tuple[str, str]]:
    """Return the exit codes of a command, each with its meaning in English; nothing for the program itself."""
    if command not in EXITS:
        return []
    codes = EXITS[command]
    named = ((FINE, codes.fine), (FAILED, codes.failed), (COULD_NOT_RUN, COULD_NOT))
    return [(str(number), meaning) for number, meaning in named if meaning]
