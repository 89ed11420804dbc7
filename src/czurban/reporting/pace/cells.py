"""Make the cells that show a pace, for tables of targets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from czurban.model.assessment import Verdict
from czurban.model.finding import Message, say
from czurban.model.indicator import LEVELS
from czurban.model.over_time.pace import Pace
from czurban.model.over_time.tracking import PacedMilestone, PacedTarget, Tracking
from czurban.reporting.document import Gauge, TableCell
from czurban.reporting.pace import texts as words
from czurban.reporting.tables import BLANK, Item, TableColumn
from czurban.words.translator import Translator

_BAR = 12
_FULL, _REST, _DUE = "█", "·", "┃"


def gauge_of(pace: Pace) -> Gauge | None:
    """Make the bar of what is reached, with a mark at what is due; None where there is no share of the target."""
    if pace.completion is None or pace.due_share is None:
        return None
    filled = _place(pace.completion)
    cells = [_FULL] * filled + [_REST] * (_BAR - filled)
    cells[max(0, _place(pace.due_share) - 1)] = _DUE
    return Gauge(pace.completion, pace.due_share, "".join(cells), words.TONES[pace.status])


def _place(share: Fraction) -> int:
    """Return how many cells of the bar a share fills; all of them only for the whole."""
    return min(max(int(share * _BAR), 0), _BAR)


def completion_cell(target: PacedTarget, translate: Translator) -> TableCell:
    """Make the cell of the part that is reached, with its bar: of the target, or of the way to it for a level."""
    pace = target.pace
    if pace.completion is None:
        return TableCell(BLANK)
    share = words.share_text(pace.completion)
    text = translate(say("{share} of the way", share=share)) if pace.kind in LEVELS else share
    return TableCell(text, value=pace.completion, chart=gauge_of(pace))


def lead_cell(target: PacedTarget, _: Translator) -> TableCell:
    """Make the cell of how far the target is ahead or behind."""
    pace = target.pace
    text = words.lead_text(pace, target.result.indicator)
    return TableCell(text or BLANK, words.TONES[pace.status], pace.lead if text else None)


def status_cell(target: PacedTarget, translate: Translator) -> TableCell:
    """Make the cell of the status, by which rows can be filtered."""
    pace = target.pace
    status = words.status_text(pace, translate)
    return TableCell(words.signed_status(pace, translate), words.TONES[pace.status], facets=(status,))


def milestone_cell(milestone: PacedMilestone, translate: Translator) -> TableCell:
    """Make the cell of the status of a milestone."""
    text = translate(words.STATUSES[milestone.status])
    return TableCell(f"{words.SIGNS[milestone.status]} {text}", words.TONES[milestone.status])


def paces_of(tracking: Tracking) -> Mapping[str, PacedTarget]:
    """Return the paces of the targets that are not due, by the indicator's id; a target that is due has a verdict."""
    early = (each for each in tracking.every if each.result.verdict is Verdict.NOT_DUE)
    return {each.result.indicator.id: each for each in early}


_REPLACED: Mapping[str, tuple[Message, Callable[[PacedTarget, Translator], TableCell]]] = {
    "Gap": (say("Ahead or behind"), lead_cell),
    "Completion": (say("Completion"), completion_cell),
    "Verdict": (say("Pace"), status_cell),
}


def with_pace(
    columns: Sequence[TableColumn[Item]], target_of: Callable[[Item], PacedTarget | None]
) -> list[TableColumn[Item]]:
    """Return columns with the pace in place of gap, completion and verdict, for the items whose target is not due."""

    def paced(column: TableColumn[Item]) -> TableColumn[Item]:
        title, cell = _REPLACED[str(column.title)]

        def made(item: Item, translate: Translator) -> TableCell | str:
            target = target_of(item)
            return cell(target, translate) if target else column.cell(item, translate)

        return replace(column, title=title, cell=made)

    return [paced(column) if str(column.title) in _REPLACED else column for column in columns]
