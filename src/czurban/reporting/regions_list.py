"""The list of a plan's regions, in their tree, with how many targets each has of its own."""

from czurban.model.message import say
from czurban.model.plan import Plan
from czurban.reporting.document import Cell, Column, Document, Group, Heading, Json, Paragraph, Table, Tone
from czurban.reporting.records import FORMAT, plan_record
from czurban.words.speaker import Speaker


def list_regions(plan: Plan, speak: Speaker) -> Document:
    """Every region, those above before those below, with its code, its other names and its own targets."""
    columns = (
        Column(speak(say("Region")), main=True),
        Column(speak(say("Code"))),
        Column(speak(say("Above it")), fold=2),
        Column(speak(say("Also called")), fold=1),
        Column(speak(say("Own targets")), number=True),
    )
    rows: list[tuple[Cell, ...]] = []
    records: list[dict[str, Json]] = []
    tops = [one for one in plan.regions if not one.parent]
    for one in (region for top in tops for region in (top, *plan.regions.descendants(top))):
        above = plan.regions.parent(one)
        own = len(plan.breakdown.of_region(one.code))
        texts = (one.name, one.code, above.name if above else "—", "、".join(one.aliases), str(own))
        rows.append(tuple(Cell(text) for text in texts))
        records.append(
            {
                "code": one.code,
                "name": one.name,
                "aliases": list(one.aliases),
                "parent": one.parent or None,
                "path": [step.name for step in plan.regions.path(one)],
                "own_targets": own,
            }
        )
    record: dict[str, Json] = {"format": FORMAT, "plan": plan_record(plan), "regions": records}
    nothing = Paragraph(speak(say("The plan knows no regions.")), Tone.QUIET)
    table = Table(columns, (Group("", tuple(rows)),)) if rows else nothing
    return Document((Heading(plan.title), table), lambda: record, lambda: records)
