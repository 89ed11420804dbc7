"""Check what the plan prints of an indicator in several places: the figure, its direction, the name and the place."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, did_you_mean, say
from czurban.model.indicator import Citation, Indicator
from czurban.model.plan import Plan
from czurban.model.rule import rule_label
from czurban.model.target import Basis, interval_of
from czurban.model.task import TaskNo
from czurban.model.text import TASK_NUMBER, differs_by_a_slip, half_width, key, task_no


def cited_alike(plan: Plan) -> Iterator[Finding]:
    """Every place that cites a figure prints the same one, whatever its unit."""
    hint = say("One of the two is wrong, or they are two quantities and need an entry each.")
    for indicator in plan.indicators:
        target = indicator.target
        bound = target.rule.exact_bound if target.about is None else Fraction(target.about)
        for cited in indicator.cited:
            if bound is not None and cited.figure is not None and _figure(cited, indicator) != bound:
                values = {"at": cited.at, "printed": cited.printed, "rule": target.rule, "unit": indicator.unit.name}
                message = say("{at} prints {printed}, and the target is {rule} {unit}.", **values)
                yield finding("P204", cited.place or indicator.place, message, hint)


def same_direction(plan: Plan) -> Iterator[Finding]:
    """Where printed words state a direction, the target has the same."""
    for indicator in plan.indicators:
        target = indicator.target
        if target.basis is Basis.INTERPRETED and target.reason:
            continue
        for cited in indicator.cited:
            if target.relative and cited.relative not in (None, target.relative):
                yield _other_direction(cited, indicator, rule_label(target.relative), cited.printed)
            if cited.rule and target.rule.has_bound and not cited.rule.same_rule(target.rule):
                yield _other_direction(cited, indicator, target.rule, _as_printed(cited, indicator))


def _other_direction(cited: Citation, indicator: Indicator, rule: object, wanted: str) -> Finding:
    values = {"at": cited.at, "printed": cited.printed, "name": indicator.name, "rule": rule}
    message = say("{at} prints {printed}, and the target of “{name}” is {rule}, which other values meet.", **values)
    hint = say("Write the target as {rule}, or give basis: interpreted and a reason.", rule=wanted)
    return finding("P227", cited.place or indicator.place, message, hint)


def _as_printed(cited: Citation, indicator: Indicator) -> str:
    """Return the target's bound with the printed rule."""
    bound = indicator.target.rule.bound
    rule = cited.rule.with_bound(bound) if cited.rule and bound is not None else None
    return str(rule) if rule else cited.printed


def readable_figure(plan: Plan) -> Iterator[Finding]:
    """A printed figure is readable, so that it can be compared with the target."""
    for indicator in plan.indicators:
        for cited in indicator.cited:
            target = indicator.target
            in_words = (target.relative and cited.relative) or (target.ladder and cited.statement)
            if cited.figure is None and cited.rule is None and not in_words:
                values = {"at": cited.at, "printed": cited.printed}
                message = say("{at} prints “{printed}”, in which no figure can be read.", **values)
                hint = say("Write it as it is printed, in digits and with a known unit, such as 达到41%.")
                yield finding("P228", cited.place or indicator.place, message, hint)


def _figure(cited: Citation, indicator: Indicator) -> Fraction | None:
    """Return the cited figure in the indicator's unit; None where it has another dimension."""
    ratio = (cited.unit or indicator.unit).ratio(indicator.unit)
    return None if cited.figure is None or ratio is None else Fraction(cited.figure) * ratio


def known_wording(plan: Plan) -> Iterator[Finding]:
    """Every wording for an indicator in the plan is its name or an alias."""
    for indicator in plan.indicators:
        names = {key(name) for name in indicator.names}
        for cited in indicator.cited:
            if key(cited.wording) not in names:
                values = {"at": cited.at, "wording": cited.wording, "name": indicator.name}
                message = say("{at} calls “{name}” “{wording}”, which is not among its aliases.", **values)
                slips = [name for name in indicator.names if differs_by_a_slip(key(name), key(cited.wording))]
                hint = did_you_mean(slips) or say("Add it to aliases, so that it is recognised in submissions.")
                yield finding("P205", cited.place or indicator.place, message, hint)


