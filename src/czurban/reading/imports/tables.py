"""Read tables of targets as the draft of a plan: an indicator for each row, and what the tables say of all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from czurban.errors import UnreadableError
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.period import Period
from czurban.model.text import half_width, key, one_line
from czurban.model.unit import Units
from czurban.reading.imports.columns import YearColumn
from czurban.reading.imports.departments import departments_of, split_departments
from czurban.reading.imports.draft import Decision, DraftCitation, DraftIndicator, DraftPlan
from czurban.reading.imports.indicators import bare_name, completed
from czurban.reading.imports.merging import filled, merged, without_repeats, year_of_baselines
from czurban.reading.imports.target_tables import Stated, TargetTable, TargetYears, dated, tables_in, years_of
from czurban.reading.imports.target_words import ANY_PLAN, BINDING
from czurban.reading.sources.sheet import Row, Sheet, covered_texts
from czurban.reading.submission.names import shorten, without_mark, without_number
from czurban.reading.submission.rows.messages import total
from czurban.reading.submission.surroundings.asides import is_footnote, is_signature, is_total
from czurban.reading.submission.surroundings.context import stated_region, stated_unit, titled_area

_CATEGORY = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[类章部]"
    r"|(?:[A-Z]|[IVX]{1,4})\s*[.)]\s+)"
)
_COUNTED = re.compile(r"[(（]\s*(?:共)?\s*\d+\s*[项个]\s*[)）]$")
_OF_WHICH = re.compile(r"^(?:其中|of which)\s*[:：,，]?\s*", re.IGNORECASE)
_HAN = r"[\u4e00-\u9fff，、；。）]"
_NUMBER = re.compile(r"(?:[A-Za-z]{1,6}[-.]?)?\d{1,4}(?:[-.]\d{1,4})*")
"""A number of the main table: 12, 1.2.3, AHS-1.1."""
_BODY = re.compile(r"(?:局|委|办|厅|部|院|会|中心|公司|集团|政府|站|所|队|处|室|[、，,；;]|[A-Za-z]\.?)$")
_DASH = re.compile(r"[-—–−/]+")
_LONGEST_NAME = 60
_ANNEX = re.compile(
    r"^[（(]?(?:附件|附表|表|附录|专栏|annex|table)\s*[\d一二三四五六七八九十-]*\s*[)）]?[:：]?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^(?:附件|附表|表|专栏|Table|Annex)\s*\d+(?:[-.]\d+)*\s*[:：.]?\s*", re.IGNORECASE)
_LABEL = re.compile(r"[^:：A-Za-z]{1,8}[:：]|[A-Za-z]{1,12}:")
_LONGEST_TITLE = 80


class DraftRead(NamedTuple):
    """A draft, and what of the document was left out."""

    draft: DraftPlan
    findings: Sequence[Finding]


def plan_of_sheets(sheets: Sequence[Sheet], source: str, stated: Stated) -> DraftRead:
    """Draft a plan from the tables of targets in some sheets.

    Raises:
        UnreadableError: there is no such table.
        UsageError: no year is printed, and none is stated.
    """
    tables = [table for sheet in sheets for table in tables_in(sheet)]
    if any(table.columns.apart for table in tables):
        message = say("Two columns of {file} have names of indicators, with other columns in between.", file=source)
        raise UnreadableError(message, say("Put tables that stand side by side below each other."))
    if tables and not any(cell.strip() for table in tables for row in table.rows for cell in row.cells):
        message = say("The table of targets in {file} has no rows.", file=source)
        raise UnreadableError(message, say("Name the file that has them."))
    if not tables:
        message = say("There is no table of targets in {file}.", file=source)
        hint = say("Its header needs a column such as 指标 (indicator) and one such as 目标值 or 2019年目标 (target).")
        raise UnreadableError(message, hint)
    return plan_of_tables(tables, source, stated)


def plan_of_tables(tables: Sequence[TargetTable], source: str, stated: Stated) -> DraftRead:
    """Draft a plan from tables of targets.

    Raises:
        UsageError: no year is printed, and none is stated.
    """
    titles = [title for table in tables for title in table.titles]
    years = years_of(tables, titles, stated)
    readers = [TableRows(table, years.columns) for table in tables]
    units = Units()
    read = [[bare_name(indicator, units) for indicator in reader.read()] for reader in readers]
    rows = without_repeats(merged(read))
    base = year_of_baselines(rows)
    by_title = next(filter(None, map(stated_unit, titles)), None)
    indicators = [completed(filled(indicator, years.columns.last_year, base, by_title), units) for indicator in rows]
    draft = DraftPlan(
        source=source,
        title=stated.title or _title_of(titles),
        region=stated.region or stated_region(titles, (), ANY_PLAN) or titled_area(titles, "", ANY_PLAN)[0] or None,
        period=str(years.period) if years.period else None,
        baseline_period=base,
        categories=list(dict.fromkeys(category for reader in readers for category in reader.categories)),
        indicators=indicators,
        departments=departments_of(indicators),
        notes=[note for reader in readers for note in reader.notes],
    )
    decisions = _plan_decisions(draft, years)
    return DraftRead(
        replace(draft, decisions=list(decisions)), [each for reader in readers for each in reader.findings]
    )


class TableRows:
    """Reads the rows of a table as drafted indicators.

    `categories` are the headings of groups in their order, `notes` the remarks of the table, and `findings` report
    what is left out.
    """

    def __init__(self, table: TargetTable, period: Period) -> None:
        self.table = table
        self.columns = dated(table.columns, period)
        self.categories: dict[str, None] = {}
        self.notes: list[str] = []
        self.findings: list[Finding] = []
        self._category: str | None = None
        self._parent = ""
        self._merged = covered_texts(table.sheet)

    def read(self) -> Iterator[DraftIndicator]:
        """Yield an indicator for each row with a name."""
        self.findings += self._unused_columns()
        for row in self.table.rows:
            texts = {at: text for at in range(len(row.cells)) if (text := self._text(row, at))}
            if not texts:
                continue
            name = self._name(row)
            first, together = name or next(iter(texts.values())), " ".join(dict.fromkeys(texts.values()))
            if is_footnote(first) or is_signature(first):
                self.notes.append(together)
            elif self._is_heading(texts, name):
                self._enter(first)
            elif is_total(name):
                self.findings.append(finding("S119", self._place(row), total(shorten(name))))
            elif name:
                yield self._indicator(row, name)
            elif any(self._figure(row, column.at) for column in self.columns.targets):
                whole = shorten(" ".join(texts.values()))  # with a target that is the same as the baseline
                message = say("A row with a target has no name, and is not used: {text}.", text=whole)
                hint = say("Write the name in its own row, or add the indicator by hand.")
                self.findings.append(finding("S137", self._place(row), message, hint))
            else:
                self.notes.append(together)

    def _unused_columns(self) -> Iterator[Finding]:
        head = self.table.head
        for at in self.columns.ignored:
            if any(at < len(row.cells) and row.cells[at].strip() for row in self.table.rows):
                message = say("The column “{name}” is not used.", name=shorten(head.plain[at]))
                yield finding("S104", self.table.sheet.place(self.table.sheet.rows[head.first], at), message)

    def _place(self, row: Row, at: int | None = None) -> Place:
        return self.table.sheet.place(row, self.columns.name if at is None else at)

    def _text(self, row: Row, at: int | None) -> str:
        """Return a cell's text; that of a merged range is in all of its rows."""
        return "" if at is None else self._own(row, at) or joined(self._merged.get((row.number - 1, at), ""))

    def _own(self, row: Row, at: int | None) -> str:
        """Return the text of a cell itself: a figure in a merged range is that of its first row alone."""
        return joined(row.cells[at]) if at is not None and at < len(row.cells) else ""

    def _figure(self, row: Row, at: int | None) -> str | None:
        """Return the text of a cell itself, if it is more than a dash."""
        text = self._own(row, at)
        return None if not text or _DASH.fullmatch(text) else text

    def _name(self, row: Row) -> str:
        part = self._own(row, self.columns.part)
        return self._own(row, self.columns.name) or (f"其中：{part}" if part else "")

    def _is_heading(self, texts: Mapping[int, str], name: str) -> bool:
        """Whether a row only names a group: a single text, in words, without a number of the table before it."""
        distinct = list(dict.fromkeys(texts.values()))
        number = texts.get(self.columns.number, "") if self.columns.number is not None else ""
        figures = [column.at for column in (*self.columns.targets, *self.columns.baselines)]
        if any(at in texts and texts[at] != distinct[0] for at in figures):
            return False
        if len(distinct) == 1:
            return not re.fullmatch(r"[\d.]+", distinct[0])
        parts = [text for at, text in texts.items() if at not in (self.columns.number, self.columns.name)]
        return (
            not parts and bool(re.fullmatch(r"[（(]?[一二三四五六七八九十]+[）)、.]?|[IVX]+\.?", number)) and bool(name)
        )

    def _enter(self, text: str) -> None:
        """Begin a group of rows."""
        bare = without_number(_CATEGORY.sub("", text))
        name = _COUNTED.sub("", bare).strip(" ：:") or text
        if len(name) > _LONGEST_NAME:
            self.notes.append(text)
            return
        self._category = name
        self.categories.setdefault(name)

    def _indicator(self, row: Row, printed: str) -> DraftIndicator:
        columns = self.columns
        if group := self._text(row, columns.category):
            self._enter(group)
        marked = without_mark(printed)
        targets = [(column, text) for column in columns.targets if (text := self._figure(row, column.at))]
        baselines = [(column, text) for column in columns.baselines if (text := self._own(row, column.at))]
        column, target = targets[-1] if targets else (YearColumn(-1), None)
        base, baseline = baselines[-1] if baselines else (YearColumn(-1), None)
        leading = re.match(r"\s*(\d{1,3})\s*[.．、](?!\d)", printed)
        number = self._text(row, columns.number) or (leading[1] if leading else "")
        number = number.removesuffix(".0").rstrip(".、")
        unit = self._figure(row, columns.unit) or next((c.unit for c, _ in (*targets, *baselines) if c.unit), None)
        draft = DraftIndicator(
            name=self._full_name(marked[0] if marked else printed),
            no=number if _NUMBER.fullmatch(number) else None,
            category=self._category,
            unit=unit,
            binding=BINDING.get(key(self._text(row, columns.binding))),
            lead=self._names(row, columns.lead),
            responsible=self._names(row, columns.responsible),
            baseline=baseline,
            baseline_year=self._text(row, columns.baseline_year) or str(base.period or "") or None,
            target=target,
            steps={str(c.period): text for c, text in targets[:-1] if c.period},
            deadline=self._text(row, columns.deadline) or str(column.period or "") or None,
            notes=[text for at in columns.notes if (text := self._note(row, at))],
        )
        draft = self._with_yearly(draft, row)
        decisions = [*draft.decisions, *_several_targets(targets)]
        return replace(draft, cited=self._citations(number, draft.target, row), decisions=decisions)

    def _names(self, row: Row, at: int | None) -> Sequence[str]:
        """Return the departments in a cell; lines are names of their own if each ends as a body's name does."""
        if at is None:
            return ()
        cell = row.cells[at] if at < len(row.cells) else ""
        raw = cell if cell.strip() else self._merged.get((row.number - 1, at), "")
        lines = [one_line(line) for line in raw.splitlines() if line.strip()]
        return names_in("、".join(lines) if all(_BODY.search(line) for line in lines) else joined(raw))

    def _with_yearly(self, draft: DraftIndicator, row: Row) -> DraftIndicator:
        """Take the target of a row without one from a column of yearly or cumulative figures, for a person to check."""
        at = self.columns.yearly
        text = self._figure(row, at)
        if at is None or text is None:
            return draft
        if draft.target is not None:
            return replace(draft, notes=[*draft.notes, self._note(row, at)])
        message = say(
            "The target is in the column “{name}”, so it is of several years together or of each.",
            name=shorten(self.table.head.plain[at]),
        )
        hint = say("Add years: mean-growth, cumulative-growth, sum or each-year, with a target such as ≥6.")
        decision = Decision("target", message, hint)
        return replace(draft, target=text, decisions=[*draft.decisions, decision])

    def _full_name(self, printed: str) -> str:
        """Return a name without its number; one that begins with 其中 follows that of the row above."""
        numbered = re.sub(r"^\s*(?:[▲△★☆●○■□◆◇#]|\d{1,3}\s*[.、．)]|[(（]\d{1,3}[)）])+\s*(?!\d)", "", printed)
        if of_which := _OF_WHICH.match(numbered):
            return f"{self._parent}（其中：{numbered[of_which.end() :]}）" if self._parent else numbered
        self._parent = re.sub(r"\s*[(（][^()（）]*[)）]$", "", numbered)
        return numbered

    def _citations(self, number: str, target: str | None, row: Row) -> Sequence[DraftCitation]:
        """Return the citation of a target: by the number of the row in a Chinese table, else by its cell."""
        if target is None:
            return []
        place = self._place(row, self.columns.targets[-1].at if self.columns.targets else None)
        at = str(place._replace(file=PurePath(place.file).name))
        is_english = "".join(self.table.head.plain).isascii()
        return [DraftCitation(f"附件{number}" if number.isdecimal() and not is_english else at, target)]

    def _note(self, row: Row, at: int) -> str:
        text = self._text(row, at)
        return f"{joined(self.table.head.plain[at])}：{text}" if text else ""


