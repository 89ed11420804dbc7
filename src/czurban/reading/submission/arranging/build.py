"""Rewrite a recognised table with one row for each indicator; each cell keeps its place in the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from czurban.model.faults import finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.model.text import key
from czurban.reading.sources.sheet import Row, Sheet
from czurban.reading.submission import column_faults
from czurban.reading.submission.arranging.derived import DerivedSheet, Line, TextPart, grid_of
from czurban.reading.submission.arranging.headings import Axes, CellKind
from czurban.reading.submission.arranging.layouts import LayoutKind, LayoutTrouble, TableLayout
from czurban.reading.submission.header_words import ColumnField
from czurban.reading.submission.labels import title_of
from czurban.reading.submission.names import shorten
from czurban.reading.submission.rows import messages
from czurban.reading.submission.surroundings.asides import is_total

_BLANK = TextPart("")
_FREQUENCY_WORDS = frozenset({"频率", "频度", "frequency"})
_FREQUENCIES = {"年": 12, "annual": 12, "yearly": 12, "季": 3, "quarter": 3, "月": 1, "month": 1}
_MONTH_FIRST = r"(0?[1-9]|1[0-2])/(\d{4})"


class TableBuilder:
    """Rewrites one recognised table."""

    def __init__(self, sheet: Sheet, shape: TableLayout, rows: Sequence[Row], axes: Axes) -> None:
        """Set it up; `rows` are the rows of the table, from its header to its end."""
        self.sheet, self.shape, self.axes = sheet, shape, axes
        self.findings: list[Finding] = []
        depth = shape.data - shape.first
        self.head = grid_of(sheet, rows[:depth], shape.width)
        self.body: list[list[TextPart]] = []
        self.notes: list[Line] = []
        self._split_rows(rows[depth:])

    def build(self, titles: Sequence[Row]) -> DerivedSheet | None:
        """Return the sheet: titles, header, rows, notes; None where the table cannot be read, as the findings say."""
        if self.shape.trouble:
            self._refuse()
            return None
        self._fill_down()
        kinds = {LayoutKind.TURNED: self._turned, LayoutKind.SPREAD: self._spread, LayoutKind.SINGLE: self._single}
        lines = list(kinds[self.shape.kind]())
        if not lines:
            return None
        self.findings.insert(0, self._read_as())
        above = [_title(row, self.axes.plan) for row in titles]
        numbered = dict(enumerate([*above, *lines, *self.notes], 1))
        return DerivedSheet(self.sheet, numbered, self.findings, rearranged=True)

    def _split_rows(self, rows: Sequence[Row]) -> None:
        """Separate rows of figures from notes and totals; refuse rows with too few or too many cells."""
        width = self.shape.width
        grid = grid_of(self.sheet, rows, width, self.shape.values)
        for row, line in zip(rows, grid, strict=True):
            filled = [(at, cell) for at, cell in enumerate(row.cells) if cell.strip()]
            if not filled:
                continue
            if len(filled) == 1 and self.axes.of(filled[0][1]) is not CellKind.FIGURE:
                self.notes.append([TextPart(filled[0][1], row, filled[0][0])])
            elif (
                any(is_total(part.text) for part in line[: self.shape.values[0]])
                and self.shape.kind is not LayoutKind.TURNED
            ):
                at = next(at for at, part in enumerate(line) if is_total(part.text))
                self.findings.append(finding("S119", self.sheet.place(row, at), messages.total(line[at].text)))
            elif self.sheet.ragged and (len(row.cells) < width or filled[-1][0] >= width):
                self.findings.append(finding("S105", self.sheet.place(row), *messages.ragged(len(row.cells), width)))
            else:
                self.body.append(line)

    def _fill_down(self) -> None:
        """Copy the text above into a blank before the figures, where a column writes each text once.

        In a column that repeats its texts row by row, a blank is an omission. A row of figures without a heading is
        refused.
        """
        stubs = list(self.shape.stubs)
        keys = (ColumnField.REGION, ColumnField.PERIOD)
        needed = [c for c, word in self.shape.stubs.items() if self.axes.field(word) in keys]
        once = {c for c in stubs if not self._repeats(c)}
        kept: list[list[TextPart]] = []
        above: dict[int, TextPart] = {}
        for line in self.body:
            filled = [c for c in stubs if line[c].text.strip()]
            for c in stubs:
                if line[c].text.strip():
                    above = {k: part for k, part in above.items() if k < c} | {c: line[c]}
                elif c in once and c in above and filled and c < filled[-1]:
                    line[c] = above[c]
            if all(line[c].text.strip() for c in needed) and (needed or filled):
                kept.append(line)
            elif figure := next((part for part in line if self.axes.of(part.text) is CellKind.FIGURE), None):
                message = say("This row has no heading for its figures; they are not used.")
                self._report("S266", figure, message, say("Write its region or its period in front of each row."))
        self.body = kept

    def _repeats(self, column: int) -> bool:
        """Whether a text is written in two successive rows; a text that spans merged cells is one text."""
        parts = [line[column] for line in self.body]
        return any(a.text.strip() and a.text == b.text and a.row is not b.row for a, b in pairwise(parts))

    def _turned(self) -> Iterator[Line]:
        """Yield rows as columns: the row of indicators becomes the column of names."""
        shape = self.shape
        stubs = list(shape.stubs)
        frequency = next((line for line in self.head if key(line[stubs[0]].text) in _FREQUENCY_WORDS), None)
        months = self._months(frequency) if frequency else 0
        if months is None:
            return
        lines = [line for line in (*self.head, *self.body) if line is not frequency and _filled(line)]
        anchor = next(line for line in lines if line[0].row is self.sheet.rows[shape.anchor])
        for level, c in enumerate(stubs):
            row = [self._dated(line[c], months) for line in lines]
            word = "指标" if level == 0 else ""
            yield [
                line[c]._replace(text=word) if line is anchor else part for line, part in zip(lines, row, strict=True)
            ]
        for c in shape.values:
            if self.axes.of(anchor[c].text) is CellKind.INDICATOR:
                yield [line[c] for line in lines]
            elif anchor[c].text.strip():
                self._ignored(anchor[c])

    def _months(self, line: Line) -> int | None:
        """Return the number of months of each figure by the row 频率; None, and a finding, where it is not clear."""
        texts = dict.fromkeys(part.text.strip() for c in self.shape.values if (part := line[c]).text.strip())
        lengths = {
            next((months for word, months in _FREQUENCIES.items() if text.casefold().startswith(word)), 0)
            for text in texts
        }
        if len(lengths) == 1 and 0 not in lengths:
            return lengths.pop()
        message = say(
            "“{text}” does not say for how long each figure is; the table is not read.", text=" / ".join(texts)
        )
        hint = say("Export the series in one frequency: 年 (annual), 季 (quarterly) or 月 (monthly).")
        self._report("S267", line[self.shape.values[0]], message, hint)
        return None

    def _dated(self, part: TextPart, months: int) -> TextPart:
        """Replace a date by the period that it ends: 2019-12 of annual figures by 2019, of monthly ones by 2019-12."""
        text = part.text.strip()
        if match := re.fullmatch(_MONTH_FIRST, text):
            text = f"{match[2]}-{int(match[1]):02}"
        period = parse_period(text) if months else None
        if period is None:
            return part._replace(text=text)
        if period.is_year and months < 12 and not re.search(r"\d\D+12", text):  # noqa: PLR2004 - a bare year
            return part._replace(text=f"{text}?")
        if months == 12:  # noqa: PLR2004 - months of a year
            return part._replace(text=str(period.year)) if period.last == months else part
        span = f"{period.last - months + 1}-{period.last}" if months > 1 else f"{period.last}"
        return part._replace(text=f"{period.year}年{span}月")

    def _spread(self) -> Iterator[Line]:
        """Yield a row for each indicator of each row, with the words that stand over its columns."""
        anchor = self.shape.anchor - self.shape.first
        stubs = {c: word for c, word in self.shape.stubs.items() if word}
        names = self._names(anchor)
        if not names:
            return
        units_of = self.axes.plan.units.find
        units: dict[int, TextPart] = {}
        words: dict[int, tuple[TextPart, ...]] = {}
        for c in names:
            parts = [line[c] for n, line in enumerate(self._spanned(anchor)) if n != anchor and line[c].text.strip()]
            distinct = [part for n, part in enumerate(parts) if n == 0 or part.text != parts[n - 1].text]
            unit = next((part for part in distinct if units_of(part.text.strip().strip("()（）"))), None)
            units |= {c: unit} if unit else {}
            words[c] = tuple(part for part in distinct if part is not unit)
        if unclear := self._under_none(names, words):
            name = shorten(unclear.text)
            message = say("“{name}” is under an unknown heading and under none; the table is not read.", name=name)
            self._report("S265", unclear, message, say("Write the period over each group of columns."))
            return
        columns = list(dict.fromkeys(tuple(part.text.strip() for part in words[c]) for c in names))
        depth = max(1, *(len(texts) for texts in columns))
        with_units = bool(units)
        for level in range(depth):
            heads = [self._head(words, texts, level) for texts in columns]
            first = [TextPart("指标"), *map(TextPart, stubs.values()), *([TextPart("单位")] if with_units else [])]
            yield [*(first if level == 0 else [_BLANK] * len(first)), *heads]
        for line in self.body:
            for name in dict.fromkeys(part.text for part in names.values()):
                at = {tuple(part.text.strip() for part in words[c]): c for c in names if names[c].text == name}
                unit = next((units[c] for c in at.values() if c in units), _BLANK)
                first = [names[next(iter(at.values()))], *(line[c] for c in stubs), *([unit] if with_units else [])]
                yield [*first, *(line[at[texts]] if texts in at else _BLANK for texts in columns)]

    def _under_none(self, names: Mapping[int, TextPart], words: Mapping[int, Sequence[TextPart]]) -> TextPart | None:
        """Return an indicator that has a column without a heading, and another under a heading that is not known."""
        kinds = {c: {self.axes.of(part.text) for part in parts} for c, parts in words.items()}
        strange = {names[c].text for c, of in kinds.items() if CellKind.UNKNOWN in of}
        return next((part for c, part in names.items() if not words[c] and part.text in strange), None)

    def _names(self, anchor: int) -> dict[int, TextPart]:
        """Return the indicator of each column of figures; a blank continues its left where other texts divide it."""
        line = self.head[anchor]
        others = [other for n, other in enumerate(self.head) if n > anchor]
        names: dict[int, TextPart] = {}
        last: TextPart | None = None
        for c in self.shape.values:
            part = line[c]
            if part.text.strip():
                last = part if self.axes.of(part.text) is CellKind.INDICATOR else None
                if last is None and c not in self.shape.stubs:
                    self._ignored(part)
            elif not any(other[c].text.strip() for other in others):
                last = None
            if last is not None:
                names[c] = last
        meanings: set[tuple[str, ...]] = set()
        spanned = self._spanned(anchor)
        for c, part in names.items():
            meaning = (part.text, *(other[c].text.strip() for n, other in enumerate(spanned) if n != anchor))
            if meaning in meanings:
                message = say("Two columns could both be “{name}”; the table is not read.", name=shorten(part.text))
                hint = say("Leave one of them, or name the others differently.")
                self._report("S107", spanned[anchor][c], message, hint)
                return {}
            meanings.add(meaning)
        return names

    def _spanned(self, anchor: int) -> list[list[TextPart]]:
        """Return the header with texts above the indicators copied into the blanks to their right."""
        spanned = [list(line) for line in self.head]
        for line in spanned[:anchor]:
            last = _BLANK
            for c in self.shape.values:
                last = line[c] if line[c].text.strip() else last
                line[c] = last
        return spanned

    def _head(self, words: dict[int, tuple[TextPart, ...]], texts: tuple[str, ...], level: int) -> TextPart:
        """Return the heading of a column at one level, with its first place; 数值 where there is none."""
        if not texts:
            return TextPart("数值") if level == 0 else _BLANK
        parts = next(parts for parts in words.values() if tuple(part.text.strip() for part in parts) == texts)
        return parts[level] if level < len(parts) else _BLANK

    def _single(self) -> Iterator[Line]:
        """Yield the table with a column in front that has the indicator's name."""
        shape, name = self.shape, self.shape.name or _BLANK
        region = self._only_region()
        for level, line in enumerate(self.head):
            parts = list(line)
            for c, word in shape.stubs.items():
                parts[c] = parts[c]._replace(text=word if level == 0 else "")
            words = ["指标", *(["地区"] if region else [])]
            named = [part._replace(text="数值") if part is region else part for part in parts]
            yield [*(TextPart(word if level == 0 else "") for word in words), *named]
        for line in self.body:
            yield [name, *([region] if region else []), *line]

    def _only_region(self) -> TextPart | None:
        """Return the region that heads the only column of figures; several columns differ by their headers."""
        heads = [line[c] for line in self.head for c in self.shape.values if line[c].text.strip()]
        alone = len(heads) == 1 and self.axes.of(heads[0].text) is CellKind.REGION
        fields = {self.axes.field(word) for word in self.shape.stubs.values()}
        return heads[0] if alone and ColumnField.REGION not in fields else None

    def _ignored(self, part: TextPart) -> None:
        self.findings.append(column_faults.unknown_column(self._place(part), part.text))

    def _report(self, code: str, part: TextPart, message: Message, hint: Message) -> None:
        self.findings.append(finding(code, self._place(part), message, hint))

    def _place(self, part: TextPart) -> Place:
        """Return the place of a cell; of an added text, that of the row of indicators."""
        row = part.row or self.sheet.rows[self.shape.anchor]
        return self.sheet.place(row, part.column if part.row else None)

    def _refuse(self) -> None:
        part = self.shape.at or _BLANK
        text = shorten(part.text)
        if self.shape.trouble is LayoutTrouble.BOTH:
            message = say("More than one indicator is named above the table, so none of its figures is used.")
            self._report("S265", part, message, say("Write one line such as 指标：{name} above each table.", name=text))
            return
        message = say(
            "A column before the figures has no header and holds neither regions nor periods; the table is not read."
        )
        if text:
            message = say("The column “{name}” before the figures is not known; the table is not read.", name=text)
        hint = say("Call it 地区 (region), 年份 (period) or 备注 (note), or leave it out.")
        self._report("S266", part, message, hint)

    def _read_as(self) -> Finding:
        shape = self.shape
        words = {
            LayoutKind.TURNED: say(
                "The indicators are in columns, and units, periods and the like in rows; rows are read as columns."
            ),
            LayoutKind.SPREAD: say("Each row is a region or a period and each column an indicator; read one by one."),
            LayoutKind.SINGLE: say(
                "All figures of the table are read as “{name}”, the name above it.",
                name=shorten(shape.name.text if shape.name else ""),
            ),
        }
        row = self.sheet.rows[shape.anchor]
        return finding("S264", self.sheet.place(row), words[shape.kind])


def _title(row: Row, plan: Plan) -> Line:
    """Return a row above the table as one text in the first column."""
    at = next((at for at, cell in enumerate(row.cells) if cell.strip()), 0)
    return [TextPart(title_of(row, plan), row, at)]


def _filled(line: Line) -> bool:
    return any(part.text.strip() for part in line)
