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
from czurban.model.unit import Unit, Units
from czurban.reading.imports.clauses import is_english
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
from czurban.reading.imports.kinds import counts_works
from czurban.reading.imports.merging import with_ids, without_repeats
from czurban.reading.imports.tables import DraftRead, plan_of_tables
from czurban.reading.imports.target_tables import Stated, tables_in
from czurban.reading.imports.text.aims import open_aims, rules_in
from czurban.reading.imports.text.document import Block, TextParagraph
from czurban.reading.imports.text.figures import quantities_in
from czurban.reading.imports.text.outline import Outline, numbered, read_outline
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

    draft: DraftIndicator
    amount: Fraction
    lead: Sequence[str] = ()
    cited: list[tuple[DraftCitation, PrintedQuantity | None]] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the indicator."""
        return self.draft.name

    @property
    def unit(self) -> Unit | None:
        """Its unit, if it is a known one."""
        return _UNITS.find(self.draft.unit or "")

    def is_called(self, *names: str) -> bool:
        """Return whether one of some names is that of the indicator, or another name of it."""
        return not {*map(key, names)}.isdisjoint(map(key, (self.name, *self.aliases)))

    @property
    def quantities(self) -> Sequence[PrintedQuantity]:
        """The figures that are cited with words around them."""
        return [quantity for _, quantity in self.cited if quantity]


def read_plan_text(blocks: Sequence[Block], source: str, stated: Stated) -> DraftRead:
    """Return the draft of a plan from the paragraphs and tables of its document, and what of it was left out.

    Raises:
        UnreadableError: the document has neither tasks nor goals nor a table of targets.
    """
    outline = read_outline(blocks)
    title, region = stated.title or outline.title, stated.region or region_of(outline.title)
    period = stated.period or period_of(outline.title, (goal.paragraph.text for goal in outline.goals))
    tables = [table for sheet in outline.tables for table in tables_in(sheet)]
    nothing = DraftRead(DraftPlan(source=source), ())
    annex = plan_of_tables(tables, source, Stated(title, region, period)) if tables else nothing
    period = period or (parse_years(annex.draft.period) if annex.draft.period else None)
    figures = _Figures(outline, period, annex.draft.indicators)
    if not figures.all and not outline.tasks:
        message = say("There are no goals, tasks or tables of targets in {file}.", file=source)
        hint = say("Goals are read from a chapter 目标, and tasks by their 牵头单位 or 责任单位.")
        raise UnreadableError(message, hint)
    indicators = with_ids(without_repeats([figures.finished(each) for each in figures.all]))
    ids = {figure: each.id or "" for figure, each in zip(figures.all, indicators, strict=True)}
    parts = []
    if outline.tasks:
        from czurban.reading.imports.text.tasks import parts_of  # noqa: PLC0415 - many words, for plans with tasks alone

        quantities = {no: [ids[each] for each in task] for no, task in figures.of_task.items()}
        parts = list(parts_of(outline, quantities, figures.first, figures.rules))
    decisions = list(open_keys(title, region, period))
    for goal in outline.goals:
        decisions += open_aims(goal.paragraph, "indicators", figures.first, rules=figures.rules)
    used = {milestone.ladder for part in parts for task in part.tasks for milestone in task.milestones}
    ladders = ENGLISH_LADDERS if is_english(title) else LADDERS
    draft = replace(
        annex.draft,
        title=title or None,
        region=region,
        period=str(period) if period else None,
        categories=tuple(dict.fromkeys(each.category for each in indicators if each.category)),
        indicators=indicators,
        parts=parts,
        departments=departments_of(indicators, parts),
        ladders={name: stages for name, stages in ladders.items() if name in used},
        decisions=decisions,
    )
    return annex._replace(draft=draft)


class _Printed(NamedTuple):
    """A paragraph of goals or of a task, how a citation names it, and who leads the task."""

    at: str
    paragraph: TextParagraph
    category: str | None = None
    task: TaskNo | None = None
    lead: Sequence[str] = ()


def _printed(outline: Outline) -> Iterator[_Printed]:
    for goal in outline.goals:
        yield _Printed(goal.at, goal.paragraph, goal.heading)
    for no, task in numbered(outline.tasks):
        lead = task.departments.lead if task.departments else ()
        for paragraph in task.sentences:
            at = f"Task {no}" if is_english(paragraph.text) else f"任务{no}"
            yield _Printed(at, paragraph, task=no, lead=lead)


class _Figures:
    """The figures of a plan's text: which of them are one indicator, and which tasks print them."""

    def __init__(self, outline: Outline, period: Period | None, annex: Sequence[DraftIndicator]) -> None:
        self.first = period.year if period else None
        self.last = period.last_year if period else None
        self.all = [
            _Figure(
                each, amount_of(each.target or "") or Fraction(0), each.lead, [(cited, None) for cited in each.cited]
            )
            for each in annex
        ]
        self.of_task: dict[TaskNo, list[_Figure]] = {}
        self.rules: set[str] = set()
        printed = list(_printed(outline))
        for each in printed:
            for quantity in quantities_in(each.paragraph.text, self.first):
                self._cite(quantity, each)
        for each in printed:
            for rule in rules_in(each.paragraph.text, self.first):
                self._cite_rule(rule, each)

    def _add(
        self, figure: _Figure, source: _Printed, citation: DraftCitation, quantity: PrintedQuantity | None
    ) -> None:
        """Add a citation to an indicator."""
        figure.lead = figure.lead or source.lead
        figure.cited.append((citation, quantity))
        if source.task and figure not in self.of_task.setdefault(source.task, []):
            self.of_task[source.task].append(figure)

    def _cite_rule(self, rule: PrintedQuantity, source: _Printed) -> None:
        """Add a rule without a single number, but where an indicator of its name has another target."""
        target = aimed(rule, rule.printed)
        alike = [figure for figure in self.all if figure.is_called(rule.name)]
        if all(figure.draft.target == target for figure in alike):
            self.rules.add(rule.name + rule.printed)
            figure = alike[0] if alike else self._new(rule, source, target)
            self._add(figure, source, DraftCitation(source.at, aimed(rule, rule.printed, " … ")), None)

    def _new(self, quantity: PrintedQuantity, source: _Printed, target: str | None = None) -> _Figure:
        draft = DraftIndicator(
            name=quantity.name,
            category=source.category,
            task=source.task,
            unit=quantity.unit or None,
            scope=quantity.scope,
            target=target,
            baseline=quantity.baseline or None,
            baseline_year=quantity.baseline_year or None,
            deadline=quantity.deadline or None,
        )
        self.all.append(_Figure(draft, Fraction(quantity.figure)))
        return self.all[-1]

    def _cite(self, quantity: PrintedQuantity, source: _Printed) -> None:
        """Add a printed figure to the indicator that it is of, or to a new one."""
        figure, sure = self._match(quantity)
        figure = figure or self._new(quantity, source)
        for name in (quantity.name, quantity.wording):
            figure.aliases += () if figure.is_called(name) else (name,)
        if not sure:
            message = say(
                "{at} calls it “{wording}”; it is taken as the same because the figure is.",
                at=source.at,
                wording=quantity.wording,
            )
            hint = say("Delete the citation and the alias if it is another.")
            figure.decisions.append(Decision("aliases", message, hint))
        whole = read_figure(quantity.printed) or is_english(quantity.printed)
        printed = quantity.printed if whole else _bare(quantity.printed)
        printed = printed if printed[:1].isdecimal() else aimed(quantity, printed, " … ")
        other = key(quantity.wording) != key(figure.name)
        citation = DraftCitation(source.at, printed, quantity.wording if other else None)
        self._add(figure, source, citation, quantity)

    def _match(self, quantity: PrintedQuantity) -> tuple[_Figure | None, bool]:
        """Return the indicator that a figure is of, and whether its name leaves no doubt."""
        factors = [(figure, factor_of(quantity.unit, figure.draft.unit or "")) for figure in self.all]
        alike = [(figure, factor) for figure, factor in factors if factor is not None]
        for figure, _ in alike:
            if figure.is_called(quantity.name, quantity.wording):
                return figure, True
        equal = [figure for figure, factor in alike if Fraction(quantity.figure) * factor == figure.amount]
        ranked = sorted(((likeness(quantity.name, figure.name), n) for n, figure in enumerate(equal)), reverse=True)
        if not ranked or ranked[0][0] < _ALIKE:
            return None, True
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEARLY:
            return None, True
        best = equal[ranked[0][1]]
        return best, contains(quantity.name, best.name)

    def finished(self, figure: _Figure) -> DraftIndicator:
        """Return an indicator with its target, as far as the printed words decide."""
        draft = figure.draft
        target, decisions = _target(figure)
        reread = ("target", "lead", "kind", "unit", "deadline")
        kept = [each for each in draft.decisions if each.key not in reread]
        summed = any(each.summed or _OF_YEARS.search(each.printed) for each in figure.quantities)
        finished = replace(
            draft,
            aliases=tuple(dict.fromkeys((*draft.aliases, *figure.aliases))),
            unit=draft.unit or None,
            kind=draft.kind or _kind(figure),
            years="sum" if summed and self.last and self.first != self.last.year else draft.years,
            lead=figure.lead,
            target=target,
            deadline=draft.deadline or (str(self.last) if self.last else None),
            cited=tuple(citation for citation, _ in figure.cited),
            decisions=(*figure.decisions, *kept, *decisions),
        )
        return completed(finished, _UNITS)


