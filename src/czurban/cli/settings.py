"""The settings of [tool.czurban] in a pyproject.toml: what holds where the command line says nothing."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from czurban.cli.settings_file import find_table
from czurban.errors import UsageError
from czurban.model.finding import Message, say
from czurban.words.speaker import LANGUAGES

Codes = tuple[str, ...]


class Settings(NamedTuple):
    """What the file says; None or empty where it says nothing. A dataclass would cost every start a millisecond."""

    plan: Path | None = None
    lang: str | None = None
    select: Codes = ()
    ignore: Codes = ()
    strict: bool = False
    max_findings: int | None = None
    per_file: tuple[tuple[str, Codes], ...] = ()


def settings() -> Settings:
    """Read the settings that hold in the working folder.

    Raises:
        UsageError: a key is unknown or a value of another kind than it asks for.
    """
    found = find_table()
    if found is None:
        return Settings()
    from czurban.cli.codes import ignored_codes, selected_codes  # noqa: PLC0415 - only where there are settings

    path, table = found
    read = _Table(path, table)
    plan, source = read.text("plan"), str(path)
    return Settings(
        plan=None if plan is None else _plan_place(path, plan),
        lang=read.language(),
        select=selected_codes(read.texts("select"), source),
        ignore=ignored_codes(read.texts("ignore"), source),
        strict=read.flag("strict"),
        max_findings=read.count("max-findings"),
        per_file=tuple((glob, ignored_codes(codes, source)) for glob, codes in read.patterns("per-file-ignores")),
    )


def _plan_place(file: Path, plan: str) -> Path:
    """Where the plan lies: a relative path is the project's own, so that a project cannot reach for others' files.

    Raises:
        UsageError: a relative path, its links followed, leaves the folder of the settings.
    """
    place = file.parent / plan
    if not Path(plan).is_absolute() and not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(file.parent)):
        message = say("{path}: the plan {plan} lies outside the project.", path=str(file), plan=plan)
        raise UsageError(message, say("Write its absolute path, or name it with --plan or CZURBAN_PLAN."))
    return place


_KEYS = ("plan", "lang", "select", "ignore", "strict", "max-findings", "per-file-ignores")


class _Table:
    """The table with its values asked for by kind."""

    def __init__(self, path: Path, table: Mapping[str, object]) -> None:
        self.path = path
        self.table = table
        for key in table:
            if key not in _KEYS:
                raise self._unknown(key)

    def text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is not None and not (isinstance(value, str) and value and "\0" not in value):
            raise self._wrong(key, say("a text"))
        return value if isinstance(value, str) else None

    def language(self) -> str | None:
        value = self.text("lang")
        if value is not None and value not in LANGUAGES:
            raise self._wrong("lang", " / ".join(LANGUAGES))
        return value

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, say("true or false"))
        return value

    def count(self, key: str) -> int | None:
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self._wrong(key, say("a whole number"))
        return value

    def texts(self, key: str) -> list[str]:
        return self._codes(self.table.get(key, []), key)

    def patterns(self, key: str) -> list[tuple[str, list[str]]]:
        value = self.table.get(key, {})
        if not isinstance(value, dict) or "" in value:
            raise self._wrong(key, say("a table of file patterns, each with a list of codes"))
        return [(glob, self._codes(codes, key)) for glob, codes in value.items()]

    def _codes(self, value: object, key: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key, say("a list of codes"))
        return value

    def _wrong(self, key: str, wanted: Message | str) -> UsageError:
        message = say("{path}: “{key}” is not {wanted}.", path=str(self.path), key=key, wanted=wanted)
        return UsageError(message, say("It stands under [tool.czurban]."))

    def _unknown(self, key: str) -> UsageError:
        from czurban.model.text import nearest  # noqa: PLC0415 - only where a key is not known

        near = nearest(key, _KEYS, limit=1)
        hint = (
            say("Did you mean {names}?", names=near[0]) if near else say("Known here: {names}.", names=", ".join(_KEYS))
        )
        return UsageError(say("{path}: [tool.czurban] has no key “{key}”.", path=str(self.path), key=key), hint)
