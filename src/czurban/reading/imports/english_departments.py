"""Read who is responsible in English texts: Lead: A; Partners: B, C. Led by A and B; supported by C."""

import re
from collections.abc import Sequence

from czurban.reading.imports.departments import Responsibility, responsibility

_LEAD = (
    "(?:delivery )?lead(?:ing)?(?: (?:department|agency|body|organi[sz]ation|partner|officer|authority))?|led by|owner"
    "|responsible(?: (?:body|department|agency))?"
)
_HELPERS = ("(?:key |delivery |supporting )?partners?", "support(?:ed by|ing(?: (?:departments|bodies))?)?")
_PARTNERS = "|".join((*_HELPERS, "contributors?", "with", "involved"))
_LABEL = re.compile(
    rf"(?:^|(?<=[.;|(]\s)|(?<=[.;|(]))(?:(?P<lead>{_LEAD})|(?:{_PARTNERS}))\s*[:：]\s*",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"(?:^|[.;]\s*)(?:milestones?|timescales?|timing|deadline|by when|budget|cost|funding|indicators?|outputs?)\s*:",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:Department|Dept|Agency|Office|Council|Authority|Services?|Police|Board|Trust|Company|University|Team|Division|Directorate"
    r"|Ministry|Bureau|Commission|Association|Partnership|Group|Committee|Unit|Operators?|Utility|Corporation)$"
)


def read_english(text: str, *, has_lead: bool) -> tuple[str, Responsibility | None]:
    """Return a paragraph without its lists of departments, and the lists; None where there is none."""
    labels = list(_LABEL.finditer(text))
    if not labels or not (has_lead or any(label["lead"] for label in labels)):
        return text, None
    leads: list[str] = []
    others: list[str] = []
    rest = [text[: labels[0].start()]]
    for label, stop in zip(labels, [*(each.start() for each in labels[1:]), len(text)], strict=True):
        listed = text[label.end() : stop]
        if further := _OTHER_LABEL.search(listed):
            rest.append(listed[further.start() :].lstrip("; ."))
            listed = listed[: further.start()]
        elif "\n" in listed:
            listed, _, left = listed.partition("\n")
            rest.append(left)
        (leads if label["lead"] else others).extend(english_departments(listed))
    text = "\n".join(part.strip(" ;|(") for part in rest if part.strip(" ;|()"))
    return text, responsibility(leads, others)


def english_departments(listed: str) -> Sequence[str]:
    """Split a list of departments; Transport and Works Department is one where only its last word names a body."""
    names: list[str] = []
    marks = ";" if ";" in listed.strip(" .;)") else ","
    for segment in listed.strip(" .;)").split(marks):
        first, *more = re.split(r"\s+(?:and|&)\s+|\s*/\s*", segment.strip().removeprefix("and ").removeprefix("the "))
        for part in more:
            if _BODY.search(first) or not _BODY.search(part):
                names.append(first)
                first = part
            else:
                first = f"{first} and {part}"
        names.append(first.removeprefix("the "))
    return [name.strip() for name in names if name.strip()]
