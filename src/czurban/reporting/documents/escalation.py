"""Compose the report of `czurban escalate`: the items for the joint conference, worst first, each in one sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Assessment, Result
from czurban.model.escalation import EscalationItem, Ground
from czurban.model.finding import Finding, Message, Place, mark, say
from czurban.model.ledger import MilestoneEntry, TargetEntry
from czurban.model.observation import Observation, StageReport
from czurban.model.unit import Unit
from czurban.reporting.document import Block, Document, DocumentTable, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import issued_head, pace_lines
from czurban.reporting.documents.records import place_record, sent_record
from czurban.reporting.documents.results import judged_text
from czurban.reporting.tables import BLANK, TableColumn, figure, grouped_table
from czurban.reporting.texts import exact_text, place_text, placed_text
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.tracking import Tracking

_PERCENT = 100


def sentence_of(item: EscalationItem) -> Message:
    """Say why an item is listed, with exact figures and their places."""
    if item.reason:
        return item.reason
    match item.entry:
        case TargetEntry() as entry:
            return _target_sentence(entry, item)
        case MilestoneEntry() as entry:
            return _milestone_sentence(entry, item)
    return _finding_sentence(item.finding, "")


def _target_sentence(entry: TargetEntry, item: EscalationItem) -> Message:
    match item.ground:
        case Ground.CONTRADICTION if len(item.observations) > 1:
            return _contradiction(entry, item.observations, item.finding)
        case Ground.UNREADABLE if item.finding:
            return say("“{name}” cannot be judged: {why}", name=entry.name, why=item.finding.message)
        case Ground.MISSED:
            return _missed(entry.result, item.shortfall)
        case Ground.REFUSED | Ground.UNREPORTED:
            return _unreported(entry.result, item)
    return _finding_sentence(item.finding, entry.name)


def _milestone_sentence(entry: MilestoneEntry, item: EscalationItem) -> Message:
    report = item.stages[0] if item.stages else entry.report
    values: dict[str, object] = {"name": entry.name, "no": entry.task.no, "asked": entry.milestone.stage}
    if report:
        values |= {"who": _sender(report), "stage": report.stage, "reached": report.stage, "place": report.place}
    match item.ground:
        case Ground.CONTRADICTION if len(item.stages) > 1:
            other = item.stages[1]
            values |= {"one": values["who"], "other": _sender(other), "second": other.stage, "elsewhere": other.place}
            return say(
                "“{name}” (task {no}): {one} reports the stage “{stage}” ({place}) and {other} “{second}” "
                "({elsewhere}); nothing decides which of {count} stages counts, so none is used.",
                count=len(item.stages),
                **values,
            )
        case Ground.UNREADABLE if item.stages:
            why = item.finding.message if item.finding else say("it is not on the milestone's ladder.")
            return say(
                "“{name}” (task {no}): the stage “{stage}” that {who} reports ({place}) does not count: {why}",
                why=why,
                **values,
            )
        case Ground.STUCK if entry.report:
            return say(
                "“{name}” (task {no}) has reached “{reached}” where “{asked}” is required; stages to go: {steps} "
                "({who}, {place}).",
                steps=entry.steps,
                **values,
            )
        case Ground.REFUSED if item.finding and item.finding.place:
            return say(
                "The stage of “{name}” (task {no}) is not known, as {file} cannot be used: {why}",
                **values,
                file=PurePath(item.finding.place.file).name,
                why=item.finding.message,
            )
        case Ground.UNREPORTED:
            return say("No stage is reported for “{name}” (task {no}); the required one is “{asked}”.", **values)
    return _finding_sentence(item.finding, entry.name)


def _finding_sentence(finding: Finding | None, name: str) -> Message:
    """Return the finding's message and hint, or at least the name."""
    if finding is None:
        return say("“{name}” cannot be judged.", name=name)
    return say("{why} {hint}", why=finding.message, hint=finding.hint) if finding.hint else finding.message


def _contradiction(entry: TargetEntry, observations: Sequence[Observation], finding: Finding | None) -> Message:
    first, second = observations[:2]
    count = finding.message.values.get("count", len(observations)) if finding else len(observations)
    return say(
        "“{name}”: {one} reports {value} ({place}) and {other} {second} ({elsewhere}); nothing decides which of "
        "{count} figures counts, so none is used.",
        name=entry.name,
        one=_sender(first),
        value=_written(first),
        place=first.place,
        other=_sender(second),
        second=_written(second),
        elsewhere=second.place,
        count=count,
    )


