"""Read the settings of [tool.czurban] in the nearest pyproject.toml, and open the plan that they name."""

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from czurban.app.finding_filter import Codes, FindingFilter, ignored_codes, selected_codes
from czurban.errors import PlanError, UsageError, reason
from czurban.model.finding import Message, did_you_mean, say
from czurban.model.text import nearest
from czurban.reading.sources.opening import read_regular
from czurban.reporting.findings_text import MOST_OF_A_KIND
from czurban.words.translator import LANGUAGES

if TYPE_CHECKING:
    from czurban.files.known_names import Names
    from czurban.model.plan import Plan

PACKAGED, CHECKOUT = (Path(__file__).parents[up] / "data" for up in (1, 3))
"""Where the plan lies in an installed package, and in a checkout that is installed in place."""
NAME = "pyproject.toml"
_SIGN = b"tool.czurban"


def find_table() -> tuple[Path, dict[str, object]] | None:
    """The file and its table. Only a file that holds the table's name is parsed at all.

    Raises:
        UsageError: a file that holds it cannot be read.
    """
    try:
        here = Path.cwd()
    except OSError:  # the working folder is gone
        return None
    for folder in (here, *here.parents):
        path = folder / NAME
        try:
            data = read_regular(path) if path.is_file() else b""
            if _SIGN in data:  # a file that a link leads to elsewhere is not this project's
                data = read_regular(path, folder)
        except OSError as error:
            raise _unreadable(path, reason(error)) from error
        table = _table(path, data) if _SIGN in data else None
        if table is not None:
            return path, table
    return None


def _table(path: Path, data: bytes) -> dict[str, object] | None:
    import tomllib  # noqa: PLC0415 - only where there are settings

    try:
        tool = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except RecursionError as error:
        raise _unreadable(path, say("its brackets are nested too deep")) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    except ValueError as error:  # Python's own limit of digits
        raise _unreadable(path, say("a number in it has thousands of digits")) from error
    table = tool.get("czurban") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise _unreadable(path, say("“{key}” is not a table", key="tool.czurban"))
    return table


def _unreadable(path: Path, why: Message | str) -> UsageError:
    message = say("{path} cannot be read: {reason}.", path=str(path), reason=why)
    return UsageError(message, say("Its settings for czurban stand under [tool.czurban]."))


class Settings(NamedTuple):
    """What the file says; None or empty where it says nothing. A dataclass would cost every start a millisecond."""

    plan: Path | None = None
    lang: str | None = None
    select: Codes = ()
    ignore: Codes = ()
    strict: bool = False
    max_findings: int | None = None
    per_file: tuple[tuple[str, Codes], ...] = ()
    exclude: Codes = ()
    letters: Mapping[str, str] = MappingProxyType({})


def settings() -> Settings:
    """Read the settings that hold in the working folder.

    Raises:
        UsageError: a key is unknown or a value of another type than it asks for.
    """
    nearest_table = find_table()
    if nearest_table is None:
        return Settings()
    path, table = nearest_table
    if unknown := [key for key in table if key not in _KEYS]:
        raise _unknown(path, unknown[0])
    read, source = partial(_value, path, table), str(path)
    return Settings(
        plan=_plan_place(path, read("plan")),
        lang=read("lang"),
        select=selected_codes(read("select"), source),
        ignore=ignored_codes(read("ignore"), source),
        strict=read("strict"),
        max_findings=read("max-findings"),
        exclude=tuple(read("exclude")),
        letters=read("letters"),
        per_file=tuple((glob, ignored_codes(codes, source)) for glob, codes in read("per-file-ignores").items()),
    )


def _plan_place(file: Path, plan: str | None) -> Path | None:
    """Return the plan's folder; a relative path must stay in the project, so that a project reads no other files.

    Raises:
        UsageError: a relative path, its links followed, leaves the folder of the settings.
    """
    if plan is None:
        return None
    place = file.parent / plan
    if not Path(plan).is_absolute() and not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(file.parent)):
        message = say("{path}: the plan {plan} lies outside the project.", path=str(file), plan=plan)
        raise UsageError(message, say("Write its absolute path, or name it with --plan or CZURBAN_PLAN."))
    return place


