"""Tables that have not one row an indicator: read where what they hold is certain, else refused with a reason."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import corpus
import pytest

from czurban.checking.assessing import assess
from czurban.model.observation import Reading
from czurban.model.plan import Plan
from czurban.reading.submission import sheet_reader
from czurban.reading.submission.files import read_bytes

Read = Callable[[str], tuple[dict[str, str], list[str]]]
NOTES = "注：常住人口包括外来人口\n数据来源：国家统计局\n"


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return corpus.corpus_plan(tmp_path_factory.mktemp("plan"))


@pytest.fixture
def read(made_up: Plan) -> Read:
    """Judge a text: the cell that each judged figure comes from, and the codes of warnings and errors."""

    def judged(text: str) -> tuple[dict[str, str], list[str]]:
        submission, findings = read_bytes("f.csv", text.encode(), made_up)
        assert submission.rows.adds_up
        found = assess(made_up, [submission], period=made_up.period)
        used = {
            one.indicator.id: f"{one.observation.raw} at {str(one.observation.place)[6:]}"
            for one in found.results
            if one.actual is not None and one.observation
        }
        reported = [*findings, *found.findings]
        return used, sorted({one.code for one in reported if one.severity.value in ("error", "warning")})

    return judged


@pytest.mark.parametrize(
    ("text", "used"),
    [
        pytest.param(
            "数据库：分省年度数据\n指标：常住人口(万人)\n时间：最近10年\n地区,2019年,2018年\n云山市,331,328\n东山县,120,119\n"
            + NOTES,
            {"people": "331 at 5:5"},
            id="regions down, years across, the indicator above",
        ),
        pytest.param(
            "指标：常住人口(人)\n地区,2019年\n东山县,1200000\n云山市,3310000\n",
            {"people": "3310000 at 4:5"},
            id="another unit in the name above",
        ),
        pytest.param(
            "各县区常住人口情况表\n单位：万人\n,2019年,2018年\n云山市,331,328\n东山县,120,119\n",
            {"people": "331 at 4:5"},
            id="a title around the name, and a blank corner",
        ),
        pytest.param(
            "指标：常住人口（万人）\n年份,云山市,东山县\n2018年,328,119\n2019年,331,120\n",
            {"people": "331 at 4:7"},
            id="years down, regions across",
        ),
        pytest.param(
            "指标：常住人口（万人）\n年份,云山市\n2018年,328\n2019年,331\n",
            {"people": "331 at 4:7"},
            id="one region across",
        ),
        pytest.param(
            "指标：常住人口（万人）\n时间,数值\n2018年,328\n2019年,331\n", {"people": "331 at 4:7"}, id="a series"
        ),
        pytest.param(
            "城镇登记失业率（%）\n年份,1月,2月,全年\n2019年,3.9,3.8,3.7\n", {"idle": "3.7 at 3:15"}, id="months across"
        ),
        pytest.param(
            ',常住人口\n区域,云山市\n频率,"年, 年终12月"\n单位,百万人\n数据来源,国家统计局\n2018,3.28\n2019,3.31\n',
            {"people": "3.31 at 7:6"},
            id="keys and values",
        ),
        pytest.param(
            "指标名称,常住人口,养老床位数\n频率,年,年\n单位,万人,张\n12/2018,328,12900\n12/2019,331,13100\n",
            {"people": "331 at 5:9", "beds": "13100 at 5:13"},
            id="series side by side, dated as MM/YYYY",
        ),
        pytest.param(
            "地区,城镇新增就业人数（万人）,城镇登记失业率（%）\n云山市,1.2,4.4\n东山县,0.4,3.9\n",
            {"jobs": "1.2 at 2:5", "idle": "4.4 at 2:9"},
            id="regions down, indicators across",
        ),
        pytest.param(
            "地区,城镇新增就业人数,排名,城镇登记失业率,排名\n,万人,,%,\n云山市,1.2,97,4.4,98\n全省,20,,4.1,\n合计,1,,2,\n",
            {"jobs": "1.2 at 3:5", "idle": "4.4 at 3:12"},
            id="ranks beside, units below, totals",
        ),
        pytest.param(
            "2018年统计\n地区,年份,城镇新增就业人数\n云山市,2018年,1.1\n,2019年,1.2\n东山县,2018年,0.1\n,2019年,0.2\n",
            {"jobs": "1.2 at 4:8"},
            id="regions that span rows",
        ),
        pytest.param(
            "项目,城镇新增就业人数（万人）,城镇登记失业率（%）\n2019年目标,1.5,4.5\n2019年实际,1.2,4.4\n完成率,80%,—\n",
            {"jobs": "1.2 at 3:9", "idle": "4.4 at 3:13"},
            id="targets and results down",
        ),
        pytest.param(
            "时间,城镇新增就业人数（万人）\n2019年1月,0.1\n2019年2月,0.3\n2019年1-12月,1.2\n",
            {"jobs": "1.2 at 4:12"},
            id="months and the whole year down",
        ),
        pytest.param(
            "指标,单位,完成值,,指标,单位,完成值\n常住人口,万人,331,,养老床位数,张,13100\n城镇登记失业率,%,4.4,,,,\n",
            {"people": "331 at 2:9", "beds": "13100 at 2:22", "idle": "4.4 at 3:11"},
            id="two tables side by side",
        ),
        pytest.param(
            "2018年,,,2019年,\n指标,完成值,,指标,完成值\n常住人口,328,,常住人口,331\n",
            {"people": "331 at 3:16"},
            id="two tables side by side, each with its title",
        ),
        pytest.param(
            "指标：常住人口（万人）\n地区,2019年\n云山市,331\n\n指标：养老床位数（张）\n地区,2019年\n云山市,13100\n",
            {"people": "331 at 3:5", "beds": "13100 at 7:5"},
            id="one table below another",
        ),
        pytest.param(
            "2018年主要指标\n地区,城镇登记失业率（%）\n云山市,4.2\n\n2019年主要指标\n指标,完成值\n常住人口,331\n",
            {"people": "331 at 7:6"},
            id="another kind and another year below",
        ),
        pytest.param(
            "2018年主要指标\n指标,完成值\n常住人口,328\n\n地区,城镇登记失业率（%）\n云山市,4.2\n",
            {},
            id="a title holds below too",
        ),
    ],
)
def test_what_is_read_and_where_it_stands(read: Read, text: str, used: dict[str, str]) -> None:
    assert read(text)[0] == used


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("指标：常住人口\n指标：养老床位数\n地区,2019年\n云山市,331\n", "S265", id="two names above"),
        pytest.param(
            "指标：常住人口（万人）\n类别甲,2019年\n云山市,331\n", "S266", id="an unknown word before the rows"
        ),
        pytest.param("指标：人均寿命\n地区,2019年\n云山市,80\n", "S102", id="a name that the plan does not have"),
        pytest.param("地区,组别,常住人口（万人）\n云山市,男,331\n", "S266", id="an unknown column before the figures"),
        pytest.param(
            "地区,常住人口（万人）,组别\n云山市,331,男\n", "S266", id="an unknown column of texts behind them"
        ),
        pytest.param("地区,常住人口（万人）\n,331\n东山县,120\n", "S266", id="a row that nothing heads"),
        pytest.param(
            "地区,年份,常住人口\n云山市,2018年,328\n云山市,,331\n东山县,2018年,119\n",
            "S266",
            id="a year that is missing",
        ),
        pytest.param(",常住人口\n频率,周\n单位,万人\n2019-12-31,331\n", "S267", id="a frequency that is not read"),
        pytest.param(",常住人口\n频率,月\n单位,万人\n2019-12-31,331\n", "S208", id="December is not the year"),
        pytest.param(",常住人口\n频率,月\n单位,万人\n2019,331\n", "S102", id="a year in a monthly series"),
        pytest.param("地区,常住人口,常住人口\n云山市,331,332\n", "S107", id="one indicator twice"),
        pytest.param("指标,完成值,,地区,别的\n常住人口,331,,东山县,7\n", "S265", id="a blank column and half a table"),
        pytest.param(
            "地区,常住人口（人）,养老床位数\n云山市,3,310,000,13100\n", "S105", id="a separator that shifts cells"
        ),
        pytest.param("指标：常住人口（万人）\n地区,预测\n云山市,331\n", "S102", id="a forecast alone"),
        pytest.param(
            "指标：常住人口（万人）\n地区,2019年\n,预测\n云山市,331\n", "S102", id="a forecast under the year"
        ),
        pytest.param("2019年目标申报表\n地区,常住人口（万人）\n云山市,331\n", "S102", id="a title of targets"),
        pytest.param("地区,常住人口（万人）\n云山市,331\n数据截止日期：2019年9月30日\n", "S209", id="a note below"),
    ],
)
def test_what_is_refused_and_why(read: Read, text: str, code: str) -> None:
    used, codes = read(text)
    assert used == {}
    assert code in codes


def test_frequencies_are_named_in_the_order_of_their_columns(made_up: Plan) -> None:
    words = ("周", "年", "旬", "备注", "排名")
    text = (
        f",{','.join(['常住人口'] * 5)}\n频率,{','.join(words)}\n单位,{','.join(['万人'] * 5)}\n2019-12-31,1,2,3,4,5\n"
    )
    _, findings = read_bytes("f.csv", text.encode(), made_up)
    assert [one.message.values["text"] for one in findings if one.code == "S267"] == [" / ".join(words)]


def test_regions_and_years_that_are_not_judged_are_notes(made_up: Plan) -> None:
    text = "指标：常住人口（万人）\n地区,2018年,2019年\n云山市,328,331\n东山县,119,120\n西河区,88,89\n"
    submission, _ = read_bytes("f.csv", text.encode(), made_up)
    found = assess(made_up, [submission], period=made_up.period)
    assert {"S208", "S217"}.isdisjoint(one.code for one in found.findings)
    assert [one.code for one in found.findings].count("S228") == 1
    assert (submission.rows.read, submission.rows.used, submission.rows.ignored) == (5, 3, 2)


def test_words_of_the_plan_head_rows_too(made_up: Plan) -> None:
    text = "辖地,常住人口（万人）\n云山市,331\n东山县,120\n"
    assert read_bytes("f.csv", text.encode(), made_up)[0].observations == ()
    own = replace(made_up, words={"辖地": "region"})
    assert [one.raw for one in read_bytes("f.csv", text.encode(), own)[0].observations] == ["331", "120"]


@pytest.mark.parametrize(
    "text",
    [
        "指标,单位,完成值\n" + "常住人口,万人,331\n" * 1000,
        "指标,单位,完成值\n" + "常住人口,万人,—\n" * 1000,
        "序号,指标,单位,完成值\n" + "1,常住人口,万人,\n" * 1000,
    ],
)
def test_rows_of_a_table_are_not_searched_for_another_one(
    made_up: Plan, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    looked: list[Sequence[str]] = []
    may_head = sheet_reader.may_head
    monkeypatch.setattr(sheet_reader, "may_head", lambda cells, axes: looked.append(cells) or may_head(cells, axes))
    read_bytes("f.csv", text.encode(), made_up)
    assert len(looked) < 20


def test_a_region_of_the_plan_is_judged_by_its_own_row(made_up: Plan) -> None:
    text = "地区,常住人口（万人）\n云山市,331\n东山县,120\n"
    submission, _ = read_bytes("f.csv", text.encode(), made_up)
    found = [(one.region, one.raw) for one in submission.observations if one.reported is Reading.VALUE]
    assert found == [("云山市", "331"), ("东山县", "120")]


def test_a_blank_line_below_a_header_with_an_empty_last_column_is_read(plan: Plan) -> None:
    submission, _ = read_bytes("f.csv", "编号,指标,数值,备注,\n,城镇登记失业率,4.4,,\n\n".encode(), plan)
    assert [value.raw for value in submission.observations] == ["4.4"]
