"""Translate messages, and choose the language."""

import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from czurban.errors import UsageError
from czurban.model.finding import Message, say

LANGUAGES: Mapping[str, str | None] = {"zh": "zh_CN", "en": None}
"""The languages of the output, each with the folder of its catalog; messages are written in English."""
_FOLDER = Path(__file__).parent / "locale"
_COUNT_AT, _TABLES_AT = 8, 12


class Catalog:
    """The sentences of a compiled catalog (.mo), found in its bytes and decoded one by one, when they are asked for.

    The standard library's reader decodes all sentences first, and a run prints few of them.
    """

    def __init__(self, data: bytes) -> None:
        """Find where the sentences are.

        Args:
            data: the file, in the byte order that `tools/words.py` writes; empty for none.
        """
        count = struct.unpack_from("<I", data, _COUNT_AT)[0] if data else 0
        tables = struct.unpack_from("<2I", data, _TABLES_AT) if data else (0, 0)
        english, translated = (iter(struct.unpack_from(f"<{2 * count}I", data, at)) for at in tables)
        originals = (data[at : at + size] for size, at in zip(english, english, strict=True))
        self._places = dict(zip(originals, zip(translated, translated, strict=True), strict=True))
        self._data = data

    def find(self, text: str) -> str:
        """Return the translation of a sentence; the sentence itself where there is none."""
        place = self._places.get(text.encode("utf-8", "surrogatepass"))
        return self._data[place[1] : place[1] + place[0]].decode() if place else text


class Translator:
    """Translates messages into one language: English as written, Chinese from its catalog."""

    def __init__(self, language: str) -> None:
        self.language = language
        folder = LANGUAGES.get(language)
        path = _FOLDER.joinpath(folder, "LC_MESSAGES", "czurban.mo") if folder else None
        self._catalog = Catalog(path.read_bytes() if path and path.is_file() else b"")

    def __call__(self, message: Message | str, /, **values: object) -> str:
        """Translate a message or a marked label and fill in its values: messages translated, tuples as lists."""
        text, given = (
            (message.text, {**message.values, **values}) if isinstance(message, Message) else (message, values)
        )
        translated = self._catalog.find(text) if text else ""
        slots = {name: self._text(value) for name, value in given.items()}
        return translated.format_map(slots) if slots else translated

    def _text(self, value: object) -> object:
        if isinstance(value, Message):
            return self(value)
        return self.join(str(self._text(part)) for part in value) if type(value) is tuple else value

    def join(self, names: Iterable[str]) -> str:
        """Join names to a list: “A, B”, in Chinese “A、B”."""
        return ("、" if self.language == "zh" else ", ").join(names)


def choose_language(wanted: str | None, environment: Mapping[str, str]) -> str:
    """Choose the language by the option, then CZURBAN_LANG, then the locale: Chinese for C, English if none fits.

    Raises:
        UsageError: the language is not supported.
    """
    asked = wanted or environment.get("CZURBAN_LANG")
    if asked:
        short = asked.replace("-", "_").partition("_")[0].lower()
        if short not in LANGUAGES:
            hint = say("Choose from: {names}.", names=", ".join(LANGUAGES))
            raise UsageError(say("The language “{name}” is not supported.", name=asked), hint)
        return short
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := environment.get(name))), "C")
    if locale.startswith(("C", "POSIX")):
        return "zh"
    return next((language for language in LANGUAGES if locale.startswith(language)), "en")