LETTER_KEYS = ("sender", "contact", "phone", "date", "by")
"""What letters may be given: who sends them, whom to ask, their date, and the date they ask for."""


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and "\0" not in value


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_letters(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return set(value) <= set(LETTER_KEYS) and all(isinstance(each, str) and "\0" not in each for each in value.values())


_CODES = say("a list of codes")
_KEYS: Mapping[str, tuple[object, Sequence[tuple[Callable[[Any], bool], Message | str]]]] = {
    "plan": (None, [(_is_text, say("a text"))]),
    "lang": (None, [(_is_text, say("a text")), (LANGUAGES.__contains__, " / ".join(LANGUAGES))]),
    "select": ([], [(_is_list, _CODES)]),
    "ignore": ([], [(_is_list, _CODES)]),
    "strict": (False, [(lambda value: isinstance(value, bool), say("true or false"))]),
    "max-findings": (None, [(lambda value: type(value) is int and value >= 0, say("a whole number"))]),
    "per-file-ignores": (
        {},
        [
            (
                lambda value: isinstance(value, dict) and "" not in value,
                say("a table of file patterns, each with a list of codes"),
            ),
            (lambda value: all(map(_is_list, value.values())), _CODES),
        ],
    ),
    "exclude": ([], [(lambda value: _is_list(value) and all(map(str.strip, value)), say("a list of file patterns"))]),
    "letters": ({}, [(_is_letters, say("a table of texts: {names}", names=", ".join(LETTER_KEYS)))]),
}
"""The keys, each with its value where it is left out, and the tests that a value must pass, with what it then is."""


def _value(path: Path, table: Mapping[str, object], key: str) -> Any:  # noqa: ANN401 - its tests say what it is
    """Return the value of a key."""
    missing, tests = _KEYS[key]
    value = table.get(key, missing)
    for fits, wanted in tests if key in table else ():
        if not fits(value):
            message = say("{path}: “{key}” is not {wanted}.", path=str(path), key=key, wanted=wanted)
            raise UsageError(message, say("It stands under [tool.czurban]."))
    return value


def _unknown(path: Path, key: str) -> UsageError:
    near = nearest(key, _KEYS, limit=1)
    hint = did_you_mean(near) or say("Known here: {names}.", names=", ".join(_KEYS))
    return UsageError(say("{path}: [tool.czurban] has no key “{key}”.", path=str(path), key=key), hint)


def finding_filter(
    select: Sequence[str] | None = None, ignore: Sequence[str] | None = None, *, strict: bool | None = None
) -> FindingFilter:
    """Return which findings are reported: each argument that is given replaces its setting.

    Raises:
        UsageError: a code is unknown, or may not be ignored.
    """
    chosen = settings()
    return FindingFilter(
        select=chosen.select if select is None else selected_codes(select, "--select"),
        ignore=chosen.ignore if ignore is None else ignored_codes(ignore, "--ignore"),
        per_file=chosen.per_file,
        strict=chosen.strict if strict is None else strict,
    )


def most_of_a_kind(wanted: int | None) -> int:
    """Return how many findings of one kind are listed: as given, else as set, else the usual number."""
    if wanted is not None:
        return wanted
    chosen = settings().max_findings
    return MOST_OF_A_KIND if chosen is None else chosen


def plan_folder(asked: Path | None) -> Path:
    """Return the folder given, else CZURBAN_PLAN, the settings', ./data if it holds a plan, or the built-in one."""
    chosen = settings().plan  # read first, so that wrong settings are always reported
    if asked is not None:
        return asked
    if named := os.environ.get("CZURBAN_PLAN"):
        return Path(named)
    if chosen is not None:
        return chosen
    here = Path("data")
    if (here / "targets.yaml").is_file():
        return here
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def open_plan(folder: str | Path | None = None) -> "Plan":
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


_DIGITS = 11
"""Digits of a moment in seconds, up to the year 5138."""


def moment() -> dt.datetime:
    """Return the time now, or the one that SOURCE_DATE_EPOCH sets (seconds since 1970 in UTC)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdecimal() and len(fixed) <= _DIGITS:
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now().astimezone()


def plan_names(asked: Path | None) -> "Names":
    """Return the names in a plan for completion, read again only if a file of its folder has changed."""
    from czurban.files.known_names import known_names  # noqa: PLC0415 - for a Tab alone

    folder = plan_folder(asked)

    def read() -> "Names":
        from czurban.app.lists import names_in  # noqa: PLC0415 - only where the names are not known yet

        return names_in(open_plan(folder))

    return known_names(folder, read)
