"""Codes of findings as --select, --ignore and the settings name them: whole or by their beginning."""

from collections.abc import Iterable

from czurban.checking.finding_filter import may_hide
from czurban.errors import UsageError
from czurban.model.faults import FAULTS
from czurban.model.finding import Message, say
from czurban.model.text import nearest


def selected_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to select, one or several in a text, with commas.

    Raises:
        UsageError: no code begins so; `source` says where it was written.
    """
    return tuple(code for text in texts for code in _split(text) if _known(code, source))


def ignored_codes(texts: Iterable[str], source: str) -> tuple[str, ...]:
    """Read codes to ignore.

    Raises:
        UsageError: no code begins so, or all that do are errors that are always told.
    """
    codes = selected_codes(texts, source)
    for code in codes:
        if not any(may_hide(one) for one in FAULTS if one.startswith(code)):
            message = say("{source}: {code} cannot be ignored.", source=source, code=code)
            raise UsageError(message, say("It says that a plan or a value was not used; that is always told."))
    return codes


def _split(text: str) -> list[str]:
    return [code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip()]


def _known(code: str, source: str) -> bool:
    if any(one.startswith(code) for one in FAULTS):
        return True
    near = nearest(code, FAULTS)
    hint: Message = say("The codes stand in docs/reference/rules.md.")
    if near:
        hint = say("Did you mean {names}?", names=" / ".join(near))
    raise UsageError(say("{source}: there is no finding “{code}”.", source=source, code=code), hint)
