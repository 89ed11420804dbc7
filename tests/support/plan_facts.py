"""What the plan's files say, read without the program: targets, units, leads, and what a milestone has to reach."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

MET, MISSED = "met", "missed"


class Asked(NamedTuple):
    """A figure or stage that the plan asks for, and the departments that lead it."""

    name: str
    leads: tuple[str, ...]
    id: str = ""
    unit: str = ""
    target: str = ""
    baseline: str = ""
    kind: str = ""
    task: int = 0
    ladder: tuple[str, ...] = ()
    stage: str = ""
    aspiration: bool = False

    @property
    def is_figure(self) -> bool:
        return not self.ladder

    @property
    def bound(self) -> Decimal:
        return Decimal(self.target[1:])

    def verdict(self, answer: str) -> str:
        """Judge a figure in the plan's unit, or a stage."""
        if self.ladder:
            reached = self.ladder.index(answer) >= self.ladder.index(self.stage)
        else:
            reached = Decimal(answer) >= self.bound if self.target[0] == "≥" else Decimal(answer) <= self.bound
        return MET if reached else MISSED


class PlanFacts(NamedTuple):
    """The plan's title and everything that it asks for, figures first; and the number that each county is asked for."""

    title: str
    asked: dict[str, Asked]
    of_each_county: int = 0

    @property
    def figures(self) -> list[Asked]:
        return [each for each in self.asked.values() if each.is_figure]

    @property
    def milestones(self) -> list[Asked]:
        return [each for each in self.asked.values() if not each.is_figure]

    def led_by(self, office: str) -> list[Asked]:
        return [each for each in self.asked.values() if office in each.leads]


def _texts(path: Path) -> Any:  # noqa: ANN401 - whatever a YAML file holds
    """Load a file with every scalar as its text: `no` stays a key."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes texts alone


def read_facts(folder: Path) -> PlanFacts:
    targets, tasks = (_texts(folder / f"{name}.yaml") for name in ("targets", "tasks"))
    every = [
        Asked(
            each["name"],
            tuple(each["lead"]),
            id=each["id"],
            unit=each["unit"],
            target=each["target"],
            baseline=re.sub("[约—]", "", each.get("baseline", "")),
            kind=each["kind"],
        )
        for each in targets["indicators"]
    ]
    every += [
        Asked(
            each["name"],
            tuple(task["lead"]),
            task=int(task["no"]),
            ladder=tuple(tasks["ladders"][each["ladder"]]),
            stage=each["stage"],
            aspiration=each.get("commitment") == "aspiration",
        )
        for part in tasks["parts"]
        for task in part["tasks"]
        for each in task.get("milestones", [])
    ]
    asked = {each.name: each for each in every}
    assert len(asked) == len(every)
    shared = [
        task
        for part in tasks["parts"]
        for task in part["tasks"]
        if any(name.startswith("各县区") for name in task["responsible"])
    ]
    ids = {name for task in shared for name in task.get("quantities", [])}
    numbers = {task["no"] for task in shared}
    ids |= {each["id"] for each in targets["indicators"] if each.get("task") in numbers}
    return PlanFacts(targets["plan"]["title"], asked, len(ids))
