"""What a plan knows of its parts: the hierarchy of regions, and the breakdown of its targets over it."""

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from czurban.model.breakdown import Breakdown
from czurban.model.faults import finding
from czurban.model.finding import Finding, has_errors
from czurban.model.message import say
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.model.region import Regions
from czurban.reading.marked_yaml import Marked
from czurban.reading.plan_names import BREAKDOWNS, REGIONS
from czurban.reading.plan_regions import Entry, build_regions, read_table
from czurban.reading.shapes import RegionsShape


def with_parts(  # noqa: PLR0913, PLR0917 - the plan, its files, and what was found of them
    plan: Plan,
    folder: Path,
    root: tuple[RegionsShape, Marked] | None,
    named: str | None,
    findings: list[Finding],
    dropped: Collection[str],
) -> Plan:
    """Add regions and breakdown to a plan, as far as they have no fault; faults are added to `findings`.

    Args:
        plan: the plan without them.
        folder: where its files lie.
        root: regions.yaml, as its shape and its tree, if there is one.
        named: the file that `breakdown:` names.
        findings: what was found so far.
        dropped: lists of which entries were left out; what refers to one of those is not a fault of its own.
    """
    before = len(findings)
    regions = _regions(plan, folder, root, findings)
    plan = replace(plan, regions=regions)
    whole = "regions" not in dropped and not has_errors(findings[before:])
    file = _breakdown_file(folder, named, findings)
    if file is None or not whole:
        return plan
    from czurban.reading.plan_breakdown import read_breakdown  # noqa: PLC0415 - only where there is one

    allotments, told = read_breakdown(folder / file, plan)
    findings += told
    return replace(plan, breakdown=Breakdown(allotments, file))


def _regions(plan: Plan, folder: Path, root: tuple[RegionsShape, Marked] | None, findings: list[Finding]) -> Regions:
    there = [folder / name for name in REGIONS if os.path.lexists(folder / name)]
    if len(there) > 1:
        findings.append(_one_of(there))
    entries: Sequence[Entry] = ()
    if root:
        entries = _of_yaml(str(there[0]), *root)
    elif there and there[0].suffix == ".csv":
        entries, faults = read_table(there[0])
        findings += faults
    regions, faults = build_regions(entries, plan.region, Place(str(there[0]), 1) if there else Place(str(folder)))
    findings += faults
    return regions


def _of_yaml(file: str, shape: RegionsShape, tree: Marked) -> list[Entry]:
    return [
        Entry(one.code, one.name, one.parent or "", tuple(one.aliases), Place(file, *tree.at(("regions", n))))
        for n, one in enumerate(shape.regions)
    ]


def _breakdown_file(folder: Path, named: str | None, findings: list[Finding]) -> str | None:
    """The name of the breakdown's file: the one that the plan names, else the usual one that is there."""
    if named is not None:
        if Path(named).name == named and os.path.lexists(folder / named):
            return named
        message = say("There is no file {file} in the plan's folder.", file=named)
        hint = say("Put the table beside targets.yaml and write its name alone.")
        findings.append(finding("P132", Place(str(folder / "targets.yaml")), message, hint))
        return None
    there = [folder / name for name in BREAKDOWNS if os.path.lexists(folder / name)]
    if len(there) > 1:
        findings.append(_one_of(there))
    return there[0].name if there else None


def _one_of(there: Sequence[Path]) -> Finding:
    message = say(
        "{files} hold the same; which one counts, nobody can tell.", files=" / ".join(one.name for one in there)
    )
    return finding("P132", Place(str(there[1])), message, say("Keep one of them."))
