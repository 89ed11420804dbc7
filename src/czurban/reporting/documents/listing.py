"""Compose the lists of a plan's indicators, tasks, departments and regions, and the pages of single ones."""

from collections.abc import Iterable, Mapping, Sequence

from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.model.plan import Department, Plan
from czurban.model.region import Allotment, Region
from czurban.model.rule import Phrase, rule_label
from czurban.model.rule import Rule as TargetRule
from czurban.model.target import Target
from czurban.model.task import Task
from czurban.reporting.document import Block, Document, Heading, Item, Items, Json, Paragraph, Tone
from czurban.reporting.documents.compute import formula_words
from czurban.reporting.documents.records import FORMAT, head_record, kind_record
from czurban.reporting.documents.results import category_of, with_unit
from czurban.reporting.labels import KINDS, baseline_text, over_years_facts, target_text
from czurban.reporting.milestones import task_item, task_record
from czurban.reporting.tables import BLANK, TableColumn, count_column, grouped, grouped_table, number_of, plain_table
from czurban.words.translator import Translator


def show_indicator(indicator: Indicator, plan: Plan, translate: Translator) -> Document:
    """Compose the page of an indicator: its target and the reason, its wording in each place, its links."""
    blocks = (Heading(indicator.name), Items(definition(indicator, plan, translate)))
    return _page(plan, blocks, "indicator", indicator_record(indicator, plan), translate)


def definition(indicator: Indicator, plan: Plan, translate: Translator) -> tuple[Item, ...]:
    """List what the plan says about an indicator."""
    items = [Item(text) for text in _facts(indicator, plan, translate)]
    cited = tuple(Item(f"{cited.at} {cited.wording} {cited.printed}") for cited in indicator.cited)
    items.append(Item(translate(say("Printed in")), cited))
    if tasks := _titles(task for task in plan.tasks if indicator.id in task.quantities):
        items.append(Item(translate(say("Tasks")), tasks))
    allotments = (part for part in plan.breakdown if part.indicator == indicator.id)
    if parts := tuple(_allotment(part, indicator, plan) for part in allotments):
        items.append(Item(translate(say("Broken down")), parts))
    return tuple(items)


_Records = Sequence[Mapping[str, Json]]


def _page(
    plan: Plan, blocks: tuple[Block, ...], name: str, content: Mapping[str, Json] | _Records, translate: Translator
) -> Document:
    """Make the document of a single thing or of a list, the record of which is called `name`."""
    rows = (content,) if isinstance(content, Mapping) else content
    return Document(blocks, lambda: {**head_record(plan), name: content}, lambda: rows, language=translate.language)


def _allotment(part: Allotment, indicator: Indicator, plan: Plan) -> Item:
    region = plan.regions.with_code(part.region)
    name = plan.regions.full_name(region) if region else part.department
    return Item(f"{name} {part.target.interval} {indicator.unit.name}")


def _facts(indicator: Indicator, plan: Plan, translate: Translator) -> Iterable[str]:
    target = indicator.target
    if indicator.no is not None:
        yield translate(say("No.: {no}"), no=indicator.no)
    yield translate(say("Id: {id}"), id=indicator.id)
    if category := category_of(indicator, plan):
        yield translate(say("Category: {category}"), category=category)
    if indicator.aliases:
        yield translate(say("Also called: {names}"), names=translate.join(indicator.aliases))
    yield translate(say("Unit: {unit}"), unit=indicator.unit.name)
    yield translate(say("Kind: {kind}"), kind=translate(KINDS[indicator.kind]))
    if formula := plan.formula(indicator.id):
        yield translate(say("Formula: {text}"), text=formula_words(formula, plan, translate))
    if indicator.scope:
        yield translate(say("Scope: {scope}"), scope=indicator.scope)
    yield translate(say("Lead: {names}"), names=translate.join(indicator.leads))
    yield translate(say("Baseline: {figure}"), figure=baseline_text(indicator) or BLANK)
    yield target_text(indicator, translate)
    yield from map(translate, over_years_facts(indicator))
    if target.reason:
        yield translate(say("Reason for this reading: {reason}"), reason=target.reason)


