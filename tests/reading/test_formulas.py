"""Formulas as they stand in targets.yaml: what may stand in one, and every fault at its very character."""

from pathlib import Path

import pytest

from czurban.model.finding import Finding
from czurban.model.formulas.formula import Missing, Term
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft, read_plan

OWN = "formula: residents − residents@baseline"


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    text = (PLAN / "targets.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    for name in ("tasks.yaml", "departments.yaml"):
        (folder / name).write_bytes((PLAN / name).read_bytes())
    return folder


def faults(folder: Path, *changes: tuple[str, str]) -> list[Finding]:
    return list(read_draft(write(folder, *changes)).findings)


def spots(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, f"{finding.place.line}:{finding.place.column}") for finding in findings if finding.place]


def plan_of(folder: Path, formula: str) -> Plan:
    plan, findings = read_plan(write(folder, (OWN, formula)))
    assert plan is not None, findings
    return plan


def test_a_fault_is_at_its_character_behind_an_entry_that_is_left_out(tmp_path: Path) -> None:
    without_unit = ("    unit: 万人\n    kind: stock\n", "    kind: stock\n")  # of the entry before it
    assert ("P117", "29:35") in spots(faults(tmp_path, without_unit, (OWN, "formula: residents − residents@last")))


@pytest.mark.parametrize(
    ("formula", "column"),
    [
        ("people − residents@baseline", 14),
        ("residents − residents@last", 35),
        ("residents − residents@2019", 35),  # the plan's own year
        ("residents − residents@18", 35),
        ("residents ** 2", 14),
        ("residents − (land", 26),
        ("max(residents, land)", 14),
        ("sum()", 14),
        ("share(residents)", 14),
        ("sum(residents, start=land)", 14),
        ("residents − 'x'", 26),
        ("residents.real", 14),
        ("residents − 0x10", 26),
        ("residents − 1_0", 26),
        ("residents − 1e3", 26),
        ("residents − True", 26),
        ("−residents", 14),
        ("residents if land else land", 14),
        ("(residents,)", 14),
        ("residents@baseline − (land", 35),
        ("城镇人口", 14),
        ("residents = land", 24),
        ("1if residents else 2", 14),
        ("residents − residents − people", 38),
        ("residents +", 25),
        ("residents ＋ １０＿０", 26),
        ("residents − １e３", 26),
        ("residents ＃ land", 24),
    ],
)
def test_what_is_not_allowed_is_reported_at_its_character(tmp_path: Path, formula: str, column: int) -> None:
    assert spots(faults(tmp_path, (OWN, f"formula: {formula}"))) == [("P117", f"30:{column}")]


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("residents ** 2", "residents ** 2"),
        ("land + max(residents@baseline, land)", "max(residents@baseline, land)"),
        ("residents − 城镇人口 ** 2", "城镇人口 ** 2"),
        ("'residents # − land'", "#"),  # Python would take what is behind it for a comment
        ("residents ＃ − land", "#"),
        (f"max({'residents, ' * 20}land)", "max(residents, residents, residents, re…"),
    ],
)
def test_what_is_not_allowed_in_a_formula_is_named(tmp_path: Path, formula: str, what: str) -> None:
    (finding,) = faults(tmp_path, (OWN, f"formula: {formula}"))
    assert finding.code == "P117"
    assert str(finding.message).startswith(f"“{what}” is not allowed in a formula; use")


@pytest.mark.parametrize(
    ("yaml", "message", "place"),
    [
        ("formula: [residents]", "The formula is a list, but it must be a text.", "30:14"),
        ("formula:\n      - residents", "The formula is a list, but it must be a text.", "31:7"),
        ('formula: ""', "The formula is empty.", "30:5"),
        ("formula: '  '", "The formula is empty.", "30:14"),
        ("formula:", "The formula is empty.", "30:5"),
        ('formula: {is: ""}', "“is” is “”, but it must be a text that is not empty.", "30:15"),
    ],
)
def test_what_is_no_text_is_no_formula(tmp_path: Path, yaml: str, message: str, place: str) -> None:
    (item,) = [finding for finding in faults(tmp_path, (OWN, yaml)) if finding.code == "P106"]
    assert str(item.message) == message
    assert spots([item]) == [("P106", place)]


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ('formula: "residents − people"', "30:27"),
        ("formula: 'residents − people'", "30:27"),
        (r'formula: "residents \u2212 people"', "30:32"),
        ("formula: >\n      residents −\n        people\n", "32:9"),
        ("formula: |-\n      residents −\n\n      people\n", "33:7"),
        ("formula: residents\n      − people", "31:9"),
        ('formula: "residents\n      − \\\n      people"', "32:7"),
        ("formula: {is: residents − people}", "30:31"),
        ("formula:\n      is: residents − people\n      rounding: 2", "31:23"),
        ("formula: &one residents − people", "30:31"),
    ],
)
def test_a_fault_is_reported_at_its_place_however_the_text_is_written(tmp_path: Path, yaml: str, place: str) -> None:
    assert spots(faults(tmp_path, (OWN, yaml))) == [("P117", place)]


