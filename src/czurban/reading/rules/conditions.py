"""Read the conditions and expressions of rating rules: what they compare, as exact linear inequalities."""

import ast
import re
import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from czurban.model.finding import Message, say
from czurban.model.over_time.conditions import (
    PACE,
    POINTS,
    VERDICT,
    WORDS,
    Calculation,
    Condition,
    Conjunction,
    Expression,
    Inequality,
    Measure,
    names_in,
)
from czurban.model.text import half_width_in_place, nearest

ALIASES: Mapping[str, str] = {
    "完成值": Measure.VALUE,
    "目标值": Measure.TARGET,
    "基期值": Measure.BASELINE,
    "差距": Measure.GAP,
    "完成率": Measure.COMPLETION,
    "欠缺率": Measure.SHORTFALL,
    "目标完成进度": Measure.PROGRESS,
    "较基期变化": Measure.CHANGE,
    "增长率": Measure.GROWTH,
    "计划增长率": Measure.PLAN,
    "应完成值": Measure.DUE,
    "应完成率": Measure.ATTAINMENT,
    "滞后": Measure.LAG,
    "得分": POINTS,
    "结论": VERDICT,
    "进度状态": PACE,
}
"""Chinese names of measures; a rule may use either."""
LONGEST = 500
_MOST_CELLS = 100
_DEEPEST = 20
_HYPHEN = "\u01c2"  # a letter to Python and one character like the hyphen it stands for, so that columns stay true
_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/", "＝": "=", "≠": "\u2260"})
_LONG = {"≥": ">=", "≤": "<=", "≠": "!=", "且": " and ", "或": " or "}
_CHARACTERS = re.compile(r"([≥≤≠]|(?<!\w)[且或](?!\w)|(?<![<>=!])=(?!=))|.", re.DOTALL)
"""The characters of a text; the first group has one that is written differently in Python."""
_HYPHENATED = re.compile(r"(?<![\w])[a-z]+(?:-[a-z]+)+(?![\w])")
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_PAIRS: Sequence[tuple[type[ast.cmpop], type[ast.cmpop]]] = ((ast.LtE, ast.Gt), (ast.GtE, ast.Lt), (ast.Eq, ast.NotEq))
_OPPOSITES = dict([*_PAIRS, *((second, first) for first, second in _PAIRS)])
_HINT = say("Write completion >= 90, -10 <= lag < 0, growth >= plan and growth > 0, or verdict = met and the like.")


