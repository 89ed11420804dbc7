"""Provide the functions of the Python interface about figures over time; they give what the commands give."""

from collections.abc import Iterable, Sequence
from typing import Any

from czurban.app.api.public import PathLike, opened, several
from czurban.app.assessing import find_figures
from czurban.app.progress.compare import CompareOptions
from czurban.app.progress.compare import compare as compare_collections
from czurban.app.progress.trend import TrendOptions, chosen_methods
from czurban.app.progress.trend import trend as describe
from czurban.model.over_time.changes import Changes
from czurban.model.over_time.opinion import Method
from czurban.model.over_time.trend import Trend
from czurban.model.plan import Plan


def trend(
    plan: Plan | PathLike,
    files: PathLike | Sequence[PathLike],
    indicator: str,
    *,
    methods: Iterable[Method | str] = tuple(Method),
    **options: Any,  # noqa: ANN401
) -> Trend:
    """Describe how an indicator developed and where it leads, as `czurban trend` does.

    Args:
        plan: the plan, or its folder.
        files: files, folders or patterns of figures of several periods.
        indicator: its number, its id or any of its names.
        methods: the methods that give their opinion.
        options: fields of `czurban.CheckOptions` about reading and the period, such as `period="2019-01..09"`.

    Raises:
        CzurbanError: the plan cannot be used, a file is not there, or there is no such indicator or method.

    Example:
        >>> files = ["examples/actuals-2018.csv", "examples/actuals-2019.csv"]
        >>> trend = czurban.trend("data", files, "户籍人口城镇化率")
        >>> [(str(point.period), str(point.value)) for point in trend.series.points]
        [('2018', '18'), ('2019', '407/20')]
        >>> str(trend.to_year_before.difference)
        '47/20'
    """
    chosen = chosen_methods(",".join(methods))
    return describe(
        opened(plan), find_figures(several(files)), TrendOptions(indicator=indicator, methods=chosen, **options)
    ).value


def compare(before: PathLike, after: PathLike, **options: Any) -> Changes:  # noqa: ANN401
    """List what changed between two collections or two versions of a plan, as `czurban compare` does.

    Args:
        before: the earlier collection (a file or folder), or plan (a folder).
        after: the later one.
        options: `plan`, `plan_before`, `figures` and the period, as the options of the command.

    Raises:
        CzurbanError: a plan cannot be used, a file is not there, or only one of the two is a plan.

    Example:
        >>> made = czurban.compare("data", "data", figures=["examples/actuals-2019.csv"])
        >>> sum(change.is_flipped for change in made.figures), made.plan
        (0, ())
    """
    return compare_collections(before, after, CompareOptions(**options)).value
