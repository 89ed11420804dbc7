"""Read who is responsible, in the forms of official texts: 牵头单位：…；责任单位：…, A（牵头）、B, A牵头，B配合."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.reading.imports.clauses import is_english, split_outside
from czurban.reading.imports.draft import DraftDepartment, DraftIndicator, DraftPart

_LEAD = r"(?:第一)?(?:牵头|主办|主责|牵头责任|主要责任)(?:责任)?(?:单位|部门|科室|领导单位)|牵头"
_OTHERS = (
    r"(?:配合|协办|协同|参与|参加|协助|落实|责任|承办|实施|主体责任|协作)(?:责任)?(?:单位|部门|科室|主体)"
    r"|(?:responsible|责任)"
)
_HELP = "配合|协办|协同|参与|参加|协助|协作"
_LABEL = re.compile(rf"(?P<lead>{_LEAD})\s*[:：]|(?P<others>{_OTHERS})\s*[:：]")
_SHARED = r"(?:按(?:照)?(?:各自)?职(?:责|能)分工)?(?:分别|共同)?"
_SENTENCE = re.compile(
    rf"^(?:由)?(?P<lead>[^:：。]{{2,200}}?)(?:共同)?牵头(?:负责|落实|组织实施)?"
    rf"(?:[,，；;、]\s*(?P<others>[^:：。]{{2,400}}?)(?P<tail>等)?{_SHARED}(?:配合|协助|参与|参加|负责|落实|协同))?$"
)
_ALONE = re.compile(rf"^(?:由)?(?P<lead>[^:：。，,]{{2,200}}?){_SHARED}(?:负责|落实|组织实施)$")
_MARKED = re.compile(r"[（(](?:总)?牵头(?:单位|部门)?[)）]")
_FINAL = re.compile(r"[（(【\[]([^（）()【】\[\]]*(?:[（(][^（）()]*[）)][^（）()【】\[\]]*)*)[）)】\]]\s*[。；;]?\s*$")
_OPEN_LIST = re.compile(r"等(?:\d+个|[一二三四五六七八九十]+个)?(?:相关|有关|各)?(?:部门|单位|县区|乡镇)?$")
_BARE = re.compile(
    r"(?:管委会?|管理委员会|(?:人民)?政府|街道(?:办(?:事处)?)?|(?:开发区|园区|功能区|经开区|高新区|新区)(?:管委会?)?)$"
)
_BODIES = re.compile(r"(管委会?|管理委员会|(?:人民)?政府|街道办(?:事处)?)$")
_AREA = re.compile(r"(?:区|县|市|镇|乡|街道|园)$")
_GROUP = re.compile(r"^(?:各|有关|相关)|^[市县区省州](?:直|级|有关|相关)|(?:部门|单位)$")
_BODY_WORDS = re.compile(
    r"(?:局|委|办|厅|部|院|行|社|会|中心|公司|集团|政府|站|所|队|处|室|组|校|署|联|部门|单位|街道|大学|镇|乡)$"
)


_ENGLISH_LEAD = (
    "(?:delivery )?lead(?:ing)?(?: (?:department|agency|body|organi[sz]ation|partner|officer|authority))?|led by|owner"
    "|responsible(?: (?:body|department|agency))?"
)
_ENGLISH_HELPERS = ("(?:key |delivery |supporting )?partners?", "support(?:ed by|ing(?: (?:departments|bodies))?)?")
_ENGLISH_PARTNERS = "|".join((*_ENGLISH_HELPERS, "contributors?", "with", "involved"))
_ENGLISH_LABEL = re.compile(
    rf"(?:^|(?<=[.;|(]\s)|(?<=[.;|(]))(?:(?P<lead>{_ENGLISH_LEAD})|(?P<others>{_ENGLISH_PARTNERS}))\s*[:：]\s*",
    re.IGNORECASE,
)
_ENGLISH_OTHER_LABEL = re.compile(
    r"(?:^|[.;]\s*)(?:milestones?|timescales?|timing|deadline|by when|budget|cost|funding|indicators?|outputs?)\s*:",
    re.IGNORECASE,
)
_ENGLISH_BODY = re.compile(
    r"(?:Department|Dept|Agency|Office|Council|Authority|Services?|Police|Board|Trust|Company|University|Team|Division|Directorate"
    r"|Ministry|Bureau|Commission|Association|Partnership|Group|Committee|Unit|Operators?|Utility|Corporation)$"
)


class Responsibility(NamedTuple):
    """The departments of a task; `is_open` is set where their list ends with 等, `has_lead` where a lead is named."""

    lead: Sequence[str]
    responsible: Sequence[str]
    is_open: bool = False
    has_lead: bool = True


class DepartmentList(NamedTuple):
    """The names of a list of departments, and whether it ends with 等."""

    names: Sequence[str]
    is_open: bool = False


def split_departments(text: str) -> DepartmentList:
    """Split a list of departments: 市财政局等，各县区人民政府、管委 has two names and is open.

    A body without a name of its own (管委 after 各县区人民政府) belongs to the group before it, and a place without a
    body (钦州保税港区、中马产业园区管委) has the body of the next name.
    """
    names: list[str] = []
    is_open = False
    listed = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "、", text.strip(" 。；;"))
    for segment in split_outside(listed, "、，,；;\n\t"):
        name = _OPEN_LIST.sub("", segment.text).strip()
        is_open |= name != segment.text
        name = re.sub(r"^(?:以及|和|及|由)(?=[市县区省各])", "", name)
        if not name:
            continue
        if names and _BARE.match(name) and is_group(names[-1]):
            names[-1] += f"、{name}"
        else:
            names.append(name)
    return DepartmentList(tuple(dict.fromkeys(_with_bodies(names))), is_open)


def _with_bodies(names: Sequence[str]) -> Iterator[str]:
    """Give the places of a list the body of the name that ends their list."""
    for at, name in enumerate(names):
        following = names[at + 1] if at + 1 < len(names) else ""
        body = _BODIES.search(following)
        shared = body and _AREA.search(name) and not _BODY_WORDS.search(name) and not is_group(following)
        yield name + body[1] if shared and body else name


def is_group(name: str) -> bool:
    """Return whether a name stands for several bodies: 各县区人民政府, 市有关部门."""
    return bool(_GROUP.search(name))


def looks_like_departments(text: str) -> bool:
    """Return whether each name of a list ends like that of a body."""
    names = split_departments(text).names
    return bool(names) and all(_BODY_WORDS.search(name) or _BARE.search(name) for name in names)


def read_responsibility(text: str, *, has_lead: bool = False) -> tuple[str, Responsibility | None]:
    """Return a paragraph without its list of departments, and the list; None where there is none.

    An English list of partners alone is one only where another paragraph names the lead.
    """
    if is_english(text):
        return _read_english(text, has_lead=has_lead)
    bracket = _FINAL.search(text)
    if bracket and (read := _read(bracket[1])):
        return text[: bracket.start()].strip(), read
    label = _LABEL.search(text)
    if label and (label.start() == 0 or text[label.start() - 1] in "。；;（(【[ \t　—"):
        read = _read(text[label.start() :].rstrip("）)】] 。"))
        return text[: label.start()].rstrip("（(【[ ").strip(), read
    last = text.strip().rstrip("。").rpartition("。")[2]
    if ("牵头" in last or not text.rstrip("。").count("。")) and (read := _read_sentence(last)):
        return text.strip().rstrip("。").rpartition("。")[0], read
    return text, None


def _read(text: str) -> Responsibility | None:
    return _read_labelled(text) if _LABEL.match(text.strip()) else _read_sentence(text.strip())


def _read_labelled(text: str) -> Responsibility | None:
    """Read 牵头单位：A；责任单位：B、C, where the lead may also be marked in its list: 责任单位：A（牵头）、B."""
    labels = list(_LABEL.finditer(text))
    leads: list[str] = []
    others: list[str] = []
    is_open = False
    for at, label in enumerate(labels):
        stop = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        listed = text[label.end() : stop].strip("；;。,， ")
        if inner := _read_sentence(listed):
            leads, others, is_open = [*leads, *inner.lead], [*others, *inner.responsible], is_open or inner.is_open
            continue
        marked, rest = _marked_leads(listed)
        names = split_departments(rest)
        leads += [*marked, *(names.names if label["lead"] else ())]
        others += () if label["lead"] else names.names
        is_open |= names.is_open
    helps = all(re.match(_HELP, label[0]) for label in labels)
    return _responsibility(leads, others, is_open=is_open, only_help=helps)


def _marked_leads(listed: str) -> tuple[Sequence[str], str]:
    """Return the names marked （牵头） and the rest; a mark before a comma is about all names before it."""
    marks = list(_MARKED.finditer(listed))
    if not marks:
        return (), listed
    last = marks[-1]
    follows = listed[last.end() : last.end() + 1]
    if len(marks) == 1 and "，" not in listed[: last.start()] and follows != "、":
        return split_departments(listed[: last.start()]).names, listed[last.end() :].strip("、，,；; ")
    leads = [segment.text for segment in split_outside(listed, "、，,；;") if _MARKED.search(segment.text)]
    rest = [segment.text for segment in split_outside(listed, "、，,；;") if not _MARKED.search(segment.text)]
    return [_MARKED.sub("", name) for name in leads], "、".join(rest)


def _read_sentence(text: str) -> Responsibility | None:
    """Read A牵头，B、C配合 and A、B负责."""
    match = _SENTENCE.match(text)
    if match and looks_like_departments(match["lead"]):
        others = split_departments((match["others"] or "") + (match["tail"] or ""))
        return _responsibility(split_departments(match["lead"]).names, others.names, is_open=others.is_open)
    match = _ALONE.match(text)
    if match and looks_like_departments(match["lead"]):
        names = split_departments(match["lead"])
        return Responsibility(names.names, (), names.is_open)
    return None


def _responsibility(
    leads: Sequence[str], others: Sequence[str], *, is_open: bool, only_help: bool = False
) -> Responsibility | None:
    """Return the departments of a task; a single one is its lead, of several without a mark none is known to be."""
    leads = tuple(dict.fromkeys(leads))
    rest = tuple(dict.fromkeys(name for name in others if name not in leads))
    if not leads and len(rest) == 1 and not only_help:
        return Responsibility(rest, (), is_open)
    return Responsibility(leads, rest, is_open, has_lead=bool(leads)) if leads or rest else None


def _read_english(text: str, *, has_lead: bool) -> tuple[str, Responsibility | None]:
    """Return a paragraph without its lists of departments, and the lists; None where there is none."""
    labels = list(_ENGLISH_LABEL.finditer(text))
    if not labels or not (has_lead or any(label["lead"] for label in labels)):
        return text, None
    leads: list[str] = []
    others: list[str] = []
    rest, start = [text[: labels[0].start()]], labels[0].start()
    for at, label in enumerate(labels):
        stop = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        listed = text[label.end() : stop]
        if further := _ENGLISH_OTHER_LABEL.search(listed):
            rest.append(listed[further.start() :].lstrip("; ."))
            listed = listed[: further.start()]
        elif "\n" in listed:
            listed, _, left = listed.partition("\n")
            rest.append(left)
        (leads if label["lead"] else others).extend(english_departments(listed))
        start = stop
    responsible = tuple(dict.fromkeys(name for name in others if name not in leads))
    return "\n".join(part.strip(" ;|(") for part in (*rest, text[start:]) if part.strip(" ;|()")), Responsibility(
        tuple(dict.fromkeys(leads)), responsible, has_lead=bool(leads)
    )


def english_departments(listed: str) -> Sequence[str]:
    """Split a list of departments; Transport and Works Department is one where only its last word names a body."""
    names: list[str] = []
    marks = ";" if ";" in listed.strip(" .;)") else ","
    for segment in listed.strip(" .;)").split(marks):
        first, *more = re.split(r"\s+(?:and|&)\s+|\s*/\s*", segment.strip().removeprefix("and ").removeprefix("the "))
        for part in more:
            if _ENGLISH_BODY.search(first) or not _ENGLISH_BODY.search(part):
                names.append(first)
                first = part
            else:
                first = f"{first} and {part}"
        names.append(first.removeprefix("the "))
    return [name.strip() for name in names if name.strip()]


def departments_of_tasks(indicators: Sequence[DraftIndicator], parts: Sequence[DraftPart]) -> Sequence[DraftDepartment]:
    """Return the departments in the order in which the tasks and the annex name them."""
    tasks = [task for part in parts for task in part.tasks]
    names = [name for task in tasks for name in (*task.lead, *task.responsible)]
    names += [name for each in indicators for name in (*each.lead, *each.responsible)]
    return [DraftDepartment(name=name, is_group=is_group(name)) for name in dict.fromkeys(names)]
