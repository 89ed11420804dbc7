"""tools/mutation.toml names modules, tests and changes that exist, and the tool changes what it promises to change."""

import tomllib
from pathlib import Path

import pytest

from mutants import mutants_of

TOOLS = Path(__file__).parents[2] / "tools"
TABLE = tomllib.loads((TOOLS / "mutation.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TABLE)
def test_a_section_names_a_module_tests_and_changes_that_exist(name: str, repo: Path) -> None:
    section, module = TABLE[name], repo / "src" / "czurban" / f"{name}.py"
    assert module.is_file()
    assert section["tests"]
    assert [test for test in section["tests"] if not (repo / "tests" / test).is_file()] == []
    equivalent = dict(section.get("equivalent", []))
    assert set(equivalent) <= {mutant.text for mutant in mutants_of(module.read_text(encoding="utf-8"))}
    assert all(equivalent.values())


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a is b", ["a is b -> a is not b"]),
        ("a + b", ["a + b -> a - b"]),
        ("a and b", ["a and b -> a or b"]),
        ("x = -a", ["-a -> a"]),
        ("x = [True, 1, 'a', '']", ["True -> False", "1 -> 2", "'a' -> 'XXaXX'", "'' -> 'XX'"]),
        ("x = a if b else c", ["a if b else c -> a if not b else c"]),
        ("x = [a for a in b if c]", ["for a in b if c -> for a in b if not c"]),
        ("min(a)", ["min(a) -> pass", "min(a) -> max(a)"]),
        ("say('a', b=1 + c)", ["say('a', b=1 + c) -> pass", "1 + c -> 1 - c", "1 -> 2"]),
        ("f'a{b + c}'", ["b + c -> b - c"]),
        ("A = B | C", []),
        ("'A docstring.'", []),
        ("if TYPE_CHECKING:\n    x = 1", []),
        ("x = 1, 1", ["1 -> 2", "1 -> 2 (2)"]),
    ],
)
def test_each_change_is_made_once(source: str, changes: list[str]) -> None:
    assert {mutant.text.removeprefix("(module): ") for mutant in mutants_of(source)} == set(changes)


def test_a_change_of_a_function_is_known_by_its_name_and_line() -> None:
    source = "class A:\n    x = 'a'\n\n    @b\n    def c(self, d=1):\n        if e == 0:\n            return f\n"
    assert [(mutant.text, mutant.line, mutant.function) for mutant in mutants_of(source)] == [
        ("A.c: 1 -> 2", 5, None),
        ("A.c: e == 0 -> e != 0", 6, ("A.c", 4)),
        ("A.c: 0 -> 1", 6, ("A.c", 4)),
        ("A.c: return f -> return None", 7, ("A.c", 4)),
    ]
