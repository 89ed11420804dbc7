"""Convert the expressions of metrics to aggregates: parsed by sqlglot, with every unknown kind of node refused."""

from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import ParseError

from czurban.model.finding import Message, did_you_mean, say
from czurban.model.formulas.metric import Aggregate, Means, RecordColumn, Records
from czurban.model.formulas.record_terms import (
    Absent,
    Arithmetic,
    Comparison,
    Junction,
    Literal,
    Negation,
    OneOf,
    RecordField,
    Term,
)
from czurban.model.text import nearest
from czurban.reading.metrics.constants import constant, possible
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
_PREFIX = "SELECT "
_WORDS = {Means.NUMBER: say("a number"), Means.TEXT: say("a text"), Means.FLAG: say("a condition")}


class TypedTerm(NamedTuple):
    """A term, and whether it is a number, a text or a condition."""

    term: Term
    sort: Means


class TermConverter:
    """Converts parsed nodes to terms over the columns of one table, and checks that their types fit."""

    def __init__(self, records: Records, words: Sequence[Word]) -> None:
        self.records = records
        self.words = words

    def aggregate(self, node: exp.Expr, where: Term | None, text: str) -> Aggregate:
        """Convert one side of a metric: records counted, values of a column counted once each, or a term summed."""
        plain = " ".join(text.split())
        if isinstance(node, exp.Count) and not node.args.get("expressions"):
            if isinstance(node.this, exp.Star):
                return Aggregate(None, where, plain)
            if isinstance(node.this, exp.Distinct) and len(node.this.expressions) == 1:
                return Aggregate(self._counted(node.this.expressions[0].unnest()), where, plain, distinct=True)
        if isinstance(node, exp.Sum) and node.this is not None:
            return Aggregate(self._of(Means.NUMBER, node.this), where, plain)
        message = say("This is neither count nor sum(…).")
        hint = say("Write count, count distinct column or sum(column), or one division between two of them.")
        raise TermFaultError("P138", message, self._at(node), hint)

    def condition(self, node: exp.Expr) -> Term:
        """Convert a node to a term that is true or false in each record."""
        return self._of(Means.FLAG, node)

    def _counted(self, node: exp.Expr) -> Term:
        """Convert a node to the column whose different values are counted."""
        column = self._column(node) if isinstance(node, exp.Column) else None
        if column is not None and column.means in (Means.ID, Means.TEXT):
            return RecordField(column.name)
        message = say("Only the values of a column of kind id or text are counted once each.")
        raise TermFaultError("P139", message, self._at(node), say("Declare the column with kind: id."))

    def _of(self, sort: Means, node: exp.Expr) -> Term:
        typed = self._term(node)
        if typed.sort is sort:
            return typed.term
        message = say("This is {given}, but it must be {wanted}.", given=_WORDS[typed.sort], wanted=_WORDS[sort])
        hint = say("Write count where urban for how many, and compare numbers and texts: age >= 16, hukou = '…'.")
        raise TermFaultError("P139", message, self._at(node), hint)

    def _term(self, node: exp.Expr) -> TypedTerm:
        node = node.unnest()
        if isinstance(node, exp.Column):
            return self._field(node)
        if isinstance(node, exp.Literal | exp.Boolean | exp.Neg):
            return self._literal(node)
        if type(node) in _ARITHMETIC:
            left, right = self._of(Means.NUMBER, node.this), self._of(Means.NUMBER, node.expression)
            return TypedTerm(Arithmetic(_ARITHMETIC[type(node)], left, right), Means.NUMBER)
        if type(node) in _COMPARISONS:
            return TypedTerm(self._comparison(_COMPARISONS[type(node)], node), Means.FLAG)
        return TypedTerm(self._logic(node), Means.FLAG)

    def _logic(self, node: exp.Expr) -> Term:
        if type(node) in _JUNCTIONS:
            left, right = self.condition(node.this), self.condition(node.expression)
            return possible(Junction(_JUNCTIONS[type(node)], left, right), self._at(node))
        if isinstance(node, exp.Not):
            return Negation(self.condition(node.this))
        if isinstance(node, exp.Is):
            return self._absent(node)
        if isinstance(node, exp.In) and node.expressions and not node.args.get("query"):
            return self._one_of(node)
        if isinstance(node, exp.Between) and not node.args.get("symmetric"):
            low = Comparison(">=", self._of(Means.NUMBER, node.this), self._of(Means.NUMBER, node.args["low"]))
            high = Comparison("<=", low.left, self._of(Means.NUMBER, node.args["high"]))
            first, second = constant(low.right), constant(high.right)
            if first is not None and second is not None and first > second:
                message = say("Nothing is between {low} and {high}.", low=first, high=second)
                hint = say("Write the smaller number first: between {low} and {high}.", low=second, high=first)
                raise TermFaultError("P139", message, self._at(node), hint)
            return Junction("AND", low, high)
        raise TermFaultError("P138", _refused(node), self._at(node))

    def _column(self, node: exp.Column) -> RecordColumn:
        name = node.name
        column = self.records.column(name) if not node.table else None
        if column is None:
            names = [column.name for column in self.records.columns]
            message = say("The records declare no column “{name}”.", name=name)
            raise TermFaultError("P139", message, self._at(node), did_you_mean(nearest(name, names) or names))
        return column

    def _field(self, node: exp.Column) -> TypedTerm:
        column = self._column(node)
        if column.means is Means.PERIOD:
            message = say("A metric is for every period, so a condition cannot name one.")
            raise TermFaultError("P139", message, self._at(node), say("Ask for a period with --period."))
        if column.means is Means.ID:
            message = say("“{name}” is an id, which is only counted.", name=column.name)
            raise TermFaultError("P139", message, self._at(node), say("Write count distinct {name}.", name=column.name))
        return TypedTerm(RecordField(column.name), Means.TEXT if column.means is Means.REGION else column.means)

    def _literal(self, node: exp.Expr) -> TypedTerm:
        if isinstance(node, exp.Boolean):
            return TypedTerm(Literal(bool(node.this)), Means.FLAG)
        if isinstance(node, exp.Neg):
            inner = node.this.unnest()
            if isinstance(inner, exp.Literal) and not inner.is_string:
                return TypedTerm(Literal(-Decimal(inner.this)), Means.NUMBER)
            return TypedTerm(Arithmetic("-", Literal(Decimal(0)), self._of(Means.NUMBER, inner)), Means.NUMBER)
        if node.is_string:
            return TypedTerm(Literal(str(node.this)), Means.TEXT)
        return TypedTerm(Literal(Decimal(node.this)), Means.NUMBER)

    def _comparison(self, operator: str, node: exp.Expr) -> Term:
        left, right = self._side(node.this), self._side(node.expression)
        if left.sort is not right.sort:
            message = say("{left} is compared with {right}.", left=_WORDS[left.sort], right=_WORDS[right.sort])
            hint = say("Write texts in ' ', numbers without: hukou = '…', age >= 16.")
            raise TermFaultError("P139", message, self._at(node), hint)
        if left.sort is not Means.NUMBER and operator not in _EQUAL:
            message = say("Only numbers can be less or greater.")
            raise TermFaultError("P139", message, self._at(node), say("Compare texts with =, <> or in (…)."))
        self._check_value(left.term, right.term, self._at(node))
        return Comparison(operator, left.term, right.term)

    def _side(self, node: exp.Expr) -> TypedTerm:
        if isinstance(node.unnest(), exp.Null):
            hint = say("Write is null or is not null.")
            raise TermFaultError("P138", say("Nothing is equal to null."), self._at(node.parent or node), hint)
        return self._term(node)

    def _absent(self, node: exp.Is) -> Term:
        inner = node.this.unnest()
        if not isinstance(node.expression, exp.Null) or not isinstance(inner, exp.Column):
            hint = say("Write column is null, or the flag itself: urban, not urban.")
            raise TermFaultError("P138", say("Only columns can be compared with null."), self._at(node), hint)
        field = self._field(inner).term
        return Absent(field) if isinstance(field, RecordField) else field

    def _one_of(self, node: exp.In) -> Term:
        left = self._term(node.this)
        choices = []
        for inner in node.expressions:
            choice = self._term(inner)
            if not isinstance(choice.term, Literal) or choice.sort is not left.sort or left.sort is Means.FLAG:
                message = say("The values after in must be numbers or texts, of the type of the left side.")
                hint = say("Write age in (16, 17) or hukou in ('…', '…').")
                raise TermFaultError("P139", message, self._at(inner), hint)
            self._check_value(left.term, choice.term, self._at(inner))
            choices.append(choice.term)
        return OneOf(left.term, tuple(choices))

    def _check_value(self, left: Term, right: Term, offset: int) -> None:
        """Compare a text with the declared values of its column."""
        for term, other in ((left, right), (right, left)):
            if isinstance(term, RecordField) and isinstance(other, Literal) and isinstance(other.value, str):
                column = self.records.column(term.name)
                if column and column.values and other.value not in column.values:
                    message = say("“{text}” is not one of the values of {name}.", text=other.value, name=column.name)
                    hint = did_you_mean(nearest(other.value, column.values) or column.values)
                    raise TermFaultError("P139", message, offset, hint)

    def _at(self, node: exp.Expr) -> int:
        """Return the index of a node's first character; the parser keeps it for names, literals and functions."""
        starts = [inner.meta["start"] for inner in node.walk() if "start" in inner.meta]
        return _original(min(starts, default=0) - len(_PREFIX), self.words)


