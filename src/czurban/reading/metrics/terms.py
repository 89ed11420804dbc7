"""A metric's expression to an aggregate: parsed by sqlglot, then taken over node by node, what is not known refused.

The inside of an aggregate: parsed nodes to terms whose sorts fit together; a node that is not named is refused.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import ParseError

from czurban.model.finding import Message, say
from czurban.model.metric import (
    Absent,
    Aggregate,
    Arithmetic,
    Comparison,
    Junction,
    Literal,
    Means,
    Negation,
    OneOf,
    RecordColumn,
    RecordField,
    Records,
    Term,
)
from czurban.model.text import nearest
from czurban.reading.metrics.words import FUNCTIONS, TermFaultError, Word, words_of

_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_JUNCTIONS: dict[type[exp.Expr], str] = {exp.And: "AND", exp.Or: "OR"}
_EQUAL = ("=", "<>")
_WORDS = {
    Means.NUMBER: say("a number"),
    Means.TEXT: say("a text"),
    Means.FLAG: say("a condition"),
}
Where = Callable[[exp.Expr], int]


class Sorted(NamedTuple):
    """A term, and whether it is a number, a text or a condition."""

    term: Term
    sort: Means


def offset_of(node: exp.Expr) -> int:
    """The first character of a node: the parser keeps it for names, literals and functions."""
    starts = [inner.meta["start"] for inner in node.walk() if "start" in inner.meta]
    return min(starts, default=0)


class Conditions:
    """Takes over terms that ask for the columns of one table."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def number(self, node: exp.Expr, where: Where) -> Term:
        """A term that is a number in each record."""
        return self._of(Means.NUMBER, node, where)

    def condition(self, node: exp.Expr, where: Where) -> Term:
        """A term that holds or does not hold in each record."""
        return self._of(Means.FLAG, node, where)

    def _of(self, sort: Means, node: exp.Expr, where: Where) -> Term:
        found = self._term(node, where)
        if found.sort is sort:
            return found.term
        message = say("Here stands {given}, but {wanted} is needed.", given=_WORDS[found.sort], wanted=_WORDS[sort])
        hint = say("Write count where urban for how many, and compare numbers and texts: age >= 16, hukou = '…'.")
        raise TermFaultError("P139", message, where(node), hint)

    def _term(self, node: exp.Expr, where: Where) -> Sorted:
        node = node.unnest()
        if isinstance(node, exp.Column):
            return self._field(node, where)
        if isinstance(node, exp.Literal | exp.Boolean | exp.Neg):
            return self._literal(node, where)
        if type(node) in _ARITHMETIC:
            left, right = self.number(node.this, where), self.number(node.expression, where)
            return Sorted(Arithmetic(_ARITHMETIC[type(node)], left, right), Means.NUMBER)
        if type(node) in _COMPARISONS:
            return Sorted(self._comparison(_COMPARISONS[type(node)], node, where), Means.FLAG)
        return Sorted(self._logic(node, where), Means.FLAG)

    def _logic(self, node: exp.Expr, where: Where) -> Term:
        if type(node) in _JUNCTIONS:
            left, right = self.condition(node.this, where), self.condition(node.expression, where)
            return Junction(_JUNCTIONS[type(node)], left, right)
        if isinstance(node, exp.Not):
            return Negation(self.condition(node.this, where))
        if isinstance(node, exp.Is):
            return self._absent(node, where)
        if isinstance(node, exp.In) and node.expressions and not node.args.get("query"):
            return self._one_of(node, where)
        if isinstance(node, exp.Between) and not node.args.get("symmetric"):
            low = Comparison(">=", self.number(node.this, where), self.number(node.args["low"], where))
            return Junction("AND", low, Comparison("<=", low.left, self.number(node.args["high"], where)))
        raise TermFaultError("P138", _refused(node), where(node))

    def _field(self, node: exp.Column, where: Where) -> Sorted:
        name = node.name
        column = self.records.column(name) if not node.table else None
        if column is None:
            near = nearest(name, (one.name for one in self.records.columns)) or tuple(
                one.name for one in self.records.columns
            )
            hint = say("Did you mean {names}?", names=" / ".join(near))
            raise TermFaultError("P139", say("The records declare no column “{name}”.", name=name), where(node), hint)
        if column.means is Means.PERIOD:
            message = say("A metric is for every period; no condition stands on one.")
            raise TermFaultError("P139", message, where(node), say("Ask for a period with --period."))
        return Sorted(RecordField(name), Means.TEXT if column.means is Means.REGION else column.means)

    def _literal(self, node: exp.Expr, where: Where) -> Sorted:
        if isinstance(node, exp.Boolean):
            return Sorted(Literal(bool(node.this)), Means.FLAG)
        if isinstance(node, exp.Neg):
            inner = node.this.unnest()
            if isinstance(inner, exp.Literal) and not inner.is_string:
                return Sorted(Literal(-Decimal(inner.this)), Means.NUMBER)
            return Sorted(Arithmetic("-", Literal(Decimal(0)), self.number(inner, where)), Means.NUMBER)
        if node.is_string:
            return Sorted(Literal(str(node.this)), Means.TEXT)
        return Sorted(Literal(Decimal(node.this)), Means.NUMBER)

    def _comparison(self, operator: str, node: exp.Expr, where: Where) -> Term:
        left, right = self._side(node.this, where), self._side(node.expression, where)
        if left.sort is not right.sort:
            message = say("{left} is compared with {right}.", left=_WORDS[left.sort], right=_WORDS[right.sort])
            hint = say("Texts stand in ' ', numbers do not: hukou = '…', age >= 16.")
            raise TermFaultError("P139", message, where(node), hint)
        if left.sort is not Means.NUMBER and operator not in _EQUAL:
            message = say("Only numbers are less or greater than others.")
            raise TermFaultError("P139", message, where(node), say("Compare texts with =, <> or in (…)."))
        self._known(left.term, right.term, where(node))
        return Comparison(operator, left.term, right.term)

    def _side(self, node: exp.Expr, where: Where) -> Sorted:
        if isinstance(node.unnest(), exp.Null):
            hint = say("Write is null or is not null.")
            raise TermFaultError("P138", say("Nothing is equal to null."), where(node.parent or node), hint)
        return self._term(node, where)

    def _absent(self, node: exp.Is, where: Where) -> Term:
        inner = node.this.unnest()
        if not isinstance(node.expression, exp.Null) or not isinstance(inner, exp.Column):
            hint = say("Write column is null, or the flag itself: urban, not urban.")
            raise TermFaultError("P138", say("Only a column is null or is not."), where(node), hint)
        field = self._field(inner, where).term
        return Absent(field) if isinstance(field, RecordField) else field

    def _one_of(self, node: exp.In, where: Where) -> Term:
        asked = self._term(node.this, where)
        found = []
        for one in node.expressions:
            choice = self._term(one, where)
            if not isinstance(choice.term, Literal) or choice.sort is not asked.sort or asked.sort is Means.FLAG:
                message = say("Behind in stand numbers or texts, as its left side is one.")
                raise TermFaultError("P139", message, where(one), say("Write age in (16, 17) or hukou in ('…', '…')."))
            self._known(asked.term, choice.term, where(one))
            found.append(choice.term)
        return OneOf(asked.term, tuple(found))

    def _known(self, left: Term, right: Term, offset: int) -> None:
        """Hold a text against the declared values of the column it is compared with."""
        for one, other in ((left, right), (right, left)):
            if isinstance(one, RecordField) and isinstance(other, Literal) and isinstance(other.value, str):
                column = self.records.column(one.name)
                if column and column.values and other.value not in column.values:
                    raise _no_value(column, other.value, offset)


def _no_value(column: RecordColumn, text: str, offset: int) -> TermFaultError:
    near = nearest(text, column.values) or column.values
    message = say("“{text}” is none of the values of {name}.", text=text, name=column.name)
    return TermFaultError("P139", message, offset, say("Did you mean {names}?", names=" / ".join(near)))


def _refused(node: exp.Expr) -> Message:
    if isinstance(node, exp.Div):
        return say("A division stands at the top of a metric alone, between two aggregates.")
    if isinstance(node, exp.AggFunc):
        return say("count and sum do not stand inside one another, nor in a condition.")
    return say("This may not stand in a metric.")


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
