"""The options that several commands share, and what commands on figures do with theirs.

Departments, indicators and other names are completed from the plan that the line being typed names.
"""

import functools
import inspect
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from czurban.app.destination import Destination, destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, Options, Outcome, limits_of
from czurban.app.settings import finding_filter, most_of_a_kind, open_plan, plan_names
from czurban.cli.console import finish, progress
from czurban.cli.exits import EXITS, FailOn
from czurban.errors import CzurbanError, UsageError
from czurban.model.finding import mark, say
from czurban.model.text import key
from czurban.reporting.formats.registry import CHECK_FORMATS, FORMATS, REPORT_FORMATS

if TYPE_CHECKING:  # help and completion read no plan
    from czurban.model.plan import Plan

AnyOptions = TypeVar("AnyOptions", bound=Options)
Command = Callable[..., None]
Completer = Callable[[str], list[str] | list[tuple[str, str]]]
"""Returns what a text may be completed to, where it helps with another name behind."""


def option(
    names: str, meaning: str, complete: Completer | None = None, *, least: int | None = None, most: int | None = None
) -> object:
    """Describe an option as its help page does: names, and the word for its value if it takes one; and its meaning."""
    flags = [word for word in names.split() if word.startswith("-")]
    value = names.removeprefix(" ".join(flags)).strip()
    return typer.Option(*flags, metavar=value or None, help=meaning, autocompletion=complete, min=least, max=most)


def argument(word: str, meaning: str, complete: Completer | None = None) -> object:
    """Describe an argument in the same way."""
    return typer.Argument(metavar=word, help=meaning, autocompletion=complete)


def completer(names: Sequence[str]) -> Completer:
    """Return a function that completes one of these names."""
    return lambda incomplete: [name for name in names if name.startswith(incomplete)]


def complete_verdicts(incomplete: str) -> list[tuple[str, str]]:
    """Return verdicts that begin like this, by their code or their Chinese label."""
    from czurban.app.plans import words_of_verdicts  # noqa: PLC0415 - for a Tab alone

    words = [name[:2] for name in words_of_verdicts().values()]
    every = [*words, *((label, code) for code, label in words)]
    return [(name, other) for name, other in every if name.startswith(incomplete.strip())]


def _complete_fail_on(incomplete: str) -> list[str]:
    """Return what makes a run fail that begins like this, as a code or as the Chinese label of a verdict."""
    from czurban.app.plans import words_of_verdicts  # noqa: PLC0415 - as above

    labels = [words[1] for verdict, words in words_of_verdicts().items() if verdict.value in set(FailOn)]
    return [name for name in (*FailOn, *labels) if name.startswith(incomplete)]


def _matching(kind: str, incomplete: str) -> list[tuple[str, str]]:
    """Return the plan's names of a kind that begin like this; none where it cannot be read: that is reported later."""
    line = os.environ.get("COMP_WORDS", os.environ.get("_TYPER_COMPLETE_ARGS", ""))
    try:
        entries = plan_names(_plan_in(line))[kind]
    except CzurbanError:
        return []
    wanted = key(incomplete)
    return [
        (name, " / ".join(others))
        for name, *others in entries
        if any(key(text).startswith(wanted) for text in (name, *others))
    ]


def _plan_in(line: str) -> Path | None:
    """The folder after --plan on the line being typed, whose last word may still lack its closing quote."""
    import shlex  # noqa: PLC0415 - only a Tab needs it

    try:
        parts = shlex.split(line)
    except ValueError:
        parts = line.split()
    named = [
        a.partition("=")[2] if a.startswith("--plan=") else b
        for a, b in pairwise([*parts, ""])
        if a.startswith("--plan")
    ]
    return Path(named[0]) if named and named[0] else None


def _completer(*kinds: str) -> Callable[[str], list[tuple[str, str]]]:
    """Return a function that completes the plan's names of these kinds."""
    return lambda incomplete: [match for kind in kinds for match in _matching(kind, incomplete)]


