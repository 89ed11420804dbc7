"""What is said of a column that is not known and is ignored, and what its cells look like."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from czurban.model.faults import finding
from czurban.model.finding import Finding
from czurban.model.message import Message, mark, say
from czurban.model.period import parse_period
from czurban.model.place import Place
from czurban.model.plan import Plan
from czurban.reading.brackets import part_of_year
from czurban.reading.columns import Columns
from czurban.reading.header_words import HEADERS, LABELS, Field, is_region
from czurban.reading.naming import shorten
from czurban.reading.sheet import Row, Sheet

_ENOUGH = 200
_ANY_YEAR = 2000
_NOTHING = frozenset({"", "-", "—", "/", "无"})
_SHOWN = {Field.PERIOD: mark("periods"), Field.UNIT: mark("units"), Field.REGION: mark("regions")}
_SHOWN[Field.SENDER] = mark("departments")


def unknown_column(place: Place, name: str, cells: Iterable[str], plan: Plan) -> Finding:
    """Say that a column is ignored: as a warning where all its cells are periods, regions or departments.

    Where they are units, or periods and regions other than the plan's, the figures beside them are not what they would
    be taken for, so that it is an error (S138) and nothing of the table is used.
    """
    texts = set(islice((text for cell in cells if (text := cell.strip()) not in _NOTHING), _ENOUGH))
    looks = next((one for one in _SHOWN if texts and all(_is(one, text, plan) for text in texts)), None)
    if looks is None:
        return finding("S104", place, say("The column “{name}” is not known and is ignored.", name=shorten(name)))
    message = say(
        "The column “{name}” is not known and is ignored, but what stands in it looks like {what}.",
        name=shorten(name),
        what=Message(_SHOWN[looks]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[looks][0], field=Message(LABELS[looks]))
    if looks is Field.SENDER or all(_is_own_text(looks, text, plan) for text in texts):
        return finding("S230", place, message, hint)
    return _not_used(place, name, looks)


def _is_own_text(field: Field, text: str, plan: Plan) -> bool:
    """Whether a cell says only what holds for the plan anyway."""
    if field is Field.PERIOD:
        return parse_period(text) == plan.period
    return field is Field.REGION and (plan.is_whole(text) or plan.is_for(text))


def misplaced(  # noqa: PLR0913, PLR0917 - the header as it is known, its cells, and where they stand
    sheet: Sheet, at_row: Row, columns: Columns, texts: Sequence[str], rows: Sequence[Row], plan: Plan
) -> Iterator[Finding]:
    """Report columns that say for which region or period their rows are, under no header or one for something else.

    One that says nothing but what holds for the plan changes nothing; nor does one beside a column with the right
    header. A remark is heeded row by row, unless the plan's region and others stand in every row of its column.
    """
    headless = {at for at, text in enumerate(texts) if not text.strip()}
    known = {*columns.remarks, *columns.others, *columns.claims}
    counted = {columns.at[one] for one in (Field.NUMBER, Field.STATUS) if one in columns.at}
    for at in sorted(headless | known | counted):
        cells = [row.cells[at].strip() for row in rows if at < len(row.cells)]
        said = set(cells) - _NOTHING
        for field in (Field.REGION, Field.PERIOD) if said and len(said) <= _ENOUGH else ():
            if field in columns.at or (field is Field.PERIOD and (Field.PART in columns.at or _is_of_dates(texts[at]))):
                continue
            if at in columns.remarks and not (field is Field.REGION and all(cells) and any(map(plan.is_for, said))):
                continue
            numbers = field is Field.PERIOD and at in known and any(map(str.isdecimal, said))
            strange = not all(_is_own_text(field, text, plan) for text in said)
            if strange and not numbers and all(_is(field, text, plan) for text in said):
                yield _not_used(sheet.place(at_row, at), texts[at], field)


def _is_of_dates(header: str) -> bool:
    """Whether a column holds dates that are not those of the figures: 更新时间, 完成时限, 填报日期."""
    return "时" in header or "日期" in header or "date" in header.casefold()


def _not_used(place: Place, name: str, field: Field) -> Finding:
    message = say(
        "The column “{name}” is not known, but what stands in it looks like {what}; nothing of the table is used.",
        name=shorten(name),
        what=Message(_SHOWN[field]),
    )
    hint = say("Call it {word} ({field}) if that is what it is.", word=HEADERS[field][0], field=Message(LABELS[field]))
    return finding("S138", place, message, hint)


def _is_own(text: str, plan: Plan) -> bool:
    from czurban.reading.own_regions import own_region  # noqa: PLC0415 - where a plan has regions

    return bool(own_region(text, plan))


def _is(field: Field, text: str, plan: Plan) -> bool:
    match field:
        case Field.PERIOD:
            return parse_period(text) is not None or part_of_year(text, _ANY_YEAR) is not None
        case Field.UNIT:
            return plan.units.find(text) is not None
        case Field.REGION:
            return plan.is_for(text) or is_region(text) or bool(plan.regions and _is_own(text, plan))
        case _:
            return plan.department(text) is not None
