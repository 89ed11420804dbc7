"""The first large text is looked over while an engine starts, since reading leaves Python free."""

from pathlib import Path
from threading import Thread

from czurban.reading.kinds import Kind
from czurban.reading.large.lines import Bytes, look_over
from czurban.reading.packed import is_plain, kind_by_head

_LARGE = 16 << 20


class Ahead:
    """Looks over one file in a thread of its own, from the beginning; whatever else is asked, when it is asked."""

    def __init__(self, path: str = "") -> None:
        """Begin with a file, if it is a text, not packed, and so large that it takes a while."""
        self._path = Path(path)
        self._found: Bytes | None = None
        self._thread = Thread(target=self._look, daemon=True)
        if path and self._path.is_file() and self._path.stat().st_size > _LARGE and _is_text(self._path):
            self._thread.start()

    def of(self, path: Path) -> Bytes:
        """What `look_over` tells of a file."""
        if path == self._path and self._thread.is_alive():
            self._thread.join()
        return (self._found if path == self._path else None) or look_over(path)

    def _look(self) -> None:
        try:
            self._found = look_over(self._path)
        except OSError:  # it is met again, and told, where the file is asked for
            return


def _is_text(path: Path) -> bool:
    return is_plain(path) and kind_by_head(path) is not Kind.PARQUET
