"""Read the settings of [tool.czurban] in the nearest pyproject.toml, and the codes of findings they name."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from czurban.app.finding_filter import FindingFilter, may_hide
from czurban.errors import UsageError, reason
from czurban.model.faults import FAULTS
from czurban.model.finding import Message, say
from czurban.model.text import nearest
from czurban.reading.sources.opening import read_regular
from czurban.reporting.findings_text import MOST_OF_A_KIND
from czurban.words.translator import LANGUAGES

if TYPE_CHECKING:
    from czurban.files.known_names import Names

PACKAGED, CHECKOUT = (Path(__file__).parents[up] / "data" for up in (1, 3))
"""Where the plan lies in an installed package, and in a checkout that is installed in place."""
NAME = "pyproject.toml"
_SIGN = b"tool.czurban"


def find_table() -> tuple[Path, dict[str, object]] | None:
    """The file and its table. Only a file that holds the table's name is parsed at all.

    Raises:
        UsageError: a file that holds it cannot be read.
    """
    for folder in _upward():
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


def _upward() -> Iterator[Path]:
    try:
        here = Path.cwd()
    except OSError:  # the working folder is gone
        return
    yield from (here, *here.parents)


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
        raise _unreadable(path, NAME)
    return table


def _unreadable(path: Path, why: Message | str) -> UsageError:
    message = say("{path} cannot be read: {reason}.", path=str(path), reason=why)
    return UsageError(message, say("Its settings for czurban stand under [tool.czurban]."))


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
    read = _Table(path, table)
    plan, source = read.text("plan"), str(path)
    return Settings(
        plan=None if plan is None else _plan_place(path, plan),
        lang=read.language(),
        select=selected_codes(read.texts("select"), source),
        ignore=ignored_codes(read.texts("ignore"), source),
        strict=read.flag("strict"),
        max_findings=read.count("max-findings"),
        exclude=read.globs("exclude"),
        letters=read.letters(),
        per_file=tuple((glob, ignored_codes(codes, source)) for glob, codes in read.patterns("per-file-ignores")),
    )


def _plan_place(file: Path, plan: str) -> Path:
    """Return the plan's folder; a relative path must stay in the project, so that a project reads no other files.

    Raises:
        UsageError: a relative path, its links followed, leaves the folder of the settings.
    """
    place = file.parent / plan
    if not Path(plan).is_absolute() and not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(file.parent)):
        message = say("{path}: the plan {plan} lies outside the project.", path=str(file), plan=plan)
        raise UsageError(message, say("Write its absolute path, or name it with --plan or CZURBAN_PLAN."))
    return place


LETTER_KEYS = ("sender", "contact", "phone", "date", "by")
"""What letters may be given: who sends them, whom to ask, their date, and the date they ask for."""
_KEYS = ("plan", "lang", "select", "ignore", "strict", "max-findings", "per-file-ignores", "exclude", "letters")


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

    def globs(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(glob, str) and glob.strip() for glob in value):
            raise self._wrong(key, say("a list of file patterns"))
        return tuple(value)

    def letters(self) -> Mapping[str, str]:
        value = self.table.get("letters", {})
        texts = isinstance(value, dict) and all(isinstance(text, str) and "\0" not in text for text in value.values())
        if not isinstance(value, dict) or not texts or not set(value) <= set(LETTER_KEYS):
            raise self._wrong("letters", say("a table of texts: {names}", names=", ".join(LETTER_KEYS)))
        return value

    def _codes(self, value: object, key: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
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


def selected_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to select, one or several in a text, with commas.

    Raises:
        UsageError: no code begins so; `source` says where it was written.
    """
    return tuple(code for text in texts for code in _split(text) if _known(code, source))


def ignored_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to ignore.

    Raises:
        UsageError: no code begins so, or all that do are errors that are always reported.
    """
    codes = selected_codes(texts, source)
    for code in codes:
        if not any(may_hide(known) for known in FAULTS if known.startswith(code)):
            message = say("{source}: {code} cannot be ignored.", source=source, code=code)
            raise UsageError(message, say("It reports that a plan or a value was not used; that is always reported."))
    return codes


def _split(text: str) -> list[str]:
    return [code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()]


def _known(code: str, source: str) -> bool:
    if any(known.startswith(code) for known in FAULTS):
        return True
    near = nearest(code, FAULTS)
    hint: Message = say("The codes stand in docs/reference/rules.md.")
    if near:
        hint = say("Did you mean {names}?", names=" / ".join(near))
    raise UsageError(say("{source}: there is no finding “{code}”.", source=source, code=code), hint)


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


def plan_names(asked: Path | None, read: "Callable[[Path], Names]") -> "Names":
    """Return the names in a plan for completion, read again only if a file of its folder has changed."""
    from czurban.files.known_names import known_names  # noqa: PLC0415 - for a Tab alone

    folder = plan_folder(asked)
    return known_names(folder, lambda: read(folder))
