"""What a sieve and comments leave out, and what nothing may."""

import pytest

from czurban.app.finding_filter import Codes, FindingFilter, filter_findings, may_hide
from czurban.model.faults import FAULTS, finding
from czurban.model.finding import Finding, Ignore, Place, Severity, say


def one(code: str, file: str = "data/targets.yaml", line: int = 1) -> Finding:
    return finding(code, Place(file, line), say("x"))


FOUND = [one("P107"), one("P202"), one("S203", "a.csv"), one("S218", "a.csv"), one("S219", "b/c.csv")]


@pytest.mark.parametrize(
    ("sieve", "kept"),
    [
        (FindingFilter(), ["P107", "P202", "S203", "S218", "S219"]),
        (FindingFilter(select=("P2",)), ["P107", "P202", "S203"]),
        (FindingFilter(select=("S218", "S219")), ["P107", "S203", "S218", "S219"]),
        (FindingFilter(ignore=("P2",)), ["P107", "S203", "S218", "S219"]),
        (FindingFilter(ignore=("P", "S")), ["P107", "S203"]),
        (FindingFilter(select=("S",), ignore=("S218",)), ["P107", "S203", "S219"]),
        (FindingFilter(per_file=(("*.csv", ("S2",)),)), ["P107", "P202", "S203"]),
        (FindingFilter(per_file=(("b/*.csv", ("S2",)),)), ["P107", "P202", "S203", "S218"]),
        (FindingFilter(per_file=(("data/targets.yaml", ("P1", "P2")),)), ["P107", "S203", "S218", "S219"]),
        (FindingFilter(per_file=(("*.csv", ("S218",)), ("*.yaml", ("S219",)))), ["P107", "P202", "S203", "S219"]),
    ],
)
def test_what_a_sieve_keeps(sieve: FindingFilter, kept: list[str]) -> None:
    sifted = filter_findings(FOUND, sieve)
    assert [item.code for item in sifted.kept] == kept
    assert sifted.left_out == len(FOUND) - len(kept)
    assert sifted.failed


@pytest.mark.parametrize("code", [code for code in FAULTS if FAULTS[code].severity is Severity.ERROR])
def test_no_error_that_costs_a_plan_or_a_value_is_ever_left_out(code: str) -> None:
    everything: Codes = ("P", "S")
    sifted = filter_findings(
        [one(code)], FindingFilter(("P201",), everything, (("*", everything),)), [Ignore(code, Place("x"), 1, 1)]
    )
    assert may_hide(code) == code.startswith("P2")
    assert may_hide(code) or sifted.kept[0].code == code


@pytest.mark.parametrize(
    ("code", "strict", "ignore", "failed"),
    [
        ("S203", False, (), True),
        ("S218", False, (), False),
        ("S218", True, (), True),
        ("S218", True, ("S218",), False),
        ("P202", True, (), False),
    ],
)
def test_strict_counts_the_warnings_that_are_kept(code: str, strict: bool, ignore: Codes, failed: bool) -> None:  # noqa: FBT001
    assert filter_findings([one(code)], FindingFilter(ignore=ignore, strict=strict)).failed is failed


def test_a_finding_without_a_place_is_in_no_file() -> None:
    bare = finding("P202", None, say("x"))
    assert (
        filter_findings([bare], FindingFilter(per_file=(("*", ("P2",)),)), [Ignore("P202", Place("x", 1), 1, 9)]).kept[
            0
        ]
        == bare
    )


@pytest.mark.parametrize(
    ("file", "line", "kept"),
    [
        ("./data/targets.yaml", 2, []),
        ("data/targets.yaml", 4, []),
        ("data/targets.yaml", 1, ["P202", "P115"]),
        ("data/targets.yaml", 5, ["P202", "P115"]),
        ("data/tasks.yaml", 2, ["P202", "P115"]),
    ],
)
def test_a_comment_hides_in_its_lines_only(file: str, line: int, kept: list[str]) -> None:
    sifted = filter_findings([one("P202", line=line)], FindingFilter(), [Ignore("P202", Place(file, 1), 2, 4)])
    assert [item.code for item in sifted.kept] == kept
    assert sifted.commented == (not kept)


def test_p115_is_told_of_each_code_that_hides_nothing() -> None:
    place = Place("data/targets.yaml", 1)
    sifted = filter_findings([one("P202")], FindingFilter(), [Ignore("P202", place, 1, 1), Ignore("P201", place, 1, 1)])
    assert [(item.code, item.place) for item in sifted.kept] == [("P115", place)]
    assert "P201" in str(sifted.kept[0].message)


def test_warnings_fail_nothing_unless_that_is_asked_for() -> None:
    assert not filter_findings([one("S218")], FindingFilter()).failed