class ConditionError(Exception):
    """A condition or expression cannot be used: its message and hint, and the index of the character at fault."""

    def __init__(self, message: Message, at: int, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.at = at
        self.hint = hint or _HINT


class RuleText:
    """Parses the text of one condition or expression with Python's parser, against a short list of what is allowed."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self.text = text
        self._names = names
        plain = half_width_in_place(text).translate(_SIGNS)
        plain = _HYPHENATED.sub(lambda match: match[0].replace("-", _HYPHEN) if _is_word(match[0]) else match[0], plain)
        self._plain, self._places = _lengthened(plain)

    def condition(self) -> Condition:
        """Parse a condition over known names; raise ConditionError where the text is none."""
        return Condition(" ".join(self.text.split()), self._condition(self._tree(), 0, negative=False))

    def expression(self) -> Expression:
        """Parse an expression over known names; raise ConditionError where the text is none."""
        return self._expression(self._tree(), 0)

    def _tree(self) -> ast.expr:
        if len(self.text) > LONGEST:
            raise ConditionError(say("This is longer than {most} characters.", most=LONGEST), 0)
        if "#" in self._plain:  # Python would leave out the rest without a word
            raise self._not_allowed("#", self._places[self._plain.index("#")])
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python would remark on is refused below anyhow
                return ast.parse(self._plain, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = (getattr(error, "offset", None) or len(self._plain) + 1) - 1
            at = self._places[min(column, len(self._places) - 1)]
            raise ConditionError(say("This cannot be read from here on."), at) from error

    def _condition(self, node: ast.expr, depth: int, *, negative: bool) -> tuple[Conjunction, ...]:
        """Return the cells in which a condition holds, or with `negative` those in which it does not."""
        if depth > _DEEPEST:
            raise ConditionError(say("The brackets are nested too deep."), self._at(node))
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self._condition(inner, depth + 1, negative=not negative)
            case ast.BoolOp(op=operator, values=parts):
                cells = [self._condition(part, depth + 1, negative=negative) for part in parts]
                return self._joined(cells, node, all_of=isinstance(operator, ast.And) is not negative)
            case ast.Compare(left=left, ops=operators, comparators=rights):
                sides = list(pairwise((left, *rights)))
                cells = [
                    self._compared(*side, op, negative=negative) for side, op in zip(sides, operators, strict=True)
                ]
                return self._joined(cells, node, all_of=not negative)
        raise ConditionError(say("This is no condition: it compares nothing."), self._at(node))

    def _joined(
        self, cells: Iterable[tuple[Conjunction, ...]], node: ast.expr, *, all_of: bool
    ) -> tuple[Conjunction, ...]:
        joined: tuple[Conjunction, ...] = (Conjunction(),) if all_of else ()
        for part in cells:
            joined = tuple(a & b for a in joined for b in part) if all_of else (*joined, *part)
            if len(joined) > _MOST_CELLS:
                message = say("The condition is too complicated to prove anything about it.")
                raise ConditionError(message, self._at(node), say("Make several bands of it."))
        return joined

    def _compared(
        self, left: ast.expr, right: ast.expr, operator: ast.cmpop, *, negative: bool
    ) -> tuple[Conjunction, ...]:
        if isinstance(left, ast.Name) and (name := self._name(left)) in WORDS:
            return self._chosen(name, right, operator, negative=negative)
        difference = Calculation("-", self._expression(left, 0), self._expression(right, 0))
        factors, constant = self._linear(difference, left)
        ordered = tuple(sorted((name, factor) for name, factor in factors.items() if factor))
        below = Inequality(ordered, constant, strict=False).scaled()
        above = Inequality(tuple((name, -factor) for name, factor in ordered), -constant, strict=False).scaled()
        cells = {
            ast.LtE: ((below,),),
            ast.GtE: ((above,),),
            ast.Lt: ((above.negated(),),),
            ast.Gt: ((below.negated(),),),
            ast.Eq: ((below, above),),
            ast.NotEq: ((above.negated(),), (below.negated(),)),
        }
        kind = type(operator)
        if kind not in cells:
            raise self._not_allowed("in", self._at(right))
        return tuple(Conjunction(each) for each in cells[_OPPOSITES[kind] if negative else kind])

    def _chosen(self, name: str, right: ast.expr, operator: ast.cmpop, *, negative: bool) -> tuple[Conjunction, ...]:
        nodes = right.elts if isinstance(right, ast.Tuple | ast.List | ast.Set) else [right]
        words = frozenset(self._word(name, node) for node in nodes)
        if not isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            message = say("“{name}” has words and not numbers, so it cannot be more or less.", name=name)
            raise ConditionError(message, self._at(right), say("Write {name} = …, or {name} in (…, …).", name=name))
        without = isinstance(operator, ast.NotEq | ast.NotIn) is not negative
        return (Conjunction((), {name: frozenset(WORDS[name]) - words if without else words}),)

    def _word(self, name: str, node: ast.expr) -> str:
        text = node.id if isinstance(node, ast.Name) else node.value if isinstance(node, ast.Constant) else None
        word = str(text).replace(_HYPHEN, "-").replace("_", "-")
        if word not in WORDS[name]:
            near = nearest(word, WORDS[name])
            hint = say("Choose from: {names}.", names=", ".join(near or WORDS[name]))
            raise ConditionError(say("“{name}” is never “{word}”.", name=name, word=word), self._at(node), hint)
        return word

    def _expression(self, node: ast.expr, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise ConditionError(say("The brackets are nested too deep."), self._at(node))
        match node:
            case ast.Name():
                if (name := self._name(node)) in WORDS:
                    raise ConditionError(say("“{name}” has words and not numbers.", name=name), self._at(node))
                return name
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return self._number(node)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return Calculation("-", Fraction(0), self._expression(inner, depth + 1))
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _OPERATORS:
                sides = self._expression(left, depth + 1), self._expression(right, depth + 1)
                return Calculation(_OPERATORS[type(operator)], *sides)
        raise self._not_allowed(ast.get_source_segment(self._plain, node) or "", self._at(node))

    def _name(self, node: ast.Name) -> str:
        name = ALIASES.get(node.id, node.id)
        if name not in self._names:
            hint = say("Choose from: {names}.", names=", ".join(nearest(name, self._names) or sorted(self._names)))
            text = node.id.replace(_HYPHEN, "-")
            raise ConditionError(say("“{name}” is no measure that can be used here.", name=text), self._at(node), hint)
        return str(name)

    def _number(self, node: ast.expr) -> Fraction:
        """Return a number from its digits, not from the binary float that the parser made of it."""
        digits = self._plain.encode()[node.col_offset : node.end_col_offset].decode()
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits, re.ASCII):
            raise ConditionError(say("“{text}” is not a number.", text=digits[:40]), self._at(node))
        return Fraction(digits)

    def _linear(self, expression: Expression, node: ast.expr) -> tuple[dict[str, Fraction], Fraction]:
        """Return the factors of an expression's names, and its constant."""
        if isinstance(expression, str):
            return {expression: Fraction(1)}, Fraction(0)
        if isinstance(expression, Fraction):
            return {}, expression
        (left, first), (right, second) = self._linear(expression.left, node), self._linear(expression.right, node)
        if expression.sign in "+-":
            sign = 1 if expression.sign == "+" else -1
            factors = {name: left.get(name, 0) + sign * right.get(name, 0) for name in (*left, *right)}
            return {name: Fraction(factor) for name, factor in factors.items()}, first + sign * second
        if expression.sign == "*" and not (names_in(expression.left) and names_in(expression.right)):
            names, number, constant = (left, second, first) if left else (right, first, second)
            return {name: factor * number for name, factor in names.items()}, constant * number
        if expression.sign == "/" and not names_in(expression.right) and second:
            return {name: factor / second for name, factor in left.items()}, first / second
        message = say("A condition may multiply and divide measures by numbers only.")
        raise ConditionError(message, self._at(node), say("Compare two measures, such as growth >= 0.95 * plan."))

    def _at(self, node: ast.expr) -> int:
        """Return the index of a node in the characters of the text as written; Python counts bytes."""
        return self._places[len(self._plain.encode()[: node.col_offset].decode())]

    def _not_allowed(self, part: str, at: int) -> ConditionError:
        text = part.replace(_HYPHEN, "-")[:40]
        return ConditionError(say("“{text}” is not allowed in a rule.", text=text), at)


def _is_word(text: str) -> bool:
    return any(text in words for words in WORDS.values())


def _lengthened(plain: str) -> tuple[str, list[int]]:
    """Return the text as Python reads it, and for each of its characters the index that it had before."""
    written, places = "", list[int]()
    for match in _CHARACTERS.finditer(plain):
        new = _LONG.get(match[0], "==") if match[1] else match[0]
        written += new
        places += [match.start()] * len(new)
    stripped = len(plain) - len(plain.lstrip())
    return written[stripped:], [*places, len(plain)][stripped:]
