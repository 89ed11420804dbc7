"""The report of `czurban ledger`: how much is closed, by lead, and every entry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from czurban.model.assessment import Assessment
from czurban.model.ledger import Closing, Entry
from czurban.model.message import say
from czurban.reporting.check_report import head
from czurban.reporting.closing_words import CLOSINGS
from czurban.reporting.document import Block, Cell, Column, Document, Group, Heading, Paragraph, Strip, Table, Tone
from czurban.reporting.ledger_record import entry_record, ledger_record
from czurban.reporting.ledger_table import ledger_table
from czurban.words.speaker import Speaker

_TONES = {Closing.OPEN: Tone.BAD, Closing.CLOSED: Tone.GOOD, Closing.NOT_DUE: Tone.QUIET}


def ledger_report(assessment: Assessment, entries: Sequence[Entry], speak: Speaker) -> Document:
    """Compose the ledger of these entries."""
    plan = assessment.plan
    title = speak(say("Supervision ledger"))
    blocks: list[Block] = [Heading(f"{title} · {plan.title}"), *list(head(assessment, speak))[1:]]
    blocks += _summary(entries, speak)
    if not entries:
        blocks.append(Paragraph(speak(say("Nothing to list.")), Tone.QUIET))
    else:
        blocks += [_by_lead(entries, speak), Heading(speak(say("Entries")), 2), ledger_table(entries, plan, speak)]
    return Document(
        tuple(blocks),
        lambda: ledger_record(assessment, entries, speak),
        lambda: [entry_record(one, plan, speak) for one in entries],
    )


def _summary(entries: Sequence[Entry], speak: Speaker) -> Iterable[Paragraph]:
    """What is closed of what binds; aspirations are told beside it and never counted."""
    binding = [one for one in entries if one.binding]
    counts = Counter(one.closing for one in binding)
    sentence = say(
        "{closed} of {total} entries are closed, {open} are open and {early} are not due yet.",
        closed=counts[Closing.CLOSED],
        total=len(binding),
        open=counts[Closing.OPEN],
        early=counts[Closing.NOT_DUE],
    )
    yield Paragraph(speak(sentence))
    if tried := len(entries) - len(binding):
        yield Paragraph(speak(say("Aspirations, shown and not counted: {count}."), count=tried), Tone.QUIET)


def _by_lead(entries: Sequence[Entry], speak: Speaker) -> Table:
    """How much each lead has closed; an entry that two lead counts for both."""
    groups: dict[str, list[Closing]] = {}
    for one in entries:
        for name in one.leads if one.binding else ():
            groups.setdefault(name, []).append(one.closing)
    columns = (
        Column(speak(say("Lead")), main=True),
        Column(speak(say("Entries")), number=True),
        *(Column(speak(CLOSINGS[state]), number=True) for state in Closing),
    )
    return Table(columns, (Group("", tuple(_lead(name, states, speak) for name, states in groups.items())),))


def _lead(name: str, states: Sequence[Closing], speak: Speaker) -> tuple[Cell, ...]:
    counts = Counter(states)
    parts = tuple((speak(CLOSINGS[one]), counts[one], _TONES[one]) for one in Closing if counts[one])
    return (
        Cell(name, chart=Strip(parts)),
        _count(len(states)),
        *(_count(counts[one]) for one in Closing),
    )


def _count(number: int) -> Cell:
    return Cell(str(number), value=Fraction(number))
