"""Put the indicators of a document together: one that several tables have only once, each with an id of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count

from czurban.model.finding import say
from czurban.model.period import Period, parse_in_year, parse_years
from czurban.model.text import key
from czurban.reading.imports.draft import Decision, DraftIndicator
from czurban.reading.submission.names import shorten

_FILLED = ("unit", "category", "baseline", "target", "deadline", "binding", "lead", "responsible")
_YEAR_END = re.compile(r"(?:全年|当年|年度?内|年?底前?|年末前?)(?:完成)?")
_LONGEST_ID = 48


def without_repeats(indicators: Sequence[DraftIndicator]) -> list[DraftIndicator]:
    """Return indicators of which a second one with the same name has a decision, and numbers only if each is unique."""
    names: set[str] = set()
    marked = []
    for indicator in indicators:
        if key(indicator.name) in names:
            message = say("Another indicator is called “{name}” as well.", name=indicator.name)
            decision = Decision("name", message, say("Add what distinguishes it, or delete it."))
            marked.append(replace(indicator, decisions=[*indicator.decisions, decision]))
        else:
            marked.append(indicator)
        names.add(key(indicator.name))
    numbers = [indicator.no for indicator in marked if indicator.no]
    unique = len(set(numbers)) == len(numbers)
    return [indicator if unique else replace(indicator, no=None) for indicator in marked]


def merged(tables: Sequence[Sequence[DraftIndicator]]) -> list[DraftIndicator]:
    """Return the indicators of all tables, one that several tables have only once."""
    known: dict[str, DraftIndicator] = {}
    repeated: list[DraftIndicator] = []
    for table in tables:
        before = dict(known)
        for indicator in table:
            name = key(indicator.name)
            if name in before:
                known[name] = _both(known[name], indicator)
            elif name in known:
                repeated.append(indicator)
            else:
                known[name] = indicator
    return [*known.values(), *repeated]


def _both(first: DraftIndicator, second: DraftIndicator) -> DraftIndicator:
    """Fill what one table leaves open with what another prints; where they differ, a person decides."""
    filled = {name: getattr(second, name) for name in _FILLED if not getattr(first, name)}
    both = [(name, getattr(first, name), getattr(second, name)) for name in ("unit", "baseline", "target")]
    hint = say("Keep the one that is meant.")
    decisions = [
        Decision(name, say("Another table prints: {text}.", text=shorten(other)), hint)
        for name, known, other in both
        if known and other and known != other
    ]
    return replace(first, **filled, decisions=[*first.decisions, *decisions], notes=[*first.notes, *second.notes])


def year_of_baselines(indicators: Sequence[DraftIndicator]) -> str | None:
    """Return the year of most baselines."""
    printed = [indicator.baseline_year for indicator in indicators if indicator.baseline and indicator.baseline_year]
    return max(dict.fromkeys(printed), key=printed.count) if printed else None


def filled(indicator: DraftIndicator, due: Period, base: str | None, unit: str | None) -> DraftIndicator:
    """Fill in what the table says once for all rows, and read the deadline."""
    year = indicator.baseline_year if indicator.baseline_year != base else None
    known = replace(indicator, baseline_year=year, unit=indicator.unit or unit)
    if indicator.deadline is None or _YEAR_END.fullmatch(indicator.deadline):
        return replace(known, deadline=str(due))
    if parse_years(indicator.deadline):
        return known
    if period := parse_in_year(indicator.deadline, due.year):
        return replace(known, deadline=str(period))
    message = say("“{text}” cannot be read as the time when the target is due.", text=shorten(indicator.deadline))
    decision = Decision("deadline", message, say("Write a year or a month, such as 2019 or 2019-06."))
    return replace(known, decisions=[*known.decisions, decision])


def with_ids(indicators: Sequence[DraftIndicator]) -> Sequence[DraftIndicator]:
    """Give each indicator without an id one that no other has: its name in Latin letters, else its number.

    The number is that of the document, so that another row there changes no id, and else the position.
    """
    taken = {indicator.id for indicator in indicators if indicator.id}
    named = []
    for position, indicator in enumerate(indicators, 1):
        number = (indicator.no or str(position)).casefold().zfill(2)
        made = _latin(indicator.name) or "_".join(["indicator", *re.findall(r"[a-z0-9]+", number)])
        others = (f"{made}_{n}" for n in count(2))
        name = indicator.id or next(each for each in chain([made], others) if each not in taken)
        taken.add(name)
        named.append(replace(indicator, id=name))
    return named


def _latin(name: str) -> str:
    """Return an id made of a name's Latin words: Urban jobs (new) is urban_jobs_new; empty for a Chinese name."""
    words = re.findall(r"[a-z0-9]+", name.casefold()) if name.isascii() else []
    kept = "_".join(words)[:_LONGEST_ID].rstrip("_")
    return kept if kept[:1].isalpha() else ""