def show_task(task: Task, plan: Plan, translate: Translator) -> Document:
    """Compose the page of a task: its departments, quantities and milestones."""
    item = task_item(task, plan, translate)
    blocks = (Heading(item.text), Items((Item(f"（{task.part.no}）{task.part.title}"), *item.below)))
    return _page(plan, blocks, "task", task_record(task), translate)


def tasks_of(name: str, plan: Plan) -> tuple[list[Task], list[Task], list[Task]]:
    """Return the tasks that a department leads, those that it shares, and those that it was added to."""
    leading = [task for task in plan.tasks if name in task.leads]
    sharing = [task for task in plan.tasks if name in task.responsible]
    return leading, sharing, [task for task in plan.tasks if name in task.added_names]


def show_department(department: Department, plan: Plan, translate: Translator) -> Document:
    """Compose the page of a department: its names, what it leads and what it shares."""
    name = department.name
    led = [indicator for indicator in plan.indicators if name in indicator.leads]
    parts = [part for part in plan.allotted if name in part.leads]
    leading, sharing, added = tasks_of(name, plan)
    items = [
        Item(translate(say("Also called: {names}"), names=translate.join(department.aliases) or BLANK)),
        Item(translate(say("Indicators it leads ({count})"), count=len(led)), tuple(map(_rule, led))),
        *([Item(translate(say("Own targets ({count})"), count=len(parts)), tuple(map(_rule, parts)))] if parts else []),
        Item(translate(say("Tasks it leads")), _titles(leading)),
        Item(translate(say("Tasks it shares")), _titles(sharing)),
        *([Item(translate(say("Tasks it was added to")), _titles(added))] if added else []),
    ]
    record: dict[str, Json] = {
        "name": name,
        "aliases": list(department.aliases),
        "group": department.is_group,
        "indicators": [indicator.id for indicator in led],
        **({"own_parts": [part.id for part in parts]} if parts else {}),
        "leads": [task.no for task in leading],
        "shares": [task.no for task in sharing],
        "added_to": [task.no for task in added],
    }
    return _page(plan, (Heading(name), Items(tuple(items))), "department", record, translate)


def _titles(tasks: Iterable[Task]) -> tuple[Item, ...]:
    return tuple(Item(f"{task.no} {task.title}") for task in tasks)


def _rule(indicator: Indicator) -> Item:
    number = f"{indicator.no} " if indicator.no is not None else ""
    return Item(f"{number}{indicator.name} {indicator.target.interval.in_unit(' ' + indicator.unit.name)}")


def indicator_record(indicator: Indicator, plan: Plan) -> dict[str, Json]:
    """Make the record of an indicator."""
    formula = plan.formula(indicator.id)
    target, baseline = indicator.target, indicator.target.baseline
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "aliases": list(indicator.aliases),
        "category": indicator.category,
        "task": indicator.task,
        "unit": indicator.unit.name,
        "kind": str(indicator.kind),
        "formula": formula.text if formula else None,
        "scope": indicator.scope or None,
        "lead": list(indicator.leads),
        "baseline": None if baseline is None or baseline.value is None else str(baseline.value),
        "baseline_printed": baseline.printed if baseline else None,
        "target": str(target.interval),
        "direction": str(target.interval.direction) if target.interval.has_bound else None,
        "basis": str(target.basis),
        "reason": target.reason or None,
        "deadline": str(target.deadline),
        **kind_record(indicator, plan),
        "cited": [{"at": c.at, "wording": c.wording, "printed": c.printed} for c in indicator.cited],
        **(_over_years(target) if plan.period.has_years else {}),
    }


def _over_years(target: Target) -> dict[str, Json]:
    """Make the further keys of an indicator's record in a plan of several years."""
    baseline_period = target.baseline.period if target.baseline else None
    return {
        "years": str(target.over),
        "steps": {str(step.deadline): str(step.interval) for step in target.steps},
        "baseline_year": None if baseline_period is None else str(baseline_period),
    }


def _list(plan: Plan, block: Block, name: str, records: _Records, translate: Translator) -> Document:
    return _page(plan, (Heading(plan.title), block), name, records, translate)


