"""Write a draft as the YAML files of a plan: what a person has to decide is a comment at its line, and a finding."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from czurban.model.faults import TO_DECIDE, finding
from czurban.model.finding import Finding, Message, Place, say
from czurban.model.text import one_line
from czurban.reading.autofix.edits import write_scalar
from czurban.reading.imports.draft import (
    Decision,
    DraftDepartment,
    DraftIndicator,
    DraftMilestone,
    DraftPlan,
    DraftTask,
)
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS, TASKS

Translate = Callable[[Message], str]
_WIDTH = 116
_LONGEST_ID = 48
_WORDS = re.compile(r"[A-Za-z][\w()/.%-]*(?: [\w()/.%-]+)*")


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """The folder of a plan, the texts of its files by their names, and a finding for each open decision."""

    folder: str
    texts: Mapping[str, str]
    findings: Sequence[Finding]


def write_plan(draft: DraftPlan, folder: str, translate: Translate) -> WrittenPlan:
    """Return the files of a draft.

    Args:
        draft: the draft.
        folder: the folder that the files go to, for the places of the findings.
        translate: makes the text of a comment.
    """
    draft = replace(draft, indicators=with_ids(draft.indicators))
    sheets = [_targets(draft, folder, translate), _departments(draft, folder, translate)]
    if draft.parts:
        sheets.append(_tasks(draft, folder, translate))
    texts = {sheet.name: "\n".join(sheet.lines) + "\n" for sheet in sheets}
    return WrittenPlan(folder, texts, [each for sheet in sheets for each in sheet.findings])


@dataclass(slots=True)
class _File:
    """A YAML file while it is written."""

    name: str
    folder: str
    translate: Translate
    lines: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def comment(self, text: Message | str, indent: int = 0) -> None:
        """Write a comment, in as many lines as it needs."""
        plain = self.translate(text) if isinstance(text, Message) else one_line(text)
        self.lines += [f"{' ' * indent}# {line}" for line in _wrapped(plain, _WIDTH - indent)]

    def line(self, text: str, column: int, decisions: Sequence[Decision]) -> None:
        """Write a line below the comments of what is to be decided in it, and report each at a column of the line."""
        indent = len(text) - len(text.lstrip())
        for decision in decisions:
            self.comment(_to_decide(decision, self.translate), indent)
        self.lines.append(text)
        place = Place(f"{self.folder}/{self.name}", len(self.lines), column)
        self.findings += [finding(TO_DECIDE, place, each.message, each.hint) for each in decisions]

    def entry(self, pairs: Iterator[tuple[str, str | None]], decisions: Sequence[Decision], indent: int) -> None:
        """Write one entry of a list, a key on each line; a key without a value only if something is open there."""
        begin, left = "- ", list(decisions)
        for key, value in pairs:
            here = [each for each in left if each.key == key]
            if value is None and not here:
                continue
            left = [each for each in left if each.key != key]
            self.line(f"{' ' * indent}{begin}{key}: {value or ''}".rstrip(), indent + 3, here)
            begin = "  "


def _to_decide(open_thing: Decision | Finding, translate: Translate) -> Message:
    """Return the comment of a decision."""
    what = " ".join(translate(part) for part in (open_thing.message, open_thing.hint) if part)
    return say("TO DECIDE: {what}", what=re.sub(r"(?<=[。！？]) ", "", what))


def with_faults(plan: WrittenPlan, faults: Sequence[Finding], translate: Translate) -> WrittenPlan:
    """Mark faults that validation finds in lines without a decision as decisions too.

    Args:
        plan: the files as written.
        faults: faults, of which the places name the files alone, without a folder.
        translate: makes the text of a comment.
    """
    texts, findings = dict(plan.texts), []
    for name, text in plan.texts.items():
        decided = [each for each in plan.findings if each.place and each.place.file == f"{plan.folder}/{name}"]
        lines = {each.place.line for each in decided if each.place}
        more = [each for each in faults if each.place and each.place.file == name and each.place.line not in lines]
        marked = _File(name, plan.folder, translate)
        _copy_marked(text.splitlines(), more, decided, marked)
        texts[name] = "\n".join(marked.lines) + "\n"
        findings += marked.findings
    return WrittenPlan(plan.folder, texts, findings)


def _copy_marked(lines: Sequence[str], faults: Sequence[Finding], decided: Sequence[Finding], file: _File) -> None:
    """Copy lines to a file, each below the comments of its faults, and move the findings to where their line is now."""
    new: dict[int, list[Finding]] = defaultdict(list)
    old: dict[int, list[Finding]] = defaultdict(list)
    for by_line, group in ((new, faults), (old, decided)):
        for each in group:
            by_line[(each.place and each.place.line) or 1].append(each)
    for number, line in enumerate(lines, 1):
        for fault in new[number]:
            file.comment(_to_decide(fault, file.translate), len(line) - len(line.lstrip()))
        file.lines.append(line)
        for fault in (*old[number], *new[number]):
            place = Place(f"{file.folder}/{file.name}", len(file.lines), fault.place and fault.place.column)
            file.findings.append(finding(TO_DECIDE, place, fault.message, fault.hint))


def _targets(draft: DraftPlan, folder: str, translate: Translate) -> _File:
    file = _File(TARGETS, folder, translate)
    file.comment(
        say("Read from {source}. What the document leaves open is marked; nothing was guessed.", source=draft.source)
    )
    for note in draft.notes:
        file.comment(note)
    file.lines += ["", "plan:"]
    for key in ("title", "region", "period", "baseline_period"):
        value, here = getattr(draft, key), [each for each in draft.decisions if each.key == key]
        if value is not None or here:
            file.line(f"  {key}: {_scalar(value) or ''}".rstrip(), 3, here)
    if draft.categories:
        file.lines += ["", f"categories: {_list(draft.categories)}"]
    if draft.units:
        file.lines += ["", "units:"]
        for unit in draft.units:
            pairs = {"name": unit.name, "of": unit.of, "factor": unit.factor}
            file.entry(((key, _scalar(value)) for key, value in pairs.items()), (), 2)
    file.lines.append("")
    file.line("indicators:", 1, [each for each in draft.decisions if each.key == "indicators"])
    category: str | None = None
    for indicator in draft.indicators:
        file.lines.append("")
        if indicator.category and indicator.category != category:
            category = indicator.category
            file.lines += [f"  # ── {one_line(category)} ──", ""]
        _write_indicator(file, indicator)
    return file


def _write_indicator(file: _File, indicator: DraftIndicator) -> None:
    file.entry(_indicator(indicator), indicator.decisions, 2)
    for note in indicator.notes:
        file.comment(note, 4)
    if indicator.cited:
        file.lines.append("    cited:")
        file.lines += [f"      - {_citation(each.at, each.printed, each.wording)}" for each in indicator.cited]


def _indicator(indicator: DraftIndicator) -> Iterator[tuple[str, str | None]]:
    """Yield the keys of an indicator with their values as YAML, in the order of plan files."""
    baseline = _scalar(indicator.baseline)
    if indicator.baseline_year and baseline:
        baseline = f"{{value: {baseline}, year: {_scalar(indicator.baseline_year)}}}"
    yield "id", indicator.id
    yield "no", _scalar(indicator.no)
    yield "name", _scalar(indicator.name)
    yield "aliases", _list(indicator.aliases) if indicator.aliases else None
    yield "category", _scalar(indicator.category)
    yield "task", str(indicator.task) if indicator.task is not None else None
    yield "unit", _scalar(indicator.unit)
    yield "kind", indicator.kind
    yield "binding", None if indicator.binding is None else str(indicator.binding).lower()
    yield "scope", _scalar(indicator.scope)
    yield "lead", _list(indicator.lead)
    yield "reporters", _list(indicator.responsible) if indicator.responsible else None
    yield "baseline", baseline
    yield "target", _scalar(indicator.target)
    yield "steps", _mapping(indicator.steps) if indicator.steps else None
    yield "years", indicator.years
    yield "deadline", _scalar(indicator.deadline)


def _citation(at: str, printed: str, wording: str | None) -> str:
    return _mapping({"at": at, "printed": printed} | ({"wording": wording} if wording else {}))


def _departments(draft: DraftPlan, folder: str, translate: Translate) -> _File:
    file = _File(DEPARTMENTS, folder, translate)
    for key, is_group in (("departments", False), ("groups", True)):
        entries = [each for each in draft.departments if each.is_group is is_group]
        if not entries:
            file.lines += [f"{key}: []"] if key == "departments" else []
            continue
        file.lines += [f"{key}:"]
        for entry in entries:
            file.entry(_department(entry), entry.decisions, 2)
        file.lines.append("")
    while file.lines[-1] == "":
        file.lines.pop()
    return file


def _department(entry: DraftDepartment) -> Iterator[tuple[str, str | None]]:
    yield "name", _scalar(entry.name)
    yield "aliases", _list(entry.aliases) if entry.aliases else None


def _tasks(draft: DraftPlan, folder: str, translate: Translate) -> _File:
    file = _File(TASKS, folder, translate)
    if draft.ladders:
        file.lines += ["ladders:", *(f"  {name}: {_list(stages)}" for name, stages in draft.ladders.items()), ""]
    file.lines.append("parts:")
    for part in draft.parts:
        file.lines += ["", f"  - no: {_scalar(part.no)}", f"    title: {_scalar(part.title)}"]
        file.lines += ["    tasks:"] if part.tasks else ["    tasks: []"]
        for n, task in enumerate(part.tasks):
            file.lines += [""] if n else []
            file.entry(_task(task), task.decisions, 6)
            for measure in task.measures:
                file.comment(measure, 8)
            if task.milestones:
                file.lines.append("        milestones:")
            for milestone in task.milestones:
                path = f", path: {_mapping(milestone.path)}}}" if milestone.path else "}"
                file.line(f"          - {_mapping(_milestone(milestone))[:-1]}{path}", 11, milestone.decisions)
    return file


def _task(task: DraftTask) -> Iterator[tuple[str, str | None]]:
    yield "no", str(task.no)
    yield "title", _scalar(task.title)
    yield "lead", _list(task.lead)
    yield "responsible", _list(task.responsible) if task.responsible else None
    yield "open", "true" if task.open else None
    yield "quantities", _list(task.quantities) if task.quantities else None


def _milestone(milestone: DraftMilestone) -> Mapping[str, str]:
    """Return the keys of a milestone; a stage that is open is left out, so that validation reports its line."""
    pairs = {
        "name": milestone.name,
        "ladder": milestone.ladder,
        "stage": milestone.stage,
        "printed": milestone.printed or None,
        "commitment": None if milestone.firm else "aspiration",
        "deadline": milestone.deadline,
    }
    return {key: value for key, value in pairs.items() if value is not None}


def _scalar(text: str | None) -> str | None:
    return None if text is None else _written(text)


def _written(text: str) -> str:
    """Write a text plain where that is safe, as English words with blanks between them are."""
    line = one_line(text)
    return line if _WORDS.fullmatch(line) else write_scalar(line)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_written, texts))}]"


def _mapping(pairs: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in pairs.items()) + "}"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of at most so many columns, of which a Chinese character takes two."""
    line, used = "", 0
    for word in re.findall(r"[\x21-\x7e]+ ?|.", text):
        size = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word)
        if line and used + size > width and not re.match(r"[，。；：、）”》！？]", word):
            yield line.rstrip()
            line, used = "", 0
        line, used = line + word, used + size
    yield line.rstrip()


