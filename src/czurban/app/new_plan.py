"""Write the folder of a small plan that validates, with comments that teach, to begin a plan from."""

import json
from pathlib import Path
from string import Template

from czurban.app.destination import written
from czurban.errors import OutputError, UsageError, reason
from czurban.files.writing import write_error, write_file
from czurban.model.finding import Message, say
from czurban.model.period import parse_years
from czurban.reading.sources.opening import ALL_FILES

_TEMPLATES = Path(__file__).parent / "plan_templates"
_MADE_UP = {"en": ("Plan of Example City (made up)", "Example City"), "zh": ("某市工作方案（虚构）", "某市")}
"""The title and the region where none is given, by language."""


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
    years = parse_years(period)
    if years is None or not years.is_whole_years:
        raise UsageError(
            say("“{text}” is not a period of whole years.", text=period),
            say("Write a year, or several as 2021-2025."),
        )
    refuse_plan_folder(folder)
    place = Path(folder)
    names = {"title": title or _MADE_UP[language][0], "region": region or _MADE_UP[language][1], "period": period}
    values = {name: json.dumps(text, ensure_ascii=False) for name, text in names.items()}
    values |= {"baseline": str(years.start[0] - 1), "last": str(years.end[0])}
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(place, reason(error)) from error
    messages = []
    for source in sorted((_TEMPLATES / language).glob("*.yaml")):
        text = Template(source.read_text(encoding="utf-8")).substitute(values)
        write_file(place / source.name, text.encode(), new=True)
        messages.append(written(place / source.name, say("plan")))
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
