"""Where in a file something stands, so that a person can go there."""

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a text file (line and column, counted from 1) or in a workbook (sheet and cell such as C7)."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    @property
    def row(self) -> tuple[str, str | None, int | str | None]:
        """The file, the sheet, and the line or the row's number."""
        return self.file, self.sheet, self.line or (self.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def __str__(self) -> str:
        """The place as editors and people write it: `file:line:column` or `file:Sheet!C7`."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        return ":".join([self.file, *numbers])
