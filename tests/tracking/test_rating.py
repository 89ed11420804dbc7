"""Ratings by rules: bands, points, missing figures and roll-ups, with the worked cases of the tracking rules."""

from fractions import Fraction
from pathlib import Path

import pytest

import czurban
from czurban.errors import PlanError
from czurban.model.over_time.rule_file import MissingCase
from czurban.model.over_time.score import RatedIndicator, Rating, ScoreTotal, StepKind
from czurban.tracking.coverage import holes, overlaps
from czurban.tracking.default_rules import default_rules
from czurban.words.translator import Translator

FOLDER = Path("examples/rating").resolve()
PLAN = FOLDER / "plan"
FIGURES = FOLDER / "figures.csv"


def scored(
    rules: str | Path | None = None, *, period: str | None = None, figures: Path = FIGURES, plan: Path = PLAN
) -> czurban.ScoreResult:
    path = FOLDER / rules if isinstance(rules, str) else rules
    return czurban.score(plan, figures, rules=path, period=period)


def of(result: czurban.ScoreResult, indicator: str) -> RatedIndicator:
    return next(each for each in result if each.rating.result.indicator.id == indicator)


def department(result: czurban.ScoreResult, name: str) -> ScoreTotal:
    return next(total for total in result.scores.departments if total.name == name)


def written(folder: Path, rules: str, missing: str = "{not_reported: lowest, not_applicable: leave-out}") -> Path:
    path = folder / "rules.yaml"
    path.write_text(f"title: t\nmissing: {missing}\n{rules}", encoding="utf-8")
    return path


LEVELS = """\
rules:
  - id: all
    name: all
    bands:
      - {when: shortfall <= 0, status: met, word: met, colour: green, points: 100}
      - {when: shortfall > 0, status: short, word: short, colour: red, points: 40}
    full: 100
"""


def test_the_latest_quarter_wins() -> None:
    """Cumulative 220 000, 480 000, 710 000, 968 000 against 250 000, …: 88.0 yellow, 96.0, 94.7 and 96.8 green."""
    jobs = of(scored("attainment.yaml"), "new_jobs")
    shares = [rating.measures["attainment"].value for rating in jobs.history]
    assert shares == [Fraction(88), Fraction(96), Fraction(710, 750) * 100, Fraction("96.8")]
    assert [rating.band.status for rating in jobs.history if rating.band] == ["yellow", "green", "green", "green"]
    assert jobs.rating.band
    assert jobs.rating.band.status == "green"


def test_the_shares_of_the_quarters_are_shown_with_one_decimal() -> None:
    text = "\n".join(str(block) for block in scored("attainment.yaml").outcome.compose(Translator("en")).blocks)
    assert "2019-01..03: 88.0 黄灯; 2019-01..06: 96.0 绿灯; 2019-01..09: 94.7 绿灯" in text
    assert "968000 ÷ 1000000 × 100 = 96.8" in text


def test_points_have_steps_with_extras_and_a_cap() -> None:
    rating = of(scored("steps.yaml"), "training").rating
    band, extra = rating.steps
    assert (band.kind, band.after) == (StepKind.BAND, 100)
    assert (extra.kind, extra.times, extra.points, extra.after) == (StepKind.EXTRA, 13, 5, 105)
    assert rating.points == 105


def test_departments_have_weighted_means_ranks_and_grades() -> None:
    result = scored("steps.yaml")
    office = department(result, "市人社局")
    assert office.points == Fraction(80 * 2 + 105 + 100, 4)
    assert office.band
    assert (office.band.status, office.rank) == ("excellent", 2)
    assert department(result, "市住建局").points == 40
    assert result.scores.total.points == Fraction(80 * 2 + 105 + 100 + 80 + 0, 6)
    parts = {total.name: total.points for total in result.scores.parts}
    assert parts == {"就业": Fraction(365, 4), "环境": Fraction(40)}


def test_the_efficacy_coefficient() -> None:
    """d = (x − x_min) ÷ (x_max − x_min) × 40 + 60, for high and for low values that are better."""
    result = scored("efficacy.yaml")
    points = {each.rating.result.indicator.id: each.rating.points for each in result}
    assert points == {
        "new_jobs": Fraction("87.2"),
        "training": Fraction(100),
        "unemployment": Fraction(100),
        "green_space": Fraction(91),
        "sewage": Fraction(0),
    }
    assert of(result, "training").rating.steps[-1].kind is StepKind.MOST


