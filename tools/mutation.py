"""Mutation testing of the judging core: change one thing in a module, and see whether its tests notice.

`make mutation` takes the modules of tools/mutation.toml, prints every change that no test noticed and the score of each
module, and fails below the goal. Changes that alter nothing stand in that file, each with its reason, and do not count.

The tests of a module are collected and run once. Then each change is tried in a fork of that process, which puts the
changed function in the place of the original and runs the tests that call it until one fails. What stands outside of
functions, and what no test noticed so, is tried in an interpreter that imports the changed module. No file is changed.
"""

import argparse
import ast
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import TypeAlias

import pytest

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "czurban"
TABLE = ROOT / "tools" / "mutation.toml"
GOAL = 95
_WARM = ("hypothesis.strategies", "_hypothesis_pytestplugin", "pydantic", "yaml", "rich.console", "typer")
"""What every test imports: once, and not in each fork. The package itself is not among it."""
Where = tuple[str, int]
"""A function, by its qualified name and its first line."""
Cache: TypeAlias = "_lru_cache_wrapper[object]"


@dataclass
class Module:
    """A module to change, its tests in the order in which they are asked, and the changes that alter nothing."""

    name: str
    tests: Sequence[str]
    equivalent: Mapping[str, str]
    seconds: float = 0
    """How long its tests may take of a processor: several times what they take when nothing is changed."""
    survived: list[Mutant] = field(default_factory=list)
    counted: int = 0

    @property
    def path(self) -> Path:
        """The module's file."""
        return PACKAGE / f"{self.name}.py"

    @property
    def imported(self) -> str:
        """Its name in an import."""
        return "czurban." + self.name.replace("/", ".")

    @property
    def score(self) -> str:
        """How many of its changes the tests notice."""
        return scored(self.counted, len(self.survived))


def scored(counted: int, survived: int) -> str:
    """A score in words."""
    return f"{counted - survived} of {counted} ({100 * (counted - survived) / max(counted, 1):.1f} %)"


def fails(attempt: Callable[[], bool], seconds: float = 0) -> bool:
    """Whether an attempt in a fork of this process does not end well: it fails, crashes or does not end at all.

    With a limit, in seconds of a processor, the attempt is made silently.
    """
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if seconds:
                signal.setitimer(signal.ITIMER_PROF, seconds)
                signal.setitimer(signal.ITIMER_REAL, 100 * seconds)  # for what waits and does nothing
                silent = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silent, 1)
                os.dup2(silent, 2)
            code = 0 if attempt() else 1
        finally:
            os._exit(code)  # without going back to what the parent does
    return os.waitpid(child, 0)[1] != 0


def run_tests(tests: Sequence[str], plugin: "Quickly") -> bool:
    """Whether tests pass."""
    options = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    words = [*options, f"--rootdir={ROOT}", *(str(ROOT / "tests" / one) for one in tests)]
    return pytest.main(words, plugins=[plugin]) == pytest.ExitCode.OK


