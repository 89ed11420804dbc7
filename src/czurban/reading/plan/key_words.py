"""What each key of a plan's files holds, in a sentence; apart from the shapes, which every reading of a plan loads."""

from collections.abc import Mapping
from types import MappingProxyType

from czurban.model.finding import mark

KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "TargetsShape": {
            "": mark("targets.yaml: the plan, its categories, its own units and its indicators."),
            "plan": mark("The plan's title, region and periods."),
            "categories": mark("The categories of the main table, in its order."),
            "units": mark("Units that the program does not know."),
            "words": mark("Words that the offices use in the headers of their tables and the program does not know."),
            "indicators": mark("The indicators of the main table, then the quantities that only tasks name."),
            "breakdown": mark("The table of what regions and departments are to reach, where it is not breakdown.csv."),
        },
        "WordsShape": {
            "": mark("Words for the headers of tables, by what their columns hold."),
            "indicator": mark("Words for the names of indicators."),
            "value": mark("Words for results."),
            "target": mark("Words for targets."),
            "baseline": mark("Words for baselines."),
            "unit": mark("Words for units."),
            "period": mark("Words for periods."),
            "region": mark("Words for regions."),
            "sender": mark("Words for departments."),
            "qualifier": mark("Words for what kind or part of a figure a row holds."),
            "note": mark("Words for notes."),
            "other": mark("Words for columns that hold no results."),
        },
        "PlanShape": {
            "": mark("The plan's title, region and periods."),
            "title": mark("The plan's title, as printed."),
            "region": mark("The region the plan is for; figures of another one are not used."),
            "period": mark("The period the targets are for, such as 2019."),
            "baseline_period": mark("The period of the baselines, such as 2018."),
        },
        "UnitShape": {
            "": mark("A unit: a new one alone, or so many of a known one."),
            "name": mark("What the unit is called."),
            "of": mark("The known unit it is made of; without one it is a new unit."),
            "factor": mark("How many of that unit it is: a number, or a fraction such as 1/15."),
        },
        "CitationShape": {
            "": mark("One place that prints the figure."),
            "at": mark("Where it is printed, such as 附件1 or 任务6."),
            "printed": mark("The figure, as it is printed there."),
            "wording": mark("What the indicator is called there, where that differs from its name."),
        },
        "FormulaShape": {
            "": mark("How an indicator follows from others by definition: a text, or these keys."),
            "is": mark(
                "Ids of indicators, id@baseline, id@2018, numbers, + − × ÷, brackets, sum(a, b), share(part, whole)."
            ),
            "missing": mark(
                "The result where a figure is not reported: unreported, or partial, which only a sum may be."
            ),
            "rounding": mark(
                "How many decimals a derived value has in the indicator's unit, 0 to 12; none keeps it exact."
            ),
        },
        "IndicatorShape": {
            "": mark("One indicator: its names, its unit, who answers for it, its baseline and its target."),
            "id": mark("A steady name in small Latin letters, digits and _, for programs and tables; never changed."),
            "no": mark("Its number in the main table; a quantity that only a task names has none."),
            "name": mark("Its name, as printed, without the unit."),
            "aliases": mark("Every other wording; none may belong to two indicators."),
            "category": mark("Its category in the main table; or else `task` names its task."),
            "task": mark(
                "The number of the only task that names this quantity; or else `category` names its category."
            ),
            "unit": mark("The unit it is measured in, as printed."),
            "unit_aliases": mark("Other spellings of the unit, for this indicator alone."),
            "kind": mark(
                "How it behaves in time: stock (a level), flow (a sum over the year), rate, growth, works (a count of "
                "works) or milestone."
            ),
            "formula": mark("How it follows from other indicators by definition, such as b − b@baseline or a ÷ b."),
            "scope": mark("What the plan limits it to; without one there is no limit."),
            "lead": mark("The departments that answer for it and may report it."),
            "reporters": mark("Further departments that may report it."),
            "baseline": mark("The baseline, as printed; 约190 and — are understood."),
            "target": mark("The target with its direction, such as ≥41, ≤4.5, 6~6.5, 不低于41 or 41以上."),
            "basis": mark("printed, or interpreted where no printed word gives the direction."),
            "reason": mark("Why an interpreted direction is read so."),
            "side": mark("With 左右 alone: which side is better, floor, ceiling or both."),
            "tolerance": mark("With 左右 alone: how far off is still near, in the indicator's unit."),
            "jump": mark("The share of the baseline by which a value may differ before it is reported, such as 50%."),
            "ignore": mark(
                "Findings about its values that are not wanted, by code, such as S269 where it hardly moves."
            ),
            "adds": mark(
                "How parts make the whole: sum, none, weighted by ID, or ratio of ID to ID. Without it the plan does "
                "not say that they do."
            ),
            "deadline": mark("When it is to be met, such as 2019年底."),
            "cited": mark("Every place that prints it, in the plan's order."),
        },
        "TasksShape": {
            "": mark("tasks.yaml: the ladders of stages, and the tasks in their parts."),
            "ladders": mark("Ordered stages, from the first to the last, by the ladder's name."),
            "parts": mark("The parts the tasks stand in, in the plan's order."),
        },
        "PartShape": {
            "": mark("One part of the plan with its tasks."),
            "no": mark("Its number, as printed, such as 一."),
            "title": mark("Its title, as printed."),
            "tasks": mark("Its tasks, in the plan's order."),
        },
        "TaskShape": {
            "": mark("One task: who leads it, who shares it, its quantities and its milestones."),
            "no": mark("The task's number."),
            "title": mark("The task's title, as printed."),
            "lead": mark("The departments that lead it, in the plan's order."),
            "responsible": mark("The departments that share it, in the plan's order."),
            "open": mark("true where the printed list of departments ends with 等."),
            "added": mark("Responsible departments that a lead added later; the plan does not print them."),
            "quantities": mark("The ids of the indicators that the task prints a figure for."),
            "milestones": mark("What the task wants reached that is no figure."),
        },
        "AddedShape": {
            "": mark("A responsible department that a lead of the task added later."),
            "name": mark("The department that was added."),
            "by": mark("The lead that added it."),
            "on": mark("The day it was added, such as 2019-05-06."),
            "reason": mark("Why it was added."),
        },
        "MilestoneShape": {
            "": mark("Something that is to reach a stage."),
            "name": mark("What it is."),
            "ladder": mark("The ladder its stage stands on."),
            "stage": mark("The stage it is to reach: what the plan's words say, and never more."),
            "printed": mark("The plan's own words."),
            "commitment": mark("firm, or aspiration where the plan says 争取, 探索 or 力争."),
        },
        "RegionsShape": {
            "": mark("regions.yaml: the hierarchy that the plan's region stands in."),
            "regions": mark("The regions; all but one stand below another."),
        },
        "RegionShape": {
            "": mark("A region, with its code and its names."),
            "code": mark("Its code, such as that of GB/T 2260, in quotation marks; no other region has it."),
            "name": mark("Its name; no other region right below the same one has it."),
            "parent": mark("The region right above it, by code or name; the one at the top has none."),
            "aliases": mark("Its other names; a report may use any of them."),
        },
        "DepartmentsShape": {
            "": mark("departments.yaml: who leads, shares and reports, with every name they go by."),
            "departments": mark("The departments, in the order the plan names them."),
            "groups": mark("Groups of departments that the plan names as a whole."),
        },
        "DepartmentShape": {
            "": mark("A department or a group, with its names."),
            "name": mark("Its name, as printed."),
            "aliases": mark("Its other names; a report may use any of them."),
        },
        "MetricsShape": {
            "": mark("metrics.yaml: what the records hold, and what is counted and summed of them."),
            "records": mark("The table of records: its columns, and what all records share."),
            "metrics": mark("The indicators, each as an amount or as a numerator over a denominator."),
        },
        "RecordsShape": {
            "": mark("A table of records, such as one person a row."),
            "title": mark("What the records are; the report is headed by it."),
            "whole": mark("The region that all records together are, where they are one."),
            "period": mark("The period of all records, where no column says it."),
            "columns": mark("The columns that metrics ask for, by the names that metrics call them."),
        },
        "ColumnShape": {
            "": mark("A column: what it holds, and how it is read."),
            "kind": mark("region, period, number, flag (yes or no) or text."),
            "column": mark("Its name in the table, where metrics call it otherwise."),
            "type": mark("Of a number: integer, or decimal(p,s) with p digits of which s stand behind the point."),
            "rounding": mark("half-up: more decimals than the type has are rounded, and counted."),
            "grain": mark("Of a period: year, quarter or month, which the records are gathered in."),
            "values": mark("Of a text: all the texts that it may be; any other cannot be read."),
        },
        "MetricShape": {
            "": mark("One indicator: what is counted or summed, and over what."),
            "indicator": mark(
                "An indicator of the plan, by id, number or name; or else `id`, `name` and `unit` make one."
            ),
            "id": mark("The id of an indicator that the plan does not have."),
            "name": mark("Its name."),
            "unit": mark("The unit the figure comes out in; it is converted to the indicator's."),
            "value": mark("An amount, such as count where urban or sum(weight); or a division of two such."),
            "numerator": mark("What is above the line, such as sum(weight) where urban."),
            "denominator": mark("What is below the line, such as sum(weight)."),
            "per": mark("percent: so many of a hundred; ratio: as it is, in `unit`."),
            "missing": mark(
                "Of a record without a value that is needed: refuse (there is no figure) or exclude (it is left out, "
                "and counted)."
            ),
            "unreadable": mark("Of a record with a value that cannot be read: refuse or exclude."),
        },
    }
)
"""By shape and key; the empty key is the shape itself. A test holds that every key has its sentence."""
