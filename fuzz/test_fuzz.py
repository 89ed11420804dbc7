"""Whatever bytes come in, what goes out is findings or a clean error.

`make fuzz` runs it; FUZZ_EXAMPLES sets how many inputs each test tries. Inputs are seeds – the plan's own files, the
examples, the bad examples – with pieces changed, doubled, cut and swapped. What fails is written to tests/found, where
the tests try it again for ever after: mend the program and commit the file.
"""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from czurban.app.regions import compose, judge_regions
from czurban.checking.assessing import assess
from czurban.checking.plan_rules.registry import check_plan
from czurban.errors import CzurbanError
from czurban.model.assessment import Assessment
from czurban.model.finding import Finding
from czurban.model.plan import Plan
from czurban.reading.plan.cases import PLAN
from czurban.reading.plan.files import read_draft
from czurban.reading.sources.opening import DEPARTMENTS, TARGETS, TASKS
from czurban.reading.submission.files import read_bytes
from czurban.reporting.documents.check import check_report
from czurban.reporting.findings_text import findings_text
from czurban.reporting.formats.registry import render
from czurban.words.translator import Translator

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "tests" / "found"
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
PIECES = [*(b"[]{}:#&*!|>%@`\"',;\t\n\r -?<=~0"[i : i + 1] for i in range(28)), "≥".encode(), "约".encode()]
PIECES += [
    "（".encode(),
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xb3\xc7",
    b"<<: *a",
    b"&a ",
    b"1e999999999",
    b"9" * 5000,
]


def seeds(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def workbook(data: bytes) -> bytes:
    """A table of text as a workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("分解")
        for number, line in enumerate(data.decode().splitlines()):
            page.write_row(number, 0, line.split(","))
    return stream.getvalue()


TABLES = seeds("examples/*.csv", "examples/bad/*/*.csv")
BOOKS = seeds("examples/*.xlsx", "examples/bad/*/*.xlsx")
FILES = {name: seeds(f"data/{name}", f"examples/bad/*/plan/{name}") for name in (TARGETS, TASKS, DEPARTMENTS)}
FILES["regions.yaml"] = seeds("examples/*/plan/regions.yaml", "examples/bad/*/plan/regions.yaml")
FILES["regions.csv"] = ["代码,名称,上级,别名\n1,某省,,\n10,某市,1,\n11,甲县,10,甲\n12,乙县,某市,\n".encode()]
FILES["breakdown.csv"] = seeds("examples/bad/*/plan/breakdown.csv")
FILES["breakdown.xlsx"] = [workbook(data) for data in FILES["breakdown.csv"]]


@st.composite
def changed(draw: st.DrawFn, given_seeds: list[bytes]) -> bytes:
    """A seed with a few edits."""
    data = draw(st.sampled_from(given_seeds))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 40)))
        edits: list[Callable[[], bytes]] = [
            lambda at=at, to=to, data=data: data[:at] + data[to:],  # type: ignore[misc]
            lambda at=at, to=to, data=data: data[:to] + data[at:to] + data[to:],  # type: ignore[misc]
            lambda at=at, to=to, data=data: data[:at] + draw(st.sampled_from(PIECES)) + data[to:],  # type: ignore[misc]
            lambda at=at, to=to, data=data: data[:at] + draw(st.binary(max_size=8)) + data[to:],  # type: ignore[misc]
            lambda at=at, data=data: data[:at],  # type: ignore[misc]
        ]
        data = draw(st.sampled_from(edits))()
    return data


@pytest.fixture(scope="session")
def plan() -> Plan:
    loaded = read_draft(PLAN).plan
    assert loaded is not None
    return loaded


def try_plan(folder: Path) -> list[Finding]:
    """Read and hold a plan against every rule."""
    draft = read_draft(folder)
    found = [*draft.findings, *(check_plan(draft.plan, whole=draft.whole) if draft.plan else ())]
    findings_text(found, Translator("zh"))
    return found


def try_submission(data: bytes, plan: Plan) -> None:
    """Read, judge and report a submission."""
    submission, findings = read_bytes("f", data, plan)
    judged = assess(plan, [submission], period=plan.period)
    whole = Assessment(plan, plan.period, judged.results, (*findings, *judged.findings), (submission,))
    for form in ("text", "json", "csv", "markdown"):
        render(check_report(whole, Translator("zh"), scope=lambda _: True), form)
    findings_text(whole.findings, Translator("en"))
    regional = judge_regions(plan, [submission], plan.period, None, "region")
    render(compose(regional, regional.whole, Translator("zh"), scope=lambda _: True, only=frozenset()), "text")


def kept(kind: str, data: bytes, attempt: Callable[[], object]) -> None:
    """Try; keep what fails, so that it is tried for ever after."""
    try:
        attempt()
    except CzurbanError:
        return
    except BaseException:
        FOUND.mkdir(exist_ok=True)
        (FOUND / f"{kind}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
        raise


BOUNDS = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", FILES)
def test_plan(name: str, tmp_path: Path) -> None:
    for other in (TARGETS, TASKS, DEPARTMENTS, *(() if name == "regions.csv" else ("regions.yaml",))):
        (tmp_path / other).write_bytes((PLAN / other).read_bytes())

    @BOUNDS
    @given(changed(FILES[name]))
    def holds(data: bytes) -> None:
        (tmp_path / name).write_bytes(data)
        kept(name, data, lambda: try_plan(tmp_path))

    holds()


@BOUNDS
@given(data=changed(TABLES))
def test_csv(data: bytes, plan: Plan) -> None:
    kept("table", data, lambda: try_submission(data, plan))


@BOUNDS
@given(data=changed(BOOKS))
def test_xlsx(data: bytes, plan: Plan) -> None:
    kept("table", data, lambda: try_submission(data, plan))
