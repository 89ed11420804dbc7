"""What formulas give: exactly, with their policies, from what was sent and from what the plan prints."""

import random
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from czurban.app.assessing import assess_all, derivations
from czurban.app.compute import printed_columns
from czurban.checking.derived import codes_of
from czurban.computing.formulas import amounts, derive, lasting_failures
from czurban.model.assessment import Assessment, Note, Result, Verdict
from czurban.model.formulas.derived import Derived
from czurban.model.formulas.formula import Failure
from czurban.model.period import Period
from czurban.model.plan import Plan
from czurban.model.target.interval import NumberRange
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes

OWN = "formula: residents − residents@baseline"
SCHOOLS = 'formula: {is: "sum(schools, kindergartens)", missing: partial}'


def plan_with(folder: Path, *changes: tuple[str, str]) -> Plan:
    text = (PLAN / "targets.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "targets.yaml").write_text(text, encoding="utf-8")
    for name in ("tasks.yaml", "departments.yaml"):
        (folder / name).write_bytes((PLAN / name).read_bytes())
    plan, findings = read_plan(folder)
    assert plan is not None, findings
    return plan


def judge(plan: Plan, *rows: str, header: str = "指标,数值,单位,填报单位", period: Period | None = None) -> Assessment:
    submission, _ = read_bytes("f.csv", "\n".join([header, *rows]).encode(), plan)
    return assess_all(plan, [submission], period or plan.period)


def result(found: Assessment, name: str) -> Result:
    return next(result for result in found.results if result.indicator.id == name)


def codes(found: Assessment) -> list[str]:
    return [
        finding.code for finding in found.findings if finding.code in ("S208", "S210", "S249", "S250", "S251", "S252")
    ]


@pytest.fixture
def made_up(tmp_path: Path) -> Plan:
    return plan_with(tmp_path)


def test_a_derived_value_is_exact_and_judged(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, ("target: ≤150\n", "target: ≤150\n    formula: land ÷ residents\n"))
    results = judge(plan, "城镇常住人口,1110001人,,", "城镇建设用地面积,16400公顷,,")
    one = result(results, "land_per_head")
    assert one.actual == Fraction(164_000_000, 1_110_001)
    assert one.verdict is Verdict.MET
    assert one.observation is None
    assert Note.DERIVED in one.notes
    assert one.derived is not None
    assert one.derived.sum == "16400公顷 ÷ 1110001人 ≈ 147.75平方米"
    told = [str(each.message) for each in results.findings if each.code == "S249"]
    assert told[-1] == "No figure was sent for “人均城镇建设用地”; its formula gives " + one.derived.sum + "."


@pytest.mark.parametrize(
    ("rounding", "actual", "verdict"),
    [
        ("none", Fraction(3333, 100), Verdict.MET),
        ("1", Fraction(333, 10), Verdict.MET),
        ("0", Fraction(33), Verdict.MISSED),
    ],
)
def test_only_a_declared_rounding_rounds(tmp_path: Path, rounding: str, actual: Fraction, verdict: Verdict) -> None:
    plan = plan_with(tmp_path, ("rounding: 1", f"rounding: {rounding}"))
    results = judge(plan, "新建学校,3333所,,", "新建幼儿园,6667所,,")
    one = result(results, "share_of_schools")
    assert (one.actual, one.verdict) == (actual, verdict)
    assert one.derived is not None
    assert one.derived.exact == Fraction(3333, 100)


@pytest.mark.parametrize(
    ("rounding", "sent", "text"),
    [
        ("none", ("4所", "12所"), "4所 ÷ (4所 + 12所) = 25%"),
        ("none", ("4所", "8所"), "4所 ÷ (4所 + 8所) ≈ 33.333%"),
        ("1", ("4所", "8所"), "4所 ÷ (4所 + 8所) = 33.3%"),  # as the formula rounds it, it is the value
        ("12", ("4所", "8所"), "4所 ÷ (4所 + 8所) = 33.333333333333%"),
        ("none", ("约4所", "8所"), "约4所 ÷ (约4所 + 8所) ≈ 约33.333%"),
        ("none", ("约4所", "12所"), "约4所 ÷ (约4所 + 12所) = 约25%"),
    ],
)
def test_the_sign_says_whether_the_value_itself_is_shown(
    tmp_path: Path, rounding: str, sent: tuple[str, str], text: str
) -> None:
    changes = (
        ("share(schools, all_schools)", "share(schools, schools + kindergartens)"),
        ("rounding: 1", f"rounding: {rounding}"),
    )
    one = result(
        judge(plan_with(tmp_path, *changes), f"新建学校,{sent[0]},,", f"新建幼儿园,{sent[1]},,"), "share_of_schools"
    )
    assert one.derived is not None
    assert one.derived.sum == text


def test_a_percentage_in_a_formula_is_a_ratio(tmp_path: Path) -> None:
    """By 5 % and then by 4 % less is 8.8 % less in all."""
    both = "formula: 1 − (1 − unemployment@2018) × (1 − unemployment)"
    change = ('formula: {is: "share(schools, all_schools)", rounding: 1}', both)
    plan = plan_with(tmp_path, change, ("baseline: 4.6", "baseline: 5"))
    assert result(judge(plan, "城镇登记失业率,4,%,"), "share_of_schools").actual == Fraction("8.8")


def test_half_is_rounded_up(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, ("rounding: 1", "rounding: 0"))
    assert result(judge(plan, "新建学校,1,,", "新建幼儿园,7,,"), "share_of_schools").actual == 13  # of 12.5


def test_what_was_sent_is_never_replaced(made_up: Plan) -> None:
    results = judge(made_up, "城镇常住人口,111,万人,", "新增城镇人口,12.5,万人,")
    one = result(results, "residents_added")
    assert one.derived is None
    assert one.actual == Fraction(25, 2)
    assert derivations(results)["residents_added"].value == 11
    assert derivations(results)["residents_added"].agrees is False


def test_a_dash_is_nothing_sent(made_up: Plan) -> None:
    one = result(judge(made_up, "城镇常住人口,111,万人,", "新增城镇人口,—,万人,"), "residents_added")
    assert (one.actual, one.verdict) == (11, Verdict.MET)


def test_about_is_handed_on(made_up: Plan) -> None:
    one = result(judge(made_up, "城镇常住人口,约111,万人,"), "residents_added")
    assert one.approximate
    assert Note.APPROXIMATE in one.notes
    assert one.derived is not None
    assert one.derived.shown == "约11"


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (("城镇常住人口,一百,万人,",), "f.csv:2:8"),
        (("城镇常住人口,111,万人,", "城镇常住人口,112,万人,"), "f.csv:2:8"),
        (("城镇常住人口,111,万人,市教育局",), "f.csv:2:8"),
        (("城镇常住人口,111,万人,市气象局",), "f.csv:2:8"),
    ],
    ids=["unreadable", "conflicting", "not-its-lead", "unknown-sender"],
)
def test_what_cannot_be_used_gives_nothing_and_is_told(made_up: Plan, rows: tuple[str, ...], place: str) -> None:
    results = judge(made_up, *rows)
    assert result(results, "residents_added").verdict is Verdict.UNREPORTED
    (item,) = [finding for finding in results.findings if finding.code == "S250"]
    assert str(item.message.values["place"]) == place
    assert derivations(results)["residents_added"].failure is Failure.UNUSABLE