def test_a_fault_behind_an_alias_is_reported_where_the_text_is(tmp_path: Path) -> None:
    result = faults(
        tmp_path,
        ("formula: residents", "formula: &f people"),
        ("    kind: rate\n", "    kind: rate\n    formula: *f\n"),
    )
    assert spots(result) == [("P117", "30:17")] * 2


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("residents" + " + residents" * 200, "longer than 2000 characters"),
        ("residents" + " + residents" * 60, "nested deeper than 50 levels"),
        ("(" * 300 + "residents" + ")" * 300, "cannot be read"),
        ("residents − " + "9" * 5000, "longer"),
    ],
)
def test_length_and_depth_are_limited(tmp_path: Path, formula: str, message: str) -> None:
    (finding,) = faults(tmp_path, (OWN, f"formula: {formula}"))
    assert finding.code == "P117"
    assert message in str(finding.message)


def test_a_name_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, (OWN, "formula: resident − residents@baseline"))
    assert "Did you mean" in str(finding.hint)


@pytest.mark.parametrize(
    ("formula", "terms"),
    [
        (OWN, (Term("residents"), Term("residents", at_baseline=True))),
        ("formula: residents − residents@2018", (Term("residents"), Term("residents", at_baseline=True))),
        ("formula: residents - residents@2017", (Term("residents"), Term("residents", period=Period(2017)))),
        (
            "formula: （residents － residents＠baseline）＊１．５",
            (Term("residents"), Term("residents", at_baseline=True)),
        ),
        ("formula: residents　＋　land／２", (Term("residents"), Term("land"))),
        ("formula: residents × 1.5 / land", (Term("residents"), Term("land"))),
    ],
)
def test_a_year_means_the_baseline_or_another_period(tmp_path: Path, formula: str, terms: tuple[Term, ...]) -> None:
    result = plan_of(tmp_path, formula).formula("residents_added")
    assert result is not None
    assert result.terms() == terms


def test_policy_and_rounding_are_declared(tmp_path: Path) -> None:
    result = plan_of(tmp_path, OWN).formula("all_schools")
    assert result is not None
    assert (result.missing, result.rounding) == (Missing.PARTIAL, None)
    other = plan_of(tmp_path, OWN).formula("share_of_schools")
    assert other is not None
    assert (other.missing, other.rounding) == (Missing.UNREPORTED, 1)
    for text, places in (("１２", 12), ("0", 0), ("none", None)):
        result = plan_of(tmp_path, f"formula: {{is: residents, rounding: {text}}}").formula("residents_added")
        assert result is not None
        assert result.rounding == places


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("formula: {is: residents, rounding: two}", "P106"),
        ("formula: {is: residents, rounding: 13}", "P106"),
        ("formula: {is: residents, rounding: -1}", "P106"),
        ("formula: {is: residents, missing: guess}", "P106"),
        ("formula: {rounding: 2}", "P105"),
        ("formula: {is: residents, round: 2}", "P104"),
        ("formula: {is: residents − land, missing: partial}", "P123"),
        ("formula: {is: residents × 2, missing: partial}", "P123"),
    ],
)
def test_what_is_declared_wrongly_is_reported(tmp_path: Path, yaml: str, code: str) -> None:
    assert [finding.code for finding in faults(tmp_path, (OWN, yaml))] == [code]


@pytest.mark.parametrize("formula", ["sum(residents, residents)", "residents + residents"])
def test_a_sum_may_be_written_either_way(tmp_path: Path, formula: str) -> None:
    assert faults(tmp_path, (OWN, f'formula: {{is: "{formula}", missing: partial}}')) == []


def test_every_cycle_is_reported_at_its_first_link(tmp_path: Path) -> None:
    people, land = (
        f"    kind: stock\n    lead: [市公安局]\n    baseline: {n}\n" for n in (100, "170\n    target: ≤165")
    )
    result = faults(
        tmp_path,
        (OWN, "formula: land + residents + residents_added"),
        (people, f"    formula: residents_added\n{people}"),
        (land, f"    formula: 1 × residents\n{land}"),
    )
    assert [str(finding.message.values["path"]) for finding in result] == [
        "residents → residents_added → residents",
        "residents → residents_added → land → residents",
        "residents_added → residents_added",
    ]
    assert spots(result) == [("P122", "17:14"), ("P122", "17:14"), ("P122", "31:33")]


def test_a_formula_that_uses_a_baseline_is_no_cycle(tmp_path: Path) -> None:
    assert faults(tmp_path, (OWN, "formula: residents_added@baseline + residents − residents@baseline")) == []


def test_of_very_many_cycles_some_are_reported_and_that_there_are_more(tmp_path: Path) -> None:
    ids = ["residents", "residents_added", "unemployment", "land", "land_per_head", "schools"]
    text = (PLAN / "targets.yaml").read_text(encoding="utf-8").replace(f"    {OWN}\n", "")
    for name in ids:
        entry = text.index(f"  - id: {name}\n")
        kind = text.index("    lead:", entry)
        text = f"{text[:kind]}    formula: {' + '.join(ids)}\n{text[kind:]}"
    write(tmp_path)
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    result = [finding for finding in read_draft(tmp_path).findings if finding.code == "P122"]
    assert len(result) == 21
    assert len({str(finding.message) for finding in result}) == 21
    assert "more cycles than the 20" in str(result[-1].message)


def test_the_old_key_says_what_to_write_instead(tmp_path: Path) -> None:
    (finding,) = faults(
        tmp_path, ("categories: [人口, 土地, 收入]", "categories: [人口, 土地, 收入]\nidentities: [residents = land]")
    )
    assert finding.code == "P104"
    assert "formula" in str(finding.hint)


def test_a_formula_stands_behind_those_it_takes_figures_from(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "formula: share_of_schools × residents")
    names = [formula.indicator for formula in plan.formulas]
    assert names.index("all_schools") < names.index("share_of_schools") < names.index("residents_added")
