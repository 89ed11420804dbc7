"""A metric's expression to an aggregate: parsed by sqlglot, then taken over node by node, what is not known refused."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import ParseError

from czurban.model.message import say
from czurban.model.metric import Aggregate, Records
from czurban.model.record_term import Term
from czurban.reading.metrics.conditions import Conditions, offset_of
from czurban.reading.metrics.words import FUNCTIONS, TermFaultError, Word, words_of

_PREFIX = "SELECT "


class Parsed(NamedTuple):
    """What an expression comes to: one aggregate, or the two sides of a division at its top."""

    numerator: Aggregate
    denominator: Aggregate | None = None


def read_aggregates(text: str, records: Records) -> Parsed:
    """Read `count where urban`, `sum(weight)`, or `sum(a * b) / sum(b) where c`, whose condition is that of both sides.

    Raises:
        TermFaultError: it cannot be read, or asks for what the records do not have.
    """
    words = words_of(text)
    split = _where(words)
    head, tail = words[:split], words[split + 1 :]
    if not head:
        raise TermFaultError("P138", say("Nothing is counted or summed here."), 0)
    if split < len(words) and not tail:
        raise TermFaultError("P138", say("No condition stands behind where."), words[split].offset)
    if second := next((word for word in tail if word.kind is TokenType.WHERE), None):
        message = say("There is a second where; conditions are joined by and.")
        raise TermFaultError("P138", message, second.offset)
    conditions = Conditions(records)
    where = conditions.condition(_tree(tail), lambda node: _place(node, tail)) if tail else None
    tree = _plain(_tree(head))
    sides = [_plain(tree.this), _plain(tree.expression)] if isinstance(tree, exp.Div) else [tree]
    found = []
    for side in sides:
        value = _summed(side, conditions, head)
        found.append(Aggregate(value, where, " ".join(text.split())))
    return Parsed(*found)


def _where(words: Sequence[Word]) -> int:
    """Which word is the `where`; behind the last where there is none."""
    return next((n for n, word in enumerate(words) if word.kind is TokenType.WHERE), len(words))


def _tree(words: Sequence[Word]) -> exp.Expr:
    """Parse words, with one blank between them.

    Raises:
        TermFaultError: they make no expression.
    """
    text = " ".join(_spelled(words, n) for n in range(len(words)))
    try:
        found = sqlglot.parse_one(_PREFIX + text, read="duckdb")
    except ParseError as error:
        column = error.errors[0].get("col") or 1
        highlight = error.errors[0].get("highlight") or ""
        at = _original(column - len(highlight) - len(_PREFIX), words)
        raise TermFaultError("P138", say("The expression cannot be read from here on."), at) from error
    except RecursionError as error:
        raise TermFaultError("P138", say("The expression is nested deeper than any metric."), 0) from error
    items = found.args.get("expressions") or []
    more = [name for name, part in found.args.items() if part and name != "expressions"]
    if not isinstance(found, exp.Select) or len(items) != 1 or more:
        raise TermFaultError("P138", say("The expression cannot be read from here on."), words[0].offset)
    item: exp.Expr = items[0]
    return item


def _spelled(words: Sequence[Word], n: int) -> str:
    """`count` alone, without brackets, counts records."""
    word = words[n]
    bare = n + 1 == len(words) or words[n + 1].kind is not TokenType.L_PAREN
    return "count(*)" if word.kind is TokenType.FUNCTION and word.spelled == FUNCTIONS[0] and bare else word.spelled


def _starts(words: Sequence[Word]) -> list[int]:
    found, at = [], 0
    for n in range(len(words)):
        found.append(at)
        at += len(_spelled(words, n)) + 1
    return found


def _original(at: int, words: Sequence[Word]) -> int:
    """The character of the expression for one of what the parser was given."""
    return words[max(0, bisect_right(_starts(words), max(0, at)) - 1)].offset


def _place(node: exp.Expr, words: Sequence[Word]) -> int:
    return _original(offset_of(node) - len(_PREFIX), words)


def _plain(node: exp.Expr) -> exp.Expr:
    return node.unnest()


def _summed(node: exp.Expr, conditions: Conditions, words: Sequence[Word]) -> Term | None:
    """What is summed; None where records are counted."""
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Star) and not node.args.get("expressions"):
        return None
    if isinstance(node, exp.Sum) and node.this is not None:
        return conditions.number(node.this, lambda inner: _place(inner, words))
    message = say("What is asked for is neither count nor sum(…).")
    hint = say("Write count, or sum(column); a division stands once, between two of them.")
    raise TermFaultError("P138", message, _place(node, words), hint)