def test_what_nobody_sent_gives_nothing_and_needs_no_words(made_up: Plan) -> None:
    results = judge(made_up, "城镇建设用地面积,164,,")
    assert codes(results) == []
    assert derivations(results)["residents_added"].failure is Failure.MISSING
    assert result(results, "residents_added").verdict is Verdict.UNREPORTED


def test_another_regions_figure_is_merely_missing(made_up: Plan) -> None:
    results = judge(made_up, "城镇常住人口,111,万人,某县", header="指标,数值,单位,地区")
    assert derivations(results)["residents_added"].failure is Failure.MISSING


def test_a_part_of_a_sum_is_told_and_decides_nothing(made_up: Plan) -> None:
    results = judge(made_up, "新建学校,40,,")
    one = result(results, "all_schools")
    assert one.verdict is Verdict.UNREADABLE  # 40 are more than the 12 asked for, and still a part alone
    assert one.actual is None
    assert one.raw == "40"
    assert one.notes == (Note.PARTIAL,)
    (item,) = [each for each in results.findings if each.code == "S252"]
    assert str(item.message) == "Only a part of “新建学校和幼儿园” is known, 40所 + — = 40所; missing: 新建幼儿园."
    assert derivations(results)["share_of_schools"].failure is Failure.MISSING


def test_s252_names_all_that_is_missing_of_a_sum(tmp_path: Path) -> None:
    nurseries = (
        "  - {id: nurseries, name: 新建托儿所, task: 1, unit: 所, kind: works, lead: [市教育局], target: ≥1, "
        "deadline: 2019年底}\n"
    )
    plan = plan_with(
        tmp_path,
        ("  - id: all_schools\n", f"{nurseries}  - id: all_schools\n"),
        ("sum(schools, kindergartens)", "sum(schools, kindergartens, nurseries)"),
    )
    (item,) = [each for each in judge(plan, "新建学校,40,,").findings if each.code == "S252"]
    assert str(item.message).endswith(" missing: 新建幼儿园、新建托儿所.")