def test_a_sum_for_a_part_of_the_year_is_not_compared_with_the_year(tmp_path: Path) -> None:
    result = scored("steps.yaml", period="2019-01..09")
    jobs = of(result, "new_jobs").rating
    assert (jobs.missing, jobs.band, jobs.points) == (MissingCase.NOT_APPLICABLE, None, None)
    by_value = (
        "rules:\n  - id: a\n    name: a\n    bands:\n      - {when: value > 0, status: s, word: s, colour: green}\n"
    )
    by_value += "      - {when: value <= 0, status: n, word: n, colour: red}\n"
    rules = written(tmp_path, by_value)
    assert of(scored(rules, period="2019-01..09"), "new_jobs").rating.missing is MissingCase.NOT_APPLICABLE
    assert of(scored(rules, period="2019-01..09"), "green_space").rating.missing is MissingCase.NOT_REPORTED
    assert of(scored(rules), "new_jobs").rating.missing is None


@pytest.mark.parametrize(
    ("policy", "points", "counted"),
    [("lowest", Fraction(40), 2), ("zero", Fraction(0), 2), ("leave-out", None, 1)],
)
def test_a_missing_figure_counts_as_the_rules_say(
    tmp_path: Path, policy: str, points: Fraction | None, counted: int
) -> None:
    rules = written(tmp_path, LEVELS, f"{{not_reported: {policy}, not_applicable: leave-out}}")
    result = scored(rules)
    sewage = of(result, "sewage").rating
    assert (sewage.missing, sewage.points) == (MissingCase.NOT_REPORTED, points)
    office = department(result, "市住建局")
    assert len(office.counted) == counted
    assert len(office.counted) + len(office.left_out) == 2


