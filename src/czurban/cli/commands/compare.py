"""`czurban compare`: what changed between two collections of figures, or two versions of a plan, and why."""

from pathlib import Path
from typing import Annotated

import typer

from czurban.cli.console import finish
from czurban.cli.figures import FigureRun, takes_figures
from czurban.model.finding import mark

BeforeArgument = Annotated[
    str, typer.Argument(metavar="BEFORE", help=mark("The earlier collection (a file or folder), or plan (a folder)."))
]
AfterArgument = Annotated[
    str, typer.Argument(metavar="AFTER", help=mark("The later collection (a file or folder), or plan (a folder)."))
]
PlanBeforeOption = Annotated[
    Path | None,
    typer.Option("--plan-before", metavar="FOLDER", help=mark("The plan that judges BEFORE (else that of AFTER).")),
]
FiguresOption = Annotated[
    list[str] | None,
    typer.Option("--figures", metavar="FILES", help=mark("Figures that both plans judge. May be given again.")),
]


@takes_figures(files=False)
def compare(
    run: FigureRun,
    before: BeforeArgument,
    after: AfterArgument,
    plan_before: PlanBeforeOption = None,
    figures: FiguresOption = None,
) -> None:
    """List what changed between two collections of figures, or two versions of a plan."""
    from czurban.app.progress.compare import CompareOptions  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.progress.compare import compare as find_changes  # noqa: PLC0415 - as above

    fails, where = run.fails, run.where()
    options = run.options(CompareOptions, plan=run.plan, plan_before=plan_before, figures=tuple(figures or ()))
    finish(find_changes(before, after, options), where, fails, most=run.most)
