"""--select, --ignore and --strict, and what they left out, told."""

from collections.abc import Sequence
from typing import Annotated

import typer

from czurban.checking.finding_filter import FilteredFindings, FindingFilter
from czurban.cli.codes import ignored_codes, selected_codes
from czurban.cli.screen import print_error
from czurban.cli.settings import settings
from czurban.cli.speech import speaker
from czurban.model.finding import has_errors, mark, say
from czurban.reporting.findings_text import MOST_OF_A_KIND

SelectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help=mark("Tell only findings of these codes, such as P2,S218. May be given again."),
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        help=mark("Do not tell findings of these codes; errors that cost a plan or a value are always told."),
    ),
]
StrictOption = Annotated[
    bool | None,
    typer.Option(
        "--strict/--no-strict",
        help=mark("Warnings, too, make the exit code 1; --no-strict: they do not."),
        show_default=False,
    ),
]


def finding_filter(
    select: Sequence[str] | None = None, ignore: Sequence[str] | None = None, strict: bool | None = None
) -> FindingFilter:
    """The sieve of a run: each option that is given takes the place of its setting.

    Raises:
        UsageError: a code is unknown, or may not be ignored.
    """
    found = settings()
    return FindingFilter(
        select=found.select if select is None else selected_codes(select, "--select"),
        ignore=found.ignore if ignore is None else ignored_codes(ignore, "--ignore"),
        per_file=found.per_file,
        strict=found.strict if strict is None else strict,
    )


def most_of_a_kind(asked: int | None) -> int:
    """How many findings of one kind are listed: as asked, as set, or the usual number."""
    if asked is not None:
        return asked
    found = settings().max_findings
    return MOST_OF_A_KIND if found is None else found


def print_left_out(sifted: FilteredFindings) -> None:
    """Say on stderr what is not told, and why a run fails that has no errors."""
    speak = speaker()
    if sifted.left_out:
        sentence = say("Left out by --select, --ignore or the settings: {count}.", count=sifted.left_out)
        print_error(speak(sentence) + "\n")
    if sifted.commented:
        print_error(speak(say("Hidden by comments in the plan: {count}.", count=sifted.commented)) + "\n")
    if sifted.failed and not has_errors(sifted.kept):
        print_error(speak(say("Warnings count here (--strict).")) + "\n")