def _missed(result: Result, shortfall: Fraction | None) -> Message:
    indicator = result.indicator
    unit, interval = indicator.unit.name, indicator.target.interval
    values: Mapping[str, object] = {
        "name": indicator.name,
        "actual": f"{judged_text(result)}{unit}" if result.actual is not None else result.raw,
        "target": interval.in_unit(unit),
        "gap": _distance(result.figures.gap, indicator.unit) if result.figures else "",
        "who": say("by its formula") if result.derived else _sender(result.observation),
        "place": result.place or "",
    }
    if result.figures is None:
        return say("“{name}” is {actual}, and the target is {target} ({who}, {place}).", **values)
    if shortfall is None:
        return say("“{name}” is {actual}, and the target is {target}: {gap} off ({who}, {place}).", **values)
    if not shortfall:
        return say(
            "“{name}” is {actual}, exactly the bound that the target {target} excludes ({who}, {place}).", **values
        )
    return say(
        "“{name}” is {actual}, and the target is {target}: {gap} off, which is {share}% of the target "
        "({who}, {place}).",
        share=figure(shortfall * _PERCENT),
        **values,
    )


def _distance(gap: Fraction, unit: Unit) -> Message | str:
    """Write the distance of two values; that of two percentages is in percentage points."""
    size = figure(abs(gap))
    return say("{figure} percentage points", figure=size) if unit.name == "%" else f"{size}{unit.name}"


def _unreported(result: Result, item: EscalationItem) -> Message:
    indicator = result.indicator
    values = {"name": indicator.name, "target": indicator.target.interval.in_unit(indicator.unit.name)}
    if item.finding and item.finding.place and not item.observations:
        file, why = PurePath(item.finding.place.file).name, item.finding.message
        return say("“{name}” ({target}) is not known, as {file} cannot be used: {why}", file=file, why=why, **values)
    if item.finding:
        return say("No figure counts for “{name}” ({target}): {why}", why=item.finding.message, **values)
    if item.observations:
        place, raw = item.observations[0].place, item.observations[0].raw.strip()
        if raw:
            return say("“{name}” ({target}) has “{raw}” and no figure in {place}.", raw=raw, place=place, **values)
        return say("“{name}” ({target}) is left empty in {place}.", place=place, **values)
    return say("“{name}” ({target}) is not reported.", **values)


def _sender(report: Observation | StageReport | None) -> Message | str:
    return (report.sender if report else "") or say("a sender without a name")


def _written(observation: Observation) -> str:
    unit = observation.unit
    return observation.raw + (unit.name if unit and not observation.unit_in_cell else "")


GROUNDS = {
    Ground.CONTRADICTION: (mark("Figures that contradict each other"), Tone.BAD),
    Ground.UNREADABLE: (mark("Figures that cannot be judged"), Tone.DOUBT),
    Ground.MISSED: (mark("Missed targets"), Tone.BAD),
    Ground.STUCK: (mark("Milestones that are stuck"), Tone.BAD),
    Ground.LOST: (mark("Early warning: hardly to be reached any more"), Tone.BAD),
    Ground.BEHIND: (mark("Early warning: behind or too high"), Tone.DOUBT),
    Ground.REFUSED: (mark("Sent, but not usable"), Tone.DOUBT),
    Ground.UNREPORTED: (mark("Not reported"), Tone.QUIET),
    Ground.PLAN: (mark("Contradictions of the plan itself"), Tone.DOUBT),
}


class _Row(NamedTuple):
    """An item with its number, or all items that are not known because the same file cannot be used."""

    first: int
    items: tuple[EscalationItem, ...]

    @property
    def item(self) -> EscalationItem:
        """The first one."""
        return self.items[0]


def _number(row: _Row, _: Translator) -> str:
    return f"{row.first}–{row.first + len(row.items) - 1}" if len(row.items) > 1 else str(row.first)


def _leads(items: Iterable[EscalationItem], translate: Translator) -> str:
    return translate.join(dict.fromkeys(lead for item in items for lead in item.leads)) or BLANK


