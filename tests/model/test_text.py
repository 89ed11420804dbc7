"""How two spellings of one name are recognised as the same."""

import pytest

from czurban.model.text import half_width, key, nearest


@pytest.mark.parametrize(
    ("text", "plain"),
    [("１２，３％", "12,3%"), ("ＡＢＣ（ａ）", "ABC(a)"), ("\u3000甲\u00a0", " 甲 "), ("95①", "95①"), ("㎡", "㎡")],
)
def test_half_width(text: str, plain: str) -> None:
    assert half_width(text) == plain


@pytest.mark.parametrize(
    ("one", "other"), [("Ｍbps", "mBPS"), (" 城镇 化率\n", "城镇化率"), ("（甲）", "(甲)"), ("\ufeff甲", "甲")]
)
def test_key_disregards_width_case_and_spaces(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公安局", ("市公安局",)),
        ("市教育厅", ("市教育局",)),
        ("市公安局", ("市公安局",)),
        ("", ()),
        ("furlong", ()),
    ],
)
def test_nearest(text: str, found: tuple[str, ...]) -> None:
    assert nearest(text, ["市公安局", "市教育局", "各县区人民政府"], limit=1) == found
