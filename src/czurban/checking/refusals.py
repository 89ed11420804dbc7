"""Say why figures of another period, region or department are not used, or not judged (R5, R6, R12)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, did_you_mean, say
from czurban.model.indicator import Indicator
from czurban.model.observation import Observation
from czurban.model.period import Period
from czurban.model.plan import Plan

Refusal = tuple[str, Message, Message | None]
"""The code, message and hint of a finding, which are the same for many figures."""
_SHOWN = 40
_MOST_HINTS = 16_384
_BREAKDOWN = say("Give the region its own row in the breakdown.")


@lru_cache(maxsize=1 << 10)
def other_period(stated: Period, judged: Period, plan: Period) -> Refusal:
    """Refuse a value for another period; the hint names --period only where that judges the value's own period."""
    message = say("This value is for {stated}; {judged} is judged, so it is not used.", stated=stated, judged=judged)
    if stated.has_years or (plan.has_years and stated.until > plan.until):
        hint = say("Give the figure for {judged}.", judged=judged)
    elif stated.since_january(plan) != stated:
        hint = say("Give the figure since January, for {judged}, or those of all its parts.", judged=judged)
    else:
        values = {"stated": stated, "judged": judged}
        hint = say("Give the figure for {judged}, or judge that period with --period {stated}.", **values)
    return "S208", message, hint


def other_region(region: str, plan: Plan) -> Refusal:
    """Refuse a value for another region, or for a department that has no part of its own."""
    values = {"region": region[:_SHOWN], "own": plan.region}
    if office := plan.department(region):
        message = say("{name} has no part of its own of this target, so its value is not used.", name=office.name)
        hint = say(
            "Write {own} there if the figure is for all of it; only a row of the breakdown gives a part.", **values
        )
        return "S217", message, hint
    hint = say("Give the figure for {own} as a whole.", own=plan.region)
    if known := plan.regions.find(region):
        name = plan.regions.full_name(known)
        hint = say(
            "Give the figure for {own} as a whole, or judge {name} with --region {name}.", own=plan.region, name=name
        )
    return "S217", say("This value is for “{region}”, and the plan is for {own}; it is not used.", **values), hint


def several_others(stated: Sequence[object], judged: object) -> Message:
    """Return the message for the cells of a row that are all for other periods, or all for other regions."""
    return say(
        "The values of this row are for {whats}; none of them is for {own}, and none is used.",
        whats=", ".join(map(str, stated)),
        own=judged,
    )


def unknown_department(name: str, plan: Plan) -> Refusal:
    """Refuse a value of a department that the plan does not have."""
    message = say("The plan has no department “{name}”, so its value is not used.", name=name[:_SHOWN])
    hints = plan.kept.setdefault(unknown_department, {})
    if name not in hints:  # the search takes long, and a table may repeat some thousands of names
        if len(hints) == _MOST_HINTS:
            hints.clear()
        hints[name] = did_you_mean(plan.near_departments(name)) or say("`czurban list departments` shows every name.")
    return "S213", message, hints[name]


def not_lead(name: str, indicator: Indicator, *, has_part: bool) -> Refusal:
    """Refuse a value of a department that does not lead the indicator, but may have a part of its own."""
    hint = say("{leads} reports it.", leads="、".join(indicator.leads))
    if has_part:
        hint = say("If it is its own part of the target, write {name} in a column 地区或部门.", name=name)
    message = say("{name} does not lead “{indicator}”, so its value is not used.", name=name, indicator=indicator.name)
    return "S212", message, hint


def columns_not_judged(places: Mapping[str, Place]) -> Finding:
    """Return the finding on the columns of a wide table for other periods or regions, by what they are for."""
    first, place = next(iter(places.items()))
    if len(places) > 1:
        return finding("S228", place, say("The figures for {whats} are not judged.", whats=", ".join(places)))
    return finding(
        "S228", place, say("The figures for {what}, of which this is the first, are not judged.", what=first)
    )


def judged_by_plan_target(value: Observation, indicator: Indicator, plan: Plan) -> Finding:
    """Return the finding on another region's amount that is judged by the plan's target."""
    message = say(
        "“{indicator}” is an amount, and {region} has no target of its own; it is judged by the plan's {rule}.",
        indicator=indicator.name,
        region=plan.region,
        rule=str(indicator.target.interval),
    )
    return finding("S254", value.place, message, _BREAKDOWN)


def amounts_without_target(first: Observation, indicators: Sequence[Indicator], plan: Plan) -> Finding:
    """Return the finding on amounts of a part that has no target of its own for them."""
    message = say(
        "{region} has no target of its own for {names}; a part of an amount is not judged by the target of the whole.",
        region=plan.region,
        names="、".join(f"“{indicator.name}”" for indicator in indicators),
    )
    return finding("S255", first.place, message, _BREAKDOWN)


def values_without_region(first: Observation, count: int, plan: Plan, asked: str) -> Finding:
    """Return the finding on figures of a file that name no region, where another region is asked for."""
    message = say(
        "{count} values from here on name no region; they are read as values of {own}, not of {asked}.",
        count=count,
        own=plan.region,
        asked=asked,
    )
    hint = say("Name the region in a column 地区, in the title or in the file's name.")
    return finding("S256", first.place, message, hint)


def unknown_region(value: Observation, plan: Plan) -> Finding:
    """Return the finding on a figure of an unknown region, or of a name that several regions have."""
    name = value.region[:_SHOWN]
    if regions := plan.regions.matching(value.region):
        names = " / ".join(f"{plan.regions.full_name(region)} {region.code}" for region in regions)
        message = say("“{region}” may be {names}; the value is not used.", region=name, names=names)
        hint = say("Write the code, or put the name of the parent region before the name.")
        return finding("S257", value.place, message, hint)
    message = say("“{region}” is none of the plan's regions; the value is not used.", region=name)
    guess = did_you_mean(plan.regions.near(value.region))
    return finding("S257", value.place, message, guess or say("`czurban list regions` shows every name."))
