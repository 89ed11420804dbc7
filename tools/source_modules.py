"""Parse the files of src and find what they hold: functions, imports, public names.

`tools/structure.py` says how each of them is counted.
"""

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Function:
    """A function, where it is, and how many lines of code it has."""

    place: str
    lines: int


@dataclass
class Module:
    """A file of src, parsed."""

    path: Path
    name: str
    file: str
    text: str
    tree: ast.Module = field(repr=False)

    @property
    def is_package(self) -> bool:
        """Whether the file is an `__init__.py`."""
        return self.path.name == "__init__.py"

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())


def read_modules(root: Path) -> list[Module]:
    """Parse every Python file of root/src."""
    modules = []
    for path in sorted((root / "src").rglob("*.py")):
        parts = path.relative_to(root / "src").with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        modules.append(Module(path, name, path.relative_to(root).as_posix(), text, ast.parse(text)))
    return modules


def functions_of(module: Module) -> Iterator[Function]:
    """Count the lines of code of each function of a module."""
    code = code_lines(module.text)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            within = code & set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            first = node.body[0]
            if ast.get_docstring(node) is not None and len(node.body) > 1:
                within -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
            yield Function(f"{module.file}:{node.lineno} {node.name}", len(within))


def code_lines(text: str) -> set[int]:
    """Return the numbers of the lines that hold code or a string, and not only a comment or nothing."""
    blank = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {line for token in tokens if token.type not in blank for line in range(token.start[0], token.end[0] + 1)}


def importers_of(modules: Sequence[Module], *, at_top: bool = False) -> dict[str, set[str]]:
    """Return for each module the other modules that import it; `at_top` leaves out imports inside functions."""
    known = {module.name for module in modules}
    importers: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        for name in imported_by(module, known, at_top=at_top):
            if name != module.name:
                importers[name].add(module.name)
    return importers


def imported_by(module: Module, known: set[str], *, at_top: bool = False) -> Iterator[str]:
    """Yield the modules of src that a module imports anywhere in its text, or only in its own statements."""
    for node in module.tree.body if at_top else ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            base = imported_package(module, node)
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield from [name] if name in known else [base] if base in known else []


def imported_package(module: Module, node: ast.ImportFrom) -> str:
    """Return the full name of what stands between `from` and `import`."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*kept, *([node.module] if node.module else [])])


def names_in_strings(modules: Iterable[Module]) -> set[str]:
    """Return every string that the modules hold: a module may be loaded by it."""
    return {
        node.value
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def is_annotated(node: ast.FunctionDef | ast.AsyncFunctionDef, *, is_method: bool) -> bool:
    """Return whether every parameter and the result of a function has an annotation."""
    given = [*node.args.posonlyargs, *node.args.args]
    static = any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in node.decorator_list)
    if is_method and not static:
        given = given[1:]
    given += [*node.args.kwonlyargs, *(arg for arg in (node.args.vararg, node.args.kwarg) if arg)]
    return node.returns is not None and all(arg.annotation is not None for arg in given)


def public_things(
    node: ast.Module | ast.ClassDef, prefix: str
) -> Iterator[tuple[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    """Yield the public classes, functions and methods under a module or class, with their names."""
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not child.name.startswith("_"):
            name = f"{prefix}{child.name}"
            yield child, name
            if isinstance(child, ast.ClassDef):
                yield from public_things(child, f"{name}.")
