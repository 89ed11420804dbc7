"""Compose the pages that only a site has: its start page and the page of an indicator."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from czurban.model.assessment import Assessment, Trace, Verdict, tally
from czurban.model.finding import say
from czurban.model.over_time.trend import Trend
from czurban.model.plan import Department, Plan
from czurban.reporting.document import Block, Document, Heading, Items, Paragraph, Tone
from czurban.reporting.documents.check import head, pace_lines
from czurban.reporting.documents.listing import definition
from czurban.reporting.documents.results import group_of, results_table
from czurban.reporting.documents.whole import missed, overview
from czurban.reporting.documents.why import facts_of, tree
from czurban.reporting.formats.html import Entry, Tile
from czurban.reporting.labels import TONES, VERDICTS
from czurban.reporting.over_time.development import with_trends
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.model.over_time.pace import Tracking


def start_page(assessment: Assessment, translate: Translator, tracking: "Tracking | None" = None) -> Document:
    """Compose the start page: what was missed, then the counts by category and department."""
    results = assessment.results
    due = any(result.verdict is not Verdict.NOT_DUE for result in results)
    blocks = (
        *list(head(assessment, translate))[:1],
        Paragraph(
            translate(
                say("Figures of {period} against the targets of {plan}."),
                period=assessment.period,
                plan=assessment.plan.period,
            ),
            Tone.QUIET,
        ),
        *(missed(assessment, results, translate) if due else ()),
        *overview(assessment, results, translate, list(pace_lines(tracking, translate))),
    )
    return Document(blocks, language=translate.language)


def tiles_of(assessment: Assessment, results_page: str, translate: Translator) -> tuple[Tile, ...]:
    """Return the headline: how many targets there are, and how many of them have each verdict."""
    counts = tally(assessment.results)
    shown = [verdict for verdict in Verdict if counts[verdict] or verdict in (Verdict.MET, Verdict.MISSED)]
    return (
        Tile(translate(say("Targets")), f"{counts.total:,}", Tone.PLAIN, results_page),
        *(Tile(translate(VERDICTS[each]), f"{counts[each]:,}", TONES[each], results_page) for each in shown),
    )


def entries_of(
    assessment: Assessment, offices: Iterable[Department], pages: Mapping[str, str], translate: Translator
) -> tuple[Entry, ...]:
    """Return what the search finds: every indicator by its names, number and leads, then every department.

    Args:
        assessment: the judged plan.
        offices: the departments that have a page.
        pages: the addresses of pages by the id of an indicator and the name of a department.
        translate: the reader's language.
    """
    entries = []
    for result in (*assessment.results, *assessment.inputs):
        indicator = result.indicator
        verdict = translate(VERDICTS[result.verdict])
        names = (*indicator.names, indicator.id, str(indicator.no or ""), *indicator.leads, verdict)
        group = group_of(result, assessment.plan) or translate(say("Indicators"))
        entries.append(Entry(indicator.name, pages[indicator.id], group, " ".join(names)))
    title = translate(say("Departments"))
    departments = (Entry(office.name, pages[office.name], title, " ".join(office.names)) for office in offices)
    return (*entries, *departments)


def indicator_page(
    trace: Trace,
    assessment: Assessment,
    translate: Translator,
    trend: Trend | None = None,
    tracking: "Tracking | None" = None,
) -> Document:
    """Compose the page of an indicator: its verdict, its history, what the plan says, and what the verdict rests on."""
    indicator, plan = trace.indicator, assessment.plan
    number = f"{indicator.no} " if indicator.no is not None else ""
    first: list[Block] = [
        Heading(f"{number}{indicator.name}（{indicator.unit.name}）"),
        Paragraph(_judged(assessment, plan, translate), Tone.QUIET),
    ]
    if trace.result:
        first += [Heading(translate(say("Verdict")), 2), results_table([trace.result], plan, translate, tracking)]
    top = with_trends(Document(tuple(first), language=translate.language), [trend] if trend else (), translate)
    pace = tracking.of(indicator.id) if tracking else None
    facts = facts_of(trace, plan, translate, judged=bool(assessment.submissions), pace=pace)
    blocks = (
        *top.blocks,
        Heading(translate(say("What the plan says")), 2),
        Items(definition(indicator, plan, translate)),
        Heading(translate(say("What the verdict rests on")), 2),
        tree(facts),
    )
    return top._replace(blocks=blocks)


def _judged(assessment: Assessment, plan: Plan, translate: Translator) -> str:
    text = say("{title}. Figures of {period} against the targets of {plan}.")
    return translate(text, title=plan.title, period=assessment.period, plan=plan.period)