def joined(text: str) -> str:
    """Return a cell's text in one line; Chinese words broken over lines are put together again."""
    return one_line(re.sub(rf"(?<={_HAN})\s*\n\s*(?={_HAN})", "", half_width(text) if text.isascii() else text)).strip()


def names_in(text: str | None) -> Sequence[str]:
    """Return the names in a list of departments."""
    names = split_departments(re.sub(r"[/\n]+|\s{2,}", "、", text or "")).names
    return tuple(dict.fromkeys(name for each in names if (name := one_line(each)) and not _DASH.fullmatch(name)))


def _several_targets(targets: Sequence[tuple[YearColumn, str]]) -> Iterator[Decision]:
    """Report targets in several columns of the same year, of which only the last is used."""
    years = [str(column.period) for column, _ in targets]
    for column, text in targets[:-1]:
        if column.period is None or years.count(str(column.period)) > 1:
            message = say("The row prints another target as well: {text}.", text=shorten(text))
            yield Decision("target", message, say("Keep the one that is meant."))


def _title_of(titles: Sequence[str]) -> str | None:
    """Return the longest text above a table that is neither a label such as 填报单位：… nor a unit."""
    fitting = [title for title in titles if not _ANNEX.match(title) and not stated_unit(title)]
    fitting = [title for title in fitting if not _LABEL.match(title) and len(title) <= _LONGEST_TITLE]
    title = max(fitting, key=len, default=None)
    return _NUMBERED.sub("", title) if title else None


def _plan_decisions(draft: DraftPlan, years: TargetYears) -> Iterator[Decision]:
    if draft.title is None:
        yield Decision("title", say("No title is printed."), say("Write the plan's title."))
    if draft.region is None:
        yield Decision("region", say("No region is printed."), say("Write the region that the plan is for."))
    if draft.period is None:
        message = say(
            "The years of the plan are not printed; its targets are for {year}.", year=years.columns.last_year
        )
        yield Decision("period", message, say("Write the plan's years, such as 2021-2025, or its year alone."))
    if draft.baseline_period is None and any(each.baseline and not each.baseline_year for each in draft.indicators):
        message = say("No year is printed that the baselines are of.")
        yield Decision("baseline_period", message, say("Write that year."))
