"""Read the formulas of a plan's indicators: parse them, look up their ids, order them and report cycles."""

import ast
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from czurban.model.finding import Message, did_you_mean, say
from czurban.model.formulas.formula import Expression, Formula, Missing, Number, Operation, Share, SumOf, Term
from czurban.model.period import Period
from czurban.model.text import half_width, half_width_in_place
from czurban.reading.plan.names import Names
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.yaml.tree import YamlFile

_AT = "\u01c1"  # a letter to Python and one character like the @ it stands for, so that columns stay true
_SIGNS = {"−": "-", "–": "-", "×": "*", "÷": "/"}
_PLAIN = str.maketrans({**_SIGNS, **dict.fromkeys("\t\r\n\x85\u2028\u2029", " ")})
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_LONGEST = 2000
_MOST_SHOWN = 40
_DEEPEST = 50


class FormulaError(Exception):
    """A formula cannot be read; `at` is the index of the character at fault."""

    def __init__(self, message: Message, at: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.at = at


class FormulaText:
    """Parses the text of one formula with Python's parser; `at` then has the index where each term appears first."""

    def __init__(self, text: str, period: Period | None, baseline: Period | None) -> None:
        self.text = text
        self.at: dict[Term, int] = {}
        self._period = period
        self._baseline = baseline
        plain = half_width_in_place(text).translate(_PLAIN).replace("@", _AT)  # none of it moves a character
        self._plain = plain.strip()
        self._offset = len(plain) - len(plain.lstrip())

    def read(self) -> Expression:
        """Parse the expression.

        Raises:
            FormulaError: the text cannot be read, or contains something that a formula may not contain.
        """
        if len(self.text) > _LONGEST:
            raise FormulaError(say("The formula is longer than {most} characters.", most=_LONGEST), 0)
        if "#" in self._plain:  # Python would leave out the rest without a word
            raise _not_allowed("#", self._offset + self._plain.index("#"))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python would remark on is refused below anyhow
                tree = ast.parse(self._plain, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            behind = getattr(error, "offset", None) or len(self._plain) + 1  # it has none at the end of the text
            raise FormulaError(say("The formula cannot be read from here on."), self._offset + behind - 1) from error
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
                sides = self._expression(left, depth + 1), self._expression(right, depth + 1)
                return Operation(_OPERATORS[type(operator)], *sides)
            case ast.Call(func=ast.Name(id="sum"), args=args, keywords=[]) if args:
                return SumOf(tuple(self._expression(arg, depth + 1) for arg in args))
            case ast.Call(func=ast.Name(id="share"), args=[part, whole], keywords=[]):
                return Share(self._expression(part, depth + 1), self._expression(whole, depth + 1))
        raise _not_allowed((ast.get_source_segment(self._plain, node) or "").replace(_AT, "@"), self._at(node))

    def _at(self, node: ast.expr) -> int:
        """Return the index of a node in characters; Python counts bytes."""
        return self._offset + len(self._plain.encode()[: node.col_offset].decode())

    def _number(self, node: ast.expr) -> Fraction:
        """Return a number from its digits, not from the binary float that the parser made of it."""
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
                say("“@{when}” is not known; use @baseline or a year such as @2018.", when=when[:40]), at
            )
        period = Period(int(when))
        if period == self._period:
            raise FormulaError(say("“@{when}” is the plan's own year; leave it out.", when=when), at)
        return Term(indicator, at_baseline=True) if period == self._baseline else Term(indicator, period=period)


def _not_allowed(part: str, at: int) -> FormulaError:
    message = say(
        "“{text}” is not allowed in a formula; use + − × ÷, brackets, sum(a, b, …) and share(part, whole).",
        text=part if len(part) <= _MOST_SHOWN else part[: _MOST_SHOWN - 1] + "…",
    )
    return FormulaError(message, at)


_HINT = say(
    "Write id − id@baseline, id ÷ id, sum(id, id) and the like: ids of indicators, numbers, + − × ÷ and brackets."
)
_BREAK = say("Take one of the figures from elsewhere, or leave one of the formulas out.")
_MOST_DECIMALS = 12
_LONGEST_DECIMALS = 2
_MOST_CYCLES = 20

Links = Mapping[str, Sequence[str]]
"""For each name, the names that it is computed from."""


def build_formulas(
    shapes: Sequence[IndicatorShape], file: YamlFile, ids: Names, periods: tuple[Period | None, Period | None]
) -> tuple[Formula, ...]:
    """Read the formulas, each after those it takes values from; report and leave out those with a fault.

    The periods are the plan's and that of its baselines.
    """
    readers = [_FormulaReader(i, shape, file, ids) for i, shape in enumerate(shapes) if shape.formula]
    formulas = {reader.name: formula for reader in readers if (formula := reader.read(*periods))}
    links = {
        name: [term.indicator for term in formula.terms() if not term.looks_back] for name, formula in formulas.items()
    }
    order = in_order(links)
    if len(order) < len(formulas):
        _report_cycles(links, {reader.name: reader for reader in readers})
    return tuple(formulas[name] for name in order)


def in_order(links: Links) -> list[str]:
    """Return every name after those it depends on, otherwise in the order given.

    Names that depend on a cycle are left out.
    """
    sorter = TopologicalSorter(dict.fromkeys(links, ()))
    for name, others in links.items():
        sorter.add(name, *(other for other in dict.fromkeys(others) if other in links))
    with suppress(CycleError):
        sorter.prepare()
    order: list[str] = []
    while ready := sorter.get_ready():
        order += ready
        sorter.done(*ready)
    return order


def cycles(links: Links) -> Iterator[tuple[str, ...]]:
    """Yield cycles, each from its first name in the order given.

    After each one its last link is removed, so that cycles which share that link are not reported.
    """
    rank = {name: n for n, name in enumerate(links)}
    graph = {name: [other for other in dict.fromkeys(others) if other in links] for name, others in links.items()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            cycle = error.args[1][:0:-1]  # from a name to those it depends on; the first name is there twice
            start = cycle.index(min(cycle, key=rank.__getitem__))
            cycle = (*cycle[start:], *cycle[:start])
            graph[cycle[-1]].remove(cycle[0])
            yield cycle
        else:
            return


def _report_cycles(links: Links, readers: Mapping[str, "_FormulaReader"]) -> None:
    for n, names in enumerate(islice(cycles(links), _MOST_CYCLES + 1)):
        reader, path = readers[names[0]], (*names, names[0])
        message = say("“{name}” is computed from itself: {path}.", name=names[0], path=" → ".join(path))
        if n == _MOST_CYCLES:
            message = say("There are more cycles than the {count} that are reported.", count=_MOST_CYCLES)
        reader.report("P122", path[1], message, _BREAK)


class _FormulaReader:
    """Reads the formula of one indicator and reports faults at their characters."""

    def __init__(self, i: int, indicator: IndicatorShape, file: YamlFile, ids: Names) -> None:
        assert indicator.formula is not None  # noqa: S101 - others have no reader
        self.name = indicator.id
        self.shape = indicator.formula
        self.file = file
        self.ids = ids
        self.at: dict[Term, int] = {}
        self._entry = ("indicators", i, "formula")
        self._path = (*self._entry, "is")  # it also leads to a formula that is a text without keys

    def read(self, period: Period | None, baseline: Period | None) -> Formula | None:
        """Read the formula; return None where it has a fault, which is reported."""
        source = FormulaText(self.shape.is_, period, baseline)
        try:
            expression = source.read()
        except FormulaError as fault:
            self.file.report("P117", self._path, fault.message, _HINT, fault.at)
            return None
        self.at = source.at
        self._check_missing(expression)
        text = " ".join(self.shape.is_.split())
        place = self.file.place(self._path)
        formula = Formula(self.name, expression, text, self.shape.missing, self._rounding(), place)
        return None if self._has_unknown_ids() else formula

    def report(self, code: str, indicator: str, message: Message, hint: Message) -> None:
        """Add a finding where the formula names an indicator first."""
        at = min((at for term, at in self.at.items() if term.indicator == indicator), default=0)
        self.file.report(code, self._path, message, hint, at)

    def _check_missing(self, expression: Expression) -> None:
        is_sum = isinstance(expression, SumOf) or (isinstance(expression, Operation) and expression.sign == "+")
        if self.shape.missing is Missing.PARTIAL and not is_sum:
            message = say("missing: partial is only for sums, and “{text}” is not a sum.", text=self.shape.is_[:60])
            self.file.report("P123", (*self._entry, "missing"), message, say("Write missing: unreported."))

    def _rounding(self) -> int | None:
        text = half_width(self.shape.rounding)
        if text == "none":
            return None
        if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_DECIMALS and int(text) <= _MOST_DECIMALS:
            return int(text)
        message = say("“{text}” is not a number of decimals.", text=text[:40])
        hint = say("Write a whole number from 0 to {most}, or none.", most=_MOST_DECIMALS)
        self.file.report("P106", (*self._entry, "rounding"), message, hint)
        return None

    def _has_unknown_ids(self) -> bool:
        """Report ids that no indicator has, unless indicators that could not be read may have them."""
        names = dict.fromkeys(term.indicator for term in self.at)
        unknown = [name for name in names if self.ids.owner(name) is None]
        for name in unknown if not self.ids.incomplete else ():
            message = say("“{name}” is not in the plan.", name=name)
            hint = did_you_mean(self.ids.near(name)) or _HINT
            self.report("P117", name, message, hint)
        return bool(unknown)