def test_a_sum_without_its_policy_waits_for_all_parts(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, (", missing: partial", ""))
    assert result(judge(plan, "新建学校,40,,"), "all_schools").verdict is Verdict.UNREPORTED
    assert result(judge(plan, "新建学校,5,,", "新建幼儿园,7,,"), "all_schools").actual == 12


def test_a_part_that_cannot_be_used_spoils_the_sum(made_up: Plan) -> None:
    results = judge(made_up, "新建学校,4,,", "新建幼儿园,七,,")
    assert result(results, "all_schools").verdict is Verdict.UNREPORTED
    assert codes(results) == ["S250"]  # what takes the sum is not told again


def test_a_formula_takes_what_another_gave(made_up: Plan) -> None:
    results = judge(made_up, "新建学校,5,,", "新建幼儿园,5,,")
    one = result(results, "share_of_schools")
    assert one.actual == 50
    assert one.derived is not None
    assert one.derived.sum == "5所 ÷ 10所 = 50%"


@pytest.mark.parametrize(
    ("formula", "rows", "failure"),
    [
        ("schools ÷ (kindergartens − kindergartens)", ("新建学校,3,,", "新建幼儿园,3,,"), Failure.ZERO),
        ("schools − kindergartens", ("新建学校,3,,", "新建幼儿园,4,,"), Failure.IMPOSSIBLE),
        ("schools × kindergartens", ("新建学校,3,,", "新建幼儿园,4,,"), Failure.MIXED),
    ],
)
def test_what_cannot_be_is_not_used(tmp_path: Path, formula: str, rows: tuple[str, ...], failure: Failure) -> None:
    if failure is Failure.ZERO:
        formula = f"schools × {formula}"
    plan = plan_with(tmp_path, (SCHOOLS, f"formula: {formula}"))
    results = judge(plan, *rows)
    assert derivations(results)["all_schools"].failure is failure
    assert result(results, "all_schools").verdict is Verdict.UNREPORTED
    assert codes(results) == ["S250" if failure is Failure.MIXED else "S251"]


def test_what_has_too_many_digits_is_not_written_down(tmp_path: Path) -> None:
    formula = f"formula: schools × {' × '.join(['9' * 30] * 40)}"
    results = judge(plan_with(tmp_path, (SCHOOLS, formula)), "新建学校,3,,")
    assert derivations(results)["all_schools"].failure is Failure.LONG
    assert codes(results) == ["S251"]


def test_figures_of_an_earlier_time_wait_for_the_plans_own_year(made_up: Plan) -> None:
    results = judge(made_up, "城镇常住人口,100,万人,", period=Period(2018), header="指标,数值,单位,填报单位")
    assert derivations(results)["residents_added"].failure is Failure.BACKWARD
    assert codes(results) == ["S208"]


def test_another_period_is_taken_from_what_was_sent_for_it(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, (OWN, "formula: residents − residents@2017"))
    header = "指标,数值,单位,年份"
    results = judge(plan, "城镇常住人口,111,万人,2019", "城镇常住人口,95.5,万人,2017", header=header)
    assert result(results, "residents_added").actual == Fraction(31, 2)
    assert codes(results) == ["S249"]  # the figure of 2017 is asked for, and no fault
    twice = judge(
        plan, *(f"城镇常住人口,{n},万人,{y}" for n, y in ((111, 2019), (95, 2017), (96, 2017))), header=header
    )
    assert codes(twice) == ["S210", "S250"]
    never = judge(plan, "城镇常住人口,111,万人,2019", "城镇建设用地面积,160,平方千米,2017", header=header)
    assert codes(never) == ["S208"]
    assert derivations(never)["residents_added"].failure is Failure.MISSING


def column(plan: Plan, start: str) -> Mapping[str, Derived]:
    return next(given for title, given in printed_columns(plan) if str(title).startswith(start))


def test_the_plans_own_columns_recomputed(plan: Plan) -> None:
    first, second = (column(plan, year)["urban_construction_land_per_capita"] for year in ("2018", "2019"))
    assert first.sum == "约190平方千米 ÷ 132.16万人 ≈ 约143.77平方米"
    assert (first.value, first.agrees) == (Fraction(190_000_000, 1_321_600), None)
    assert second.sum == "195平方千米 ÷ 138.19万人 ≈ 141.11平方米"
    assert (second.value, second.agrees) == (Fraction(195_000_000, 1_381_900), False)
    added = column(plan, "2019")["urban_resident_population_added"]
    assert (added.value, added.agrees) == (Fraction(603, 100), True)
    assert column(plan, "2018")["urban_resident_population_added"].failure is Failure.BACKWARD