def _refused(node: exp.Expr) -> Message:
    if isinstance(node, exp.Div):
        return say("A division is only allowed between two aggregates, once in a metric.")
    if isinstance(node, exp.AggFunc):
        return say("count and sum are not allowed inside each other or in a condition.")
    return say("This is not allowed in a metric.")


def read_aggregates(text: str, records: Records) -> list[Aggregate]:
    """Read one aggregate, or the two sides of a division.

    Examples are `count where urban`, `sum(weight)`, and `sum(a * b) / sum(b) where c`, whose condition applies to both
    sides.

    Raises:
        TermFaultError: it cannot be read, or names columns that the records do not have.
    """
    words = words_of(text)
    split = next((n for n, word in enumerate(words) if word.kind is TokenType.WHERE), len(words))
    head, tail = words[:split], words[split + 1 :]
    if not head:
        raise TermFaultError("P138", say("Nothing is counted or summed here."), 0)
    if split < len(words) and not tail:
        raise TermFaultError("P138", say("There is no condition after where."), words[split].offset)
    if second := next((word for word in tail if word.kind is TokenType.WHERE), None):
        message = say("There is a second where; conditions are joined by and.")
        raise TermFaultError("P138", message, second.offset)
    where = TermConverter(records, tail).condition(_parse(tail)) if tail else None
    if where == Literal(value=False):
        raise TermFaultError("P139", say("No record satisfies this."), tail[0].offset)
    tree = _parse(head).unnest()
    sides = [tree.this.unnest(), tree.expression.unnest()] if isinstance(tree, exp.Div) else [tree]
    return [TermConverter(records, head).aggregate(side, where, text) for side in sides]