_INDICATOR_COLUMNS: tuple[TableColumn[Indicator], ...] = (
    TableColumn(say("No."), number_of, number=True),
    TableColumn(say("Indicator"), lambda indicator, _: with_unit(indicator), main=True),
    TableColumn(say("Id"), lambda indicator, _: indicator.id, fold=2),
    TableColumn(say("Kind"), lambda indicator, translate: translate(KINDS[indicator.kind]), fold=1),
    TableColumn(say("Lead"), lambda indicator, translate: translate.join(indicator.leads), fold=3),
    TableColumn(say("Baseline"), lambda indicator, _: baseline_text(indicator) or BLANK, number=True),
    TableColumn(say("Target"), lambda indicator, _: str(indicator.target.interval), number=True),
)


def list_indicators(plan: Plan, translate: Translator) -> Document:
    """List every indicator with its target, grouped as the plan groups them."""
    groups = grouped(plan.indicators, lambda indicator: [category_of(indicator, plan)])
    table = grouped_table(_INDICATOR_COLUMNS, groups.items(), translate)
    records = [indicator_record(indicator, plan) for indicator in plan.indicators]
    return _list(plan, table, "indicators", records, translate)


_TASK_COLUMNS: tuple[TableColumn[Task], ...] = (
    TableColumn(say("No."), lambda task, _: str(task.no), number=True),
    TableColumn(say("Task"), lambda task, _: task.title, main=True),
    TableColumn(say("Lead"), lambda task, translate: translate.join(task.leads), fold=1),
    TableColumn(say("Quantities"), lambda task, _: str(len(task.quantities)), number=True),
    TableColumn(say("Milestones"), lambda task, _: str(len(task.milestones)), number=True),
)
_ADDED: TableColumn[Task] = TableColumn(say("Added"), lambda task, translate: translate.join(task.added_names), fold=2)


def list_tasks(plan: Plan, translate: Translator) -> Document:
    """List every task with its leads and how much it carries, and the departments that leads added, if any."""
    columns = (*_TASK_COLUMNS, _ADDED) if any(task.added for task in plan.tasks) else _TASK_COLUMNS
    groups = grouped(plan.tasks, lambda task: [f"（{task.part.no}）{task.part.title}"])
    table = grouped_table(columns, groups.items(), translate)
    return _list(plan, table, "tasks", [task_record(task) for task in plan.tasks], translate)


def _department_record(department: Department, plan: Plan) -> dict[str, Json]:
    name = department.name
    leading, sharing, added = tasks_of(name, plan)
    return {
        "name": name,
        "aliases": list(department.aliases),
        "group": department.is_group,
        "indicators_led": sum(name in indicator.leads for indicator in plan.indicators),
        "tasks_led": len(leading),
        "tasks_shared": len(sharing),
        "tasks_added_to": len(added),
    }


_Counted = tuple[Department, Mapping[str, Json]]
_DEPARTMENT_COLUMNS: tuple[TableColumn[_Counted], ...] = (
    TableColumn(say("Department"), lambda row, _: row[0].name, main=True),
    TableColumn(say("Also called"), lambda row, translate: translate.join(row[0].aliases), fold=1),
    TableColumn(say("Indicators led"), lambda row, _: str(row[1]["indicators_led"]), number=True),
    TableColumn(say("Tasks led"), lambda row, _: str(row[1]["tasks_led"]), number=True),
    TableColumn(say("Tasks shared"), lambda row, _: str(row[1]["tasks_shared"]), number=True),
)


def list_departments(plan: Plan, translate: Translator) -> Document:
    """List every department with its other names and what it leads and shares."""
    rows: list[_Counted] = [(department, _department_record(department, plan)) for department in plan.departments]
    title = translate(say("Groups of departments"))
    groups = grouped(rows, lambda row: [title if row[0].is_group else ""])
    table = grouped_table(_DEPARTMENT_COLUMNS, groups.items(), translate)
    return _list(plan, table, "departments", [record for _, record in rows], translate)


def _region_record(region: Region, plan: Plan) -> dict[str, Json]:
    return {
        "code": region.code,
        "name": region.name,
        "aliases": list(region.aliases),
        "parent": region.parent or None,
        "path": [step.name for step in plan.regions.path(region)],
        "own_targets": len(plan.breakdown.of_region(region.code)),
    }


