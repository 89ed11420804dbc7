"""A built site is searched for links that lead nowhere and for addresses that a browser would fetch from elsewhere."""

from pathlib import Path

import pytest

import site_check

PAGE = '<!doctype html><h1 id="top">示例</h1><a href="b.html#place">b</a><img src="a.png"><a href="https://example.org">x</a>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.html").write_text('<a id="place"></a><a href=".">home</a>', encoding="utf-8")
    (tmp_path / "index.html").write_text('<a href="/a.html#top">a</a><style>b{}</style>', encoding="utf-8")
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "site.css").write_text("b { background: url(a.png); }", encoding="utf-8")
    return tmp_path


def test_a_whole_site_has_no_fault(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(site_check.faults(site)) == []
    assert site_check.main([str(site)]) == 0
    assert "3 pages" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<a href="d.html">', "c.html links to d.html, which does not exist."),
        ('<a href="a.html#nowhere">', "c.html links to a.html#nowhere, and the page has no such place."),
        ('<a href="#nowhere">', "c.html links to #nowhere, and the page has no such place."),
        ('<img src="b.png">', "c.html links to b.png, which does not exist."),
        ('<script src="https://example.org/x.js"></script>', "c.html fetches https://example.org/x.js from outside"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "c.html fetches //example.org/x.css from outside"),
        ("<style>@import 'https://example.org/x.css';</style>", "c.html fetches https://example.org/x.css from"),
        ('<b style="background: url(https://example.org/x)">', "c.html fetches https://example.org/x from outside"),
    ],
)
def test_a_fault_is_found(site: Path, text: str, fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "c.html").write_text(text, encoding="utf-8")
    assert site_check.main([str(site)]) == 1
    assert fault in capsys.readouterr().err


def test_a_style_sheet_that_fetches_a_font_is_found(site: Path) -> None:
    (site / "site.css").write_text("@font-face { src: url(https://example.org/f.woff) }", encoding="utf-8")
    assert list(site_check.faults(site)) == ["site.css fetches https://example.org/f.woff from outside the site."]


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    assert list(site_check.faults(tmp_path)) == [f"{tmp_path} has no page; build the site first."]