def _target(figure: _Figure) -> tuple[str | None, list[Decision]]:
    """Return the phrase that decides the target: one with a word for its side first; why none does."""
    phrases, unit = list(_phrases(figure)), figure.unit
    context = PhraseContext(unit, figure.name, scale=lambda printed: factor_between(printed, unit, _UNITS))
    read = [(text, phrase) for text in phrases if not isinstance(phrase := read_phrase(text, context), Refusal)]
    rules = [(text, phrase.rule, phrase.aspiration) for text, phrase in read if isinstance(phrase.rule, Conditions)]
    sided = [each for each in rules if printed_rule(_REACHES.sub("", each[0]))]
    if is_limited(figure.name) and not sided and phrases and not (rules and is_english(figure.name)):
        message = say(
            "“{text}” does not say whether “{name}” may be higher or lower.", text=phrases[0], name=figure.name
        )
        return _bare(phrases[0]), [Decision("target", message, say("Write ≥ or ≤ before the figure."))]
    if not rules:
        return (phrases[0] if phrases else None), []
    chosen = sided or rules
    first, rule, aim = chosen[0]
    others = [each[0] for each in rules if each[2] != aim or (each[1] != rule and each in chosen)]
    if not others:
        return first, []
    message = say("The document prints “{text}” and “{other}”.", text=first, other=others[0])
    return None, [Decision("target", message, say("Write the one that holds."))]


def _phrases(figure: _Figure) -> Iterator[str]:
    """Yield the printed phrases; a word for works before the name (新建幼儿园6所) is put before the figure."""
    if figure.draft.target:
        yield figure.draft.target
    for each in figure.quantities:
        is_done = each.verb and each.printed[:1].isdecimal() and re.fullmatch(f"(?:{DONE})+", each.verb)
        yield aimed(each, each.verb + each.printed if is_done else _OF_YEARS.sub("", each.printed))


def _bare(phrase: str) -> str:
    match = re.search(r"\d.*$", phrase)
    return match[0] if match else phrase


def _kind(figure: _Figure) -> str | None:
    """Return works for a figure behind a word for works: 新建幼儿园6所; other kinds follow from names."""
    built = any(each.verb and (each.printed[:1].isdecimal() or each.verb.isascii()) for each in figure.quantities)
    return "works" if built and counts_works(figure.unit) else None
