"""Compare an imported plan with the one that a person made of the same document: recall and precision of each part."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from czurban.model.text import key
from czurban.model.unit import Units
from czurban.reading.imports.draft import DraftIndicator, DraftPlan
from czurban.reading.phrases.phrase import interval_for
from czurban.reading.phrases.tokens import PhraseContext, Refusal, factor_between

UNITS = Units()


class Score(NamedTuple):
    """How many of what a person reads the import has, and how many of what it has a person reads too."""

    right: int
    wanted: int
    taken: int
    missing: Sequence[str] = ()
    extra: Sequence[str] = ()

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.taken if self.taken else 1.0


def compared(wanted: Iterable[str], taken: Iterable[str]) -> Score:
    """Compare two sets."""
    right, here = set(wanted), set(taken)
    return Score(len(right & here), len(right), len(here), sorted(right - here), sorted(here - right))


def _texts(path: Path) -> dict[str, Any]:
    """Read YAML with every value as text."""
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - texts alone
    return content


def gold_of_data(folder: Path) -> dict[str, Any]:
    """Return the plan of a folder in the form of the made-up ones."""
    targets = _texts(folder / "targets.yaml")["indicators"]
    parts = _texts(folder / "tasks.yaml")["parts"]
    tasks = [{**task, "part": part["title"]} for part in parts for task in part["tasks"]]
    return {
        "indicators": [each for each in targets if "no" in each],
        "quantities": [
            {"at": f"任务{each['task']}", "figure": re.search(r"[\d.]+", each["target"])[0], **each}
            for each in targets
            if "task" in each
        ],
        "tasks": [{**task, "quantities": len(task.get("quantities", ()))} for task in tasks],
        "milestones": [
            {
                "task": task["no"],
                "name": each["name"],
                "stage": each["stage"],
                "aspiration": each.get("commitment") == "aspiration",
            }
            for task in tasks
            for each in task.get("milestones", ())
        ],
    }


def gold_of_file(path: Path) -> dict[str, Any]:
    """Return what a person reads in a made-up plan."""
    return _texts(path)


def interval(text: str | None, unit: str, name: str) -> str:
    """Return the values that meet a target, or its text where it is open."""
    known = UNITS.find(unit) if unit else None
    context = PhraseContext(known, name, bool(re.search("增长|增速", name)), lambda p: factor_between(p, known, UNITS))
    read = interval_for(text or "", context)
    if isinstance(read, Refusal):
        figure = re.search(r"\d[\d.]*", text or "")
        return f"open {figure[0] if figure else ''}"
    return str(read)


def measure(draft: DraftPlan, gold: Mapping[str, Any]) -> dict[str, Score]:
    """Return the score of each part of an import."""
    tasks = [task for part in draft.parts for task in part.tasks]
    part_of = {task.no: part.title for part in draft.parts for task in part.tasks}
    listed = [each for each in draft.indicators if each.no or each.task is None]
    named = {key(each.name): each for each in draft.indicators}
    wanted = gold["indicators"]
    by_name = {key(each["name"]): each for each in wanted}
    both = [(each, found) for each in wanted if (found := _same_name(each["name"], named))]
    any_number = [each["no"] for each in gold["tasks"] if each["quantities"] == "any"]
    return {
        "indicators": compared(
            (f"{each.get('no', '')} {each['name']}" for each in wanted),
            (f"{each.no or ''} {_gold_name(each, by_name)}" for each in listed if not _is_goal(each, gold)),
        ),
        "targets": compared(
            (f"{each['name']} {interval(each['target'], each['unit'], each['name'])}" for each, _ in both),
            (f"{each['name']} {interval(got.target, got.unit or '', got.name)}" for each, got in both),
        ),
        "units": compared(
            (f"{each['name']} {each['unit']}" for each, _ in both), (f"{each['name']} {got.unit}" for each, got in both)
        ),
        "leads of indicators": compared(
            (f"{each['name']} {name}" for each, _ in both for name in each["lead"]),
            (f"{each['name']} {name}" for each, got in both for name in got.lead),
        ),
        "further figures": _figures(draft, gold),
        "tasks": compared(
            (f"{each['part']}: {each['no']} {each['title']}" for each in gold["tasks"]),
            (f"{part_of[each.no]}: {each.no} {each.title}" for each in tasks),
        ),
        "leads of tasks": compared(
            (f"{each['no']} {name}" for each in gold["tasks"] for name in each["lead"]),
            (f"{each.no} {name}" for each in tasks for name in each.lead),
        ),
        "responsible departments": compared(
            (f"{each['no']} {name}" for each in gold["tasks"] for name in each.get("responsible", ())),
            (f"{each.no} {name}" for each in tasks for name in each.responsible),
        ),
        "departments": compared(
            (
                name
                for each in (*gold["tasks"], *gold["indicators"])
                for name in (*each["lead"], *each.get("responsible", ()))
            ),
            (each.name for each in draft.departments),
        ),
        "figures of tasks": compared(
            (f"{each['no']}: {each['quantities']}" for each in gold["tasks"] if each["quantities"] != "any"),
            (f"{each.no}: {len(each.quantities)}" for each in tasks if str(each.no) not in any_number),
        ),
        "firm milestones": _milestones(draft, gold, firm=True),
        "aspirations": _milestones(draft, gold, firm=False),
    }


def _same_name(name: str, named: Mapping[str, DraftIndicator]) -> DraftIndicator | None:
    found = named.get(key(name))
    return found or next(
        (each for plain, each in named.items() if plain in (key(name) + "增长", key(name) + "下降")), None
    )


def _gold_name(each: DraftIndicator, by_name: Mapping[str, Any]) -> str:
    names = (each.name, re.sub("(?:增长|下降)$", "", each.name))
    return next((by_name[key(name)]["name"] for name in names if key(name) in by_name), each.name)


def _is_goal(each: DraftIndicator, gold: Mapping[str, Any]) -> bool:
    """Return whether an indicator is a further figure that the goals print."""
    return any(wanted["at"] == "一" and _alike(wanted["name"], each.name) for wanted in gold["quantities"])


def _figures(draft: DraftPlan, gold: Mapping[str, Any]) -> Score:
    """Compare figures by their place, number and unit, and by names of which one has the other or most of it."""
    numbers = {key(each["name"]) for each in gold["indicators"]}
    taken = [
        (citation.at, each.name, Fraction(Decimal(match[0].replace(",", ""))), each.unit or "")
        for each in draft.indicators
        if not each.no and key(each.name) not in numbers and key(re.sub("(?:增长|下降)$", "", each.name)) not in numbers
        for citation in each.cited[:1]
        if (match := re.search(r"\d[\d,]*(?:\.\d+)?", citation.printed))
    ]
    names = {each["name"]: [each["name"], *each.get("aliases", ())] for each in gold["quantities"]}
    return _paired(
        [(each["at"], each["name"], Fraction(each["figure"]), each["unit"]) for each in gold["quantities"]],
        taken,
        lambda one, two: (
            one[0] == two[0] and one[2:] == two[2:] and any(_alike(name, two[1]) for name in names[one[1]])
        ),
        lambda each: f"{each[0]} {each[1]} {float(each[2]):g}{each[3]}",
        [n for n, each in enumerate(gold["quantities"]) if each.get("optional") == "true"],
    )


def _milestones(draft: DraftPlan, gold: Mapping[str, Any], *, firm: bool) -> Score:
    """Compare milestones by task, stage and name."""
    wanted = [each for each in gold["milestones"] if (each.get("aspiration") in (True, "true")) is not firm]
    taken = [
        (str(task.no), each.name, each.stage or "")
        for part in draft.parts
        for task in part.tasks
        for each in task.milestones
        if each.firm is firm
    ]
    return _paired(
        [(str(each["task"]), each["name"], each["stage"]) for each in wanted],
        taken,
        lambda one, two: one[0] == two[0] and two[2] in one[2].split("|") and _alike(one[1], two[1]),
        " ".join,
        [n for n, each in enumerate(wanted) if each.get("optional") == "true"],
    )


def _alike(one: str, two: str) -> bool:
    short, long = sorted((_bare(one), _bare(two)), key=len)
    return short in long or SequenceMatcher(None, short, long, autojunk=False).ratio() >= 0.72


def _bare(name: str) -> str:
    return re.sub(r"[《》“”（）()]|(?:项目|工程|建设|编制|工作|专项规划|人数)+$", "", key(name))


def _paired(
    wanted: Sequence[Any],
    taken: Sequence[Any],
    same: Callable[[Any, Any], bool],
    label: Callable[[Any], str],
    optional: Sequence[int] = (),
) -> Score:
    """Pair each wanted thing with the most similar one that was taken; optional ones count neither way."""
    left = list(taken)
    pairs: dict[int, Any] = {}
    for n, each in sorted(enumerate(wanted), key=lambda pair: -len(pair[1][1])):
        near = [other for other in left if same(each, other)]
        if near:
            best = max(near, key=lambda other: SequenceMatcher(None, each[1], other[1], autojunk=False).ratio())
            pairs[n] = best
            left.remove(best)
    needed = [n for n in range(len(wanted)) if n not in optional]
    right = len([n for n in needed if n in pairs])
    missing = [label(wanted[n]) for n in needed if n not in pairs]
    return Score(right, len(needed), right + len(left), missing, [label(each) for each in left])


def table(name: str, scores: Mapping[str, Score]) -> str:
    """Return the scores as a table of text."""
    lines = [f"{name:<28}{'right':>6}{'of':>6}{'taken':>7}{'recall':>8}{'precision':>11}"]
    for part, score in scores.items():
        lines.append(
            f"  {part:<26}{score.right:>6}{score.wanted:>6}{score.taken:>7}{score.recall:>8.0%}{score.precision:>11.0%}"
        )
    return "\n".join(lines)
