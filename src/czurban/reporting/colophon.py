"""The last page: how every figure was judged, and from what the report was made."""

from collections.abc import Iterable
from typing import NamedTuple

from czurban.model.assessment import Assessment
from czurban.model.message import say
from czurban.reporting.document import Block, Cell, Column, Group, Heading, Item, Items, Paragraph, Table
from czurban.version import __version__
from czurban.words.speaker import Speaker


class Origin(NamedTuple):
    """What a report was made from: when (as it shall be printed), and each input with its SHA-256 in hexadecimal."""

    when: str
    inputs: tuple[tuple[str, str], ...] = ()


_RULES = (
    say("A value is held against its target exactly: no figure is rounded before it is judged."),
    say("≥ and ≤ include their bound, > and < do not, a range includes both ends."),
    say("Values convert to the plan's unit by exact factors; without a unit the plan's is taken."),
    say("A value whose size neither baseline nor target explains is not used unless its cell carries the unit."),
    say("A figure for another period, another region or from a department that does not lead is not used."),
    say("Two figures that differ leave the indicator unreadable, unless a status orders them."),
    say("Not reported and unreadable are counted apart and stay in the denominator."),
    say("The gap is the distance to the nearest bound; completion is actual over target, for floors of amounts."),
    say("Figures are rounded for display only, half up, and never across a verdict."),
)


def colophon(assessment: Assessment, origin: Origin, speak: Speaker) -> Iterable[Block]:
    """Compose the last page."""
    yield Heading(speak(say("How the figures were judged")), 2)
    yield Items(tuple(Item(speak(rule)) for rule in _RULES))
    interpreted = [one.indicator for one in assessment.results if one.indicator.target.reason]
    if interpreted:
        yield Paragraph(speak(say("Directions that the plan's words do not settle were read so:")))
        yield Items(
            tuple(Item(f"{one.name} {one.target.interval} {one.unit.name}：{one.target.reason}") for one in interpreted)
        )
    yield Heading(speak(say("What this report was made from")), 2)
    yield Paragraph(
        speak(
            say("Made {when} by czurban {version} from the plan in {source}."),
            when=origin.when,
            version=__version__,
            source=assessment.plan.source,
        )
    )
    if origin.inputs:
        columns = (Column(speak(say("File")), main=True), Column("SHA-256"))
        rows = tuple((Cell(name), Cell(digest)) for name, digest in origin.inputs)
        yield Table(columns, (Group("", rows),))
