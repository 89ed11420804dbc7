from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from czurban.model.assessment import Assessment
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.reporting.checks import from_root
from czurban.reporting.document import Document
from czurban.reporting.documents.check import check_report
from czurban.reporting.documents.findings import findings_report
from czurban.reporting.formats.registry import render
from czurban.reporting.formats.sarif import uri
from czurban.words.translator import Translator

Judge = Callable[..., Assessment]
EN = Translator("en")
ODD = finding("S203", Place("a,b:c.csv", 2, 5), say("50% <&>\r\n]]>\x00\x1b x"), say("a hint"))
WARNING = finding("S103", Place("b.csv", 1), say("w"))
NOTE = finding("S219", Place("c.xlsx", sheet="表,1", cell="C7"), say("n"))
NOWHERE = finding("P101", None, say("x"))


def document_of(*findings: Finding) -> Document:
    return findings_report(["a,b:c.csv", "b.csv"], findings, EN)


def xml(document: Document) -> Element:
    return fromstring(render(document, "junit"))  # noqa: S314 - our own


@pytest.fixture
def judged(judge: Judge) -> Document:
    judged_rows = judge("常住人口城镇化率,40.5,%,", "城镇常住人口,139,万人,", "户籍人口城镇化率,=cmd(),%,")
    return check_report(judged_rows, EN, scope=lambda result: result.indicator.no is not None)


def test_junit_has_a_case_for_every_indicator(judged: Document) -> None:
    root = xml(judged)
    indicators, files = root.findall("testsuite")
    assert indicators.attrib | {"name": ""} == {
        "name": "", "tests": "25", "failures": "1", "errors": "1", "skipped": "22", "time": "0"
    }  # fmt: skip
    assert {case.get("name"): [child.tag for child in case] for case in indicators[:4]} == {
        "1 常住人口城镇化率": ["failure"],
        "2 户籍人口城镇化率": ["error"],
        "3 城镇常住人口": ["system-out"],
        indicators[3].get("name"): ["skipped"],
    }
    assert [case.get("name") for case in files] == ["f1.csv"]
    failure = indicators[0][0]
    assert "40.5" in (failure.get("message") or "")
    assert "f1.csv:2:10" in (failure.text or "")
    assert (indicators[0].get("file"), indicators[0].get("line")) == ("f1.csv", "2")


def test_junit_counts_agree(judged: Document) -> None:
    for document in (judged, document_of(ODD, WARNING, NOTE, NOWHERE), document_of()):
        root = xml(document)
        for element in (root, *root.findall("testsuite")):
            assert element.get("tests") == str(len(list(element.iter("testcase"))))
            assert element.get("failures") == str(len(list(element.iter("failure"))))
            assert element.get("errors") == str(len(list(element.iter("error"))))
            assert element.get("skipped") == str(len(list(element.iter("skipped"))))


def test_junit_has_a_case_for_every_file() -> None:
    cases = {case.get("name"): case for case in xml(document_of(ODD, WARNING, NOTE, NOWHERE)).iter("testcase")}
    assert list(cases) == ["a,b:c.csv", "b.csv", "c.xlsx", "Files"]
    failure = cases["a,b:c.csv"][0]
    assert failure.text == "error: 1\na,b:c.csv:2:5: error S203: 50% <&>\n]]>␀␛ x\na hint"
    assert [child.tag for child in cases["b.csv"]] == ["system-out"]
    assert "c.xlsx:表,1!C7: note S219" in (cases["c.xlsx"][0].text or "")
    assert [child.tag for child in cases["Files"]] == ["failure"]


def test_github_escapes_and_puts_the_worst_first() -> None:
    lines = render(document_of(NOTE, WARNING, ODD, NOWHERE), "github").decode().splitlines()
    assert lines == [
        "::error file=a%2Cb%3Ac.csv,line=2,col=5,title=S203::50%25 <&>%0A]]>␀␛ x%0Aa hint",
        "::error title=P101::x",
        "::warning file=b.csv,line=1,title=S103::w",
        "::notice file=c.xlsx,title=S219::表,1!C7: n",
        "Faults found. error: 2, warning: 1, note: 1",
    ]


def test_github_tells_missed_targets_and_the_tally(judged: Document) -> None:
    lines = render(judged, "github").decode().splitlines()
    assert lines[0].startswith("::error file=f1.csv,line=2,col=10,title=target-missed::常住人口城镇化率")
    assert lines[-1] == "1 of 25 met, 1 missed, 22 not reported, 1 unreadable."


@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_a_document_without_checks_has_no_such_format(form: str) -> None:
    with pytest.raises(KeyError):
        render(Document(()), form)


def test_files_are_named_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "root" / "数 据"
    folder.mkdir(parents=True)
    (folder / "a.csv").touch()
    (tmp_path / "b.csv").touch()
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(folder)
    assert from_root("a.csv") == from_root(str(folder / "a.csv")) == "a.csv"
    assert from_root("../../b.csv") == (tmp_path / "b.csv").as_posix()
    assert uri("../../b.csv") == (tmp_path / "b.csv").as_uri()
    assert uri("<stdin>") == "%3Cstdin%3E"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "root"))
    assert from_root("a.csv") == "数 据/a.csv"
    assert uri("a.csv") == "%E6%95%B0%20%E6%8D%AE/a.csv"


def test_r4_a_value_that_is_only_about_so_much_is_shown_so(judge: Judge) -> None:
    judged_rows = judge("常住人口城镇化率,约41,%,", "户籍人口城镇化率,约19,%,")
    document = check_report(judged_rows, EN, scope=lambda result: result.indicator.no in {1, 2})
    met, missed = xml(document).findall("testsuite")[0]
    assert met[0].text == "约41 f1.csv:2:10"
    assert "约19 is reported" in (missed[0].get("message") or "")
    assert "约19 is reported" in render(document, "github").decode()
