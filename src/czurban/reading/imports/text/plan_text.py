"""Put a plan together from its text: goals, tasks and annex print the same figures, which become one indicator each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from czurban.errors import UnreadableError
from czurban.model.finding import say
from czurban.model.period import Period, parse_years
from czurban.model.target import Conditions
from czurban.model.task import TaskNo
from czurban.model.text import key
from czurban.model.unit import Units
from czurban.reading.imports.clauses import is_english
from czurban.reading.imports.columns import Stated, tables_in
from czurban.reading.imports.departments import departments_of
from czurban.reading.imports.draft import (
    ENGLISH_LADDERS,
    LADDERS,
    Decision,
    DraftCitation,
    DraftIndicator,
    DraftPlan,
)
from czurban.reading.imports.indicators import completed
from czurban.reading.imports.merging import with_ids, without_repeats
from czurban.reading.imports.tables import DraftRead, plan_of_tables
from czurban.reading.imports.text.aims import open_aims, rules_in
from czurban.reading.imports.text.document import Block, TextParagraph
from czurban.reading.imports.text.figures import quantities_in
from czurban.reading.imports.text.outline import Outline, OutlineEntry, numbered, read_outline
from czurban.reading.imports.text.quantity import PrintedQuantity, aimed, amount_of, contains, factor_of, likeness
from czurban.reading.imports.text.title import open_keys, period_of, region_of
from czurban.reading.phrases.forms import DONE
from czurban.reading.phrases.phrase import read_phrase
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between, is_limited
from czurban.reading.plan.indicators import printed_rule, read_figure

_UNITS = Units()
_ALIKE, _CLEARLY = 0.6, 0.08
_REACHES = re.compile(rf"^(?:力争|争取|努力)?(?:{DONE})+")
"""达到 and 完成, which alone do not say which way is better."""
_OF_YEARS = re.compile(r"^(?:[一二三四五六七八九十]年)?累计(?=\d)")


@dataclass(eq=False)
class _Figure:
    """An indicator while its citations are collected."""

    name: str
    unit: str
    amount: Fraction
    draft: DraftIndicator
    cited: list[tuple[DraftCitation, PrintedQuantity | None]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    lead: tuple[str, ...] = ()


def read_plan_text(blocks: Sequence[Block], source: str, stated: Stated) -> DraftRead:
    """Return the draft of a plan from the paragraphs and tables of its document, and what of it was left out.

    Raises:
        UnreadableError: the document has neither tasks nor goals nor a table of targets.
    """
    outline = read_outline(blocks)
    title, region = stated.title or outline.title, stated.region or region_of(outline.title)
    period = stated.period or period_of(outline.title, (goal.paragraph.text for goal in outline.goals))
    annex = _annex(outline, source, Stated(title, region, period))
    period = period or (parse_years(annex.draft.period) if annex and annex.draft.period else None)
    figures = _Figures(outline, period, annex.draft.indicators if annex else ())
    if not figures.all and not outline.tasks:
        message = say("There are no goals, tasks or tables of targets in {file}.", file=source)
        raise UnreadableError(
            message, say("Goals are read from a chapter 目标, and tasks by their 牵头单位 or 责任单位.")
        )
    indicators = with_ids(without_repeats([figures.finished(each) for each in figures.all]))
    ids = [each.id or "" for each in indicators]
    quantities = {no: [ids[figures.all.index(each)] for each in task] for no, task in figures.of_task.items()}
    parts = []
    if outline.tasks:
        from czurban.reading.imports.text.tasks import parts_of  # noqa: PLC0415 - many words, for plans with tasks alone

        parts = list(parts_of(outline, quantities, figures.first, figures.rules))
    used = {milestone.ladder for part in parts for task in part.tasks for milestone in task.milestones}
    ladders = ENGLISH_LADDERS if is_english(title) else LADDERS
    draft = DraftPlan(
        source=source,
        title=title or None,
        region=region,
        period=str(period) if period else None,
        baseline_period=annex.draft.baseline_period if annex else None,
        categories=tuple(dict.fromkeys(each.category for each in indicators if each.category)),
        indicators=indicators,
        parts=parts,
        departments=departments_of(indicators, parts),
        ladders={name: stages for name, stages in ladders.items() if name in used},
        decisions=(*open_keys(title, region, period), *_open_goals(outline, figures)),
        notes=annex.draft.notes if annex else (),
    )
    return DraftRead(draft, annex.findings if annex else ())


def _annex(outline: Outline, source: str, stated: Stated) -> DraftRead | None:
    """Return the draft of the tables of targets; None where the document has none."""
    tables = [table for sheet in outline.tables for table in tables_in(sheet)]
    return plan_of_tables(tables, source, stated) if tables else None


def _open_goals(outline: Outline, figures: "_Figures") -> Iterator[Decision]:
    for goal in outline.goals:
        yield from open_aims(goal.paragraph, "indicators", figures.first, rules=figures.rules)


class _Printed(NamedTuple):
    """A paragraph of goals or of a task, and how a citation names it."""

    at: str
    paragraph: TextParagraph
    category: str | None = None
    task: tuple[TaskNo, OutlineEntry] | None = None

    @property
    def lead(self) -> tuple[str, ...]:
        """The departments that lead its task."""
        departments = self.task[1].departments if self.task else None
        return tuple(departments.lead) if departments else ()


def _printed(outline: Outline) -> Iterator[_Printed]:
    for goal in outline.goals:
        yield _Printed(goal.at, goal.paragraph, goal.heading)
    for no, task in numbered(outline.tasks):
        for paragraph in task.sentences:
            at = f"Task {no}" if is_english(paragraph.text) else f"任务{no}"
            yield _Printed(at, paragraph, task=(no, task))


class _Figures:
    """The figures of a plan's text: which of them are one indicator, and which tasks print them."""

    def __init__(self, outline: Outline, period: Period | None, annex: Sequence[DraftIndicator]) -> None:
        self.first = period.year if period else None
        self.last = period.last_year if period else None
        self.all: list[_Figure] = []
        self.of_task: dict[TaskNo, list[_Figure]] = {}
        self.rules: set[str] = set()
        for draft in annex:
            self._add_draft(draft)
        printed = list(_printed(outline))
        for each in printed:
            for quantity in quantities_in(each.paragraph.text, self.first):
                self._add_to_task(self._cite(quantity, each), each)
        for each in printed:
            for rule in rules_in(each.paragraph.text, self.first):
                self._add_to_task(self._add_rule(rule, each), each)

    def _add_to_task(self, figure: _Figure | None, printed: _Printed) -> None:
        if printed.task and figure:
            figures = self.of_task.setdefault(printed.task[0], [])
            figures += [] if figure in figures else [figure]

    def _add_rule(self, rule: PrintedQuantity, printed: _Printed) -> _Figure | None:
        """Add a rule without a single number; None where an indicator of its name has another target."""
        alike = [figure for figure in self.all if key(rule.name) in map(key, (figure.name, *figure.aliases))]
        if any(figure.draft.target != aimed(rule, rule.printed) for figure in alike):
            return None
        self.rules.add(rule.name + rule.printed)
        figure = alike[0] if alike else self._new(rule, printed, aimed(rule, rule.printed))
        figure.lead = figure.lead or printed.lead
        figure.cited.append((DraftCitation(printed.at, aimed(rule, rule.printed, " … ")), None))
        return figure

    def _new(self, quantity: PrintedQuantity, printed: _Printed, target: str | None = None) -> _Figure:
        draft = DraftIndicator(
            name=quantity.name,
            category=printed.category,
            task=printed.task[0] if printed.task else None,
            unit=quantity.unit or None,
            scope=quantity.scope,
            target=target,
            baseline=quantity.baseline or None,
            baseline_year=quantity.baseline_year or None,
            deadline=quantity.deadline or None,
        )
        self.all.append(_Figure(quantity.name, quantity.unit, Fraction(quantity.figure), draft))
        return self.all[-1]

    def _add_draft(self, draft: DraftIndicator) -> None:
        amount = amount_of(draft.target or "")
        self.all.append(_Figure(draft.name, draft.unit or "", amount if amount is not None else Fraction(0), draft))
        figure = self.all[-1]
        figure.cited += [(each, None) for each in draft.cited]
        figure.lead = tuple(draft.lead)

    def _cite(self, quantity: PrintedQuantity, source: _Printed) -> _Figure:
        """Add a printed figure to the indicator that it is of, or make a new one."""
        figure, sure = self._match(quantity)
        figure = figure or self._new(quantity, source)
        figure.lead = figure.lead or source.lead
        other = key(quantity.wording) != key(figure.name)
        for name in (quantity.name, quantity.wording):
            if key(name) not in map(key, (figure.name, *figure.aliases)):
                figure.aliases.append(name)
        if not sure:
            message = say(
                "{at} calls it “{wording}”; it is taken as the same because the figure is.",
                at=source.at,
                wording=quantity.wording,
            )
            figure.decisions.append(
                Decision("aliases", message, say("Delete the citation and the alias if it is another."))
            )
        whole = read_figure(quantity.printed) or is_english(quantity.printed)
        printed = quantity.printed if whole else _bare(quantity.printed)
        printed = printed if printed[:1].isdecimal() else aimed(quantity, printed, " … ")
        citation = DraftCitation(source.at, printed, quantity.wording if other else None)
        figure.cited.append((citation, quantity))
        return figure

    def _match(self, quantity: PrintedQuantity) -> tuple[_Figure | None, bool]:
        """Return the indicator that a figure is of, and whether its name leaves no doubt."""
        names = {key(quantity.name), key(quantity.wording)}
        for figure in self.all:
            if names & set(map(key, (figure.name, *figure.aliases))) and self._same_unit(quantity, figure):
                return figure, True
        equal = [figure for figure in self.all if self._same_amount(quantity, figure)]
        ranked = sorted(((likeness(quantity.name, figure.name), n) for n, figure in enumerate(equal)), reverse=True)
        if not ranked or ranked[0][0] < _ALIKE:
            return None, True
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY:
            return None, True
        best = equal[ranked[0][1]]
        return best, contains(quantity.name, best.name)

    @staticmethod
    def _same_unit(quantity: PrintedQuantity, figure: _Figure) -> bool:
        return factor_of(quantity.unit, figure.unit) is not None

    @staticmethod
    def _same_amount(quantity: PrintedQuantity, figure: _Figure) -> bool:
        factor = factor_of(quantity.unit, figure.unit)
        return factor is not None and Fraction(quantity.figure) * factor == figure.amount

    def finished(self, figure: _Figure) -> DraftIndicator:
        """Return an indicator with its target, as far as the printed words decide."""
        draft = figure.draft
        target, decisions = _target(figure)
        reread = ("target", "lead", "kind", "unit", "deadline")
        kept = [each for each in draft.decisions if each.key not in reread]
        return completed(
            replace(
                draft,
                name=figure.name,
                aliases=tuple(dict.fromkeys((*draft.aliases, *figure.aliases))),
                unit=figure.unit or None,
                kind=draft.kind or _kind(figure),
                years=draft.years or self._years(figure),
                lead=figure.lead,
                target=target,
                deadline=draft.deadline or (str(self.last) if self.last else None),
                cited=tuple(citation for citation, _ in figure.cited),
                decisions=(*figure.decisions, *kept, *decisions),
            ),
            _UNITS,
        )

    def _years(self, figure: _Figure) -> str | None:
        """Return sum for a figure of all years of a plan: 五年累计12万人以上."""
        several = self.last is not None and self.first != self.last.year
        sums = any(each and (each.summed or _OF_YEARS.search(each.printed)) for _, each in figure.cited)
        return "sum" if several and sums else None


