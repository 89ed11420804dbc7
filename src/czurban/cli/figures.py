"""Give the commands that judge figures the options that they share, and run their use cases."""

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from czurban.app.destination import Destination, destination
from czurban.app.options import MOST_CHARACTERS, MOST_COLUMNS, Options, Outcome, limits_of
from czurban.app.settings import finding_filter, most_of_a_kind
from czurban.cli.console import finish, progress
from czurban.cli.exits import FailOn, FailOption, read_fail_on
from czurban.cli.options import (
    FilesArgument,
    LangOption,
    MaxCellOption,
    MaxColumnsOption,
    MaxOption,
    MaxRowsOption,
    MaxSizeOption,
    OutputOption,
    PeriodOption,
    PlanOption,
    ReportFormatOption,
)
from czurban.reporting.formats.registry import REPORT_FORMATS

if TYPE_CHECKING:  # help and completion read no plan
    from czurban.model.plan import Plan

AnyOptions = TypeVar("AnyOptions", bound=Options)


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
    lang: LangOption = None  # taken from the arguments before

    @property
    def fails(self) -> FailOn:
        """What makes the exit code 1.

        Raises:
            UsageError: there is no such choice.
        """
        return read_fail_on(self.fail_on)

    @property
    def most(self) -> int:
        """How many findings of one kind are listed; 0 lists all."""
        return most_of_a_kind(self.max_findings)

    def where(self, formats: Sequence[str] = REPORT_FORMATS) -> Destination:
        """Return where the report goes, and in which of these formats."""
        return destination(self.form, self.output, formats)

    def options(self, kind: Callable[..., AnyOptions], **more: Any) -> AnyOptions:  # noqa: ANN401 - as the kind takes them
        """Return the options of a use case, with the further ones that it alone has."""
        shared = {
            "period": self.period,
            "limits": limits_of(self.max_rows, self.max_columns, self.max_cell, self.max_size),
            "filter": finding_filter(()),
            "most": self.most,
            "progress": progress,
        }
        return kind(**(shared | more))

    def report(
        self,
        use_case: "Callable[[Plan, Any, AnyOptions], Outcome[object]]",
        kind: Callable[..., AnyOptions],
        **more: Any,  # noqa: ANN401 - as the kind takes them
    ) -> NoReturn:
        """Judge the figures of the named files, show the report, and exit by its verdicts."""
        from czurban.app.assessing import find_figures  # noqa: PLC0415 - help and completion read no figures
        from czurban.app.plans import open_plan  # noqa: PLC0415 - as above

        fails = self.fails
        files = find_figures(self.actuals)
        where = self.where()
        options = self.options(kind, **more)
        finish(use_case(open_plan(self.plan), files, options), where, fails, most=self.most)


Command = Callable[..., None]


def takes_figures(
    *, files: bool = True, form: object = ReportFormatOption, fail_on: FailOn = FailOn.ERROR
) -> Callable[[Command], Command]:
    """Make a command of a function whose first parameter is a `FigureRun`: the shared options follow its own.

    Args:
        files: whether the command takes files of figures.
        form: the option for the format; None where there is only one.
        fail_on: what makes the exit code 1 where --fail-on is not given.
    """
    changed = {"form": (form, None), "fail_on": (FailOption, fail_on.value)}

    def decorate(function: Command) -> Command:
        shared = [
            inspect.Parameter(each.name, _KEYWORD, annotation=annotation, default=default)
            for each in fields(FigureRun)
            for annotation, default in [changed.get(each.name, (each.type, each.default))]
            if (files or each.name != "actuals") and (form is not None or each.name != "form")
        ]
        _, *parameters = inspect.signature(function).parameters.values()
        required = [each for each in parameters if each.default is inspect.Parameter.empty]
        optional = [each.replace(kind=_KEYWORD) for each in parameters if each.default is not inspect.Parameter.empty]
        names = {each.name for each in shared}

        @functools.wraps(function)
        def command(*arguments: Any, **values: Any) -> None:  # noqa: ANN401 - as the library calls commands
            run = FigureRun(**{name: values.pop(name) for name in names & values.keys()})
            function(run, *arguments, **values)

        every = [*required, *shared[: int(files)], *optional, *shared[int(files) :]]
        every = [each.replace(kind=_KEYWORD) for each in every]
        command.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in every}
        return command

    return decorate


_KEYWORD = inspect.Parameter.KEYWORD_ONLY
