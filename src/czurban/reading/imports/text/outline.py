"""Find the parts and tasks of a plan's text by its headings, of whatever numbering, and by the departments named there.

A task is what names departments: the kind of label that most lists of departments follow is that of the tasks, and
the headings above them are the parts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from czurban.model.finding import Place, say
from czurban.model.period import Period, in_digits, parse_period, parse_years
from czurban.model.text import half_width
from czurban.reading.imports.clauses import is_english, split_outside
from czurban.reading.imports.departments import Responsibility, read_responsibility
from czurban.reading.imports.draft import Decision
from czurban.reading.imports.text.document import Block, TextParagraph
from czurban.reading.sources.sheet import Sheet

_CHINESE = "[一二三四五六七八九十百]+"
_NUMBERED = r"\d+(?:\.\d+)*)[.:)]?\s*[–—-]?\s*"
_LABELS = (
    ("action", rf"(?:action|task|measure|project|initiative|commitment)\s+([A-Z]{{0,3}}-?{_NUMBERED}"),
    ("objective", rf"(?:objective|target|goal|outcome)\s+([A-Z]?{_NUMBERED}"),
    ("heading number", r"(\d{1,2}(?:\.\d{1,2})?)\s+(?=[A-Z][a-z])"),
    ("theme", r"(?:theme|pillar|priority|chapter|part|section)\s+([A-Z\d]{1,3})[.:)]?\s*[–—-]?\s*"),
    ("code", r"([A-Z]{1,4}-?\d{1,3}(?:\.\d{1,3})?)[.:)]?\s+(?=[A-Z])"),
    ("chapter", rf"第({_CHINESE}|\d{{1,2}})(?:部分|章|篇|节)[\s、:：]*"),
    ("article", rf"第({_CHINESE}|\d{{1,3}})条[\s、:：]*"),
    ("numeral", rf"({_CHINESE})[、.．]\s*"),
    ("bracketed numeral", rf"[（(]({_CHINESE})[)）]、?\s*"),
    ("ordinal", rf"第({_CHINESE})[，,、]\s*"),
    ("task", rf"(?:重点)?(?:任务|行动|专项行动)(\d{{1,3}}|{_CHINESE})[:：、.．\s]\s*"),
    ("two numbers", r"(\d{1,2}[.．]\d{1,3})[.．、\s]\s*"),
    ("number", r"(\d{1,3}(?:[-－—]\d{1,2})?)(?:[.．、](?!\d)|[)）]、?)\s*"),
    ("bracketed number", r"[（(](\d{1,3})[)）][、.．]?\s*"),
    ("circle", r"([①-⑳])\s*"),
)
_PATTERNS = [(style, re.compile(pattern, 0 if style == "code" else re.IGNORECASE)) for style, pattern in _LABELS]
_GOALS = re.compile(
    r"目标|指标|总体要求|主要任务和要求|\b(?:objectives?|targets?|goals?|aims|outcomes|ambitions?)\b", re.IGNORECASE
)
_WORK = re.compile(
    r"任务|举措|措施|行动|工作重点|重点工作|\b(?:actions?|measures|projects|initiatives|programme|delivery)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE, _MOST_TITLE_LINES = 60, 3
_ORGANISATION = re.compile(
    r"保障|组织|(?<!总体)要求|附则|附件|实施步骤"
    r"|\b(?:monitoring|governance|introduction|foreword|review|background|context|glossary|appendix|summary)\b",
    re.IGNORECASE,
)

_REGION = re.compile(
    r"^((?:[^\W\d_]{1,8}?(?:自治区|省|市|自治州|州|盟|地区|县|区|旗|镇|乡|街道|新区))+?)(?=(?:19|20)\d\d|人民政府|“|《|国民|委)"
)
_CAPITALS = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*"
_KINDS_OF_PLACE = "City|Borough|County|District|Municipality|Region|State|Province"
_ENGLISH_PLACE = re.compile(
    rf"(?:{_KINDS_OF_PLACE}) of {_CAPITALS}?(?= Plan| Strategy|$|\W)|^{_CAPITALS}? (?:{_KINDS_OF_PLACE})\b"
)
_FIRST_PLACE = re.compile(r"^[^\W\d_]{1,10}?(?:自治区|省|市|自治州|州|盟|县|区|旗|镇)")
_YEARS = re.compile(r"((?:19|20)\d\d)(?:年?[-－—–~～至]((?:19|20)\d\d))?年")


class Label(NamedTuple):
    """The kind of number that a paragraph begins with, and the number as printed."""

    style: str
    number: str


@dataclass(eq=False)
class OutlineEntry:
    """A heading or numbered paragraph with the paragraphs below it, and the headings above it, outermost first."""

    label: Label
    title: str
    place: Place
    above: "Sequence[OutlineEntry]" = ()
    body: list[TextParagraph] = field(default_factory=list)
    departments: Responsibility | None = None

    @property
    def text(self) -> str:
        """The paragraphs below the title."""
        return "\n".join(paragraph.text for paragraph in self.body)

    @property
    def sentences(self) -> Sequence[TextParagraph]:
        """The title, which may itself say what is to be done, and the paragraphs below that do not repeat it."""
        if self.body and self.body[0].text.startswith(self.title):
            return self.body
        return [TextParagraph(self.title, self.place), *self.body]


class Goal(NamedTuple):
    """A paragraph of goals: the number of its chapter, the heading above it, and the paragraph."""

    at: str
    heading: str
    paragraph: TextParagraph


class Outline(NamedTuple):
    """A plan's text: its title, the paragraphs with its goals, its tasks in order, and its tables."""

    title: str
    goals: Sequence[Goal]
    tasks: Sequence[OutlineEntry]
    tables: Sequence[Sheet]


