"""What was judged region by region, as the lines of its report: ranked, with the total and what is to be said of it."""

from collections.abc import Callable, Iterator

from czurban.cli.regional import Regional, judge_regions
from czurban.computing.regions.comparison import differ, lacking_in, rank, working
from czurban.computing.regions.totals import NoTotal, Total
from czurban.model.assessment import Assessment, Result, Verdict
from czurban.model.finding import Message, say
from czurban.model.plan import Plan
from czurban.reporting.document import Document
from czurban.reporting.documents.regions import Line, Ranked, RegionTotal, regional_report
from czurban.reporting.numbers import signed
from czurban.words.speaker import Speaker

__all__ = ["compose", "judge_regions", "lines_of"]
_LAST = 1 << 60


def compose(
    regional: Regional, told: Assessment, speak: Speaker, *, scope: Callable[[Result], bool], only: frozenset[Verdict]
) -> Document:
    """Compose the report of everything below one region; `told` has the findings that are to be told."""
    return regional_report(told, regional.region, lines_of(regional), speak, scope=scope, only=only)


def lines_of(regional: Regional) -> list[Line]:
    """Every indicator over the regions, the best first and those without a figure last."""
    tables = [{one.indicator.id: one for one in judged.results} for _, judged in regional.below]
    lines = []
    for whole in regional.whole.results:
        name = whole.indicator.id
        results = {region.code: table[name] for (region, _), table in zip(regional.below, tables, strict=True)}
        of_plan = regional.plan.indicator(name) or whole.indicator
        ranking = rank({code: one.actual for code, one in results.items()}, of_plan.target.interval)
        ranked = [
            Ranked(region, results[region.code], ranking.places.get(region.code), region.code in ranking.tied)
            for region, _ in regional.below
        ]
        ranked.sort(key=lambda one: one.place or _LAST)
        lines.append(Line(whole, ranked, _summed(whole, regional.totals[name], regional.plan)))
    return lines


def _summed(whole: Result, total: Total, plan: Plan) -> RegionTotal:
    if total.value is None:
        return RegionTotal(None, notes=tuple(_why_none(total)))
    return RegionTotal(total.value, working(whole.indicator, total), tuple(_besides(whole, total, plan)))


def _why_none(total: Total) -> Iterator[Message]:
    if total.why is NoTotal.NOT_ADDED:
        yield say("no total: such figures are not added, and the plan does not say what they are divided by")
    if total.why is NoTotal.ZERO:
        yield say("no total: what it is divided by comes to nothing")


def _besides(whole: Result, total: Total, plan: Plan) -> Iterator[Message]:
    """That a total is partial, or how far it is from the whole's own figure where rounding does not explain it."""
    if total.possible is None:
        yield say("a part is approximate")
    if total.is_partial:
        yield say("partial: {missing}", missing=lacking_in(total.missing, plan))
    elif whole.actual is not None and total.value is not None and differ(total, whole):
        yield say(
            "{difference} against the figure reported for the whole", difference=signed(total.value - whole.actual)
        )
