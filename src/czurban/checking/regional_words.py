"""What is told of figures that are judged region by region."""

from collections.abc import Sequence

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.indicator import Indicator
from czurban.model.message import Message, say
from czurban.model.observation import Observation
from czurban.model.plan import Plan

_BREAKDOWN = say("Give the region its own row in the breakdown.")


def judged_by_the_plans(one: Observation, indicator: Indicator, held: Plan) -> Finding:
    """An amount of another region, held against the plan's target for want of one of its own."""
    message = say(
        "“{indicator}” is an amount, and {region} has no target of its own; it is held against the plan's {rule}.",
        indicator=indicator.name,
        region=held.region,
        rule=str(indicator.target.interval),
    )
    return finding("S254", one.place, message, _BREAKDOWN)


def no_target(first: Observation, indicators: Sequence[Indicator], held: Plan) -> Finding:
    """Amounts of a part, for which it has no target of its own."""
    message = say(
        "{region} has no target of its own for {names}; a part of an amount is not judged by the target of the whole.",
        region=held.region,
        names="、".join(f"“{one.name}”" for one in indicators),
    )
    return finding("S255", first.place, message, _BREAKDOWN)


def unnamed(first: Observation, count: int, plan: Plan, asked: str) -> Finding:
    """Figures of a file that say no region, while one is asked for."""
    message = say(
        "{count} values from here on name no region; they are taken for {own} and not for {asked}.",
        count=count,
        own=plan.region,
        asked=asked,
    )
    hint = say("Name the region in a column 地区, in the title or in the file's name.")
    return finding("S256", first.place, message, hint)


def nobodys(one: Observation, plan: Plan) -> Finding:
    """A figure whose region is not known, or is two."""
    found = plan.regions.called(one.region)
    if found:
        message = say(
            "“{region}” may be {names}; the value is not used.",
            region=one.region[:40],
            names=" / ".join(f"{plan.regions.full_name(one)} {one.code}" for one in found),
        )
        return finding("S257", one.place, message, say("Write the code, or the name behind that of the region above."))
    message = say("“{region}” is none of the plan's regions; the value is not used.", region=one.region[:40])
    return finding("S257", one.place, message, _near(one.region, plan))


def _near(text: str, plan: Plan) -> Message:
    near = plan.regions.near(text)
    if near:
        return say("Did you mean {names}?", names=" / ".join(near))
    return say("`czurban list regions` shows every name.")