_SHORTEST_PLACE = 2
_WHOLE_SHARE = 100
_TASK = re.compile(rf"(?:(?:重点)?(?:任务|工作)|(?:tasks?|actions?)(?=[\s\d]))\s*({TASK_NUMBER})", re.IGNORECASE)
_PLACE = re.compile(r"(?:附件|附表|annex|table)(?P<row>\d+)")


def _cited_task(cited: Citation) -> TaskNo | None:
    """Return the number of the task that a place names; None where it names none."""
    match = _TASK.fullmatch(half_width(cited.at).strip())
    return task_no(match[1]) if match else None


def _cited_row(cited: Citation) -> int | None:
    """Return the number behind 附件 or the like."""
    match = _PLACE.fullmatch(key(cited.at))
    return int(match["row"]) if match and match["row"] else None


def _rows(plan: Plan) -> dict[int | str, Indicator]:
    """Return the indicators by their numbers where the plan means by 附件3 the third row of its main table.

    It does so where most of these places agree.
    """
    numbered = [indicator for indicator in plan.indicators if indicator.no is not None]
    rows = [(_cited_row(cited), indicator.no) for indicator in numbered for cited in indicator.cited]
    agree = [row == no for row, no in rows if row is not None]
    return {each.no: each for each in numbered if each.no is not None} if 2 * sum(agree) > len(agree) else {}


def right_place(plan: Plan) -> Iterator[Finding]:
    """A cited task or number of the main table exists, and carries the indicator."""
    lists, by_no = any(task.quantities for task in plan.tasks), _rows(plan)
    prefixes = Counter(_prefix(cited) for indicator in plan.indicators for cited in indicator.cited)
    for indicator in plan.indicators:
        for cited in indicator.cited:
            no, row = _cited_task(cited), _cited_row(cited)
            trouble = None
            if no is not None and plan.tasks and no != indicator.task:
                trouble = _wrong_task(plan, indicator, no, lists=lists)
            elif row is not None and by_no and by_no.get(row) is not indicator:
                trouble = _wrong_row(by_no.get(row), indicator, cited)
            elif no is None and row is None:
                trouble = _mistyped(cited, prefixes)
            if trouble:
                yield finding("P243", cited.place or indicator.place, *trouble)


def _wrong_task(plan: Plan, indicator: Indicator, no: TaskNo, *, lists: bool) -> tuple[Message, Message] | None:
    task = plan.task(no)
    if task is None:
        message = say("“{name}” is cited at task {no}, which the plan does not have.", name=indicator.name, no=no)
        return message, say("Correct the number.")
    if not lists or indicator.id in task.quantities:
        return None
    message = say("“{name}” is cited at task {no}, which does not list it.", name=indicator.name, no=no)
    return message, say("Correct the number, or add {id} to the task's quantities.", id=indicator.id)


def _wrong_row(other: Indicator | None, indicator: Indicator, cited: Citation) -> tuple[Message, Message]:
    values = {"name": indicator.name, "at": cited.at}
    if other is None:
        return say("“{name}” is cited at {at}, and no indicator has this number.", **values), say("Correct the number.")
    message = say("“{name}” is cited at {at}, which is the number of “{other}”.", **values, other=other.name)
    return message, say("Correct the number.")


def _prefix(cited: Citation) -> str:
    return key(cited.at).rstrip("0123456789")


def _mistyped(cited: Citation, prefixes: Counter[str]) -> tuple[Message, Message] | None:
    """Return what is wrong with a place whose word is that of many other places but for one character."""
    written = _prefix(cited)
    meant = [prefix for prefix, times in prefixes.items() if times > 2 * prefixes[written] and prefix]
    near = [prefix for prefix in meant if differs_by_a_slip(prefix, written, _SHORTEST_PLACE)]
    hint = did_you_mean(near)
    return (say("“{at}” is no place that the plan cites elsewhere.", at=cited.at), hint) if hint else None


def cited_everywhere(plan: Plan) -> Iterator[Finding]:
    """Where the plan cites its tasks and its main table, each one that has an indicator is cited."""
    links = [
        (task, indicator) for task in plan.tasks for indicator in filter(None, map(plan.indicator, task.quantities))
    ]
    tasks = {indicator.id: {_cited_task(cited) for cited in indicator.cited} for indicator in plan.indicators}
    missing = [(task, indicator) for task, indicator in links if task.no not in tasks[indicator.id]]
    if 2 * len(missing) < len(links):
        for task, indicator in missing:
            message = say("Task {no} lists “{name}”, whose citations do not name it.", no=task.no, name=indicator.name)
            hint = say("Add what the task prints to cited:, or take {id} off the task's quantities.", id=indicator.id)
            yield finding("P244", indicator.place, message, hint)
    rows = [indicator for indicator in _rows(plan).values() if indicator.cited]
    uncited = [indicator for indicator in rows if all(_cited_row(cited) is None for cited in indicator.cited)]
    if 2 * len(uncited) < len(rows):
        for indicator in uncited:
            values = {"name": indicator.name, "no": indicator.no}
            message = say("“{name}” has the number {no}, and its citations do not name it.", **values)
            yield finding("P244", indicator.place, message, say("Add what the main table prints to cited:."))


def cited_once(plan: Plan) -> Iterator[Finding]:
    """A place that prints a figure is cited once."""
    for indicator in plan.indicators:
        known: set[tuple[str, str]] = set()
        for cited in indicator.cited:
            if (place := (key(cited.at), key(cited.printed))) in known:
                message = say("{at} is cited twice for “{name}”.", at=cited.at, name=indicator.name)
                yield finding("P245", cited.place or indicator.place, message, say("Keep one of the two."))
            known.add(place)


def printed_direction(plan: Plan) -> Iterator[Finding]:
    """A direction that no printed words give is marked as interpreted."""
    hint = say("Add basis: interpreted, and reason: with why it is read so.")
    for indicator in plan.indicators:
        cited, target = indicator.cited, indicator.target
        bare = all(each.rule is None and each.figure is not None for each in cited)
        if not (cited and bare and target.basis is Basis.PRINTED and target.rule.has_bound):
            continue
        if not _is_whole_or_none(indicator):
            values = {"name": indicator.name, "printed": cited[0].printed, "rule": target.rule}
            message = say(
                "Only “{printed}” is printed for “{name}”, which does not decide the target {rule}.", **values
            )
            yield finding("P249", indicator.place_of("target"), message, hint)


def _is_whole_or_none(indicator: Indicator) -> bool:
    """Return whether a target is 100 % of a share, or 0: figures that have no other side."""
    rule = indicator.target.rule
    is_point = rule.low is not None and rule.low == rule.high
    return is_point and (rule.low == 0 or (indicator.unit.is_share and rule.low == _WHOLE_SHARE))


_SIDES = {
    "≥": re.compile(r"[按作为](?:下限|不低于|不少于)|\b(?:as a floor|at least)\b"),
    "≤": re.compile(r"[按作为](?:上限|不超过|不高于)|\b(?:as a ceiling|at most)\b"),
}


def reason_fits(plan: Plan) -> Iterator[Finding]:
    """The reason of an interpreted direction names no other direction."""
    for indicator in plan.indicators:
        target = indicator.target
        named = [sign for sign, words in _SIDES.items() if words.search(target.reason)]
        if len(named) == 1 and target.basis is Basis.INTERPRETED and target.rule.bound is not None:
            other = interval_of(named[0], target.rule.bound)
            if target.rule.opposite() and not target.rule.same_direction(other):
                values = {"name": indicator.name, "rule": target.rule, "reason": target.reason}
                message = say("The target of “{name}” is {rule}, and its reason is: {reason}", **values)
                yield finding("P259", indicator.place_of("target"), message, say("Correct the sign, or the reason."))