def test_an_unreadable_figure_has_its_own_case(tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text("指标,完成值\n新建污水管网,很多\n建成区绿地率,38\n", encoding="utf-8")
    rules = written(tmp_path, LEVELS, "{not_reported: leave-out, not_applicable: leave-out, unreadable: zero}")
    result = scored(rules, figures=figures)
    assert of(result, "sewage").rating.missing is MissingCase.UNREADABLE
    assert of(result, "sewage").rating.points == 0
    assert of(result, "new_jobs").rating.points is None


@pytest.mark.parametrize(
    ("way", "points"),
    [
        ("sum", Fraction(40 + 100 + 100)),
        ("mean", Fraction(240, 3)),
        ("weighted-mean", Fraction(40 * 3 + 200, 5)),
        ("worst", Fraction(40)),
        ("all-or-nothing", Fraction(0)),
    ],
)
def test_ways_to_roll_up(tmp_path: Path, way: str, points: Fraction) -> None:
    rules = written(tmp_path, f"{LEVELS}rollups: {{departments: {way}}}\nweights: {{new_jobs: 3}}\n")
    office = department(scored(rules), "市人社局")
    assert office.points == points
    if way == "worst":
        assert office.band
        assert office.band.status == "short"


def test_all_points_or_none_gives_the_sum_where_all_are_full(tmp_path: Path) -> None:
    rules = written(tmp_path, f"{LEVELS}rollups: {{departments: all-or-nothing}}\n")
    assert department(scored(rules), "市发改委").points == 100


@pytest.mark.parametrize(
    ("policy", "word", "total"),
    [("zero", None, Fraction(400, 5)), ("lowest", "short", Fraction(0))],
)
def test_only_the_lowest_puts_a_missing_figure_in_the_last_band(
    tmp_path: Path, policy: str, word: str | None, total: Fraction
) -> None:
    text = LEVELS.replace("points: 40}", "points: 0, veto: true}")
    figures = tmp_path / "figures.csv"
    rows = ["城镇新增就业人数,1000000", "职业技能培训人次,40000", "城镇登记失业率,3.5", "建成区绿地率,38"]
    figures.write_text("\n".join(["指标,完成值", *rows]), encoding="utf-8")
    missing = f"{{not_reported: {policy}, not_applicable: leave-out}}"
    result = scored(written(tmp_path, text, missing), figures=figures)
    sewage = of(result, "sewage").rating
    assert (_word(sewage), sewage.points, sewage.counts) == (word, 0, True)
    assert (result.scores.total.veto is None) is (policy == "zero")
    assert result.scores.total.points == total


def test_zero_needs_a_rule_with_points(tmp_path: Path) -> None:
    lights = LEVELS.replace(", points: 100}", "}").replace(", points: 40}", "}").replace("    full: 100\n", "")
    with pytest.raises(PlanError) as error:
        scored(written(tmp_path, lights, "{not_reported: zero, not_applicable: leave-out}"))
    assert [fault.code for fault in error.value.findings] == ["P154"]


ANNUAL = """\
rules:
  - id: all
    name: all
    bands:
      - {when: MEASURE >= 0, status: good, word: good, colour: green, points: 100}
      - {when: MEASURE < 0, status: bad, word: bad, colour: red, points: 0}
"""


def small_plan(folder: Path, indicator: str, period: str = "2020", baseline: str = "2019") -> Path:
    """Write a plan with one indicator."""
    plan = folder / "plan"
    plan.mkdir()
    text = f"plan: {{title: t, region: 甲市, period: {period}, baseline_period: {baseline}}}\ncategories: [甲]\n"
    text += "indicators:\n  - {id: a, name: 指标甲, category: 甲, lead: [甲局], "
    text += f"deadline: {period[-4:]}年底, {indicator}}}\n"
    (plan / "targets.yaml").write_text(text, encoding="utf-8")
    (plan / "departments.yaml").write_text("departments:\n  - {name: 甲局}\n", encoding="utf-8")
    return plan


@pytest.mark.parametrize("measure", ["-shortfall", "completion", "gap", "progress", "value", "change", "growth"])
@pytest.mark.parametrize("kind", ["rate", "stock", "flow"])
def test_an_annual_figure_within_the_year_is_not_applicable(tmp_path: Path, measure: str, kind: str) -> None:
    unit = "人" if kind == "flow" or measure == "completion" else '"%"'
    plan = small_plan(tmp_path, f"unit: {unit}, kind: {kind}, annual: true, target: ≥90, baseline: 80")
    rules = written(tmp_path, ANNUAL.replace("MEASURE", measure), "{not_reported: zero, not_applicable: leave-out}")
    figures = tmp_path / "figures.csv"
    figures.write_text("指标,数值,时期\n指标甲,91,2020年1-6月\n", encoding="utf-8")
    rating = of(scored(rules, figures=figures, plan=plan), "a").rating
    assert (rating.missing, rating.band) == (MissingCase.NOT_APPLICABLE, None)
    figures.write_text("指标,数值,时期\n指标甲,91,2020\n", encoding="utf-8")
    expected = MissingCase.NOT_APPLICABLE if kind == "rate" and measure == "completion" else None
    assert of(scored(rules, figures=figures, plan=plan), "a").rating.missing is expected


@pytest.mark.parametrize(
    ("indicator", "value", "shown"),
    [
        ("unit: 平方米, kind: stock, target: ≥66, baseline: 60", "63", "(63 − 63) ÷ (66 − 60) × 100 = 0"),
        ("unit: 平方米, kind: stock, target: ≥66, baseline: 60", "62.4", "(63 − 62.4) ÷ (66 − 60) × 100 = 10"),
        ("unit: 平方米, kind: stock, target: ≤60, baseline: 66", "63", "(63 − 63) ÷ (60 − 66) × 100 = 0"),
        ("unit: 人, kind: flow, target: ≥66, baseline: 60", "33", "(33 − 33) ÷ 66 × 100 = 0"),
        ("unit: 人, kind: flow, target: ≤66, baseline: 60", "33", "(33 − 33) ÷ 66 × 100 = 0"),
        ('unit: "%", kind: rate, target: ≥66, baseline: 70', "66", "66 − 66 = 0"),
    ],
)
def test_a_lag_is_divided_by_what_the_lead_is_a_share_of(
    tmp_path: Path, indicator: str, value: str, shown: str
) -> None:
    plan = small_plan(tmp_path, indicator)
    figures = tmp_path / "figures.csv"
    figures.write_text(f"指标,数值,时期\n指标甲,{value},2020年1-6月\n", encoding="utf-8")
    rules = written(tmp_path, ANNUAL.replace("MEASURE", "lag"))
    assert shown in shown_by(scored(rules, figures=figures, plan=plan))


def shown_by(result: czurban.ScoreResult) -> str:
    return "\n".join(str(block) for block in result.outcome.compose(Translator("en")).blocks)


def test_the_working_shows_the_figure_that_decides(tmp_path: Path) -> None:
    text = (FOLDER / "attainment.yaml").read_text(encoding="utf-8").replace("periods: latest", "periods: worst")
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    result = scored(path)
    jobs = of(result, "new_jobs").rating
    assert (str(jobs.period), jobs.measures["attainment"].value) == ("2019-01..03", 88)
    assert jobs.result.actual == 968000
    assert "the worst counts: that is 2019-01..03" in shown_by(result)
    assert "220000 ÷ 250000 × 100 = 88" in shown_by(result)
    assert "968000 ÷ 1000000" not in shown_by(result)


def test_the_mean_of_periods_shows_the_points_of_each(tmp_path: Path) -> None:
    text = ANNUAL.replace("MEASURE", "-lag") + "rollups: {periods: mean}\n"
    result = scored(written(tmp_path, text), period="2019-01..09")
    assert of(result, "training").rating.points == Fraction(200, 3)
    assert "mean of the points: 2019-01..03 0; 2019-01..06 100; 2019-01..09 100 → 66.6667" in shown_by(result)


def _word(rating: Rating) -> str | None:
    return rating.band.word if rating.band else None


def test_a_veto_forfeits_all_points(tmp_path: Path) -> None:
    rules = written(tmp_path, LEVELS.replace("points: 40}", "points: 40, veto: true}"))
    result = scored(rules)
    office = department(result, "市人社局")
    assert office.points == 0
    assert office.veto
    assert office.veto.result.indicator.id == "new_jobs"
    assert department(result, "市发改委").points == 100
    assert result.scores.total.points == 0


def test_all_or_nothing_of_a_rule(tmp_path: Path) -> None:
    rules = written(tmp_path, LEVELS + "    all_or_nothing: true\n")
    assert of(scored(rules), "new_jobs").rating.points == 0
    assert of(scored(rules), "training").rating.points == 100


def test_points_by_rank_are_shared_by_equal_values(tmp_path: Path) -> None:
    rank = "    rank: {by: -shortfall, points: [10, 8, 6], rest: 1}\n"
    rules = written(tmp_path, LEVELS + rank)
    figures = tmp_path / "figures.csv"
    rows = ["城镇新增就业人数,1100000", "职业技能培训人次,44000", "城镇登记失业率,3.5", "建成区绿地率,20"]
    figures.write_text("\n".join(["指标,完成值", *rows]), encoding="utf-8")
    ratings = {each.rating.result.indicator.id: each.rating for each in scored(rules, figures=figures)}
    ranks = {name: (rating.rank, rating.points) for name, rating in ratings.items()}
    assert ranks["new_jobs"] == (1, 10)
    assert ranks["training"] == (1, 10)
    assert ranks["unemployment"] == (3, 6)
    assert ranks["green_space"] == (4, 1)
    assert ranks["sewage"] == (None, 1)


@pytest.mark.parametrize(("way", "status"), [("latest", "green"), ("worst", "yellow")])
def test_ways_to_roll_up_periods(tmp_path: Path, way: str, status: str) -> None:
    text = (FOLDER / "attainment.yaml").read_text(encoding="utf-8").replace("periods: latest", f"periods: {way}")
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    band = of(scored(path), "new_jobs").rating.band
    assert band
    assert band.status == status


def test_without_rules_the_verdicts_and_paces_are_shown() -> None:
    bands = default_rules().rules[0].bands
    given = default_rules().rules[0].given
    assert list(holes(bands, given)) == []
    assert list(overlaps(bands, given)) == []
    early = {each.rating.result.indicator.id: _status(each.rating) for each in scored(period="2019-01..06")}
    assert early == {
        "new_jobs": "behind",
        "training": "ahead",
        "unemployment": "on-pace",
        "green_space": "behind",
        "sewage": "behind",
    }
    assert _status(of(scored(), "new_jobs").rating) == "missed"
    assert of(scored(), "new_jobs").rating.points is None


def _status(rating: Rating) -> str | None:
    return rating.band.status if rating.band else None


def test_rules_with_a_hole_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as error:
        scored(written(tmp_path, LEVELS.replace("shortfall <= 0", "shortfall < 0")))
    assert [finding.code for finding in error.value.findings] == ["P151"]


def test_a_value_outside_what_is_given_goes_to_the_next_rule(tmp_path: Path) -> None:
    first = LEVELS.replace("    bands", "    given: target > 100\n    bands", 1).replace("id: all", "id: first")
    second = LEVELS.removeprefix("rules:\n").replace("points: 100", "points: 1").replace("id: all", "id: second")
    result = scored(written(tmp_path, first + second))
    rules = {each.rating.result.indicator.id: each.rating.rule.id for each in result if each.rating.rule}
    assert rules["new_jobs"] == "first"
    assert rules["unemployment"] == "second"
    assert of(result, "unemployment").rating.points == 1


def test_the_records_have_exact_points() -> None:
    record = scored("steps.yaml").to_dict("en")
    assert record["total"]["points"] == "445/6"
    jobs = record["indicators"][0]
    assert (jobs["points"], jobs["status"], jobs["rule"]) == ("80", "most", "steps")
    assert [each["period"] for each in jobs["history"]] == ["2019-01..03", "2019-01..06", "2019-01..09", "2019"]
