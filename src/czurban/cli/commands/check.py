"""`czurban check`: figures against the plan's targets."""

from typing import Annotated, NoReturn

from czurban.app.options import CheckOptions
from czurban.app.settings import finding_filter, open_plan, plan_folder
from czurban.cli.console import finish
from czurban.cli.options import (
    CheckFormatOption,
    DeptOption,
    FigureRun,
    IgnoreOption,
    MemoryOption,
    StrictOption,
    VerboseOption,
    complete_categories,
    complete_regions,
    complete_verdicts,
    option,
    takes_figures,
)
from czurban.model.finding import mark
from czurban.reporting.formats.registry import CHECK_FORMATS

CategoryOption = Annotated[str | None, option("--category NAME", mark("Only this category's."), complete_categories)]
RegionOption = Annotated[
    str | None,
    option(
        "--region NAME",
        mark("Judge this region: by its own row of the breakdown, else by the plan's target."),
        complete_regions,
    ),
]
ByOption = Annotated[
    str | None,
    option("--by region", mark("Judge every region below, rank them, and compare their total with the whole's.")),
]
OnlyOption = Annotated[
    list[str] | None,
    option(
        "--only VERDICT",
        mark("List only: met, missed, unreported, unreadable, not-due, or the words of a report. May be given again."),
        complete_verdicts,
    ),
]
AllOption = Annotated[bool, option("--all", mark("On a terminal, list every target that is not reported, too."))]
EachRegionOption = Annotated[
    bool, option("--each-region", mark("Check every region of the data against the plan, not only the plan's own."))
]
EngineOption = Annotated[
    str,
    option("--engine auto|python|duckdb|spark|sc://HOST:PORT", mark("What reads large tables (auto: by their size).")),
]
FailuresOption = Annotated[
    str | None,
    option(
        "--failures FILE",
        mark("Write the rows that miss their target or cannot be read (.csv or .parquet), whole or not at all."),
    ),
]
WatchOption = Annotated[
    bool, option("--watch", mark("Check again whenever a file of the figures or of the plan changes."))
]


@takes_figures(form=CheckFormatOption)
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
    from czurban.app import check as use_case  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.assessing import find_figures  # noqa: PLC0415 - as above
    from czurban.app.plans import chosen_verdicts  # noqa: PLC0415 - as above

    def once() -> NoReturn:
        files = find_figures(run.actuals, elsewhere=region is None and by is None)
        where, fails = run.where(CHECK_FORMATS), run.fails
        if not run.actuals:
            raise use_case.no_figures()
        options = run.options(
            CheckOptions,
            filter=finding_filter((), ignore, strict=strict),
            dept=dept,
            category=category,
            only=chosen_verdicts(only) if only else frozenset(),
            every=every,
            region=region,
            by=by,
            each_region=each_region,
            engine=engine,
            memory=memory,
            failures=failures,
            output=where.path,
        )
        finish(use_case.check(open_plan(run.plan), files, options), where, fails, most=run.most, verbose=verbose)

    if watch and run.actuals:
        from czurban.cli.watching import watch_files  # noqa: PLC0415 - for this option alone

        watch_files(once, [*run.actuals, plan_folder(run.plan)], run.where(CHECK_FORMATS).path)
    once()