def with_ids(indicators: Sequence[DraftIndicator]) -> Sequence[DraftIndicator]:
    """Give each indicator without an id one that no other has: its name in Latin letters, else its number.

    The number is that of the document, so that another row there changes no id, and else the position.
    """
    taken = {indicator.id for indicator in indicators if indicator.id}
    named = []
    for position, indicator in enumerate(indicators, 1):
        number = indicator.no or str(position)
        made = _id_of(indicator.name) or "_".join(["indicator", *re.findall(r"[a-z0-9]+", number.casefold().zfill(2))])
        name = indicator.id or _unused(made, taken)
        taken.add(name)
        named.append(replace(indicator, id=name))
    return named


def _unused(name: str, taken: set[str]) -> str:
    number = next(n for n in range(1, len(taken) + 2) if (name if n == 1 else f"{name}_{n}") not in taken)
    return name if number == 1 else f"{name}_{number}"


def _id_of(name: str) -> str:
    """Return an id made of a name's Latin words: Urban jobs (new) is urban_jobs_new; empty for a Chinese name."""
    if not name.isascii():
        return ""
    words = re.findall(r"[a-z0-9]+", name.casefold())
    kept = "_".join(words)[:_LONGEST_ID].rstrip("_")
    return kept if kept[:1].isalpha() else ""
