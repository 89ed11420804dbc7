"""Define who is responsible for a task, and split lists of departments into names."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from czurban.reading.imports.clauses import split_outside
from czurban.reading.imports.draft import DraftDepartment, DraftIndicator, DraftPart, DraftTask

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


class Responsibility(NamedTuple):
    """The departments of a task; `is_open` is set where their list ends with 等."""

    lead: Sequence[str]
    responsible: Sequence[str]
    is_open: bool = False


def responsibility(leads: Sequence[str], others: Sequence[str], *, is_open: bool = False) -> Responsibility:
    """Return the departments of a task, each once; one that leads does not take part besides."""
    lead = tuple(dict.fromkeys(leads))
    return Responsibility(lead, tuple(name for name in dict.fromkeys(others) if name not in lead), is_open)


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


def departments_of(indicators: Sequence[DraftIndicator], parts: Sequence[DraftPart] = ()) -> Sequence[DraftDepartment]:
    """Return the departments in the order in which tasks and indicators name them."""
    entries: list[DraftTask | DraftIndicator] = [*(task for part in parts for task in part.tasks), *indicators]
    names = dict.fromkeys(name for each in entries for name in (*each.lead, *each.responsible))
    return [DraftDepartment(name, is_group(name)) for name in names]