def _why_cell(row: _Row, translate: Translator) -> TableCell:
    sentence = sentence_of(row.item)
    if len(row.items) > 1 and row.item.finding and row.item.place:
        sentence = say(
            "{file} cannot be used: {why} Not known are {count} targets and milestones: {names}.",
            file=PurePath(row.item.place.file).name,
            why=row.item.finding.message,
            count=len(row.items),
            names=translate.join(item.entry.name for item in row.items if item.entry),
        )
    return TableCell(translate(placed_text(sentence)), GROUNDS[row.item.ground][1])


_COLUMNS: tuple[TableColumn[_Row], ...] = (
    TableColumn("#", _number, number=True),
    TableColumn(say("Why"), _why_cell, main=True),
    TableColumn(say("Lead"), lambda row, translate: _leads(row.items, translate), fold=1),
    TableColumn(
        say("Place"), lambda row, words: words(place_text(row.item.place)) if row.item.place else BLANK, fold=2
    ),
)


def _same_file(numbered: tuple[int, EscalationItem]) -> object:
    """Return the finding on a whole file because of which an item is not known, or else what is the item's alone."""
    number, item = numbered
    is_whole = item.finding and item.finding.place and item.finding.place == Place(item.finding.place.file)
    return item.finding if item.ground is Ground.REFUSED and is_whole and not item.observations else number


def escalation_report(
    assessment: Assessment, items: Sequence[EscalationItem], translate: Translator, tracking: "Tracking | None" = None
) -> Document:
    """Compose the list, in the order of the items."""
    blocks: tuple[Block, ...] = (
        *issued_head(assessment, say("Items of “{plan}” for the joint conference, {period}"), translate),
        *pace_lines(tracking, translate),
        _summary(items, translate),
        *([_table(items, translate)] if items else []),
    )

    def rows() -> list[dict[str, Json]]:
        return [_row_record(number, item, translate) for number, item in enumerate(items, 1)]

    def record() -> dict[str, Json]:
        counts = Counter(item.ground for item in items)
        tally = {"total": len(items), **{str(ground): counts[ground] for ground in Ground}}
        return {**sent_record(assessment), "matters": rows(), "tally": tally}

    return Document(blocks, record, rows, language=translate.language)


def _summary(items: Sequence[EscalationItem], translate: Translator) -> Paragraph:
    if not items:
        return Paragraph(translate(say("There is nothing to bring up.")), Tone.GOOD)
    counts = Counter(item.ground for item in items)
    parts = translate(say("; ")).join(
        translate(say("{name}: {count}"), name=translate(label), count=counts[ground])
        for ground, (label, _) in GROUNDS.items()
        if counts[ground]
    )
    sentence = say("{count} items. {parts}.") if len(items) > 1 else say("1 item. {parts}.")
    return Paragraph(translate(sentence, count=len(items), parts=parts))


def _table(items: Sequence[EscalationItem], translate: Translator) -> DocumentTable:
    together = (tuple(each) for _, each in groupby(enumerate(items, 1), key=_same_file))
    rows = (_Row(each[0][0], tuple(item for _, item in each)) for each in together)
    groups = groupby(rows, key=lambda row: _title(row.item, translate))
    return grouped_table(_COLUMNS, groups, translate, say("Reason"))._replace(prose=True)


def _title(item: EscalationItem, translate: Translator) -> str:
    """Return the ground; with it the file that items were sent in, or the leads who did not report them."""
    title, names = translate(GROUNDS[item.ground][0]), None
    if item.ground is Ground.REFUSED and item.place:
        names = translate(place_text(Place(item.place.file)))
    if item.ground is Ground.UNREPORTED:
        names = _leads([item], translate)
    return title if names is None else translate(say("{title}: {names}"), title=title, names=names)


def _row_record(number: int, item: EscalationItem, translate: Translator) -> dict[str, Json]:
    return {
        "rank": number,
        "ground": str(item.ground),
        "name": item.entry.name if item.entry else None,
        "lead": list(item.leads),
        "why": translate(sentence_of(item)),
        "code": item.finding.code if item.finding else None,
        "shortfall": exact_text(item.shortfall),
        "at": str(item.place) if item.place else None,
        "place": place_record(item.place) if item.place else None,
        "reported": [
            *({"at": str(value.place), "reported": value.raw, "by": value.sender} for value in item.observations),
            *({"at": str(stage.place), "reported": stage.stage, "by": stage.sender} for stage in item.stages),
        ],
    }
