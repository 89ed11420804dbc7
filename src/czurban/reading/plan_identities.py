"""The equations of a plan's `identities:`, read with Python's own parser and a list of what may stand in them."""

import ast
import re
from collections.abc import Sequence
from fractions import Fraction

from czurban.model.identity import Expression, Identity, Number, Operation, Term
from czurban.model.message import Message, say
from czurban.model.place import Place
from czurban.reading.plan_book import Book, Names

_AT = "\u01c1"  # a letter to Python and one character like the @ it stands for, so that columns stay true
_SIGNS = {"−": "-", "–": "-", "×": "*", "÷": "/", "＋": "+", "（": "(", "）": ")"}
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_LONGEST = 300
HINT = say("Write id = id − id@baseline, id = id / id and the like: ids of indicators, numbers, + − × ÷ and brackets.")


class _FaultError(Exception):
    """Why an equation cannot be read, and the column in it."""

    def __init__(self, message: Message, column: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.column = column


def build_identities(texts: Sequence[str], book: Book, ids: Names) -> tuple[Identity, ...]:
    """Read every equation; a fault is told at the column where it stands, and the equation is left out."""
    found = []
    for n, text in enumerate(texts):
        at = ("identities", n)
        place = book.place("targets", at)
        try:
            identity = _identity(text, place)
        except _FaultError as fault:
            book.tell_at("P117", _moved(place, fault.column), fault.message, HINT)
            continue
        unknown = [term.indicator for term in identity.terms() if ids.owner(term.indicator) is None]
        for name in dict.fromkeys(unknown):
            near = ids.near(name)
            message = say("“{name}” stands nowhere in the plan.", name=name)
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else HINT
            if not ids.open:
                book.tell_at("P117", _moved(place, text.find(name)), message, hint)
        if not unknown:
            found.append(identity)
    return tuple(found)


def _moved(place: Place, column: int) -> Place:
    """The place so many characters on."""
    return Place(place.file, place.line, (place.column or 1) + max(0, column))


def _identity(text: str, place: Place) -> Identity:
    left, equals, right = text.partition("=")
    if not equals or "=" in right or len(text) > _LONGEST:
        raise _FaultError(say("“{text}” is not an equation.", text=text[:60]), 0)
    term = _Side(left, 0).read()
    if not isinstance(term, Term) or term.at_baseline:
        raise _FaultError(say("One indicator stands alone before the equals sign."), 0)
    return Identity(term, _Side(right, len(left) + 1).read(), " ".join(text.split()), place)


class _Side:
    """One side of an equation: its text, and how far from the equation's beginning it begins."""

    def __init__(self, text: str, offset: int) -> None:
        plain = "".join(_SIGNS.get(char, char) for char in text).replace("@", _AT)
        self.text = plain.strip()
        self.offset = offset + len(plain) - len(plain.lstrip())

    def read(self) -> Expression:
        """Parse the side."""
        try:
            tree = ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = (getattr(error, "offset", None) or 1) - 1
            message = say("The equation cannot be read from here on.")
            raise _FaultError(message, self.offset + column) from error
        return self._expression(tree)

    def _expression(self, node: ast.expr) -> Expression:
        match node:
            case ast.Name(id=name):
                return self._term(name, self._column(node))
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return Number(self._number(node))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                return Operation(_OPERATORS[type(operator)], self._expression(left), self._expression(right))
        message = say("This may not stand in an equation; there are only + − × ÷ and brackets.")
        raise _FaultError(message, self._column(node))

    def _column(self, node: ast.expr) -> int:
        """Python counts bytes; a file's reader counts characters."""
        return self.offset + len(self.text.encode()[: node.col_offset].decode())

    def _number(self, node: ast.expr) -> Fraction:
        """The number from its digits, not from the binary float that the parser made of it."""
        digits = self.text.encode()[node.col_offset : node.end_col_offset].decode()
        try:
            return Fraction(digits.replace("_", ""))
        except ValueError as error:
            raise _FaultError(say("“{text}” is not a number.", text=digits), self._column(node)) from error

    def _term(self, name: str, column: int) -> Term:
        indicator, at, when = name.partition(_AT)
        if at and when != "baseline":
            raise _FaultError(say("“@{when}” is not known; only @baseline is.", when=when), column + len(indicator))
        if not re.fullmatch(r"[a-z][a-z0-9_]*", indicator):
            raise _FaultError(say("“{name}” is not an indicator's id.", name=indicator), column)
        return Term(indicator, bool(at))