complete_departments, complete_regions = _completer("departments"), _completer("regions")
complete_indicators, complete_derived = _completer("indicators"), _completer("derived")
complete_tasks, complete_categories = _completer("tasks"), _completer("categories")
complete_things = _completer("indicators", "departments")
complete_formats, complete_check_formats = completer(FORMATS), completer(CHECK_FORMATS)

PlanOption = Annotated[
    Path | None,
    option("--plan FOLDER", mark("Folder of the plan (else CZURBAN_PLAN, the settings, ./data, the built-in plan).")),
]
FormatOption = Annotated[
    str | None,
    option(
        "--format -f text|json|csv|markdown",
        mark("Format of the report (else by the ending of the file written, else text)."),
        complete_formats,
    ),
]
CheckFormatOption = Annotated[
    str | None,
    option(
        "--format -f FORMAT",
        mark(
            "text, json, csv, markdown, sarif, junit or github (else by the ending of the file written, else github in"
            " GitHub Actions, else text)."
        ),
        complete_check_formats,
    ),
]
ReportFormatOption = Annotated[
    str | None,
    option(
        "--format -f FORMAT",
        mark("text, markdown, html, docx, pdf, xlsx, json or csv (else by the ending of the file written, else text)."),
        completer(REPORT_FORMATS),
    ),
]
OutputOption = Annotated[
    str | None,  # no Path, which forgets the slash at the end that says a folder is meant
    option("--output -o FILE", mark("Write the report to this file, whole or not at all; - is standard output.")),
]
ForceOption = Annotated[
    bool,
    option("--force", mark("Replace files of the same names, even if they were changed or made by another program.")),
]
DeptOption = Annotated[str | None, option("--dept NAME", mark("Only this department's."), complete_departments)]
PeriodOption = Annotated[
    str | None, option("--period PERIOD", mark("The period whose figures are judged (else the plan's own)."))
]
FailOption = Annotated[
    str,
    option("--fail-on never|error|missed|unreported|behind", mark("What makes the exit code 1."), _complete_fail_on),
]
MaxOption = Annotated[
    int | None, option("--max-findings N", mark("List at most N findings of one kind (else 50); 0 lists all."), least=0)
]
FilesArgument = Annotated[
    list[str] | None,
    argument(
        "ACTUALS...",
        mark("Figures: files (CSV, XLSX, XLS, ODS, Parquet, .gz, .zst), folders, patterns; - for standard input."),
    ),
]
VerboseOption = Annotated[
    bool, option("--verbose -v", mark("Print for each file what became of its rows, on standard error."))
]
MaxRowsOption = Annotated[
    int | None,
    option(
        "--max-rows N",
        mark("Refuse a table with more rows (else 1048576 where no engine reads it; an engine takes any number)."),
        least=1,
    ),
]
MaxColumnsOption = Annotated[int, option("--max-columns N", mark("Refuse a table with more columns."), least=1)]
MaxCellOption = Annotated[int, option("--max-cell N", mark("Refuse a row with a cell of more characters."), least=1)]
MaxSizeOption = Annotated[
    int | None,
    option(
        "--max-size MIB",
        mark(
            "Refuse a file of more MiB, unpacked (else 512 where no engine reads it; an engine takes any file, and"
            " unpacks it to 512, or 100 times its packed size)."
        ),
        least=1,
    ),
]
MemoryOption = Annotated[
    int | None,
    option(
        "--memory MIB",
        mark("Memory that the engine may take (else 800 and the disk, or half of the machine's where needed)."),
        least=64,
    ),
]
IgnoreOption = Annotated[
    list[str] | None,
    option(
        "--ignore CODES",
        mark(
            "Do not report findings of these codes; errors because of which a plan or a value is not used are always"
            " reported."
        ),
    ),
]
StrictOption = Annotated[
    bool | None, option("--strict/--no-strict", mark("Warnings, too, make the exit code 1; --no-strict: they do not."))
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRun:
    """The options that commands on figures share, as they were given."""

    actuals: FilesArgument = None
    plan: PlanOption = None
    period: PeriodOption = None
    fail_on: FailOption = FailOn.ERROR.value
    form: ReportFormatOption = None
    output: OutputOption = None
    max_findings: MaxOption = None
    max_rows: MaxRowsOption = None
    max_columns: MaxColumnsOption = MOST_COLUMNS
    max_cell: MaxCellOption = MOST_CHARACTERS
    max_size: MaxSizeOption = None

    @property
    def fails(self) -> FailOn:
        """What makes the exit code 1; a verdict may be named by a word that reports show for it.

        Raises:
            UsageError: there is no such choice.
        """
        text = self.fail_on
        if text in set(FailOn):
            return FailOn(text)
        from czurban.app.plans import find_verdict, verdicts_in_words  # noqa: PLC0415 - most runs name none

        verdict = find_verdict(text)
        if verdict is None or verdict.value not in set(FailOn):
            hint = say("Choose from: {names}.", names=verdicts_in_words(FailOn))
            raise UsageError(say("--fail-on has no “{text}”.", text=text), hint)
        return FailOn(verdict.value)

    @property
    def most(self) -> int:
        """How many findings of one kind are listed; 0 lists all."""
        return most_of_a_kind(self.max_findings)

    def where(self, formats: Sequence[str] = REPORT_FORMATS) -> Destination:
        """Return where the report goes, and in which of these formats."""
        return destination(self.form, self.output, formats)

    def options(self, kind: Callable[..., AnyOptions], **more: Any) -> AnyOptions:  # noqa: ANN401 - as the kind takes them
        """Return the options of a use case, with the further ones that it alone has."""
        limits = limits_of(self.max_rows, self.max_columns, self.max_cell, self.max_size)
        shared = {"period": self.period, "limits": limits, "filter": finding_filter(()), "most": self.most}
        return kind(**(shared | {"progress": progress} | more))

    def report(
        self,
        use_case: "Callable[[Plan, Any, AnyOptions], Outcome[object]]",
        kind: Callable[..., AnyOptions],
        **more: Any,  # noqa: ANN401 - as above
    ) -> NoReturn:
        """Judge the figures of the named files, show the report, and exit by its verdicts."""
        from czurban.app.assessing import find_figures  # noqa: PLC0415 - help and completion read no figures

        fails, files, where = self.fails, find_figures(self.actuals), self.where()
        options = self.options(kind, **more)
        finish(use_case(open_plan(self.plan), files, options), where, fails, most=self.most)


def takes_figures(*, files: bool = True, form: object = ReportFormatOption) -> Callable[[Command], Command]:
    """Make a command of a function whose first parameter is a `FigureRun`: the shared options follow its own.

    Args:
        files: whether the command takes files of figures.
        form: the option for the format; None where there is only one.
    """

    def decorate(function: Command) -> Command:
        fail_on = EXITS[function.__name__].fail_on or FailOn.ERROR
        changed = {"form": (form, None), "fail_on": (FailOption, fail_on.value)}
        shared = [
            inspect.Parameter(each.name, _KEYWORD, annotation=annotation, default=default)
            for each in fields(FigureRun)
            for annotation, default in [changed.get(each.name, (each.type, each.default))]
            if (files or each.name != "actuals") and (form is not None or each.name != "form")
        ]
        _, *parameters = inspect.signature(function).parameters.values()
        further = [each.replace(kind=_KEYWORD) for each in parameters]
        required = [each for each in further if each.default is inspect.Parameter.empty]
        every = [*required, *shared[: int(files)], *further[len(required) :], *shared[int(files) :]]
        names = {each.name for each in shared}

        @functools.wraps(function)
        def command(**values: Any) -> None:  # noqa: ANN401 - as the library calls commands
            run = FigureRun(**{name: values.pop(name) for name in names & values.keys()})
            function(run, **values)

        command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in every}
        return command

    return decorate


_KEYWORD = inspect.Parameter.KEYWORD_ONLY
