"""Define the exit codes of all commands, and `--fail-on`."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from czurban.errors import UsageError
from czurban.model.finding import mark, say

if TYPE_CHECKING:  # --help runs no use case
    from czurban.app.options import Outcome
    from czurban.model.assessment import Verdict

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

_JUDGING = ExitCodes(
    mark("Every judged target is met, and there is no error finding."),
    mark("A target is missed, or there is an error finding; --fail-on moves the line."),
    FailOn.MISSED,
)
_DOCUMENT = ExitCodes(
    mark("The report is made, and there is no error finding; missed targets stand in it."),
    mark("The report is made, and there is an error finding; with --fail-on missed, also if a target is missed."),
    FailOn.ERROR,
)
_PRINTING = ExitCodes(mark("It is printed or written."))
EXITS: Mapping[str, ExitCodes] = {
    "check": _JUDGING,
    "report": _DOCUMENT,
    "site": _DOCUMENT,
    "compute": _DOCUMENT,
    "why": _DOCUMENT,
    "trend": _DOCUMENT,
    "compare": _DOCUMENT,
    "ledger": _DOCUMENT,
    "escalate": _DOCUMENT,
    "score": _DOCUMENT,
    "pace": ExitCodes(
        mark("The report is made, and there is no error finding; what lags stands in it."),
        mark("The report is made, and there is an error finding; with --fail-on behind, also if a target lags."),
        FailOn.ERROR,
    ),
    "template": _PRINTING,
    "status": _DOCUMENT,
    "list": _PRINTING,
    "show": _PRINTING,
    "validate": ExitCodes(
        mark("There is no error finding."),
        mark("There is an error finding in a plan or a submission; with --strict, also a warning."),
    ),
    "rule": _PRINTING,
    "schema": _PRINTING,
    "new": _PRINTING,
    "import": _PRINTING,
    "read-target": _PRINTING,
    "fix": ExitCodes(
        mark("There is nothing to correct, or --write has corrected it."),
        mark("Corrections are shown and not written, or a fault is left."),
    ),
}
"""What each command's exit codes mean; the help pages, the README and docs/reference/cli.md are made from it."""


def meanings(command: str) -> list[tuple[str, str]]:
    """Return the exit codes of a command, each with its meaning in English; nothing for the program itself."""
    if command not in EXITS:
        return []
    codes = EXITS[command]
    named = ((FINE, codes.fine), (FAILED, codes.failed), (COULD_NOT_RUN, COULD_NOT))
    return [(str(number), meaning) for number, meaning in named if meaning]


def alike() -> list[tuple[Sequence[str], ExitCodes]]:
    """Return the kinds of commands in the table's order: the commands whose exit codes mean the same."""
    kinds: dict[ExitCodes, list[str]] = {}
    for command, codes in EXITS.items():
        kinds.setdefault(codes, []).append(command)
    return [(commands, codes) for codes, commands in kinds.items()]


def read_fail_on(text: str) -> FailOn:
    """Read `--fail-on`; a verdict may be named by a word that reports show for it.

    Raises:
        UsageError: there is no such choice.
    """
    if text in set(FailOn):
        return FailOn(text)
    from czurban.app.plans import find_verdict, verdicts_in_words  # noqa: PLC0415 - most runs name none

    verdict = find_verdict(text)
    if verdict is None or verdict.value not in set(FailOn):
        hint = say("Choose from: {names}.", names=verdicts_in_words(FailOn))
        raise UsageError(say("--fail-on has no “{text}”.", text=text), hint)
    return FailOn(verdict.value)


def _complete_fail_on(incomplete: str) -> list[str]:
    """Return what makes a run fail that begins like this, as a code or as the Chinese label of a verdict."""
    from czurban.app.plans import words_of_verdicts  # noqa: PLC0415 - as above

    labels = [words[1] for verdict, words in words_of_verdicts().items() if verdict.value in set(FailOn)]
    return [name for name in (*FailOn, *labels) if name.startswith(incomplete)]


FailOption = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="never|error|missed|unreported|behind",
        help=mark("What makes the exit code 1."),
        autocompletion=_complete_fail_on,
    ),
]


def exit_code(outcome: "Outcome[object]", fail_on: FailOn) -> int:
    """Return the exit code of a use case: 2 where no file held anything, else 0 or 1 by its findings and verdicts."""
    if outcome.nothing_read:
        return COULD_NOT_RUN
    return exit_by_verdicts(outcome.reached, fail_on, failed=outcome.filtered.failed, lagging=outcome.lagging)


def exit_by_verdicts(verdicts: "Iterable[Verdict]", fail_on: FailOn, *, failed: bool, lagging: bool = False) -> int:
    """Return 0 or 1; `failed` is whether the findings alone fail the run, `lagging` whether a target lags.

    A target that cannot be read stands with an error finding, so it fails where errors do.
    """
    from czurban.model.assessment import Verdict  # noqa: PLC0415 - help and completion judge nothing

    reached = set(verdicts)
    bad = {
        FailOn.NEVER: False,
        FailOn.ERROR: failed,
        FailOn.MISSED: failed or Verdict.MISSED in reached,
        FailOn.UNREPORTED: failed or not reached.isdisjoint({Verdict.MISSED, Verdict.UNREPORTED}),
        FailOn.BEHIND: failed or lagging or Verdict.MISSED in reached,
    }
    return FAILED if bad[fail_on] else FINE
