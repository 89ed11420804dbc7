"""The text of a `formula:` to an expression, by Python's own parser and a list of what may stand in it."""

import ast
import re
import warnings
from fractions import Fraction

from czurban.model.formula import Expression, Number, Operation, Share, Term, Total
from czurban.model.message import Message, say
from czurban.model.period import Period
from czurban.model.text import half_width_in_place

_AT = "\u01c1"  # a letter to Python and one character like the @ it stands for, so that columns stay true
_SIGNS = {"−": "-", "–": "-", "×": "*", "÷": "/"}
_PLAIN = str.maketrans({**_SIGNS, **dict.fromkeys("\t\r\n\x85\u2028\u2029", " ")})
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_COMMENT = "#"
_LONGEST = 2000
_MOST_SHOWN = 40
_DEEPEST = 50


class FormulaError(Exception):
    """Why a formula cannot be read, and at which character of its text."""

    def __init__(self, message: Message, at: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.at = at


class FormulaText:
    """One formula's text. `at` says where in it each term stands first, once it is read."""

    def __init__(self, text: str, period: Period | None, baseline: Period | None) -> None:
        self.text = text
        self.at: dict[Term, int] = {}
        self._period = period
        self._baseline = baseline
        plain = half_width_in_place(text).translate(_PLAIN).replace("@", _AT)  # none of it moves a character
        self._plain = plain.strip()
        self._offset = len(plain) - len(plain.lstrip())

    def read(self) -> Expression:
        """Read the expression.

        Raises:
            FormulaError: it cannot be read, or something stands in it that may not.
        """
        if len(self.text) > _LONGEST:
            raise FormulaError(say("The formula is longer than {most} characters.", most=_LONGEST), 0)
        if _COMMENT in self._plain:  # Python would leave out the rest without a word
            raise _no_part(_COMMENT, self._offset + self._plain.index(_COMMENT))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python would remark on is refused below anyhow
                tree = ast.parse(self._plain, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = (getattr(error, "offset", None) or len(self._plain) + 1) - 1  # none is told at the text's end
            raise FormulaError(say("The formula cannot be read from here on."), self._offset + column) from error
        return self._expression(tree, 0)

    def _expression(self, node: ast.expr, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise FormulaError(say("The formula is nested deeper than {most} levels.", most=_DEEPEST), self._at(node))
        match node:
            case ast.Name(id=name):
                return self._term(name, self._at(node))
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return Number(self._number(node))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                one, other = self._expression(left, depth + 1), self._expression(right, depth + 1)
                return Operation(_OPERATORS[type(operator)], one, other)
            case ast.Call(func=ast.Name(id="sum"), args=args, keywords=[]) if args:
                return Total(tuple(self._expression(arg, depth + 1) for arg in args))
            case ast.Call(func=ast.Name(id="share"), args=[part, whole], keywords=[]):
                return Share(self._expression(part, depth + 1), self._expression(whole, depth + 1))
        raise _no_part((ast.get_source_segment(self._plain, node) or "").replace(_AT, "@"), self._at(node))

    def _at(self, node: ast.expr) -> int:
        """Python counts bytes; a file's reader counts characters."""
        return self._offset + len(self._plain.encode()[: node.col_offset].decode())

    def _number(self, node: ast.expr) -> Fraction:
        """The number from its digits, not from the binary float that the parser made of it."""
        digits = self._plain.encode()[node.col_offset : node.end_col_offset].decode()
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits, re.ASCII):
            raise FormulaError(say("“{text}” is not a number.", text=digits[:40]), self._at(node))
        return Fraction(digits)

    def _term(self, name: str, at: int) -> Term:
        indicator, mark, when = name.partition(_AT)
        if not re.fullmatch(r"[a-z][a-z0-9_]*", indicator):
            raise FormulaError(say("“{name}” is not an indicator's id.", name=indicator[:40]), at)
        term = self._dated(indicator, when, at + len(indicator)) if mark else Term(indicator)
        self.at.setdefault(term, at)
        return term

    def _dated(self, indicator: str, when: str, at: int) -> Term:
        if when == "baseline":
            return Term(indicator, at_baseline=True)
        if not re.fullmatch(r"(?:19|20)\d\d", when, re.ASCII):
            raise FormulaError(
                say("“@{when}” is not known; there are @baseline and years such as @2018.", when=when[:40]), at
            )
        period = Period(int(when))
        if period == self._period:
            raise FormulaError(say("“@{when}” is the plan's own year; leave it out.", when=when), at)
        return Term(indicator, at_baseline=True) if period == self._baseline else Term(indicator, period=period)


def _no_part(what: str, at: int) -> FormulaError:
    """What may not stand in a formula, by itself."""
    message = say(
        "“{text}” may not stand in a formula; there are only + − × ÷, brackets, sum(a, b, …) and share(part, whole).",
        text=what if len(what) <= _MOST_SHOWN else what[: _MOST_SHOWN - 1] + "…",
    )
    return FormulaError(message, at)
