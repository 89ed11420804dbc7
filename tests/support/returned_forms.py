"""A form as somebody fills it in: sheets of cells to type into, saved as a workbook, as ODS or as CSV."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_cell_to_rowcol

HEADS = ("指标", "事项")
ASKED = ("年完成值", "目前阶段")
"""Ends of the headings of the columns that are filled in."""
NOTE, TARGET, STATUS = "备注", "目标值（供参考）", "数据状态"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Formula(str):
    """A formula that was written without its result."""

    __slots__ = ()


Cell = str | float | dt.date


class At(NamedTuple):
    """A cell, counted from 0."""

    sheet: str
    row: int
    column: int


def place(sheet: str, cell: str) -> At:
    """Return the place of a cell such as G7."""
    return At(sheet, *xl_cell_to_rowcol(cell))


@dataclass
class ReturnedForm:
    """The sheets of a form, the rows that are hidden, and the cells that are merged with the one below."""

    sheets: dict[str, list[list[Cell]]]
    hidden: list[At] = field(default_factory=list)
    merged: list[At] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path) -> "ReturnedForm":
        """Open a workbook, with the library alone."""
        book = CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        return cls({name: [[str(cell) for cell in row] for row in rows] for name, rows in sheets.items()})

    def names(self) -> Iterator[str]:
        """Yield the indicators and milestones that the form asks for, in its order."""
        for rows in self.sheets.values():
            heads = [number for number, row in enumerate(rows) if len(row) > 1 and row[1] in HEADS]
            yield from (str(row[1]) for head in heads for row in rows[head + 1 :])

    def answers(self) -> Iterator[tuple[str, Cell]]:
        """Yield each indicator and milestone with what is typed for it."""
        for name in self.names():
            at = self.find(name)
            yield name, self.sheets[at.sheet][at.row][at.column]

    def find(self, name: str, heading: str = "") -> At:
        """Return the cell in the row with this name, below a heading; without one, the cell that is to be filled in."""
        for sheet, rows in self.sheets.items():
            row = next((n for n, cells in enumerate(rows) if len(cells) > 1 and cells[1] == name), None)
            if row is not None:
                head = next(cells for cells in rows if len(cells) > 1 and cells[1] in HEADS)
                ends = (heading,) if heading else ASKED
                return At(sheet, row, next(n for n, cell in enumerate(head) if str(cell).endswith(ends)))
        raise LookupError(name)

    def type(self, name: str, text: Cell, heading: str = "") -> None:
        self.put(self.find(name, heading), text)

    def put(self, at: At, text: Cell) -> None:
        self.sheets[at.sheet][at.row][at.column] = text

    def insert(self, above: str, row: Sequence[Cell]) -> None:
        at = self.find(above)
        self.sheets[at.sheet].insert(at.row, list(row))

    def delete(self, name: str) -> None:
        at = self.find(name)
        del self.sheets[at.sheet][at.row]

    def replace(self, old: str, new: str) -> None:
        """Replace a text wherever it stands."""
        for rows in self.sheets.values():
            rows[:] = [[cell.replace(old, new) if isinstance(cell, str) else cell for cell in row] for row in rows]

    def xlsx(self) -> bytes:
        """Write a workbook, numbers as numbers, as programs for tables do; the sheet with the mark is hidden."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            formats = {"date": book.add_format({"num_format": "yyyy-mm-dd"}), "plain": book.add_format()}
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for r, row in enumerate(rows):
                    for c, cell in enumerate(row):
                        _write(sheet, r, c, cell, formats["date"])
                for at in (at for at in self.hidden if at.sheet == name):
                    sheet.set_row(at.row, options={"hidden": True})
                for at in (at for at in self.merged if at.sheet == name):
                    sheet.merge_range(at.row, at.column, at.row + 1, at.column, "", formats["plain"])
                    _write(sheet, at.row, at.column, rows[at.row][at.column], formats["date"])
                if name == "czurban":
                    sheet.very_hidden()
        return stream.getvalue()

    def ods(self) -> bytes:
        tables = "".join(
            f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>'
            for name, rows in self.sheets.items()
        )
        kinds = ("office", "table", "text")
        names = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in kinds)
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        parts = {
            "mimetype": kind,
            "content.xml": f'<office:document-content {names} office:version="1.2">{body}</office:document-content>',
            "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>',
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as book:
            for name, text in parts.items():
                book.writestr(name, text)
        return stream.getvalue()

    def csv(self) -> bytes:
        """Write the first sheet, as Excel on a Chinese system saves it."""
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(next(iter(self.sheets.values())))
        return stream.getvalue().encode("gbk")


def _write(sheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, cell: Cell, date: object) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(row, column, cell, None, "")
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, date)
    elif _NUMBER.fullmatch(str(cell)):
        sheet.write_number(row, column, float(cell))
    elif cell:
        sheet.write_string(row, column, str(cell))


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if _NUMBER.fullmatch(str(cell)):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    text = f"<text:p>{escape(str(cell))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>' if cell else "<table:table-cell/>"
