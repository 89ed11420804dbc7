"""`czurban check`: figures against the plan's targets."""

from typing import Annotated, NoReturn

import typer

from czurban.app.options import CheckOptions
from czurban.app.settings import finding_filter, plan_folder
from czurban.cli.console import finish
from czurban.cli.exits import FailOn
from czurban.cli.figures import FigureRun, takes_figures
from czurban.cli.options import (
    ByOption,
    CheckFormatOption,
    DeptOption,
    EachRegionOption,
    EngineOption,
    FailuresOption,
    IgnoreOption,
    MemoryOption,
    RegionOption,
    StrictOption,
    VerboseOption,
    complete_categories,
    complete_verdicts,
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import CHECK_FORMATS

CategoryOption = Annotated[
    str | None,
    typer.Option("--category", metavar="NAME", help=mark("Only this category's."), autocompletion=complete_categories),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="VERDICT",
        help=mark(
            "List only: met, missed, unreported, unreadable, not-due, or the words of a report. May be given again."
        ),
        autocompletion=complete_verdicts,
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help=mark("On a terminal, list every target that is not reported, too."))
]
WatchOption = Annotated[
    bool, typer.Option("--watch", help=mark("Check again whenever a file of the figures or of the plan changes."))
]


@takes_figures(form=CheckFormatOption, fail_on=FailOn.MISSED)
def check(
    run: FigureRun,
    dept: DeptOption = None,
    category: CategoryOption = None,
    region: RegionOption = None,
    by: ByOption = None,
    only: OnlyOption = None,
    every: AllOption = False,
    ignore: IgnoreOption = None,
    strict: StrictOption = None,
    each_region: EachRegionOption = False,
    engine: EngineOption = "auto",
    memory: MemoryOption = None,
    failures: FailuresOption = None,
    verbose: VerboseOption = False,
    watch: WatchOption = False,
) -> None:
    """Check reported figures against the targets."""
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.check import check as check_figures  # noqa: PLC0415 - as above
    from czurban.app.check import no_figures  # noqa: PLC0415 - as above
    from czurban.app.plans import chosen_verdicts, open_plan  # noqa: PLC0415 - as above

    def once() -> NoReturn:
        files = find_figures(run.actuals, elsewhere=region is None and by is None)
        where, fails = run.where(CHECK_FORMATS), run.fails
        if not run.actuals:
            raise no_figures()
        options = run.options(
            CheckOptions,
            filter=finding_filter((), ignore, strict=strict),
            dept=dept,
            category=category,
            only=chosen_verdicts(only or []),
            every=every,
            region=region,
            by=by,
            each_region=each_region,
            engine=engine,
            memory=memory,
            failures=failures,
            output=where.path,
        )
        finish(check_figures(open_plan(run.plan), files, options), where, fails, most=run.most, verbose=verbose)

    if watch and run.actuals:
        from czurban.cli.watching import watch_files  # noqa: PLC0415 - for this option alone

        watch_files(once, [*run.actuals, plan_folder(run.plan)], run.where(CHECK_FORMATS).path)
    once()
