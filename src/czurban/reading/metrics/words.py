"""Split the expressions of metrics into words."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlglot
from sqlglot import Token, TokenType
from sqlglot.errors import TokenError

from czurban.model.finding import Message, say

LONGEST = 2000
_DEEPEST = 20
_MOST_JOINED = 60
_SIGNS = str.maketrans({"×": "*", "−": "-", "÷": "/", "（": "(", "）": ")", "，": ",", "＝": "=", "＞": ">", "＜": "<"})
_JOINING = {
    *(TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IN, TokenType.IS, TokenType.BETWEEN),
    *(TokenType.STAR, TokenType.PLUS, TokenType.DASH, TokenType.SLASH),
    *(TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE),
}
_KEPT = _JOINING | {
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
