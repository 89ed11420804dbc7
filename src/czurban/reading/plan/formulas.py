"""The formulas of a plan's indicators: read, their ids looked up, and every way back to itself told.

The text of a `formula:` to an expression, by Python's own parser and a list of what may stand in it.
"""

import ast
import re
import warnings
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

from czurban.model.finding import Message, Place, say
from czurban.model.formula import Expression, Formula, Missing, Number, Operation, Share, SumOf, Term
from czurban.model.period import Period
from czurban.model.text import half_width, half_width_in_place
from czurban.reading.plan.book import Names, PlanBuilder
from czurban.reading.plan.cycles import cycles, in_order
from czurban.reading.yaml.shapes import FormulaShape, IndicatorShape

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
                return SumOf(tuple(self._expression(arg, depth + 1) for arg in args))
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


_HINT = say(
    "Write id − id@baseline, id ÷ id, sum(id, id) and the like: ids of indicators, numbers, + − × ÷ and brackets."
)
_BREAK = say("Take one of the figures from elsewhere, or leave one of the formulas out.")
_EXACT = "none"
_FINEST = 12
_PLAN_FORMULAS_LONGEST = 2
_MOST_CYCLES = 20


def build_formulas(
    shapes: Sequence[IndicatorShape], book: PlanBuilder, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    """Read every formula and put each behind those it takes figures from; one with a fault is told and left out.

    Args:
        shapes: the indicators as they stand in the file.
        book: where faults are told.
        ids: every id of the plan.
        periods: the plan's own period, and that of its baselines.
    """
    readers = [_Reader(i, one.id, one.formula, book, ids) for i, one in enumerate(shapes) if one.formula]
    found = {one.name: formula for one in readers if (formula := one.read(*periods))}
    links = {name: [term.indicator for term in one.terms() if not term.looks_back] for name, one in found.items()}
    order = in_order(links)
    if len(order) < len(found):
        _tell_cycles(links, {one.name: one for one in readers})
    return tuple(found[name] for name in order)


def _tell_cycles(links: Mapping[str, Sequence[str]], readers: Mapping[str, "_Reader"]) -> None:
    """Every way round, once; where there are very many, so many of them, and that there are more."""
    found = list(islice(cycles(links), _MOST_CYCLES + 1))
    for names in found[:_MOST_CYCLES]:
        round_trip = (*names, names[0])
        message = say("“{name}” is reckoned from itself: {path}.", name=names[0], path=" → ".join(round_trip))
        one = readers[names[0]]
        one.book.tell_at("P122", one.place_of(round_trip[1]), message, _BREAK)
    if len(found) > _MOST_CYCLES:
        one = readers[found[-1][0]]
        message = say("There are more ways round than the {count} that are told.", count=_MOST_CYCLES)
        one.book.tell_at("P122", one.place_of(found[-1][0]), message, _BREAK)


class _Reader:
    """Reads the formula of one indicator; a fault is told at the very character where it stands."""

    def __init__(self, i: int, name: str, shape: FormulaShape, book: PlanBuilder, ids: Names) -> None:
        self.name = name
        self.shape = shape
        self.book = book
        self.ids = ids
        self.at: dict[Term, int] = {}
        self._entry = ("indicators", i, "formula")
        self._path = (*self._entry, "is")  # a text without keys stands at the entry, which is found by this too

    def read(self, period: Period | None, baseline: Period | None) -> Formula | None:
        """Read it; None where it has a fault, which is told."""
        source = FormulaText(self.shape.is_, period, baseline)
        try:
            expression = source.read()
        except FormulaError as fault:
            self.book.tell_at("P117", self._place(fault.at), fault.message, _HINT)
            return None
        self.at = source.at
        self._check_missing(expression)
        text = " ".join(self.shape.is_.split())
        place = self.book.place("targets", self._path)
        formula = Formula(self.name, expression, text, self.shape.missing, self._rounding(), place)
        return None if self._unknown() else formula

    def place_of(self, indicator: str) -> Place:
        """Where the formula names an indicator first."""
        return self._place(min((at for term, at in self.at.items() if term.indicator == indicator), default=0))

    def _place(self, at: int) -> Place:
        whole = self.book.place("targets", self._path)
        from czurban.reading.yaml.nodes import spot  # noqa: PLC0415 - few formulas have faults

        found = spot(Path(whole.file), self._path, at)
        return Place(whole.file, *found) if found else whole

    def _check_missing(self, expression: Expression) -> None:
        if self.shape.missing is Missing.PARTIAL and not _is_sum(expression):
            message = say("Only a sum may lack a part, and “{text}” is none.", text=self.shape.is_[:60])
            self.book.tell("P123", "targets", (*self._entry, "missing"), message, say("Write missing: unreported."))

    def _rounding(self) -> int | None:
        text = half_width(self.shape.rounding)
        if text == _EXACT:
            return None
        if text.isascii() and text.isdecimal() and len(text) <= _PLAN_FORMULAS_LONGEST and int(text) <= _FINEST:
            return int(text)
        message = say("“{text}” does not say how many decimals a derived value has.", text=text[:40])
        hint = say("Write a whole number from 0 to {most}, or none.", most=_FINEST)
        self.book.tell("P106", "targets", (*self._entry, "rounding"), message, hint)
        return None

    def _unknown(self) -> bool:
        """Tell ids that nothing has; one that could not be read may be among them, and is no fault then."""
        names = dict.fromkeys(term.indicator for term in self.at)
        strange = [name for name in names if self.ids.owner(name) is None]
        for name in strange if not self.ids.open else ():
            near = self.ids.near(name)
            hint = say("Did you mean {names}?", names=" / ".join(near)) if near else _HINT
            message = say("“{name}” stands nowhere in the plan.", name=name)
            self.book.tell_at("P117", self.place_of(name), message, hint)
        return bool(strange)


def _is_sum(expression: Expression) -> bool:
    return isinstance(expression, SumOf) or (isinstance(expression, Operation) and expression.sign == "+")