class Quickly:
    """A plugin: a property ends at its first failure, and is tried with the same values each time."""

    def pytest_sessionstart(self) -> None:
        """Change the profile that conftest.py chose."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - so that conftest.py comes first

        chosen = settings.get_profile("czurban")
        settings.register_profile("mutation", chosen, phases=(Phase.explicit, Phase.generate), derandomize=True)
        settings.load_profile("mutation")


class Swapping(Quickly):
    """A plugin: runs the tests once, and then those of each changed function."""

    def __init__(self, module: Module, mutants: Sequence[Mutant]) -> None:
        self.module, self.mutants = module, mutants
        self.survived: list[Mutant] = []
        self.functions: dict[Where, list[FunctionType]] = {}
        self.caches: list[Cache] = []
        self.seconds: Mapping[Where, float] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's own loop."""
        self._find()
        callers = self._callers(session.items)
        gc.collect()
        gc.freeze()  # what forks share is not copied to be looked over
        same = ast.parse(self.module.path.read_text(encoding="utf-8"))
        for where in {mutant.function for mutant in self.mutants if mutant.function}.intersection(callers):
            if fails(partial(self._passes, Mutant(0, "", same, where), callers[where], session.items), 600):
                msg = f"The tests of {where[0]} fail in a fork without any change."
                raise pytest.UsageError(msg)
        for mutant in self.mutants:
            where = mutant.function or ("", 0)
            tests = callers.get(where, [])
            if tests and fails(partial(self._passes, mutant, tests, session.items), self.seconds[where]):
                continue
            self.survived.append(mutant)
        return True

    def _find(self) -> None:
        """The module's functions as they live here, and what the package remembers of earlier calls."""
        importlib.import_module(self.module.imported)  # what is tested may import it later
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename == str(self.module.path):
                where = one.__code__.co_qualname, one.__code__.co_firstlineno
                self.functions.setdefault(where, []).append(one)
            elif isinstance(one, _lru_cache_wrapper) and (one.__module__ or "").startswith("czurban"):
                self.caches.append(one)

    def _callers(self, items: Sequence[pytest.Item]) -> Mapping[Where, Sequence[pytest.Item]]:
        """The tests that call each function, the quickest first."""
        inside = {
            code: where for where, some in self.functions.items() for one in some for code in _codes(one.__code__)
        }
        callers: dict[Where, dict[pytest.Item, float]] = {}
        called: set[Where] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            if event == "call" and (where := inside.get(frame.f_code)):
                called.add(where)

        for at, item in enumerate(items):
            called.clear()
            begin = time.process_time()
            sys.setprofile(note)
            passed = self._passes_one(item, items[(at + 1) % len(items)])
            sys.setprofile(None)
            if not passed:
                msg = f"{item.nodeid} fails without any change."
                raise pytest.UsageError(msg)
            for where in called:
                callers.setdefault(where, {})[item] = time.process_time() - begin
        self.seconds = {where: 1 + 5 * sum(some.values()) for where, some in callers.items()}
        return {where: sorted(some, key=some.__getitem__) for where, some in callers.items()}

    def _passes(self, mutant: Mutant, tests: Sequence[pytest.Item], items: Sequence[pytest.Item]) -> bool:
        """Whether tests pass with a function changed in this process."""
        changed = {
            (code.co_qualname, code.co_firstlineno): code
            for code in _codes(compile(mutant.tree, str(self.module.path), "exec"))
        }
        for one in self.functions.get(mutant.function or ("", 0), ()):
            one.__code__ = changed[one.__code__.co_qualname, one.__code__.co_firstlineno]
        tests[0].session._setupstate.teardown_exact(tests[0])  # noqa: SLF001 - what an earlier test's file had set up
        following = (*tests[1:], items[tests[-1] is items[0]])
        return all(map(self._passes_one, tests, following))

    def _passes_one(self, item: pytest.Item, following: pytest.Item) -> bool:
        """Run one test; the one that follows keeps what both share."""
        from _pytest.runner import runtestprotocol  # noqa: PLC0415 - pytest has no public way to run one test

        for one in self.caches:
            one.cache_clear()
        return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module of the package as a changed tree."""

    def __init__(self, module: Module, tree: ast.Module) -> None:
        self._name, self._path, self._tree = module.imported, str(module.path), tree

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Take the changed module alone."""
        return importlib.util.spec_from_file_location(name, self._path, loader=self) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree."""
        exec(compile(self._tree, self._path, "exec"), vars(module))  # noqa: S102 - it is the module


def passes_anew(module: Module, mutant: Mutant) -> bool:
    """Whether all tests pass where the changed module is imported, one file of tests after another."""

    def attempt(test: str) -> bool:
        sys.meta_path.insert(0, Changed(module, mutant.tree))
        return run_tests([test], Quickly())

    return not any(fails(partial(attempt, test), module.seconds) for test in module.tests)


def survivors(module: Module, mutants: Sequence[Mutant]) -> list[Mutant]:
    """The changes of functions that no test notices; found in a fork, since this process never imports the package."""
    loop = Swapping(module, mutants)
    with tempfile.TemporaryFile("w+") as answer:

        def attempt() -> bool:
            passed = run_tests(module.tests, loop)
            answer.write(" ".join(str(mutants.index(one)) for one in loop.survived))
            answer.flush()
            return passed

        if fails(attempt):
            sys.exit(f"{module.name}: its tests cannot be run, or fail without any change.")
        answer.seek(0)
        return [mutants[int(number)] for number in answer.read().split()]


def _used() -> float:
    """Seconds of a processor that ended forks took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def try_all(module: Module, *, quick: bool) -> None:
    """Try all changes of a module."""
    source = module.path.read_text(encoding="utf-8")
    found = mutants_of(source)
    if gone := module.equivalent.keys() - {one.text for one in found}:
        sys.exit(f"{module.name}: {TABLE.name} names changes that there are no more: {sorted(gone)}")
    module.seconds, before = 600, _used()
    if not passes_anew(module, Mutant(0, "", ast.parse(source))):
        sys.exit(f"{module.name}: its tests fail without any change.")
    module.seconds = 1 + 5 * (_used() - before)
    counted = [one for one in found if one.text not in module.equivalent]
    inside = survivors(module, [one for one in counted if one.function])
    left = [one for one in counted if not one.function or one in inside]
    module.counted = len(counted)
    module.survived = [one for one in left if (quick and one.function) or passes_anew(module, one)]


def main() -> None:
    """Try the modules that are named, or all."""
    parser = argparse.ArgumentParser(description="Change one thing in a module, and see whether its tests notice.")
    parser.add_argument("modules", nargs="*", help=f"such as model/unit; without any, all of {TABLE.name}")
    parser.add_argument("--quick", action="store_true", help="do not try again, by an import, what survives")
    options = parser.parse_args()
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    names = options.modules or list(table)
    modules = [Module(name, table[name]["tests"], dict(table[name].get("equivalent", []))) for name in names]
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / "build" / "mutation")  # or each fork compiles all
    for name in _WARM:
        importlib.import_module(name)
    for module in modules:
        try_all(module, quick=options.quick)
        for mutant in module.survived:
            print(f"{module.path.relative_to(ROOT)}:{mutant.line}: {mutant.text}")
        print(f"{module.name}: {module.score}", flush=True)
    counted, survived = sum(one.counted for one in modules), sum(len(one.survived) for one in modules)
    print(f"all: {scored(counted, survived)}")
    sys.exit(100 * (counted - survived) < GOAL * counted)


if __name__ == "__main__":
    main()
