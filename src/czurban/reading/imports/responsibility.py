"""Read who is responsible, in the forms of official texts: 牵头单位：…；责任单位：…, A（牵头）、B, A牵头，B配合."""

import re
from collections.abc import Sequence

from czurban.reading.imports.clauses import is_english, split_outside
from czurban.reading.imports.departments import (
    Responsibility,
    looks_like_departments,
    responsibility,
    split_departments,
)

_LEAD = r"(?:第一)?(?:牵头|主办|主责|牵头责任|主要责任)(?:责任)?(?:单位|部门|科室|领导单位)|牵头"
_OTHERS = (
    r"(?:配合|协办|协同|参与|参加|协助|落实|责任|承办|实施|主体责任|协作)(?:责任)?(?:单位|部门|科室|主体)"
    r"|(?:responsible|责任)"
)
_HELP = "配合|协办|协同|参与|参加|协助|协作"
_LABEL = re.compile(rf"(?P<lead>{_LEAD})\s*[:：]|(?:{_OTHERS})\s*[:：]")
_SHARED = r"(?:按(?:照)?(?:各自)?职(?:责|能)分工)?(?:分别|共同)?"
_SENTENCE = re.compile(
    rf"^(?:由)?(?P<lead>[^:：。]{{2,200}}?)(?:共同)?牵头(?:负责|落实|组织实施)?"
    rf"(?:[,，；;、]\s*(?P<others>[^:：。]{{2,400}}?等?){_SHARED}(?:配合|协助|参与|参加|负责|落实|协同))?$"
)
_ALONE = re.compile(rf"^(?:由)?(?P<lead>[^:：。，,]{{2,200}}?){_SHARED}(?:负责|落实|组织实施)$")
_MARKED = re.compile(r"[（(](?:总)?牵头(?:单位|部门)?[)）]")
_FINAL = re.compile(r"[（(【\[]([^（）()【】\[\]]*(?:[（(][^（）()]*[）)][^（）()【】\[\]]*)*)[）)】\]]\s*[。；;]?\s*$")


def read_responsibility(text: str, *, has_lead: bool = False) -> tuple[str, Responsibility | None]:
    """Return a paragraph without its list of departments, and the list; None where there is none.

    An English list of partners alone is one only where another paragraph names the lead.
    """
    if is_english(text):
        from czurban.reading.imports.english_departments import read_english  # noqa: PLC0415 - for English alone

        return read_english(text, has_lead=has_lead)
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
    """Read 牵头单位：A；责任单位：B、C, where the lead may also be marked in its list: 责任单位：A（牵头）、B.

    A single department is the lead, unless its label is that of helpers.
    """
    labels = list(_LABEL.finditer(text))
    leads: list[str] = []
    others: list[str] = []
    is_open = False
    for label, stop in zip(labels, [*(each.start() for each in labels[1:]), len(text)], strict=True):
        listed = text[label.end() : stop].strip("；;。,， ")
        read = _read_sentence(listed)
        if read is None:
            marked, rest = _marked_leads(listed)
            names = split_departments(rest)
            named = ([*marked, *names.names], ()) if label["lead"] else (marked, names.names)
            read = Responsibility(*named, names.is_open)
        leads += read.lead
        others += read.responsible
        is_open |= read.is_open
    if not leads and len(set(others)) == 1 and not all(re.match(_HELP, label[0]) for label in labels):
        leads = others
    return responsibility(leads, others, is_open=is_open) if leads or others else None


def _marked_leads(listed: str) -> tuple[Sequence[str], str]:
    """Return the names marked （牵头） and the rest; a mark before a comma is about all names before it."""
    marks = list(_MARKED.finditer(listed))
    if len(marks) == 1 and "，" not in listed[: marks[0].start()] and not listed.startswith("、", marks[0].end()):
        return split_departments(listed[: marks[0].start()]).names, listed[marks[0].end() :].strip("、，,；; ")
    if not marks:
        return (), listed
    names = [segment.text for segment in split_outside(listed, "、，,；;")]
    leads = [_MARKED.sub("", name) for name in names if _MARKED.search(name)]
    return leads, "、".join(name for name in names if not _MARKED.search(name))


def _read_sentence(text: str) -> Responsibility | None:
    """Read A牵头，B、C配合 and A、B负责."""
    for pattern in (_SENTENCE, _ALONE):
        match = pattern.match(text)
        if match and looks_like_departments(match["lead"]):
            leads, others = (split_departments(match.groupdict().get(name) or "") for name in ("lead", "others"))
            is_open = others.is_open or (pattern is _ALONE and leads.is_open)
            return responsibility(leads.names, others.names, is_open=is_open)
    return None