def read_outline(blocks: Sequence[Block]) -> Outline:
    """Return the outline of a document."""
    paragraphs = [block for block in blocks if isinstance(block, TextParagraph)]
    title, rest = _title(paragraphs)
    entries = list(_entries(rest))
    for entry in entries:
        _add_partners(entry)
    style = _task_style(entries)
    tasks = [entry for entry in entries if entry.label.style == style and _is_task(entry, entries)]
    for entry in entries:
        _add_below(entry, tasks)
    goals = list(_goals(entries, rest, tasks))
    tables = [block for block in blocks if isinstance(block, Sheet)]
    rows = {id(table): list(_task_rows(table, blocks, entries)) for table in tables}
    if any(rows.values()) and not any(task.departments for task in tasks):
        tasks = []
    tasks += [task for each in rows.values() for task in each]
    return Outline(title, goals, tasks, [table for table in tables if not rows[id(table)]])


def _task_rows(table: Sheet, blocks: Sequence[Block], entries: Sequence[OutlineEntry]) -> Iterator[OutlineEntry]:
    """Yield the rows of an English table of actions as tasks below the headings above the table."""
    from czurban.reading.imports.text.english_tasks import rows_of_actions  # noqa: PLC0415 - for English text alone

    before = [block.place for block in blocks[: blocks.index(table)] if isinstance(block, TextParagraph)]
    above = [entry for entry in entries if entry.place in before][-1:]
    for number, action, departments, further, place in rows_of_actions(table):
        entry = OutlineEntry(Label("row", number), "", place, (*above[0].above, above[0]) if above else ())
        entry.title, body = _split_title(action, entry)
        entry.departments = departments
        entry.body = [TextParagraph(part, place) for part in (body, further) if part]
        yield entry


def _title(paragraphs: Sequence[TextParagraph]) -> tuple[str, Sequence[TextParagraph]]:
    """Return the title, which may have several lines, and the paragraphs after it; an English one is a single line."""
    if paragraphs and paragraphs[0].level and is_english(paragraphs[0].text):
        return paragraphs[0].text, paragraphs[1:]
    lines: list[str] = []
    for at, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if re.fullmatch(r"(?:附件|附表|附录)\s*\d*\s*[:：]?", text) and not lines:
            continue
        begun = bool(lines) and re.search(
            r"(?:方案|要点|计划|规划|意见|通知|任务|目标|措施|办法|行动)(?:[（(].*[)）])?$", lines[-1]
        )
        noted = re.fullmatch(r"[（(].{1,20}[)）]", text)
        labelled = label_of(paragraph)
        numbered = bool(labelled and (labelled[0].number or lines))
        ended = (begun and not noted) or len(lines) >= _MOST_TITLE_LINES
        if text.endswith(("。", "：", ":", "；")) or numbered or ended or (lines and is_english(text)):
            return _notice("".join(lines)), paragraphs[at:]
        lines.append(text)
    return _notice("".join(lines)), ()


