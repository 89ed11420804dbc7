"""Split the expressions of metrics into words, and declare the keys of metrics.yaml."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import sqlglot
from sqlglot import Token, TokenType
from sqlglot.errors import TokenError

from czurban.model.finding import Message, mark, say
from czurban.model.formulas.metric import Grain, Means, Per, Policy
from czurban.reading.yaml.shapes import Latin, MappingShape, Text, Texts

LONGEST = 2000
_DEEPEST = 20
_MOST_JOINED = 60
_SIGNS = str.maketrans({"×": "*", "−": "-", "÷": "/", "（": "(", "）": ")", "，": ",", "＝": "=", "＞": ">", "＜": "<"})
_KEPT = {
    *(TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IN, TokenType.IS, TokenType.BETWEEN, TokenType.WHERE),
    *(TokenType.TRUE, TokenType.FALSE, TokenType.NULL, TokenType.COMMA, TokenType.L_PAREN, TokenType.R_PAREN),
    *(
        TokenType.DISTINCT,
        TokenType.STAR,
        TokenType.PLUS,
        TokenType.DASH,
        TokenType.SLASH,
        TokenType.NUMBER,
        TokenType.STRING,
    ),
    *(TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE),
}
_JOINING = _KEPT - {
    *(TokenType.TRUE, TokenType.FALSE, TokenType.NULL, TokenType.NUMBER, TokenType.STRING, TokenType.WHERE),
    *(TokenType.COMMA, TokenType.L_PAREN, TokenType.R_PAREN, TokenType.DISTINCT),
}
FUNCTIONS = ("count", "sum")


class TermFaultError(Exception):
    """An expression cannot be used: the code, message and hint of its finding, and the index of its character."""

    def __init__(self, code: str, message: Message, offset: int, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.offset = offset
        self.hint = hint or HINT


HINT = say("Write count where urban, sum(income * weight) where age >= 16 and the like.")


class Word(NamedTuple):
    """A word in the form for the parser, and the index in the expression where it begins."""

    text: str
    offset: int
    kind: TokenType


def words_of(text: str) -> list[Word]:
    """Split an expression into words; names of columns are put into quotation marks, keywords too.

    Raises:
        TermFaultError: a metric may not contain a part of it.
    """
    if len(text) > LONGEST:
        raise TermFaultError("P138", say("An expression may have at most {most} characters.", most=LONGEST), 0)
    plain = "".join(" " if char.isspace() else char for char in text).translate(_SIGNS)
    try:
        tokens = sqlglot.tokenize(plain, read="duckdb")
    except TokenError as error:
        at = max(plain.rfind("'"), plain.rfind('"'), 0)
        raise TermFaultError("P138", say("The quotation mark that opens here is not closed."), at) from error
    words = [_word(tokens, n) for n in range(len(tokens))]
    _check_depth(words)
    return words


def _word(tokens: Sequence[Token], n: int) -> Word:
    token = tokens[n]
    if token.comments:
        raise TermFaultError("P138", say("Comments are not allowed in an expression."), token.start)
    if token.token_type in _KEPT:
        return Word(_literal(token), token.start, token.token_type)
    called = n + 1 < len(tokens) and tokens[n + 1].token_type is TokenType.L_PAREN
    if token.text.lower() in FUNCTIONS and token.token_type is not TokenType.IDENTIFIER:
        return Word(token.text.lower(), token.start, TokenType.FUNCTION)
    if called or not (token.token_type is TokenType.IDENTIFIER or token.text.replace("_", "a").isalnum()):
        message = say("“{text}” is not allowed in a metric.", text=token.text)
        hint = say(
            "There are count, distinct, sum, columns, numbers, texts, + - *, comparisons, in, is null, and, or, not."
        )
        raise TermFaultError("P138", message, token.start, hint)
    return Word('"' + token.text.replace('"', '""') + '"', token.start, TokenType.IDENTIFIER)


def _literal(token: Token) -> str:
    if token.token_type is TokenType.STRING:
        return "'" + token.text.replace("'", "''") + "'"
    if token.token_type is TokenType.NUMBER and not token.text.replace(".", "", 1).isdecimal():
        message = say("“{text}” is not a number in the form that metrics use.", text=token.text)
        raise TermFaultError("P138", message, token.start, say("Write its digits: 16, 0.5."))
    return token.text


def _check_depth(words: Sequence[Word]) -> None:
    """Refuse many operators and deep brackets: the parser recurses for each of them."""
    joined = [word for word in words if word.kind in _JOINING]
    if len(joined) > _MOST_JOINED:
        message = say(
            "An expression may have at most {most} operators and words such as and, or, not.", most=_MOST_JOINED
        )
        raise TermFaultError("P138", message, joined[_MOST_JOINED].offset)
    depth = 0
    for word in words:
        depth += (word.kind is TokenType.L_PAREN) - (word.kind is TokenType.R_PAREN)
        if depth > _DEEPEST:
            raise TermFaultError("P138", say("The brackets are nested too deep."), word.offset)


class ColumnShape(MappingShape):
    """One entry of `columns:`."""

    kind: Means
    column: Text | None = None
    type: Text | None = None
    rounding: Text | None = None
    grain: Grain = Grain.YEAR
    values: Texts = ()


class RecordsShape(MappingShape):
    """`records:` – the table of records and its columns."""

    title: Text
    whole: Text | None = None
    period: Text | None = None
    columns: Mapping[str, ColumnShape]


class MetricShape(MappingShape):
    """One entry of `metrics:`."""

    indicator: Text | None = None
    id: Latin | None = None
    name: Text | None = None
    unit: Text | None = None
    value: Text | None = None
    numerator: Text | None = None
    denominator: Text | None = None
    per: Per | None = None
    missing: Policy = Policy.REFUSE
    unreadable: Policy = Policy.REFUSE


class MetricsShape(MappingShape):
    """metrics.yaml."""

    records: RecordsShape
    metrics: Sequence[MetricShape]


METRICS_KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "MetricsShape": {
            "": mark("metrics.yaml: the columns of the records, and what is counted and summed over them."),
            "records": mark("The table of records: its columns, and what all records share."),
            "metrics": mark("The indicators, each as an amount or as a numerator over a denominator."),
        },
        "RecordsShape": {
            "": mark("A table of records, such as one person a row."),
            "title": mark("The title of the records, which is the heading of the report."),
            "whole": mark("The region of all records, where they have the same."),
            "period": mark("The period of all records, where no column has it."),
            "columns": mark("The columns that metrics use, by their names in metrics."),
        },
        "ColumnShape": {
            "": mark("A column: its kind, and how its values are read."),
            "kind": mark("region, period, number, flag (yes or no), text or id (of a person, a household …)."),
            "column": mark("Its name in the table, where it differs."),
            "type": mark("Of a number: integer, or decimal(p,s) with p digits, s of them after the point."),
            "rounding": mark("half-up: more decimals than the type has are rounded, and counted."),
            "grain": mark("Of a period: year, quarter or month, which the records are gathered in."),
            "values": mark("Of a text: all the texts that it may be; any other cannot be read."),
        },
        "MetricShape": {
            "": mark("One indicator: its amount, or its numerator and denominator."),
            "indicator": mark("An indicator of the plan by id, number or name; else give `id`, `name` and `unit`."),
            "id": mark("The id of an indicator that the plan does not have."),
            "name": mark("Its name."),
            "unit": mark("The unit of the result; it is converted to the indicator's."),
            "value": mark("An amount, such as count where urban or sum(weight); or a division of two amounts."),
            "numerator": mark("The numerator, such as sum(weight) where urban."),
            "denominator": mark("The denominator, such as sum(weight)."),
            "per": mark("percent: the result in %; ratio: the result in `unit`."),
            "missing": mark("For records that lack a value: refuse (no figure) or exclude (left out, and counted)."),
            "unreadable": mark("For records with a value that cannot be read: refuse or exclude."),
        },
    }
)
"""The description of every key by shape and key; the empty key is the shape itself."""