def _target(figure: _Figure) -> tuple[str | None, list[Decision]]:
    """Return the phrase that decides the target: one with a word for its side first; why none does."""
    phrases = list(_phrases(figure))
    unit = _UNITS.find(figure.unit) if figure.unit else None
    context = PhraseContext(unit, figure.name, scale=lambda printed: factor_between(printed, unit, _UNITS))
    read = [(phrase, read_phrase(phrase, context)) for phrase in phrases]
    rules = [
        (phrase, each.rule)
        for phrase, each in read
        if not isinstance(each, Refusal) and isinstance(each.rule, Conditions)
    ]
    sided = [(phrase, rule) for phrase, rule in rules if printed_rule(_REACHES.sub("", phrase))]
    if is_limited(figure.name) and not sided and phrases and not (rules and is_english(figure.name)):
        message = say(
            "“{text}” does not say whether “{name}” may be higher or lower.", text=phrases[0], name=figure.name
        )
        return _bare(phrases[0]), [Decision("target", message, say("Write ≥ or ≤ before the figure."))]
    chosen = sided or rules
    if chosen:
        aims = {phrase: not isinstance(each, Refusal) and each.aspiration for phrase, each in read}
        first, same = chosen[0]
        others = [p for p, rule in rules if ((p, rule) in chosen and rule != same) or aims[p] != aims[first]]
        if not others:
            return first, []
        message = say("The document prints “{text}” and “{other}”.", text=first, other=others[0])
        return None, [Decision("target", message, say("Write the one that holds."))]
    return (phrases[0] if phrases else None), []


def _phrases(figure: _Figure) -> Iterator[str]:
    """Yield the printed phrases; a word for works before the name (新建幼儿园6所) is put before the figure."""
    if figure.draft.target:
        yield figure.draft.target
    for _, quantity in figure.cited:
        if quantity is None:
            continue
        if quantity.verb and quantity.printed[:1].isdecimal() and re.fullmatch(f"(?:{DONE})+", quantity.verb):
            yield aimed(quantity, quantity.verb + quantity.printed)
        else:
            yield aimed(quantity, _OF_YEARS.sub("", quantity.printed))


def _bare(phrase: str) -> str:
    match = re.search(r"\d.*$", phrase)
    return match[0] if match else phrase


def _kind(figure: _Figure) -> str | None:
    """Return works for a figure behind a word for works: 新建幼儿园6所; other kinds follow from names."""
    verbs = [
        quantity.verb
        for _, quantity in figure.cited
        if quantity and quantity.verb and (quantity.printed[:1].isdecimal() or quantity.verb.isascii())
    ]
    unit = _UNITS.find(figure.unit) if figure.unit else None
    return "works" if verbs and unit and unit.dimension not in ("share", "person", "visit", "money") else None