def _notice(title: str) -> str:
    """Return the title of the plan that a notice is about: 关于印发《X》的通知."""
    match = re.search(r"关于印发[《〈]?(.+?)[》〉]?的通知", title)
    return match[1] if match else title


def label_of(paragraph: TextParagraph) -> tuple[Label, str] | None:
    """Return the label of a paragraph and the text behind it; a heading without a number has its level as label."""
    text = paragraph.text
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None or (style == "heading number" and not paragraph.level):
            continue
        if parse_period(half_width(text[: match.end() + 2]).strip()) is None:  # 2019.12.3 is no label
            return Label(style, match[1]), text[match.end() :].strip()
    if paragraph.level:
        return Label(f"heading {paragraph.level}", ""), text
    return None


def _entries(paragraphs: Sequence[TextParagraph]) -> Iterator[OutlineEntry]:
    """Yield the labelled paragraphs with what is below them; a label seen above before ends what it stands below."""
    stack: list[OutlineEntry] = []
    for paragraph in paragraphs:
        labelled = label_of(paragraph)
        if labelled is None:
            if stack:
                _add(stack[-1], paragraph)
            continue
        label, text = labelled
        styles = [entry.label.style for entry in stack]
        if label.style in styles:
            stack = stack[: styles.index(label.style)]
        entry = OutlineEntry(label, "", paragraph.place, tuple(stack))
        entry.title, body = _split_title(text, entry)
        if body:
            entry.body.append(paragraph._replace(text=body))
        stack.append(entry)
        yield entry


def _split_title(text: str, entry: OutlineEntry) -> tuple[str, str]:
    """Split a labelled paragraph into the title before its first full stop and the text, without its departments."""
    text, entry.departments = read_responsibility(text)
    first = next(split_outside(text, "。：:"), None)
    title = first.text if first else text
    if is_english(text):
        title = re.split(r"(?<=\w)\.(?:\s|$)|\n", title)[0]
    if len(title) > _LONGEST_TITLE:
        return _shortened(title), text
    return title.strip("*＊ 　"), text.partition(title)[2].lstrip("。：:. 　*")


def _shortened(title: str) -> str:
    """Cut a title at its last comma, else between two words, and never within a word or a number."""
    part = title[:_LONGEST_TITLE]
    if comma := re.match(r".{20,}(?=[，；、]|[,;] )", part):
        return comma[0]
    whole = re.sub(r"[A-Za-z\d.,'’%/-]+$", "", part) if re.match(r"[A-Za-z\d.,%]", title[_LONGEST_TITLE:]) else part
    joint = r"(?:\s+and \w+)?(?:\s+(?:and|or|of|the|an?|in|to|with|for|by|at least|more than))*$"
    return re.sub(joint, "", whole.rstrip()) or part


def _add(entry: OutlineEntry, paragraph: TextParagraph) -> None:
    """Add a paragraph to the entry above it; a list of departments in it becomes the entry's."""
    text, departments = read_responsibility(paragraph.text)
    if departments:
        entry.departments = _joined(entry.departments, departments) if entry.departments else departments
    if text.strip():
        entry.body.append(paragraph._replace(text=text))


def _add_partners(entry: OutlineEntry) -> None:
    """Take lists of partners on lines of their own into the departments of an entry that names its lead elsewhere."""
    paragraphs, entry.body = entry.body, []
    for paragraph in paragraphs:
        text = paragraph.text
        if entry.departments and is_english(text):
            text, departments = read_responsibility(text, has_lead=True)
            entry.departments = _joined(entry.departments, departments) if departments else entry.departments
        entry.body += [paragraph._replace(text=text)] if text.strip() else []


def _joined(before: Responsibility, after: Responsibility) -> Responsibility:
    """Join the lists of two paragraphs: 牵头单位 in one, 责任单位 in the next."""
    lead = tuple(dict.fromkeys((*before.lead, *after.lead)))
    rest = tuple(name for name in dict.fromkeys((*before.responsible, *after.responsible)) if name not in lead)
    return Responsibility(lead, rest, before.is_open or after.is_open, has_lead=bool(lead))


