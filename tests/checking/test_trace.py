"""The tree behind a verdict: the figures that were sent, the formula, and each figure that it uses."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from czurban.app.assessing import assess_all, derivations
from czurban.checking.trace import Tracer
from czurban.model.assessment import Assessment
from czurban.model.faults import finding
from czurban.model.finding import Finding, Place, say
from czurban.model.formulas.derived import Derived, FigureSource, Input
from czurban.model.formulas.formula import Formula, Term
from czurban.model.indicator import Indicator
from czurban.model.plan import Plan
from czurban.model.trace import SentFigure, Trace
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_plan
from czurban.reading.submission.files import read_bytes


@pytest.fixture(scope="module")
def made_up() -> Plan:
    plan, findings = read_plan(PLAN)
    assert plan is not None, findings
    return plan


def judged(plan: Plan, *rows: str) -> Assessment:
    submission, _ = read_bytes("f.csv", "\n".join(["指标,数值,单位", *rows]).encode(), plan)
    return assess_all(plan, [submission], plan.period)


def trace(assessment: Assessment, indicator: str, *of_the_plan: Finding) -> Trace:
    plan, given = assessment.plan, derivations(assessment)
    columns: tuple[dict[str, Derived], ...] = (
        {},
        {name: replace(derived, shown="a column") for name, derived in given.items()},
    )
    return Tracer(assessment, given, columns, of_the_plan).trace(plan.by_id[indicator])


def about(code: str, place: Place | None) -> Finding:
    return finding(code, place, say("Made up."))


def shape(tree: Trace) -> tuple[object, ...]:
    """The id of each indicator in a tree, with a star where it is not expanded again."""
    return (tree.indicator.id + "*" * tree.again, *map(shape, tree.below))


def test_every_figure_of_a_formula_is_traced_once(made_up: Plan) -> None:
    assessment = judged(made_up, "新建学校,4,所", "新建幼儿园,8,所")
    results = {result.indicator.id: result for result in assessment.results}
    tree = trace(assessment, "share_of_schools")
    assert shape(tree) == ("share_of_schools", ("schools",), ("all_schools", ("schools*",), ("kindergartens",)))
    schools, both = tree.below
    assert (tree.source, tree.result, tree.sent) == (None, results["share_of_schools"], ())
    assert tree.derived
    assert tree.derived.inputs == (schools.source, both.source)
    assert (schools.result, schools.derived, schools.columns) == (results["schools"], None, ())
    assert [figure.observation.raw for figure in schools.sent] == ["4"]
    assert [column.shown for column in tree.columns] == ["a column"]
    assert [fault.code for fault in tree.findings] == ["S249"]
    assert (both.below[0].result, both.below[0].sent) == (results["schools"], ())


def test_a_figure_of_another_time_is_traced_no_further(made_up: Plan) -> None:
    now, before = trace(judged(made_up, "城镇常住人口,111,万人"), "residents_added").below
    assert now.result
    assert len(now.sent) == 1
    assert before == Trace(indicator=made_up.by_id["residents"], result=None, source=before.source)
    assert before.source
    assert before.source.term.at_baseline


def test_findings_about_the_formula_are_those_at_its_place(made_up: Plan) -> None:
    formula = made_up.formula("all_schools")
    assert formula
    elsewhere = Place("targets.yaml", 1)
    codes = ("P214", "P216", "P217", "P213")
    faults = [about(code, place) for place in (formula.place, elsewhere, None) for code in codes]
    assessment = judged(made_up, "新建学校,4,所")
    assessment = assessment._replace(findings=(*assessment.findings, about("S249", None)))
    tree = trace(assessment, "all_schools", *faults)
    assert [(fault.code, fault.place) for fault in tree.of_the_plan] == [(code, formula.place) for code in codes[:3]]
    assert [(fault.code, fault.place) for fault in tree.findings] == [("S252", formula.place)]
    bare = trace(assessment, "unemployment", *faults)
    assert (bare.derived, bare.below, bare.findings, bare.of_the_plan) == (None, (), (), ())


def sent(*rows: str, plan: Plan, indicator: str) -> tuple[SentFigure, ...]:
    return trace(judged(plan, *rows), indicator).sent


@pytest.mark.parametrize(
    ("rows", "used", "factors", "codes"),
    [
        (["111,"], [True], [1], [[]]),
        (["1110000,人"], [True], [Fraction(1, 10**4)], [[]]),
        (["111,公顷"], [False], [None], [["S204"]]),
        (["很多,万人"], [False], [None], [[]]),
        (["111,万人", "111,万人"], [True, False], [1, 1], [[], ["S211"]]),
        (["111,万人", "112,万人"], [False, False], [1, 1], [[], ["S210"]]),
    ],
)
def test_every_figure_that_was_sent_is_listed(
    made_up: Plan, rows: list[str], used: list[bool], factors: list[Fraction | None], codes: list[list[str]]
) -> None:
    figures = sent(
        "城镇登记失业率,4.4,%", *(f"城镇常住人口,{row}" for row in rows), plan=made_up, indicator="residents"
    )
    assert [figure.used for figure in figures] == used
    assert [figure.factor for figure in figures] == factors
    assert [[fault.code for fault in figure.findings] for figure in figures] == codes


def test_a_chain_of_formulas_is_traced_to_a_depth_of_twelve(made_up: Plan) -> None:
    first = made_up.by_id["residents"]
    chain = [replace(first, id=f"link_{number}") for number in range(15)]

    def derived(indicator: Indicator, source: Indicator) -> Derived:
        term = Term(source.id)
        figure = Input(term=term, indicator=source, source=FigureSource.DERIVED)
        formula = Formula(indicator.id, term, source.id)
        return Derived(formula=formula, indicator=indicator, period=made_up.period, inputs=(figure,), working="")

    given = {indicator.id: derived(indicator, source) for indicator, source in pairwise(chain)}
    tree = Tracer(Assessment(made_up, made_up.period, ()), given, (), ()).trace(chain[0])
    names = []
    while tree.below:
        names.append(tree.indicator.id)
        (tree,) = tree.below
    assert names == [f"link_{number}" for number in range(13)]
    assert (tree.indicator.id, tree.again) == ("link_13", True)