def _parse(words: Sequence[Word]) -> exp.Expr:
    """Parse words, joined by single blanks."""
    text = " ".join(_written(words))
    try:
        statement = sqlglot.parse_one(_PREFIX + text, read="duckdb")
    except ParseError as error:
        column = error.errors[0].get("col") or 1
        highlight = error.errors[0].get("highlight") or ""
        at = _original(column - len(highlight) - len(_PREFIX), words)
        raise TermFaultError("P138", say("The expression cannot be read from here on."), at) from error
    except RecursionError as error:
        raise TermFaultError("P138", say("The expression is nested too deep."), 0) from error
    items = statement.args.get("expressions") or []
    more = [name for name, part in statement.args.items() if part and name != "expressions"]
    if not isinstance(statement, exp.Select) or len(items) != 1 or more:
        raise TermFaultError("P138", say("The expression cannot be read from here on."), words[0].offset)
    item: exp.Expr = items[0]
    return item


def _written(words: Sequence[Word]) -> list[str]:
    """Return the words for the parser: `count(*)` for `count`, and `count(distinct id)` for `count distinct id`."""
    texts = [word.text for word in words]
    for n, (word, following) in enumerate(zip(words, [*(word.kind for word in words[1:]), None], strict=True)):
        if word.kind is TokenType.FUNCTION and word.text == FUNCTIONS[0] and following is not TokenType.L_PAREN:
            counts_values = following is TokenType.DISTINCT and n + 2 < len(words)
            texts[n] = "count(" if counts_values else "count(*)"
            if counts_values:
                texts[n + 2] += ")"
    return texts


def _original(at: int, words: Sequence[Word]) -> int:
    """Return the index in the expression for an index in the parser's text."""
    ends = list(accumulate(len(text) + 1 for text in _written(words)))
    return words[min(bisect_right(ends, max(0, at)), len(words) - 1)].offset