def _task_style(entries: Sequence[OutlineEntry]) -> str | None:
    """Return the kind of label that tasks have: that of most entries with departments, else of most of the work."""
    named = Counter(entry.label.style for entry in entries if entry.departments)
    if named:
        return named.most_common(1)[0][0]
    work = [entry for entry in entries if any(_WORK.search(each.title) for each in entry.above)]
    counts = Counter(entry.label.style for entry in work)
    return counts.most_common(1)[0][0] if counts else None


def _is_task(entry: OutlineEntry, entries: Sequence[OutlineEntry]) -> bool:
    """Return whether an entry of the tasks' style is a task: it or another of its chapter names departments."""
    if entry.departments:
        return True
    chapter = entry.above[0] if entry.above else None
    if chapter is None or _ORGANISATION.search(chapter.title):
        return False
    alike = [each for each in entries if each.label.style == entry.label.style]
    if not any(each.departments for each in alike):
        return bool(_WORK.search(chapter.title))
    return any(each.departments for each in alike if each.above[:1] == entry.above[:1])


def _add_below(entry: OutlineEntry, tasks: Sequence[OutlineEntry]) -> None:
    """Add an entry below a task, which is none itself, to the text of the task."""
    above = next((each for each in reversed(entry.above) if each in tasks), None)
    if above and entry not in tasks:
        above.body += entry.sentences


def _goals(
    entries: Sequence[OutlineEntry], paragraphs: Sequence[TextParagraph], tasks: Sequence[OutlineEntry]
) -> Iterator[Goal]:
    """Yield the paragraphs of the chapters of goals."""
    used = {id(task) for task in tasks}
    free = [each for each in entries if not used & {id(part) for part in (each, *each.above)}]
    headed = [
        each
        for each in free
        if (_GOALS.search(each.title) and not _ORGANISATION.search(each.title)) or each.label.style == "objective"
    ]
    inner = [each for each in headed if not any(each in other.above for other in headed)]
    for entry in free:
        if any(part in inner for part in (entry, *entry.above)):
            is_objective = entry.label.style == "objective"
            heading = entry.above[-1].title if entry.above and (is_objective or not entry.body) else entry.title
            at = f"Objective {entry.label.number}" if is_objective else (*entry.above, entry)[0].label.number or "一"
            for paragraph in entry.sentences:
                yield Goal(at, heading, paragraph)
    if not headed:
        labelled = next((at for at, each in enumerate(paragraphs) if label_of(each)), len(paragraphs))
        for paragraph in paragraphs[:labelled]:
            if re.search(r"目标|(?:到|至)(?:19|20)\d\d年", paragraph.text):
                yield Goal("一", "工作目标", paragraph)


def period_of(outline: Outline) -> Period | None:
    """Return the period of the plan: that of its title, else the one that its goals name."""
    if match := re.search(r"\b(20\d\d)\s?[-–—/]\s?(20\d\d|\d\d)\b", outline.title if is_english(outline.title) else ""):
        return parse_years(f"{match[1]}-{match[2] if len(match[2]) > len('25') else match[1][:2] + match[2]}")
    for text in (outline.title, *(goal.paragraph.text for goal in outline.goals)):
        if match := _YEARS.search(in_digits(text)):
            return parse_years(f"{match[1]}-{match[2]}" if match[2] else match[1])
        if (match := re.search('[一二三四五六七八九十]+五(?=[”」"]?(?:时期|期间|规划)?)', text)) and parse_years(
            match[0]
        ):
            return parse_years(match[0])
    return None


def region_of(title: str) -> str | None:
    """Return the place that a title begins with."""
    if is_english(title):
        named = _ENGLISH_PLACE.search(title)
        return named[0] if named else None
    match = _REGION.match(title) or _FIRST_PLACE.match(title)
    return match[0] if match else None


def open_keys(title: str | None, region: str | None, period: Period | None) -> Iterator[Decision]:
    """Yield what the document leaves open of the plan itself."""
    for name, value, message in (
        ("title", title, say("The document has no title.")),
        ("region", region, say("The title names no region.")),
        ("period", period, say("Neither the title nor the goals name a year.")),
    ):
        if not value:
            yield Decision(name, message)
