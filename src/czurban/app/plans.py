"""Find what an option names: departments, indicators, regions and categories of a plan, and verdicts."""

import re
from collections.abc import Callable, Iterable

from czurban.errors import UnknownThingError, UsageError
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import did_you_mean, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Department, Plan
from czurban.model.region import Region
from czurban.model.task import Task
from czurban.model.text import key, nearest
from czurban.words.translator import Translator

_BETWEEN = re.compile("[,，、]")


def find_department(plan: Plan, text: str) -> Department:
    """Find a department by any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    if office := plan.department(text):
        return office
    hint = did_you_mean(plan.near_departments(text))
    if plan.county(text):
        hint = say("It is a region: `czurban check … --region {name}` judges its figures.", name=text)
    message = say("The plan has no department “{name}”.", name=text)
    raise UnknownThingError(message, hint or say("`czurban list departments` shows every name."))


def find_indicator(plan: Plan, text: str, others: Iterable[str] = ()) -> Indicator:
    """Find an indicator by its id, its number or any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names, also those of `others` that may be meant, are in the hint.
    """
    if indicator := plan.indicator(text):
        return indicator
    names = [name for each in plan.indicators for name in (*each.names, each.id)]
    hint = did_you_mean(nearest(text, names + list(others))) or say("`czurban list indicators` shows every name.")
    raise UnknownThingError(say("The plan has no indicator “{name}”.", name=text), hint)


def find_task(plan: Plan, number: int | str) -> Task:
    """Find a task by its number.

    Raises:
        UnknownThingError: there is none.
    """
    if task := plan.task(number):
        return task
    message = say("The plan has no task {no}.", no=number)
    raise UnknownThingError(message, say("`czurban list tasks` shows every task."))


def scope_of(plan: Plan, dept: str | None, category: str | None) -> Callable[[Result], bool]:
    """Return the test that a result must pass.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    office, wanted = scope_names(plan, dept, category)

    def inside(result: Result) -> bool:
        indicator = result.indicator
        part = plan.part_of(indicator)
        home = part.title if part else indicator.category
        return (office is None or office in indicator.leads) and (wanted is None or home == wanted)

    return inside


def scope_names(plan: Plan, dept: str | None, category: str | None) -> tuple[str | None, str | None]:
    """Return the plan's own names of a department and of a category, where each is given.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    office = find_department(plan, dept).name if dept is not None else None
    return office, find_category(plan, category) if category is not None else None


def find_category(plan: Plan, text: str) -> str:
    """Find a category of the main table, or a chapter of tasks, by its name or number.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    names = {key(name): name for name in plan.categories}
    names |= {key(name): part.title for part in plan.parts for name in (part.no, part.title)}
    if name := names.get(key(text)):
        return name
    known = [*plan.categories, *(part.title for part in plan.parts)]
    near = did_you_mean(nearest(text, known) or known)
    raise UnknownThingError(say("The plan has no category “{name}”.", name=text), near)


def words_of_verdicts() -> dict[Verdict, tuple[str, ...]]:
    """Return the words that name each verdict: its code first, its Chinese label, and others that reports show."""
    from czurban.reporting.labels import VERDICTS  # noqa: PLC0415 - few runs choose verdicts

    chinese, others = Translator("zh"), {Verdict.UNREPORTED: ("未报送", "未报")}
    return {
        verdict: (str(verdict), chinese(label), label, *others.get(verdict, ())) for verdict, label in VERDICTS.items()
    }


def verdicts_in_words(names: Iterable[str] = Verdict) -> str:
    """Return codes, those of verdicts with the Chinese label, as a list to choose from."""
    labels = {str(verdict): words[1] for verdict, words in words_of_verdicts().items()}
    return ", ".join(f"{name} / {labels[name]}" if name in labels else name for name in names)


def find_verdict(text: str) -> Verdict | None:
    """Find a verdict by its code or by a word that reports show for it, in either language."""
    named = {key(word): verdict for verdict, words in words_of_verdicts().items() for word in words}
    return named.get(key(text))


def chosen_verdicts(texts: str | Iterable[str]) -> frozenset[Verdict]:
    """Read --only, given once or more, with commas or without.

    Raises:
        UsageError: there is no such verdict.
    """
    given = [texts] if isinstance(texts, str) else texts
    names = {name: find_verdict(name) for text in given for name in _BETWEEN.split(text) if name.strip()}
    for name, verdict in names.items():
        if verdict is None:
            hint = say("Choose from: {names}.", names=verdicts_in_words())
            raise UsageError(say("--only has no “{text}”.", text=name.strip()), hint)
    return frozenset(verdict for verdict in names.values() if verdict)


def find_region(plan: Plan, text: str) -> Region:
    """Find a region by its code or any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
        UsageError: two are called so, or the plan knows no regions.
    """
    if not plan.regions:
        hint = say(
            "Write them into regions.yaml in the folder of targets.yaml; docs/reference/plan-format.md shows how."
        )
        raise UsageError(say("The plan knows no regions."), hint)
    matching = plan.regions.matching(text)
    if len(matching) == 1:
        return matching[0]
    if matching:
        names = " / ".join(f"{plan.regions.full_name(each)} {each.code}" for each in matching)
        hint = say("Write one of: {names}.", names=names)
        raise UsageError(say("“{name}” may be any of several regions.", name=text), hint)
    hint = did_you_mean(plan.regions.near(text)) or say("`czurban list regions` shows all.")
    raise UnknownThingError(say("The plan has no region “{name}”.", name=text), hint)