def test_a_value_is_never_shown_on_the_other_side_of_its_target(tmp_path: Path) -> None:
    plan = plan_with(tmp_path, ("target: ≤150\n", "target: ≤147\n    formula: land ÷ residents\n"))
    results = judge(plan, "城镇常住人口,1115646人,,", "城镇建设用地面积,164,,")
    one = result(results, "land_per_head")
    assert one.verdict is Verdict.MISSED
    assert one.derived is not None
    assert Fraction(one.derived.shown) > 147


@pytest.mark.parametrize(
    ("old", "formula", "rows", "says"),
    [
        (
            SCHOOLS,
            "schools × (schools ÷ (kindergartens − kindergartens))",
            ("新建学校,3,,", "新建幼儿园,4,,"),
            "The formula of “新建学校和幼儿园” divides by zero: 3所 × (3所 ÷ (4所 − 4所)).",
        ),
        (
            SCHOOLS,
            "schools − kindergartens",
            ("新建学校,3,,", "新建幼儿园,4,,"),
            "The formula of “新建学校和幼儿园” gives a value below zero, which is not used: 3所 − 4所 = -1所.",
        ),
        (
            SCHOOLS,
            f"schools × {' × '.join(['9' * 30] * 40)}",
            ("新建学校,3,,",),
            "The formula of “新建学校和幼儿园” gives more digits than can be printed.",
        ),
        (
            "share(schools, all_schools)",
            "schools ÷ kindergartens",
            ("新建学校,5,,", "新建幼儿园,4,,"),
            "gives no share from 0 to 100 %, so it is not used: 5所 ÷ 4所 = 125%.",
        ),
    ],
)
def test_what_cannot_be_is_said_with_its_working(
    tmp_path: Path, old: str, formula: str, rows: tuple[str, ...], says: str
) -> None:
    new = f"formula: {formula}" if old == SCHOOLS else formula
    results = judge(plan_with(tmp_path, (old, new)), *rows)
    assert next(str(finding.message) for finding in results.findings if finding.code == "S251").endswith(says)


@pytest.mark.parametrize(
    ("rounding", "low", "high"),
    [("none", "6", "8"), ("0", "5.5", "8.5"), ("1", "5.95", "8.05"), ("2", "5.995", "8.005")],
)
def test_a_value_stands_for_all_that_its_figures_and_its_rounding_allow(
    tmp_path: Path, rounding: str, low: str, high: str
) -> None:
    formula = f'formula: {{is: "sum(schools, kindergartens)", rounding: {rounding}}}'
    results = judge(plan_with(tmp_path, (SCHOOLS, formula)), "新建学校,3,,", "新建幼儿园,4,,")
    assert derivations(results)["all_schools"].possible == NumberRange(Fraction(low), Fraction(high))


def test_nothing_at_all_is_a_value(made_up: Plan) -> None:
    one = result(judge(made_up, "新建学校,0,,", "新建幼儿园,0,,"), "all_schools")
    assert (one.actual, one.verdict) == (0, Verdict.MISSED)


def test_a_part_of_several_figures_waits_for_all_of_them(tmp_path: Path) -> None:
    formula = 'formula: {is: "sum(schools, schools − kindergartens)", missing: partial}'
    results = judge(plan_with(tmp_path, (SCHOOLS, formula)), "新建学校,40,,")
    given = derivations(results)["all_schools"]
    assert (given.value, given.partial) == (40, True)


AMOUNTS = [None, Fraction(0), Fraction(-3), Fraction(7, 2), Fraction(120)]


@pytest.mark.parametrize("seed", range(40))
def test_a_failure_by_which_figures_are_known_lasts_for_all_amounts(made_up: Plan, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - made-up figures, not secrets
    names = [one.id for one in made_up.indicators if draw.random() < 0.6]
    kinds = {name: draw.random() < 0.2 for name in names}

    def derived(failures: Mapping[str, Derived]) -> tuple[Mapping[str, Derived], Mapping[str, Derived]]:
        figures = {name: None if kinds[name] else draw.choice(AMOUNTS[1:]) for name in names}
        known, period = amounts(figures), made_up.period
        whole = derive(made_up, known, period, given=figures, bare=True)
        return whole, derive(made_up, known, period, given=figures, failures=failures, bare=True)

    def told(each: Derived) -> tuple[object, ...]:
        return each.value, each.failure, each.partial, codes_of(each), [figure.lack for figure in each.inputs]

    failures = lasting_failures(derived({})[0])
    for _ in range(20):
        whole, with_failures = derived(failures)
        assert {name: told(each) for name, each in whole.items()} == {
            name: told(each) for name, each in with_failures.items()
        }
    assert all(each.value is None for each in failures.values())
