"""`czurban why` and `czurban trend`: the tree of an indicator's verdict, and how it developed."""

from typing import Annotated

import typer

from czurban.cli.figures import FigureRun, takes_figures
from czurban.cli.options import complete_indicators
from czurban.model.finding import mark

IndicatorArgument = Annotated[
    str,
    typer.Argument(
        metavar="INDICATOR",
        help=mark("The indicator: its number, its id or any of its names; for why, also a milestone by its name."),
        autocompletion=complete_indicators,
    ),
]


MethodsOption = Annotated[
    str | None,
    typer.Option(
        "--methods",
        metavar="linear,hp,statcan,dns",
        help=mark("The methods that give their opinion, with commas (else all four)."),
    ),
]


@takes_figures()
def why(run: FigureRun, indicator: IndicatorArgument) -> None:
    """Show what the verdict of an indicator or milestone rests on, down to file and cell."""
    from czurban.app.report import WhyOptions  # noqa: PLC0415 - help and completion read no figures
    from czurban.app.report import why as explain  # noqa: PLC0415 - as above

    run.report(explain, WhyOptions, indicator=indicator)


@takes_figures()
def trend(run: FigureRun, indicator: IndicatorArgument, methods: MethodsOption = None) -> None:
    """Show how an indicator developed, what its path asks for, and where it leads."""
    from czurban.app.progress.trend import TrendOptions, chosen_methods  # noqa: PLC0415 - for this command alone
    from czurban.app.progress.trend import trend as describe  # noqa: PLC0415 - as above

    run.report(describe, TrendOptions, indicator=indicator, methods=chosen_methods(methods))
