"""The changes that mutation testing makes to a module: another comparison, another number, a lost line.

Not changed are docstrings, types, sentences for people (`say`, f-strings), imports for types, and the names that a
class gives its members.
"""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_COMPARED: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COMPUTED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NOT_CHANGED: Mapping[type[ast.AST], Sequence[str]] = {
    ast.ClassDef: ("decorator_list", "keywords", "bases"),
    ast.FunctionDef: ("decorator_list", "returns"),
    ast.arg: ("annotation",),
    ast.AnnAssign: ("annotation",),
}


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        for other in _COMPARED[type(op)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _computed(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    yield _with(node, op=_COMPUTED[type(node.op)]())


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _signed(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool() as value:
            yield _with(node, value=not value)
        case int() as number:
            yield _with(node, value=number + 1)
        case str() as text:
            yield _with(node, value=f"XX{text}XX" if text else "XX")


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    """Give None back; what is None already, or as false as None, stays."""
    if node.value is not None and not (isinstance(node.value, ast.Constant) and not node.value.value):
        yield _with(node, value=ast.Constant(None))


def _tested(node: ast.If | ast.IfExp | ast.While) -> Iterator[ast.AST]:
    if _is_plain(node.test):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _filtered(node: ast.comprehension) -> Iterator[ast.AST]:
    for at, test in enumerate(node.ifs):
        if _is_plain(test):
            yield _with(node, ifs=[*node.ifs[:at], ast.UnaryOp(ast.Not(), test), *node.ifs[at + 1 :]])


def _called(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        yield _with(node, func=ast.Name(_CALLED[node.func.id], ast.Load()))


def _lost(node: ast.Expr) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


def _left(_: ast.Continue) -> Iterator[ast.AST]:
    yield ast.Break()


_VARIANTS: Mapping[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BinOp: _computed,
    ast.AugAssign: _computed,
    ast.BoolOp: _joined,
    ast.UnaryOp: _signed,
    ast.Constant: _constant,
    ast.Return: _returned,
    ast.If: _tested,
    ast.IfExp: _tested,
    ast.While: _tested,
    ast.comprehension: _filtered,
    ast.Call: _called,
    ast.Expr: _lost,
    ast.Continue: _left,
}


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _is_plain(test: ast.expr) -> bool:
    """Whether a condition has no operator of its own that is changed anyway."""
    return isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr)


@dataclass(frozen=True)
class Mutant:
    """One change: its line, what it says, the changed module, and the function around it (None outside of all).

    A function is known by its qualified name and its first line, as a code object is.
    """

    line: int
    text: str
    tree: ast.Module
    function: tuple[str, int] | None = None


def mutants_of(source: str) -> list[Mutant]:
    """Find all changes of a module."""
    finder = _Finder()
    finder.visit(ast.parse(source))
    return finder.found


class _Finder(ast.NodeVisitor):
    """Goes through a module and remembers the way to each node, so as to put another in its place."""

    def __init__(self) -> None:
        self.found: list[Mutant] = []
        self._times: Counter[str] = Counter()
        self._way: list[tuple[ast.AST, str, int | None]] = []

    def generic_visit(self, node: ast.AST) -> None:
        self._change(node)
        for name, value in ast.iter_fields(node):
            if name in _NOT_CHANGED.get(type(node), ()):
                continue
            for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST):
                    self._go(node, name, at, child)

    def _go(self, node: ast.AST, name: str, at: int | None, child: ast.AST) -> None:
        self._way.append((node, name, at))
        self.visit(child)
        self._way.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for at, part in enumerate(node.values):
            if isinstance(part, ast.FormattedValue):
                self._way.append((node, "values", at))
                self._go(part, "value", None, part.value)
                self._way.pop()

    def visit_Call(self, node: ast.Call) -> None:
        is_sentence = isinstance(node.func, ast.Name) and node.func.id == "say"
        self.generic_visit(ast.Call(node.func, [], node.keywords) if is_sentence else node)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) != "TYPE_CHECKING":
            self.generic_visit(node)

    def _change(self, node: ast.AST) -> None:
        scopes = [one for one, _, _ in self._way if isinstance(one, ast.ClassDef | ast.FunctionDef)]
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and scopes and isinstance(scopes[-1], ast.ClassDef):
            return
        if not scopes and isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return  # a type
        for variant in _VARIANTS[type(node)](node) if type(node) in _VARIANTS else ():
            before, after = (_short(one) for one in (node, variant))
            text = f"{'.'.join(one.name for one in scopes) or '(module)'}: {before} -> {after}"
            self._times[text] += 1
            if self._times[text] > 1:
                text += f" ({self._times[text]})"
            line = int(getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0))
            self.found.append(Mutant(line, text, self._replaced(node, variant), self._function()))

    def _function(self) -> tuple[str, int] | None:
        for at, (node, name, _) in enumerate(self._way):
            if isinstance(node, ast.FunctionDef):
                if name != "body":
                    return None  # a default is computed where the function is made
                outer = [one.name for one, _, _ in self._way[:at] if isinstance(one, ast.ClassDef)]
                return ".".join([*outer, node.name]), min(
                    node.lineno, *(one.lineno for one in node.decorator_list), node.lineno
                )
        return None

    def _replaced(self, node: ast.AST, variant: ast.AST) -> ast.Module:
        """The module with another node at the end of the way; all else is shared with the original."""
        changed = ast.copy_location(variant, node)
        for parent, name, at in reversed(self._way):
            value = getattr(parent, name)
            changed = _with(parent, **{name: changed if at is None else [*value[:at], changed, *value[at + 1 :]]})
        if not isinstance(changed, ast.Module):
            msg = "the way begins at the module"
            raise TypeError(msg)
        return ast.fix_missing_locations(changed)


def _short(node: ast.AST) -> str:
    """A node in one line; of a condition, what is asked."""
    if isinstance(node, ast.If | ast.While):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
