import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for

from czurban.model.assessment import Assessment
from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Place, say
from czurban.reporting.document import Document
from czurban.reporting.documents.check import check_report
from czurban.reporting.documents.findings import findings_report
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]
EN, ZH = Translator("en"), Translator("zh")
OFFICIAL = os.environ.get("SARIF_SCHEMA")
ODD = finding("S203", Place("资料/a b#1.csv", 2, 5), say("“{cell}”", cell="{0} [x](http://x) \x1b[2J"), say("h"))
SHEET = finding("S219", Place("b.xlsx", sheet="表1", cell="C7"), say("x"))
WHOLE = finding("S108", Place("b.xlsx", sheet="表2"), say("x"))
NOWHERE = finding("P101", None, say("x"))


def checked(judge: Judge, translate: Translator = EN) -> Document:
    result = judge("常住人口城镇化率,40.5,%,", "城镇常住人口,139,万人,", "户籍人口城镇化率,=cmd(),%,")
    return check_report(result, translate, scope=lambda _: True)


def document_of(*findings: Finding, translate: Translator = EN) -> Document:
    return findings_report(["a.csv"], findings, translate)


def log(document: Document) -> Any:  # noqa: ANN401
    return json.loads(render(document, "sarif"))


def results(*findings: Finding, translate: Translator = EN) -> list[Any]:
    issues: list[Any] = log(document_of(*findings, translate=translate))["runs"][0]["results"]
    return issues


def schemas() -> Iterable[Any]:
    yield pytest.param(Path(__file__).parent / "sarif" / "used.schema.json", id="used")
    missing = pytest.mark.skipif(OFFICIAL is None, reason="SARIF_SCHEMA names no copy of the standard's own schema")
    yield pytest.param(Path(OFFICIAL or "nowhere"), id="official", marks=missing)


@pytest.mark.parametrize("schema", [*schemas()])
@pytest.mark.parametrize("translate", [EN, ZH], ids=["en", "zh"])
def test_sarif_is_valid(judge: Judge, schema: Path, translate: Translator) -> None:
    rules = json.loads(schema.read_text(encoding="utf-8"))
    one_of_each = [finding(code, Place("data/t.yaml", 3, 1), say("x")) for code in FAULTS]
    validator = validator_for(rules)(rules, format_checker=validator_for(rules).FORMAT_CHECKER)
    for document in (
        checked(judge, translate),
        document_of(ODD, SHEET, WHOLE, NOWHERE, *one_of_each, translate=translate),
        document_of(),
    ):
        assert [error.message for error in validator.iter_errors(log(document))] == []


def test_the_schema_of_what_is_used_refuses_what_is_not() -> None:
    rules = json.loads((Path(__file__).parent / "sarif" / "used.schema.json").read_text(encoding="utf-8"))
    validator = validator_for(rules)(rules)
    good = log(document_of(ODD))
    assert validator.is_valid(good)
    for path, value in (("level", "info"), ("locations", {}), ("rank", 1), ("ruleIndex", -1)):
        broken = json.loads(json.dumps(good))
        broken["runs"][0]["results"][0][path] = value
        assert not validator.is_valid(broken)


def test_every_result_has_its_rule(judge: Judge) -> None:
    run = log(checked(judge))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert {entry["id"] for entry in rules} == {*FAULTS, "target-missed"}
    assert all(rules[entry["ruleIndex"]]["id"] == entry["ruleId"] for entry in run["results"])
    assert {"target-missed", "S203"} <= {entry["ruleId"] for entry in run["results"]}


def test_a_missed_target_stands_where_its_value_does(judge: Judge) -> None:
    missed = [entry for entry in log(checked(judge))["runs"][0]["results"] if entry["ruleId"] == "target-missed"]
    assert len(missed) == 1
    region = missed[0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (2, 10)
    assert "40.5" in missed[0]["message"]["text"]
    assert "≥41" in missed[0]["message"]["text"]
    assert missed[0]["level"] == "error"


def test_the_language_is_the_reader_s() -> None:
    run = log(document_of(ODD, translate=ZH))["runs"][0]
    assert run["language"] == "zh"
    assert "YAML" in run["tool"]["driver"]["rules"][0]["shortDescription"]["text"]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] != FAULTS["P101"].demand


def test_text_and_names_are_escaped() -> None:
    result = results(ODD)[0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == ("%E8%B5%84%E6%96%99/a%20b%231.csv")
    assert result["message"]["text"] == "“{{0}} [x] (http://x) ␛[2J”\nh"


def test_a_cell_of_a_workbook_has_a_name_and_no_line() -> None:
    cell, sheet, nowhere = results(SHEET, WHOLE, NOWHERE)
    assert "region" not in cell["locations"][0]["physicalLocation"]
    assert cell["locations"][0]["logicalLocations"] == [{"name": "C7", "fullyQualifiedName": "表1!C7", "kind": "cell"}]
    assert sheet["locations"][0]["logicalLocations"][0]["kind"] == "sheet"
    assert "locations" not in nowhere


def at(line: int, *, file: str = "a.yaml", text: str = "k", translate: Translator = EN) -> str:
    message = say("The key “{name}” is repeated here; line {line} has it already.", name=text, line=line - 1)
    result = results(finding("P102", Place(file, line, 1), message), translate=translate)[0]["partialFingerprints"]
    return str(result["subject/v1"])


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (at(3), at(9), "same"),
        (at(3), at(3, translate=ZH), "same"),
        (at(3), at(3, text="l"), "another"),
        (at(3), at(3, file="b.yaml"), "another"),
    ],
    ids=["moved", "in Chinese", "another key", "another file"],
)
def test_the_same_fault_has_the_same_fingerprint(first: str, second: str, same: str) -> None:
    assert (first == second) is (same == "same")


def test_equal_faults_have_different_fingerprints() -> None:
    prints = [entry["partialFingerprints"]["subject/v1"] for entry in results(SHEET, SHEET, SHEET)]
    assert [entry.rpartition(":")[2] for entry in prints] == ["1", "2", "3"]
    assert len({entry.rpartition(":")[0] for entry in prints}) == 1
