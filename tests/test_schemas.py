"""The schemas against the plan's files, the shapes, and the reader, which must not disagree with them."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic_core import ValidationError

from czurban.app.lists import SCHEMAS
from czurban.app.lists import schema as make
from czurban.cli.app import run
from czurban.cli.commands.rule import complete_schemas
from czurban.reading.plan.files import read_plan
from czurban.reading.plan.schema import FILES, KEYS, OTHERS
from czurban.reading.submission.header_cell import understand
from czurban.reading.submission.header_words import HEADERS, ColumnField
from czurban.reading.yaml.shapes import MappingShape, keys_of
from czurban.reading.yaml.tree import read_yaml

PLAN = ("targets", "tasks", "departments")


class Editor(yaml.SafeLoader):
    """Resolves the types that YAML 1.2 has, as editors do: `no` is a word there, and a date a text."""


Editor.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]*\.[0-9]+$", "-+.0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(form), list(first))


def valid(name: str, document: Any) -> bool:  # noqa: ANN401
    return bool(Draft202012Validator(make(name)).is_valid(document))


def in_editor(text: str) -> Any:  # noqa: ANN401
    return yaml.load(text, Editor)  # noqa: S506 - a safe loader


def shapes(of: type[MappingShape] = MappingShape) -> Iterator[type[MappingShape]]:
    for shape in of.__subclasses__():
        yield shape
        yield from shapes(shape)


@pytest.mark.parametrize("shape", [*shapes()], ids=lambda shape: shape.__name__)
def test_every_key_has_its_sentence(shape: type[MappingShape]) -> None:
    assert set(KEYS[shape.__name__]) == {"", *keys_of(shape)}


@pytest.mark.parametrize("name", PLAN)
def test_every_key_is_described_in_both_languages(name: str) -> None:
    schema = make(name)
    objects = [schema, *(value for value in schema["$defs"].values() if "properties" in value)]
    result = [node["description"] for holder in objects for node in (holder, *holder["properties"].values())]
    assert len(result) > 5
    for text in result:
        english, _, chinese = text.partition(" / ")
        assert english != chinese
        assert re.search(r"[\u4e00-\u9fff]", chinese)


def test_no_words_without_a_shape() -> None:
    assert set(KEYS) == {shape.__name__ for shape in shapes()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current_and_sound(repo: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["schema", name]) == 0
    printed = capfd.readouterr().out
    assert printed == (repo / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(printed))


@pytest.mark.parametrize("name", PLAN)
def test_the_plan_s_files_satisfy_their_schema(repo: Path, name: str) -> None:
    text = (repo / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    named = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert (repo / "data" / named).resolve() == repo / "schema" / f"{name}.schema.json"
    document = in_editor(text)
    assert [error.message for error in Draft202012Validator(make(name)).iter_errors(document)] == []
    assert valid(name, json.loads(json.dumps(document)))


def test_a_whole_plan_satisfies_its_schema(repo: Path) -> None:
    whole = {name: in_editor((repo / "data" / f"{name}.yaml").read_text(encoding="utf-8")) for name in PLAN}
    assert valid("plan", whole)
    assert valid("plan", {name: whole[name] for name in ("targets", "departments")})
    assert not valid("plan", {"targets": whole["targets"]})
    whole["tasks"]["parts"][0]["tasks"][0]["leed"] = "市公安局"
    assert not valid("plan", whole)


TARGETS = """
plan: {{title: t, region: r, period: 2019}}
indicators:
  - {{id: a, name: a, unit: '%', kind: rate, lead: b, target: ≥1, deadline: 2019{more}}}