def list_regions(plan: Plan, translate: Translator) -> Document:
    """List every region, those above before those below, with its code, its other names and its own targets."""
    tops = [region for region in plan.regions if not region.parent]
    regions = [region for top in tops for region in (top, *plan.regions.descendants(top))]
    above = {region: plan.regions.parent(region) for region in regions}
    columns: tuple[TableColumn[Region], ...] = (
        TableColumn(say("Region"), lambda region, _: region.name, main=True),
        TableColumn(say("Code"), lambda region, _: region.code),
        TableColumn(say("Region above"), lambda region, _: parent.name if (parent := above[region]) else BLANK, fold=2),
        TableColumn(say("Also called"), lambda region, translate: translate.join(region.aliases), fold=1),
        TableColumn(say("Own targets"), lambda region, _: str(len(plan.breakdown.of_region(region.code))), number=True),
    )
    nothing = Paragraph(translate(say("The plan lists no regions.")), Tone.QUIET)
    block = plain_table(columns, regions, translate) if regions else nothing
    return _list(plan, block, "regions", [_region_record(region, plan) for region in regions], translate)


def list_of_lists(plan: Plan, translate: Translator) -> Document:
    """List what can be listed, and how many of each the plan has."""
    counts = {
        "indicators": (say("Every target with its lead, baseline and rule."), len(plan.indicators)),
        "tasks": (say("Every task with its leads and what it names."), len(plan.tasks)),
        "departments": (say("Every department and group, with its other names."), len(plan.departments)),
        "regions": (say("Every region with its code and the region above."), len(plan.regions)),
    }
    columns: tuple[TableColumn[str], ...] = (
        TableColumn(say("List"), lambda name, _: f"czurban list {name}", main=True),
        TableColumn(say("Content"), lambda name, translate: translate(counts[name][0])),
        count_column(say("Count"), lambda name: counts[name][1]),
    )
    records: list[dict[str, Json]] = [{"list": name, "count": count} for name, (_, count) in counts.items()]
    return _list(plan, plain_table(columns, counts, translate), "lists", records, translate)


def show_region(region: Region, plan: Plan, translate: Translator) -> Document:
    """Compose the page of a region: its names, its place in the hierarchy, and its own targets."""
    above, below = plan.regions.above(region), plan.regions.children(region)
    parts = plan.breakdown.of_region(region.code).values()
    owns = [f"{plan.by_id[part.indicator].name} {part.target.interval}" for part in parts]
    items = [
        Item(translate(say("Code: {code}"), code=region.code)),
        Item(translate(say("Also called: {names}"), names=translate.join(region.aliases) or BLANK)),
        Item(translate(say("Regions above: {names}"), names=translate.join(each.name for each in above) or BLANK)),
        Item(translate(say("Regions below: {names}"), names=translate.join(each.name for each in below) or BLANK)),
        Item(translate(say("Own targets ({count})"), count=len(owns)), tuple(map(Item, owns))),
    ]
    record = _region_record(region, plan)
    return _page(plan, (Heading(plan.regions.full_name(region)), Items(tuple(items))), "region", record, translate)


def phrase_page(text: str, phrase: Phrase, notes: Sequence[Message], translate: Translator) -> Document:
    """Compose how a printed target is read: its rule, and the aim behind it that is never judged; `notes` follow."""
    rule = _reading(phrase.rule, translate)
    lines = [translate(say("“{text}” is read as {rule}.", text=text, rule=rule))]
    if phrase.aspiration:
        lines.append(translate(say("The plan only aims at it.")))
    if aim := _reading(phrase.aim, translate) if phrase.aim else None:
        lines.append(translate(say("The aim behind it, {rule}, is recorded and never judged.", rule=aim)))
    lines += map(translate, notes)
    record: dict[str, Json] = {
        "format": FORMAT,
        "printed": text,
        "reads_as": rule,
        "aspiration": phrase.aspiration,
        "aim": aim,
        "notes": [translate(note) for note in notes],
    }
    blocks = tuple(Paragraph(line) for line in lines)
    return Document(blocks, lambda: record, lambda: (record,), language=translate.language)


def _reading(rule: TargetRule, translate: Translator) -> str:
    label = rule_label(rule)
    return label if isinstance(label, str) else translate(label)
