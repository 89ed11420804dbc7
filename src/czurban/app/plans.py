"""Open a plan, and find its departments, indicators, regions and categories by name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from czurban.app.settings import plan_folder
from czurban.errors import PlanError, UnknownThingError, UsageError
from czurban.model.assessment import Result, Verdict
from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.model.period import Period, parse_in_year, parse_years
from czurban.model.plan import Department, Plan
from czurban.model.region import Region
from czurban.model.text import key, nearest
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.formulas.derived import Derived

_BETWEEN = re.compile("[,，、]")


def open_plan(folder: str | Path | None = None) -> Plan:
    """Read the plan in a folder; without one, in the folder that `plan_folder` chooses.

    Raises:
        PlanError: the plan cannot be used; the error carries the findings.
    """
    from czurban.reading.plan.files import read_plan  # noqa: PLC0415 - help and completion load no YAML reader

    chosen = plan_folder(None if folder is None else Path(folder))
    plan, findings = read_plan(chosen)
    if plan is None:
        message = say("The plan in {folder} cannot be used as it stands.", folder=str(chosen))
        hint = say("Correct the errors above; `czurban validate {folder}` lists them again.", folder=str(chosen))
        raise PlanError(message, hint, findings)
    return plan


def find_department(plan: Plan, text: str) -> Department:
    """Find a department by any of its names.

    Raises:
        UnknownThingError: there is none; the nearest names are in the hint.
    """
    if office := plan.department(text):
        return office
    near = plan.near_departments(text)
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
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
    near = nearest(text, names + list(others))
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else None
    message = say("The plan has no indicator “{name}”.", name=text)
    raise UnknownThingError(message, hint or say("`czurban list indicators` shows every name."))


def choose_period(text: str | int | Period | None, plan: Plan) -> Period:
    """Return the period asked for, or the plan's own, which may be of several years; of those asked for, the last.

    Raises:
        UsageError: it cannot be read, begins or ends within a year and is of several, or is of years after a plan of
            several years.
    """
    if text is None:
        return plan.period
    period = text if isinstance(text, Period) else parse_years(str(text)) or parse_in_year(str(text), plan.period.year)
    if period is None:
        message = say("“{text}” cannot be read as a period.", text=str(text))
        raise UsageError(message, say("Write 2018, 2019Q2, 2019-06 or 2019-01..06; a date as 2019-07-27."))
    if period.has_years and not (period.is_whole_years and plan.period.has_years):
        message = say("{period} is of several years, and one time since January is judged.", period=period)
        raise UsageError(
            message, say("Write its last year, or the months of one year: {example}.", example=period.last_year)
        )
    if plan.period.has_years and period.until > plan.period.until:
        message = say("{period} is after the plan's period, {plan}.", period=period, plan=plan.period)
        raise UsageError(message, say("A target is judged by figures of the plan's own years."))
    return period.last_year


def scope_of(plan: Plan, dept: str | None, category: str | None) -> Callable[[Result], bool]:
    """Return the test that a result must pass.

    Raises:
        UnknownThingError: the plan has no such department or category.
    """
    office = find_department(plan, dept).name if dept is not None else None
    wanted = find_category(plan, category) if category is not None else None

    def inside(result: Result) -> bool:
        indicator = result.indicator
        part = plan.part_of(indicator)
        home = part.title if part else indicator.category
        return (office is None or office in indicator.leads) and (wanted is None or home == wanted)

    return inside


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
    near = nearest(text, known) or tuple(known)
    raise UnknownThingError(
        say("The plan has no category “{name}”.", name=text), say("Did you mean {names}?", names=" / ".join(near))
    )


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
        raise UsageError(
            say("“{name}” may be any of several regions.", name=text), say("Write one of: {names}.", names=names)
        )
    near = plan.regions.near(text)
    hint = say("Did you mean {names}?", names=" / ".join(near)) if near else say("`czurban list regions` shows all.")
    raise UnknownThingError(say("The plan has no region “{name}”.", name=text), hint)


def printed_columns(plan: Plan) -> "Sequence[tuple[Message, Mapping[str, Derived]]]":
    """Return what every formula gives by each column that the plan prints, with the column's title."""
    from czurban.computing.formulas import baselines, derive, targets  # noqa: PLC0415 - only where formulas are shown

    start, end = plan.baseline_period, plan.period
    first = say("{period}, by the baselines", period=start) if start else say("By the baselines")
    return (
        (first, derive(plan, baselines, start, backward=False)),
        (say("{period}, by the targets", period=end), derive(plan, targets, end)),
    )
