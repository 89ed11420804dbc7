"""Write a draft as the files of a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from czurban.model.finding import Finding, say
from czurban.model.text import one_line
from czurban.reading.imports.draft import DraftIndicator, DraftMilestone, DraftPlan, DraftTask
from czurban.reading.imports.merging import with_ids
from czurban.reading.imports.plan_file import PlanFile, Translate, Value, as_yaml
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS, TASKS


class WrittenPlan(NamedTuple):
    """The texts of a plan's files by their names, and a finding for each open decision."""

    texts: Mapping[str, str]
    findings: Sequence[Finding]


def write_plan(draft: DraftPlan, folder: str, translate: Translate, faults: Sequence[Finding] = ()) -> WrittenPlan:
    """Return the files of a draft.

    Args:
        draft: the draft.
        folder: the folder that the files go to, for the places of the findings.
        translate: makes the text of a comment.
        faults: what validation reports of the files without it, at places without a folder; it is to be decided too.
    """
    draft = replace(draft, indicators=with_ids(draft.indicators))
    files = [_targets(draft, translate), _departments(draft, translate)]
    files += [_tasks(draft, translate)] if draft.parts else []
    rendered = {file.name: file.rendered(folder, faults) for file in files}
    texts = {name: text for name, (text, _) in rendered.items()}
    return WrittenPlan(texts, [each for _, findings in rendered.values() for each in findings])


def _targets(draft: DraftPlan, translate: Translate) -> PlanFile:
    file = PlanFile(TARGETS, translate)
    file.comment(
        say("Read from {source}. What the document leaves open is marked; nothing was guessed.", source=draft.source)
    )
    for note in draft.notes:
        file.comment(note)
    file.lines += ["", "plan:"]
    keys = ("title", "region", "period", "baseline_period")
    file.entry({key: getattr(draft, key) for key in keys}, draft.decisions)
    if draft.categories:
        file.lines += ["", f"categories: {as_yaml(draft.categories)}"]
    file.lines.append("")
    file.line("indicators:", 1, [each for each in draft.decisions if each.key == "indicators"])
    category: str | None = None
    for indicator in draft.indicators:
        file.lines.append("")
        if indicator.category and indicator.category != category:
            category = indicator.category
            file.lines += [f"  # ── {one_line(category)} ──", ""]
        file.entry(_indicator(indicator), indicator.decisions, "  - ")
        for note in indicator.notes:
            file.comment(note, 4)
        if indicator.cited:
            file.lines.append("    cited:")
        for each in indicator.cited:
            cited = {"at": each.at, "printed": each.printed, "wording": each.wording}
            file.lines.append(f"      - {as_yaml(cited)}")
    return file


def _indicator(indicator: DraftIndicator) -> Mapping[str, Value | None]:
    """Return the keys of an indicator with their values, in the order of plan files."""
    dated = {"value": indicator.baseline, "year": indicator.baseline_year}
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "aliases": indicator.aliases or None,
        "category": indicator.category,
        "task": indicator.task,
        "unit": indicator.unit,
        "kind": indicator.kind,
        "binding": indicator.binding,
        "scope": indicator.scope,
        "lead": indicator.lead,
        "reporters": indicator.responsible or None,
        "baseline": dated if indicator.baseline and indicator.baseline_year else indicator.baseline,
        "target": indicator.target,
        "steps": indicator.steps or None,
        "years": indicator.years,
        "deadline": indicator.deadline,
    }


def _departments(draft: DraftPlan, translate: Translate) -> PlanFile:
    file = PlanFile(DEPARTMENTS, translate)
    single = [each for each in draft.departments if not each.is_group]
    groups = [each for each in draft.departments if each.is_group]
    for name, entries in (("departments", single), ("groups", groups)):
        if name == "departments" or entries:
            file.lines += [""] if file.lines else []
            file.lines += [f"{name}:" if entries else f"{name}: []"]
            file.lines += [f"  - name: {as_yaml(each.name)}" for each in entries]
    return file


def _tasks(draft: DraftPlan, translate: Translate) -> PlanFile:
    file = PlanFile(TASKS, translate)
    if draft.ladders:
        file.lines += ["ladders:", *(f"  {name}: {as_yaml(stages)}" for name, stages in draft.ladders.items()), ""]
    file.lines.append("parts:")
    for part in draft.parts:
        file.lines += ["", f"  - no: {as_yaml(part.no)}", f"    title: {as_yaml(part.title)}"]
        file.lines += ["    tasks:"] if part.tasks else ["    tasks: []"]
        for n, task in enumerate(part.tasks):
            file.lines += [""] if n else []
            file.entry(_task(task), task.decisions, "      - ")
            for measure in task.measures:
                file.comment(measure, 8)
            if task.milestones:
                file.lines.append("        milestones:")
            for milestone in task.milestones:
                file.line(f"          - {as_yaml(_milestone(milestone))}", 11, milestone.decisions)
    return file


def _task(task: DraftTask) -> Mapping[str, Value | None]:
    return {
        "no": task.no,
        "title": task.title,
        "lead": task.lead,
        "responsible": task.responsible or None,
        "open": task.open or None,
        "quantities": task.quantities or None,
    }


def _milestone(milestone: DraftMilestone) -> Mapping[str, Value | None]:
    """Return the keys of a milestone; a stage that is open is left out, so that validation reports its line."""
    return {
        "name": milestone.name,
        "ladder": milestone.ladder,
        "stage": milestone.stage,
        "printed": milestone.printed or None,
        "commitment": None if milestone.firm else "aspiration",
        "deadline": milestone.deadline,
        "path": milestone.path or None,
    }
