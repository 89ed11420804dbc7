"""The report of `czurban why`: a verdict, and below it everything it rests on, down to file and cell."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from czurban.model.assessment import Assessment
from czurban.model.message import say
from czurban.model.trace import Trace
from czurban.reporting.derived_record import derived_record
from czurban.reporting.document import Document, Heading, Item, Items, Json, Paragraph, Tone
from czurban.reporting.records import FORMAT, plan_record, result_record
from czurban.reporting.things import indicator_record
from czurban.reporting.why_facts import Fact, facts_of
from czurban.words.speaker import Speaker


def why_report(trace: Trace, assessment: Assessment, speak: Speaker, *, judged: bool) -> Document:
    """Compose the tree of one indicator.

    Args:
        trace: what it rests on.
        assessment: the judged plan.
        speak: the reader's language.
        judged: whether figures were given; without any there is no verdict to explain.
    """
    one, plan = trace.indicator, assessment.plan
    facts = tuple(facts_of(trace, plan, speak, judged=judged))
    number = f"{one.no} " if one.no is not None else ""
    files = "、".join(each.file for each in assessment.submissions)
    source = speak(say("Plan: {source}."), source=plan.source)
    sent = speak(say("Figures from: {files}."), files=files) if files else ""
    blocks = (
        Heading(f"{number}{one.name}（{one.unit.name}）"),
        Paragraph(" ".join(part for part in (source, sent) if part), Tone.QUIET),
        Items(tuple(map(_item, facts))),
    )

    def record() -> dict[str, Json]:
        return {
            "format": FORMAT,
            "plan": plan_record(plan),
            "period": str(assessment.period),
            "indicator": indicator_record(one, plan),
            "result": result_record(trace.result, plan, speak) if judged and trace.result else None,
            "derived": derived_record(trace.derived) if judged and trace.derived else None,
            "columns": [derived_record(each) for each in trace.columns],
            "tree": [_record(each) for each in facts],
        }

    return Document(blocks, record, lambda: list(_rows(facts)), language=speak.language)


def _item(fact: Fact) -> Item:
    place = f" ({fact.place})" if fact.place else ""
    return Item(fact.text + place, tuple(map(_item, fact.below)))


def _record(fact: Fact) -> Mapping[str, Json]:
    below = [_record(each) for each in fact.below]
    return {"what": fact.what, "text": fact.text, "place": fact.place or None, "below": below}


class _Row(NamedTuple):
    depth: int
    fact: Fact


def _walk(facts: Iterable[Fact], depth: int = 0) -> Iterator[_Row]:
    for fact in facts:
        yield _Row(depth, fact)
        yield from _walk(fact.below, depth + 1)


def _rows(facts: Iterable[Fact]) -> Iterator[Mapping[str, Json]]:
    for depth, fact in _walk(facts):
        yield {"depth": depth, "what": fact.what, "text": fact.text, "place": fact.place}
