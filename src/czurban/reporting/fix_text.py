"""What `czurban fix` says: the difference as programs know it, and each correction with its place and reason."""

from collections.abc import Iterable
from difflib import unified_diff

from czurban.model.correction import Correction
from czurban.model.safe_text import clean, clean_line
from czurban.words.speaker import Speaker

_NO_END = "\n\\ No newline at end of file\n"


def difference(file: str, old: str, new: str) -> str:
    """The unified difference of a file's two texts, safe to print; how the lines end is not shown."""
    rows = unified_diff(_rows(old), _rows(new), file, file)
    return "".join(clean(row.replace("\r", "")) if row.endswith("\n") else clean(row) + _NO_END for row in rows)


def _rows(text: str) -> list[str]:
    """The lines as `patch` counts them, and not at every sign that Python takes for the end of one."""
    rows = text.split("\n")
    return [f"{row}\n" for row in rows[:-1]] + ([rows[-1]] if rows[-1] else [])


def corrections_text(corrections: Iterable[Correction], speak: Speaker) -> str:
    """Each correction on its line, with its place as editors understand it."""
    return "".join(f"{clean_line(f'{one.place}: {speak(one.message)}')}\n" for one in corrections)
