"""Known figures in every kind of table: each is read rightly or refused with a reason, and none is read wrongly."""

from collections import Counter
from itertools import permutations

import corpus
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.model.plan import Plan
from czurban.model.vocabulary.header_words import HEADER_WORDS

LEAST_CASES = 2000
LEAST_SHARE = 0.9
NO_RESULTS = [
    word
    for field, words in HEADER_WORDS.items()
    if field not in ("value", "cumulative", "indicator", "level", "period", "part", "region")
    for word in words.split()
]
TURNED = corpus.TURNED


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return corpus.corpus_plan(tmp_path_factory.mktemp("plan"))


def plain(layout: str, words: int = 0) -> corpus.Table:
    return corpus.NOISE["plain"](corpus.LAYOUTS[layout](corpus.VOCABULARY[words]))


def test_no_table_is_misread_and_most_are_read(made_up: Plan) -> None:
    """`make corpus` prints the share that is read, by layout, words, noise and format."""
    counts: dict[str, Counter[str]] = {}
    bad: list[str] = []
    for case in corpus.cases():
        name, write = corpus.FORMATS[case.form]
        found = corpus.outcome(write(case.table), name, made_up)
        became = found.of(case.table)
        for key in ("all", case.layout, case.noise, case.form, corpus.VOCABULARY[case.words].indicator):
            counts.setdefault(key, Counter())[became] += 1
        if became in ("wrong", "silent"):
            bad.append(f"{case}: {found}")
    assert not bad, "\n".join(bad[:20])
    total = counts["all"].total()
    for key, count in counts.items():
        print(f"{count['read'] / count.total():7.1%} of {count.total():5} read: {key}")  # noqa: T201 - what `make corpus` shows
    assert total >= LEAST_CASES
    assert counts["all"]["read"] / total >= LEAST_SHARE


@pytest.mark.parametrize("layout", list(corpus.LAYOUTS))
def test_another_word_in_a_header_never_makes_another_value(made_up: Plan, layout: str) -> None:
    """A word that is unknown, missing, or in its neighbour's place may cost the value, and never changes it."""
    for words in (0, 1):
        table = plain(layout, words)
        for what, changed in corpus.changed(table, rows_too=layout.startswith(TURNED)):
            found = corpus.outcome(corpus.as_csv(changed, "utf-8"), "f.csv", made_up)
            assert not found.wrong, (what, found)
            if changed.merges and words == 0:
                found = corpus.outcome(corpus.as_xlsx(changed), "f.xlsx", made_up)
                assert not found.wrong, (what, found)


@pytest.mark.parametrize("layout", list(corpus.LAYOUTS))
def test_a_word_for_no_result_never_makes_another_value(made_up: Plan, layout: str) -> None:
    for what, changed in corpus.replaced(plain(layout), ("完成率", "目标", "上年同期", "备注", "单位")):
        found = corpus.outcome(corpus.as_csv(changed, "utf-8"), "f.csv", made_up)
        assert not found.wrong, (what, found)


@pytest.mark.parametrize("layout", [name for name in corpus.LAYOUTS if plain(name).heads > 1])
def test_a_blank_and_an_unknown_word_in_a_header_never_make_another_value(made_up: Plan, layout: str) -> None:
    table = plain(layout)
    below = table.rows[table.heads :]
    for row in range(table.heads):
        cells = table.rows[row]
        years = {c for c in range(table.stubs) if all(c < len(line) and line[c].isdecimal() for line in below)}
        filled = [c for c, text in enumerate(cells) if text and c not in years]
        for blank, unknown in permutations(filled if len(cells) > 1 else [], 2):
            changed = corpus.with_texts(table, row, {blank: "", unknown: corpus.UNKNOWN})
            found = corpus.outcome(corpus.as_csv(changed, "utf-8"), "f.csv", made_up)
            assert not found.wrong, (row, blank, unknown, found)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_several_changes_at_once_never_make_another_value(made_up: Plan, data: st.DataObject) -> None:
    layout = data.draw(st.sampled_from(sorted(corpus.LAYOUTS)))
    table = plain(layout, data.draw(st.integers(0, len(corpus.VOCABULARY) - 1)))
    for _ in range(data.draw(st.integers(1, 3))):
        row = data.draw(st.integers(0, table.heads - 1))
        below = table.rows[table.heads :]
        years = {c for c in range(table.stubs) if all(c < len(line) and line[c].isdecimal() for line in below)}
        filled = [
            c for c, text in enumerate(table.rows[row]) if text and c not in years
        ]  # 2019 may be a target as well
        if not filled or (len(table.rows[row]) == 1 and "20" in table.rows[row][0]):
            continue
        column = data.draw(st.sampled_from(filled))
        word = data.draw(st.sampled_from(["", corpus.UNKNOWN, *NO_RESULTS]))
        table = corpus.with_texts(table, row, {column: word})
    found = corpus.outcome(corpus.as_csv(table, "utf-8"), "f.csv", made_up)
    assert not found.wrong, found


@pytest.mark.parametrize(
    "word",
    ["比上年同期增长", "比2018年增长%", "增减幅度", "累计增长", "±%", "为上年的%", "与上年比较", "全区排位"],
)
def test_a_column_of_growth_below_a_year_is_no_result(made_up: Plan, word: str) -> None:
    figure = corpus.figure("jobs")
    table = f"指标,单位,2019年,\n,,,{word}\n城镇新增就业人数,万人,{figure},1.7\n"
    found = corpus.outcome(table.encode(), "f.csv", made_up)
    assert (found.wrong, found.judged) == ([], ["jobs"])
