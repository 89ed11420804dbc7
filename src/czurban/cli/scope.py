"""Which results a report is about: a department's, a category's, those with certain verdicts."""

from collections.abc import Callable, Sequence

from czurban.cli.session import find_department
from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import say
from czurban.model.plan import Plan
from czurban.model.text import key, nearest


def scope_of(plan: Plan, dept: str | None, category: str | None) -> Callable[[Result], bool]:
    """Return the test that a result must pass.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    office = find_department(plan, dept).name if dept is not None else None
    wanted = find_category(plan, category) if category is not None else None

    def inside(result: Result) -> bool:
        one = result.indicator
        part = plan.part_of(one)
        home = part.title if part else one.category
        return (office is None or office in one.leads) and (wanted is None or home == wanted)

    return inside


def find_category(plan: Plan, text: str) -> str:
    """Find a category of the main table, or a chapter of tasks, by its name or number.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    names = {key(name): name for name in plan.categories}
    names |= {key(name): part.title for part in plan.parts for name in (part.no, part.title)}
    if found := names.get(key(text)):
        return found
    known = [*plan.categories, *(part.title for part in plan.parts)]
    near = nearest(text, known) or tuple(known)
    raise UnknownThingError(
        say("The plan has no category “{name}”.", name=text), say("Did you mean {names}?", names=" / ".join(near))
    )


def chosen_verdicts(texts: Sequence[str]) -> frozenset[Verdict]:
    """Read --only, given once or more, with commas or without.

    Raises:
        UsageError: there is no such verdict.
    """
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    try:
        return frozenset(Verdict(name) for name in names)
    except ValueError as error:
        wrong = next(name for name in names if name not in set(Verdict))
        hint = say("Choose from: {names}.", names=", ".join(Verdict))
        raise UsageError(say("--only has no “{text}”.", text=wrong), hint) from error
