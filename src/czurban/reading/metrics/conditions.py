"""The inside of an aggregate: parsed nodes to terms whose sorts fit together; a node that is not named is refused."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from sqlglot import exp

from czurban.model.message import Message, say
from czurban.model.metric import Means, RecordColumn, Records
from czurban.model.record_term import (
    Absent,
    Arithmetic,
    Comparison,
    Field,
    Junction,
    Literal,
    Negation,
    OneOf,
    Term,
)
from czurban.model.text import nearest
from czurban.reading.metrics.words import TermFaultError

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
        return Sorted(Field(name), Means.TEXT if column.means is Means.REGION else column.means)

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
        return Absent(field) if isinstance(field, Field) else field

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
            if isinstance(one, Field) and isinstance(other, Literal) and isinstance(other.value, str):
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
