"""`czurban compare`: what changed between two collections of figures, or two versions of a plan, and why."""

from pathlib import Path
from typing import Annotated

from czurban.cli.console import finish
from czurban.cli.options import FigureRun, argument, option, takes_figures
from czurban.model.finding import mark

BeforeArgument = Annotated[
    str, argument("BEFORE", mark("The earlier collection (a file or folder), or plan (a folder)."))
]
AfterArgument = Annotated[str, argument("AFTER", mark("The later collection (a file or folder), or plan (a folder)."))]
PlanBeforeOption = Annotated[
    Path | None, option("--plan-before FOLDER", mark("The plan that judges BEFORE (else that of AFTER)."))
]
FiguresOption = Annotated[
    list[str] | None, option("--figures FILES", mark("Figures that both plans judge. May be given again."))
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
    from czurban.app.progress import compare as use_case  # noqa: PLC0415 - help and completion read no figures

    fails, where = run.fails, run.where()
    options = run.options(use_case.CompareOptions, plan=run.plan, plan_before=plan_before, figures=tuple(figures or ()))
    finish(use_case.compare(before, after, options), where, fails, most=run.most)