"""
TASKS = "ladders: {{w: [a, b]}}\nparts: [{{no: 一, title: t, tasks: [{{no: 1, title: t, lead: [b]{more}}}]}}]"
DEPARTMENTS = "departments: [{{name: b{more}}}]"


@pytest.mark.parametrize(
    ("name", "text", "more", "accepted"),
    [
        ("targets", TARGETS, "", "yes"),
        ("targets", TARGETS, ", no: 1", "yes"),
        ("targets", TARGETS, ", no: '1'", "yes"),
        ("targets", TARGETS, ", no: AHS-1.1", "yes"),
        ("targets", TARGETS, ", no: 1.10", "yes"),
        ("targets", TARGETS, ", no: 一个写成了整句话的编号这样的编号实在是太长了吧", "no"),
        ("targets", TARGETS, ", no: [1]", "no"),
        ("targets", TARGETS, ", binding: true", "yes"),
        ("targets", TARGETS, ", binding: perhaps", "no"),
        ("targets", TARGETS, ", grade: B", "yes"),
        ("targets", TARGETS, ", grade: [B]", "no"),
        ("targets", TARGETS, ", stages: [a, b]", "yes"),
        ("targets", TARGETS, ", stages: {a: b}", "no"),
        ("targets", TARGETS, ", reference: {2019: 61.5}", "yes"),
        ("targets", TARGETS, ", reference: [61.5]", "no"),
        ("targets", TARGETS, ", compared_with: urban", "yes"),
        ("targets", TARGETS, ", compared_with: 城镇化率", "no"),
        ("targets", TARGETS, ", by_type: {县: ≥80}", "yes"),
        ("targets", TARGETS, ", by_type: ≥80", "no"),
        ("targets", TARGETS, ", baseline: 40", "yes"),
        ("targets", TARGETS, ", baseline: 40.50", "yes"),
        ("targets", TARGETS, ", baseline: [40]", "no"),
        ("targets", TARGETS, ", aliases: c", "yes"),
        ("targets", TARGETS, ", aliases: [c, 2]", "yes"),
        ("targets", TARGETS, ", aliases: [[c]]", "no"),
        ("targets", TARGETS, ", baselin: 40", "no"),
        ("targets", TARGETS, ", basis: interpreted, reason: r", "yes"),
        ("targets", TARGETS, ", basis: guessed", "no"),
        ("targets", TARGETS, ", cited: [{at: x, printed: 1.5}]", "yes"),
        ("targets", TARGETS, ", cited: [{at: x}]", "no"),
        ("tasks", TASKS, "", "yes"),
        ("tasks", TASKS, ", open: true", "yes"),
        ("tasks", TASKS, ", open: yes", "yes"),
        ("tasks", TASKS, ", open: perhaps", "no"),
        ("tasks", TASKS, ", milestones: [{name: m, ladder: w, stage: a}]", "yes"),
        ("tasks", TASKS, ", milestones: [{name: m, ladder: w}]", "no"),
        ("departments", DEPARTMENTS, "", "yes"),
        ("departments", DEPARTMENTS, ", aliases: [c]", "yes"),
        ("departments", DEPARTMENTS, ", alias: [c]", "no"),
    ],
)
def test_the_schema_and_the_reader_agree(name: str, text: str, more: str, accepted: str) -> None:
    written = text.format(more=more)
    root, _ = read_yaml("x.yaml", written)
    assert root is not None
    try:
        FILES[name].read(root.plain())
        read = "yes"
    except ValidationError:
        read = "no"
    assert read == accepted
    assert valid(name, in_editor(written)) is (accepted == "yes")


def read_by_validate(text: str, folder: Path) -> bool:
    """Whether a plan with these targets has no error."""
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    (folder / "departments.yaml").write_text(DEPARTMENTS.format(more=""), encoding="utf-8")
    return read_plan(folder)[0] is not None


@pytest.mark.parametrize(
    ("old", "new", "accepted"),
    [
        ("target: ≥1", "target: 1", "no"),
        ("target: ≥1", "target: 1.5", "no"),
        ("target: ≥1", "target: '１'", "no"),
        ("target: ≥1", "target: 不低于1", "yes"),
        ("target: ≥1", "target: 无", "yes"),
        ("target: ≥1", "target: 100%", "yes"),
        ("deadline: 2019", "deadline: 2019年底", "yes"),
        ("deadline: 2019", "deadline: 二〇一九年底", "yes"),
        ("deadline: 2019", "deadline: '２０１９'", "yes"),
        ("deadline: 2019", "deadline: 年底", "no"),
        ("deadline: 2019", "deadline: soon", "no"),
        ("period: 2019", "period: 去年", "no"),
        ("period: 2019", "period: 十四五", "yes"),
        ("period: 2019", "period: 2019, baseline_period: last year", "no"),
        ("period: 2019", "period: 2019, baseline_period: 2018年", "yes"),
        ("lead: b", "lead: b, adds: none", "yes"),
        ("lead: b", "lead: b, adds: weighted by a", "yes"),
        ("lead: b", "lead: b, adds: mean", "no"),
        ("lead: b", "lead: b, basis: interpreted", "no"),
        ("lead: b", "lead: b, basis: interpreted, reason: r", "yes"),
        ("lead: b", "lead: b, jump: 50%", "yes"),
        ("lead: b", "lead: b, jump: 50", "no"),
    ],
)
def test_the_schema_refuses_what_validate_refuses(tmp_path: Path, old: str, new: str, accepted: str) -> None:
    text = TARGETS.format(more="")
    assert old in text
    text = (
        text.replace("plan:", "categories: [c]\nplan:")
        .replace("name: a,", "name: a, category: c,")
        .replace(old, new, 1)
    )
    assert read_by_validate(text, tmp_path) is (accepted == "yes")
    assert valid("targets", in_editor(text)) is (accepted == "yes")


@pytest.mark.parametrize("name", ["actuals-2018.csv", "actuals-2019.csv"])
def test_the_example_submissions_satisfy_their_schema(repo: Path, name: str) -> None:
    with (repo / "examples" / name).open(encoding="utf-8", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    assert len(rows) > 20
    assert valid("submission", rows)


@pytest.mark.parametrize(
    ("row", "accepted"),
    [
        ({"指标": "a", "数值": 1}, True),
        ({"Indicator": "a", "ACTUAL": "1"}, True),
        ({"序号": 1, "2019年完成值（万人）": 1.5}, True),
        ({"指标": "a", "数值": 1, "备用": "x"}, True),
        ({"指标": "a", "数值": [1]}, False),
        ({"指标": "a"}, False),
        ({"数值": 1}, False),
        ({"指标": "a", "数值上": 1}, False),
    ],
)
def test_a_row_is_known_by_its_headers(row: dict[str, Any], accepted: object) -> None:
    assert valid("submission", [row]) is accepted


@pytest.mark.parametrize("field", HEADERS)
@pytest.mark.parametrize("form", ["{}", "{}（万人）", " {} ", "2019年{}"])
def test_the_headers_of_the_schema_are_the_reader_s(field: ColumnField, form: str) -> None:
    patterns = make("submission")["items"]["patternProperties"]
    for name in HEADERS[field]:
        header = form.format(name)
        understood = understand(header)
        assert understood is not None
        assert any(re.search(pattern, header) for pattern in patterns)


def test_an_unknown_schema_is_refused(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CZURBAN_LANG", "en")
    assert run(["schema", "plans"]) == 2
    assert "plan, targets, tasks, departments, regions, submission" in capfd.readouterr().err
    assert complete_schemas("ta") == ["targets", "tasks"]


def test_a_schema_is_written_to_a_file(tmp_path: Path) -> None:
    assert run(["schema", "tasks", "-o", str(tmp_path / "t.json")]) == 0
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == make("tasks")


def test_every_file_of_a_plan_has_a_schema_by_name() -> None:
    assert ("plan", *FILES, "submission", *OTHERS) == SCHEMAS
