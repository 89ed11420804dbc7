"""Read the title of a plan's text, and the region and the years that it names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from czurban.model.finding import say
from czurban.model.period import Period, in_digits, parse_years
from czurban.reading.imports.clauses import is_english
from czurban.reading.imports.draft import Decision
from czurban.reading.imports.text.document import TextParagraph
from czurban.reading.imports.text.labels import label_of

_MOST_LINES = 3
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


def title_of(paragraphs: Sequence[TextParagraph]) -> tuple[str, Sequence[TextParagraph]]:
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
        ended = (begun and not noted) or len(lines) >= _MOST_LINES
        if text.endswith(("。", "：", ":", "；")) or numbered or ended or (lines and is_english(text)):
            return _notice("".join(lines)), paragraphs[at:]
        lines.append(text)
    return _notice("".join(lines)), ()


def _notice(title: str) -> str:
    """Return the title of the plan that a notice is about: 关于印发《X》的通知."""
    match = re.search(r"关于印发[《〈]?(.+?)[》〉]?的通知", title)
    return match[1] if match else title


def period_of(title: str, goals: Iterable[str]) -> Period | None:
    """Return the period of the plan: that of its title, else the one that its goals name."""
    if match := re.search(r"\b(20\d\d)\s?[-–—/]\s?(20\d\d|\d\d)\b", title if is_english(title) else ""):
        return parse_years(f"{match[1]}-{match[2] if len(match[2]) > len('25') else match[1][:2] + match[2]}")
    for text in (title, *goals):
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
