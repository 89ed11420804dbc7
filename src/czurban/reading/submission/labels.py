"""Read rows of labels and texts above a table, such as 填报单位 | 市公安局 | 年份 | 2019."""

from collections.abc import Sequence

from czurban.model.observation import Reading
from czurban.model.period import parse_period
from czurban.model.plan import Plan
from czurban.reading.sources.sheet import Row
from czurban.reading.submission.cell import read_cell
from czurban.reading.submission.header_cell import field_of, is_unit, understand
from czurban.reading.submission.header_words import ColumnField

_LABELS = {
    ColumnField.SENDER: "填报单位",
    ColumnField.REGION: "地区",
    ColumnField.UNIT: "单位",
    **dict.fromkeys((ColumnField.PERIOD, ColumnField.PART, ColumnField.STATUS, ColumnField.QUALIFIER), ""),
    ColumnField.OTHER: "",
}
"""Fields that a pair of a label and a text above a table may state, with the label that titles are searched for."""
_PAPERWORK = ("日期", "时间", "人", "电话", "来源")


def labels_of(row: Row, plan: Plan) -> Sequence[tuple[ColumnField, str, str]]:
    """Return the field, label and text of each pair in a row such as 填报单位 | 市公安局 | 年份 | 2019.

    A row with anything else has none: each label must be a word that describes a whole table, and each text must fit.
    """
    texts = [cell.strip() for cell in row.cells if cell.strip()]
    labels = [text.strip(":： ") for text in texts[::2]]
    fields = [field_of(label, plan) for label in labels]
    if not texts or len(texts) % 2 or any(field not in _LABELS for field in fields):
        return ()
    pairs = [(field, label, text) for field, label, text in zip(fields, labels, texts[1::2], strict=True) if field]
    return pairs if all(_fits(*pair, plan) for pair in pairs) else ()


def title_of(row: Row, plan: Plan) -> str:
    """Return the texts of a row above a table as one text; pairs of labels and texts as 填报单位：市公安局."""
    if labels := labels_of(row, plan):
        return " ".join(f"{_LABELS.get(field) or label}：{text}" for field, label, text in labels)
    return " ".join(cell for cell in row.cells if cell)


def _fits(field: ColumnField, label: str, text: str, plan: Plan) -> bool:
    """Whether a text can stand behind a label: a period behind 年份, a unit behind 单位, no header word behind any."""
    header = understand(text, plan)
    match field:
        case ColumnField.PERIOD | ColumnField.PART:
            return bool(header and header.bare and (header.period or header.part)) or parse_period(text) is not None
        case ColumnField.UNIT:
            return is_unit(text, plan)
        case ColumnField.OTHER:
            return label.endswith(_PAPERWORK)
        case ColumnField.QUALIFIER:
            return field_of(text, plan) in (None, ColumnField.OTHER, ColumnField.TARGET, ColumnField.BASELINE)
    return field_of(text, plan) is None and read_cell(text).reported is Reading.UNREADABLE
