"""Lines keep their width and lose nothing; marks and units stay with what they belong to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from czurban.reporting.formats.screen import ScreenText, screen

CONSOLE = screen(80, colour=False)
TEXT = st.text("常住人口（%）、，。 abc12.5()「」", max_size=60)


def wrap(text: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in ScreenText(text).wrap(CONSOLE, width)]


@given(TEXT, st.integers(8, 40))
def test_nothing_is_lost_and_nothing_is_wider(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("人均公园绿地面积（平方米）", 24, ["人均公园绿地面积", "（平方米）"]),
        ("建设村级公共服务中心（个）", 24, ["建设村级公共服务中心", "（个）"]),
        ("城镇登记失业率（%）", 24, ["城镇登记失业率（%）"]),
        ("与目标值相同，请核；方向系判读", 14, ["与目标值相同，", "请核；方向系判", "读"]),
        ("Not reported, all 27", 9, ["Not", "reported,", "all 27"]),
        ("市住房城乡建设局; Gap", 16, ["市住房城乡建设", "局; Gap"]),
        ("目标：≥647.4", 9, ["目标：", "≥647.4"]),
        ("是否达到 ≥ 647.4", 12, ["是否达到", "≥ 647.4"]),
        ("较上年 −647.4", 8, ["较上年", "−647.4"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("", 10, [""]),
    ],
)
def test_where_lines_end(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines
