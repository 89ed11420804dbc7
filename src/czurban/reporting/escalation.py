"""The report of `czurban escalate`: the list for the joint conference, worst first."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from czurban.model.assessment import Assessment
from czurban.model.digits import exact
from czurban.model.matter import Ground, Matter
from czurban.model.message import mark, say
from czurban.reporting.check_report import head
from czurban.reporting.document import Block, Cell, Column, Document, Group, Heading, Json, Paragraph, Table, Tone
from czurban.reporting.escalation_words import sentence_of
from czurban.reporting.records import FORMAT, place_record, plan_record
from czurban.reporting.results_table import BLANK
from czurban.words.speaker import Speaker

GROUNDS = {
    Ground.CONTRADICTION: mark("Figures that contradict each other"),
    Ground.UNREADABLE: mark("Figures that cannot be judged"),
    Ground.MISSED: mark("Missed targets"),
    Ground.STUCK: mark("Milestones that are stuck"),
    Ground.UNREPORTED: mark("Not reported by anybody"),
    Ground.PLAN: mark("Contradictions of the plan itself"),
}
_TONES = {
    Ground.CONTRADICTION: Tone.BAD,
    Ground.UNREADABLE: Tone.DOUBT,
    Ground.MISSED: Tone.BAD,
    Ground.STUCK: Tone.BAD,
    Ground.UNREPORTED: Tone.QUIET,
    Ground.PLAN: Tone.DOUBT,
}


def escalation_report(assessment: Assessment, matters: Sequence[Matter], speak: Speaker) -> Document:
    """Compose the list, in the order of the matters."""
    title = speak(say("Matters for the joint conference"))
    blocks: list[Block] = [Heading(f"{title} · {assessment.plan.title}"), *list(head(assessment, speak))[1:]]
    blocks.append(_summary(matters, speak))
    if matters:
        blocks.append(_table(matters, speak))

    def rows() -> list[dict[str, Json]]:
        return [_row_record(number, one, speak) for number, one in enumerate(matters, 1)]

    return Document(tuple(blocks), lambda: _record(assessment, matters, rows()), rows)


def _summary(matters: Sequence[Matter], speak: Speaker) -> Paragraph:
    if not matters:
        return Paragraph(speak(say("There is nothing to bring up.")), Tone.GOOD)
    counts = Counter(one.ground for one in matters)
    parts = [
        speak(say("{name}: {count}"), name=speak(GROUNDS[ground]), count=counts[ground])
        for ground in Ground
        if counts[ground]
    ]
    return Paragraph(speak(say("{count} matters. {parts}."), count=len(matters), parts=speak(say("; ")).join(parts)))


def _table(matters: Sequence[Matter], speak: Speaker) -> Table:
    columns = (
        Column("#", number=True),
        Column(speak(say("Why")), main=True),
        Column(speak(say("Lead")), fold=1),
        Column(speak(say("Place")), fold=2),
    )
    numbered = list(enumerate(matters, 1))
    groups = groupby(numbered, key=lambda pair: _title(pair[1], speak))
    return Table(
        columns, tuple(Group(title, tuple(_row(n, one, speak) for n, one in members)) for title, members in groups)
    )


def _title(matter: Matter, speak: Speaker) -> str:
    """The ground; what nobody reported is told lead by lead."""
    title = speak(GROUNDS[matter.ground])
    if matter.ground is not Ground.UNREPORTED:
        return title
    return speak(say("{title}: {names}"), title=title, names="、".join(matter.leads) or BLANK)


def _row(number: int, matter: Matter, speak: Speaker) -> tuple[Cell, ...]:
    return (
        Cell(str(number)),
        Cell(speak(sentence_of(matter)), _TONES[matter.ground]),
        Cell("、".join(matter.leads) or BLANK),
        Cell(str(matter.place) if matter.place else BLANK),
    )


def _record(assessment: Assessment, matters: Sequence[Matter], rows: Sequence[Json]) -> dict[str, Json]:
    counts = Counter(one.ground for one in matters)
    return {
        "format": FORMAT,
        "plan": plan_record(assessment.plan),
        "period": str(assessment.period),
        "submissions": [{"file": one.file, "read_as": one.read_as} for one in assessment.submissions],
        "matters": rows,
        "tally": {"total": len(matters), **{str(ground): counts[ground] for ground in Ground}},
    }


def _row_record(number: int, matter: Matter, speak: Speaker) -> dict[str, Json]:
    return {
        "rank": number,
        "ground": str(matter.ground),
        "name": matter.entry.name if matter.entry else None,
        "lead": list(matter.leads),
        "why": speak(sentence_of(matter)),
        "code": matter.finding.code if matter.finding else None,
        "shortfall": None if matter.shortfall is None else exact(matter.shortfall),
        "at": str(matter.place) if matter.place else None,
        "place": place_record(matter.place) if matter.place else None,
        "reported": [
            *({"at": str(one.place), "reported": one.raw, "by": one.sender} for one in matter.observations),
            *({"at": str(one.place), "reported": one.stage, "by": one.sender} for one in matter.stages),
        ],
    }
