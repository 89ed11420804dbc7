"""`czurban why` and `czurban trend`: the tree of an indicator's verdict, and how it developed."""

from typing import Annotated

from czurban.cli.options import FigureRun, argument, complete_indicators, option, takes_figures
from czurban.model.finding import mark

IndicatorArgument = Annotated[
    str,
    argument(
        "INDICATOR",
        mark("The indicator: its number, its id or any of its names; for why, also a milestone by its name."),
        complete_indicators,
    ),
]
MethodsOption = Annotated[
    str | None,
    option(
        "--methods linear,hp,statcan,dns", mark("The methods that give their opinion, with commas (else all four).")
    ),
]


@takes_figures()
def why(run: FigureRun, indicator: IndicatorArgument) -> None:
    """Show what the verdict of an indicator or milestone rests on, down to file and cell."""
    from czurban.app import report as use_cases  # noqa: PLC0415 - help and completion read no figures

    run.report(use_cases.why, use_cases.WhyOptions, indicator=indicator)


@takes_figures()
def trend(run: FigureRun, indicator: IndicatorArgument, methods: MethodsOption = None) -> None:
    """Show how an indicator developed, what its path asks for, and where it leads."""
    from czurban.app.progress import trend as use_case  # noqa: PLC0415 - as above

    chosen = use_case.chosen_methods(methods)
    run.report(use_case.trend, use_case.TrendOptions, indicator=indicator, methods=chosen)
