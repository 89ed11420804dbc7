"""`czurban site`: its pages, its links, its search, in a browser where there is one."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from czurban.cli.app import run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TARGET = re.compile(r'(?:href|data-home)="(?!#|data:)([^"#]*)')
ADDRESS = re.compile(r'(?:src|action|data|poster)="(?!data:)|url\(|@import|https?://')


@pytest.fixture(scope="module")
def made(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    figures = repo / "examples" / "actuals-2019.csv"
    assert run(["site", str(figures), "--plan", str(repo / "data"), "-o", str(folder), "--lang", "zh"]) == 0
    return folder


def pages(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_each_indicator_and_department_has_a_page_in_both_languages(made: Path) -> None:
    every = pages(made)
    chinese = {name for name in every if not name.startswith("en/")}
    assert {f"en/{name}" for name in chinese} == set(every) - chinese
    assert len([name for name in chinese if name.startswith("indicators/")]) == 52
    assert "departments/市公安局.html" in chinese
    assert 'lang="zh-CN"' in every["index.html"]
    assert '<html lang="en">' in every["en/index.html"]


def test_every_link_leads_to_a_page_and_nothing_is_fetched(made: Path) -> None:
    every = pages(made)
    for name, text in every.items():
        for target in TARGET.findall(text):
            path = (made / name).parent / unquote(target)
            assert path.resolve().is_relative_to(made.resolve()), (name, target)
            assert path.is_file(), (name, target)
        assert not ADDRESS.search(text), name


def test_every_page_can_be_reached_from_the_start_page(made: Path) -> None:
    every, seen, new = pages(made), set(), {"index.html"}
    while new:
        seen |= new
        targets = {
            str(((made / name).parent / unquote(target)).resolve().relative_to(made.resolve()))
            for name in new
            for target in TARGET.findall(every[name])
        }
        new = targets - seen
    assert seen == set(every)


def test_the_page_of_an_indicator_has_verdict_definition_citations_and_working(made: Path) -> None:
    text = pages(made)["indicators/settled_in_towns_total.html"]
    for words in (
        "83.1466",
        "≥83.7466",
        "✗ 未达标",
        "累计落户城镇人数",
        "附件5",
        "达到83.7466万人",
        "actuals-2019.csv:6:",
    ):
        assert words in text
    assert 'href="./../departments/%E5%B8%82%E5%85%AC%E5%AE%89%E5%B1%80.html"' in text


def test_history_is_drawn_where_figures_of_several_periods_are_given(repo: Path, tmp_path: Path) -> None:
    figures = repo / "examples" / "progress-2019.csv"
    assert run(["site", str(figures), "--plan", str(repo / "data"), "-o", str(tmp_path / "s"), "--lang", "en"]) == 0
    assert any(
        '<figure class="lines">' in text for name, text in pages(tmp_path / "s").items() if "indicators/" in name
    )


def test_files_of_others_are_kept_and_earlier_pages_named(
    repo: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call = [
        "site",
        str(repo / "examples" / "actuals-2019.csv"),
        "--plan",
        str(repo / "data"),
        "-o",
        str(tmp_path),
        "--lang",
        "en",
    ]
    (tmp_path / "results.html").write_text("mine")
    assert run(call) == 2
    assert (tmp_path / "results.html").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["results.html"]
    (tmp_path / "results.html").unlink()
    assert run(call) == 0
    old = tmp_path / "departments" / "Old.html"
    old.write_bytes((tmp_path / "departments" / "市公安局.html").read_bytes())
    capfd.readouterr()
    assert run(call) == 0
    assert "Old.html" in capfd.readouterr().err
    assert old.is_file()


def test_nothing_is_written_where_nothing_can_be_read(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("这里没有表格\n")
    folder = tmp_path / "s"
    assert run(["site", str(tmp_path / "a.csv"), "--plan", str(repo / "data"), "-o", str(folder)]) == 2
    assert not folder.exists()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    sync = pytest.importorskip("playwright.sync_api", reason="Playwright cannot be loaded", exc_type=ImportError)
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: "Browser", made: Path) -> "Iterator[Callable[[str], Page]]":
    messages, asked = [], []
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def show(name: str) -> "Page":
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((made / name).as_uri())
        return page

    yield show
    context.close()
    assert messages == []
    assert all(url.startswith((made.as_uri(), "data:")) for url in asked)


def test_the_search_finds_by_name_number_department_and_verdict(opened: "Callable[[str], Page]") -> None:
    page = opened("index.html")
    page.fill("input[type=search]", "公安 未达标")
    assert page.locator(".entries li:visible").all_inner_texts() == [
        "农业转移人口和其他常住人口落户城镇数量",
        "新增农业转移人口和其他常住人口落户城镇数量",
    ]
    assert not page.locator("main").is_visible()
    page.fill("input[type=search]", "没有这个")
    assert page.locator(".entries li:visible").all_inner_texts() == []
    page.fill("input[type=search]", "")
    assert page.locator("main").is_visible()


def test_a_search_on_another_page_leads_to_the_start_page(opened: "Callable[[str], Page]") -> None:
    page = opened("en/indicators/settled_in_towns_total.html")
    page.fill("input[type=search]", "市公安局")
    page.press("input[type=search]", "Enter")
    page.wait_for_url("**/en/index.html#q=*")
    assert page.input_value("input[type=search]") == "市公安局"
    assert page.locator(".entries li:visible").count() == 4


def test_the_languages_lead_to_each_other(opened: "Callable[[str], Page]") -> None:
    page = opened("departments/市公安局.html")
    page.click("a[hreflang=en]")
    page.wait_for_url("**/en/departments/*")
    page.click("a[hreflang=zh-CN]")
    page.wait_for_url(re.compile(r".*(?<!en)/departments/.*"))
    assert page.locator("html").get_attribute("lang") == "zh-CN"
