"""Help the author of a plan: write the files of a small one to begin from, and show how a printed target is read."""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from string import Template

from czurban.app.destination import written
from czurban.errors import OutputError, UsageError, reason
from czurban.files.writing import write_error, write_file
from czurban.model.finding import Message, did_you_mean, say
from czurban.model.period import Period, parse_years
from czurban.reading.sources.opening import ALL_FILES
from czurban.reporting.document import Document
from czurban.reporting.documents.listing import phrase_page
from czurban.words.translator import Translator

_TEMPLATES = Path(__file__).parent / "plan_templates"
_MADE_UP = {"en": ("Plan of Example City (made up)", "Example City"), "zh": ("某市工作方案（虚构）", "某市")}
"""The title and the region where none is given, by language."""
_ANY_BASELINE = 2520
"""A baseline of which a half, a third and every other part up to a tenth is a whole number."""


def new_plan(
    folder: str, language: str, *, period: str, title: str | None = None, region: str | None = None
) -> list[Message]:
    """Write the plan's files into a folder, which is made if it is not there, and return what was written.

    Args:
        folder: the folder; it must not hold files of a plan.
        language: the language of the comments and of the made-up indicators, en or zh.
        period: the year of the targets, or several.
        title: the plan's title; a made-up one where none is given.
        region: the region that the plan is for, likewise.

    Raises:
        UsageError: the period cannot be read.
        OutputError: a file of a plan is in the folder already, or it cannot be written.
    """
    years = whole_years(period)
    refuse_plan_folder(folder)
    names = {"title": title or _MADE_UP[language][0], "region": region or _MADE_UP[language][1], "period": period}
    values = {name: json.dumps(text, ensure_ascii=False) for name, text in names.items()}
    values |= {"baseline": str(years.start[0] - 1), "last": str(years.end[0])}
    sources = sorted((_TEMPLATES / language).glob("*.yaml"))
    texts = {source.name: Template(source.read_text(encoding="utf-8")).substitute(values) for source in sources}
    return write_plan_files(Path(folder), texts)


def whole_years(text: str) -> Period:
    """Read the years of a plan.

    Raises:
        UsageError: it is no year, and no several years.
    """
    years = parse_years(text)
    if years is None or not years.is_whole_years:
        message = say("“{text}” is not a period of whole years.", text=text)
        raise UsageError(message, say("Write a year, or several as 2021-2025."))
    return years


def write_plan_files(folder: Path, texts: Mapping[str, str]) -> list[Message]:
    """Write the files of a plan, by their names, into a folder, which is made if it is not there.

    Returns:
        A sentence for each file written.

    Raises:
        OutputError: there is a file of one of the names, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(folder, reason(error)) from error
    messages = []
    for name, text in texts.items():
        write_file(folder / name, text.encode(), new=True)
        messages.append(written(folder / name, say("plan")))
    return messages


def refuse_plan_folder(folder: str) -> None:
    """Refuse a folder that holds files of a plan.

    Raises:
        OutputError: it does.
    """
    there = [name for name in ALL_FILES if (Path(folder) / name).exists()]
    if there:
        message = say("{path} has a plan already: {names}.", path=folder, names=", ".join(there))
        raise OutputError(message, say("Name another folder."))


def read_target_phrase(
    text: str, unit: str, translate: Translator, *, name: str = "", growth: bool = False
) -> Document:
    """Show how a printed target is read for an indicator of a unit, and what its further aim is.

    Args:
        text: the target as printed.
        unit: the indicator's unit; empty for none.
        translate: the language of the reading.
        name: the indicator's name, which decides between a rate of growth and the size of a decrease.
        growth: whether the indicator is a rate of growth.

    Raises:
        UsageError: the unit is not known, or the phrase is no target as it stands.
    """
    from czurban.model.unit import Units  # noqa: PLC0415 - for this command alone
    from czurban.reading.phrases.phrase import interval_for, read_phrase  # noqa: PLC0415 - as above
    from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between  # noqa: PLC0415 - as above

    units = Units()
    known = units.find(unit) if unit else None
    if unit and known is None:
        near = did_you_mean(units.like(unit))
        raise UsageError(say("The unit “{unit}” is not known.", unit=unit), near or say("Name another unit."))
    context = PhraseContext(known, name, growth, lambda printed: factor_between(printed, known, units))
    phrase = read_phrase(text, context)
    if isinstance(phrase, Refusal):
        raise UsageError(*phrase)
    notes = []
    interval = interval_for(text, context, baseline=Fraction(_ANY_BASELINE))
    if isinstance(interval, Refusal):
        notes.append(say("It is refused under target: as it stands. {hint}", hint=interval.hint))
    if context.is_share and not name and not growth and re.search(r"下降|降低|减少|增长", text) and "%" in text:
        notes.append(say("Without --name or --growth it is read for an indicator that measures the rise or fall."))
    return phrase_page(text, phrase, notes, translate)
