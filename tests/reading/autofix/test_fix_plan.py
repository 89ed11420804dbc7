"""A whole plan corrected: the bytes that stay, the proof, and that a second run finds nothing."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from czurban.errors import UnreadableError
from czurban.reading.autofix.fix import FixedFile, fix_plan
from czurban.reading.autofix.same_plan import differs
from czurban.reading.plan.files import read_plan
from czurban.reading.plan.target_shapes import IndicatorShape
from czurban.reading.plan.task_shapes import DepartmentShape, TaskShape
from czurban.reading.yaml.shapes import keys_of

TARGETS = """\
# 头
plan:
  title: 某市方案
  region: 某市
  period: ２０１９
categories: [甲类]
units:
  - {name: 标箱, of: 个, factor: 1／2}   # 半个
indicators:

  # 第一项
  - id: rate
    name: 城镇化率   # 名
    no: 1
    category: 甲类
    unit: "%"
    kind: rate
    lead: 市公安局
    # 约数
    baseline: 约３９
    target: '>=41'
    deadline: 2019年底
    cited: [{at: 一, wording: 城镇占比, printed: 达到４１%}]

  - id: schools
    name: 新建学校
    aliases:
      - 学校
    task: 1
    unit: 所
    kind: works
    lead: [市教育局]
    target: ≥４
    deadline: 2019
    cited:
      - {at: 任务1, wording: 建学校, printed: 4所}
"""
TASKS = """\
ladders: {}
parts:
  - no: １
    title: 一
    tasks:
      - title: 建学校
        no: 1
        lead: [市教育局]
"""
DEPARTMENTS = "departments:\n  - aliases: [公安局]\n    name: 市公安局\n  - name: 市教育局"
WANTED = {
    "targets.yaml": TARGETS.replace("２０１９", "2019")
    .replace("1／2", "1/2")
    .replace(
        "    name: 城镇化率   # 名\n    no: 1\n", "    no: 1\n    name: 城镇化率   # 名\n    aliases: [城镇占比]\n"
    )
    .replace("约３９", "约39")
    .replace("'>=41'", "'≥41'")
    .replace("≥４", "≥4")
    .replace("      - 学校\n", "      - 学校\n      - 建学校\n"),
    "tasks.yaml": TASKS.replace("title: 建学校\n        no: 1\n", "no: 1\n        title: 建学校\n"),
    "departments.yaml": "departments:\n  - name: 市公安局\n    aliases: [公安局]\n  - name: 市教育局",
}
FORMS = [
    (b"", "utf-8", "\n"),
    (b"\xef\xbb\xbf", "utf-8", "\r\n"),
    (b"", "gb18030", "\n"),
    (b"\xff\xfe", "utf-16-le", "\r\n"),
]


def plan_in(
    folder: Path, mark: bytes = b"", encoding: str = "utf-8", ending: str = "\n", targets: str = TARGETS
) -> Path:
    texts = {"targets.yaml": targets, "tasks.yaml": TASKS, "departments.yaml": DEPARTMENTS}
    for name, text in texts.items():
        (folder / name).write_bytes(mark + text.replace("\n", ending).encode(encoding))
    return folder


def by_name(folder: Path) -> dict[str, FixedFile]:
    return {file.path.name: file for file in fix_plan(folder, ()).files}


@pytest.mark.parametrize(("mark", "encoding", "ending"), FORMS)
def test_every_other_byte_survives(tmp_path: Path, mark: bytes, encoding: str, ending: str) -> None:
    fix = fix_plan(plan_in(tmp_path, mark, encoding, ending), ())
    assert fix.refusal is None
    assert fix.findings == ()
    result = {file.path.name: file.corrected for file in fix.files}
    assert result == {name: mark + text.replace("\n", ending).encode(encoding) for name, text in WANTED.items()}
    assert {name: len(fixed.corrections) for name, fixed in by_name(tmp_path).items()} == {
        "targets.yaml": 8,
        "tasks.yaml": 1,
        "departments.yaml": 1,
    }


def test_corrections_name_the_lines_of_the_file_as_it_is(tmp_path: Path) -> None:
    lines = [correction.place.line for correction in by_name(plan_in(tmp_path))["targets.yaml"].corrections]
    assert lines == [5, 8, 20, 21, 33, 12, 12, 25]


def test_a_second_run_finds_nothing(tmp_path: Path) -> None:
    for file in fix_plan(plan_in(tmp_path), ()).files:
        file.path.write_bytes(file.corrected)
    assert [file.changed for file in fix_plan(tmp_path, ()).files] == [False] * 3


def test_only_the_files_that_are_meant(tmp_path: Path) -> None:
    fix = fix_plan(plan_in(tmp_path), {"tasks.yaml"})
    assert [file.path.name for file in fix.files] == ["tasks.yaml"]
    assert fix.refusal is None


def test_the_plan_of_the_repository_needs_no_correction(repo: Path) -> None:
    fix = fix_plan(repo / "data", ())
    assert [(file.changed, file.left) for file in fix.files] == [(False, ())] * 3
    assert fix.findings == ()


def test_a_plan_with_faults_is_corrected_as_far_as_it_goes(tmp_path: Path) -> None:
    targets = TARGETS.replace("no: 1\n", "no: １\n").replace("kind: works", "kind: work")
    assert read_plan(plan_in(tmp_path, targets=targets))[0] is None
    fix = fix_plan(tmp_path, ())
    assert fix.refusal is None
    assert "no: 1\n" in fix.files[0].new


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"departments: [", "P101"),
        (b"\xff\xff\xfe", "P101"),
        (b"departments: [!a x]", "P103"),
        (b"departments: []\ndepartments: []", "P102"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_and_left(tmp_path: Path, data: bytes, code: str) -> None:
    (plan_in(tmp_path) / "departments.yaml").write_bytes(data)
    fix = fix_plan(tmp_path, ())
    assert [finding.code for finding in fix.findings] == [code]
    assert [file.path.name for file in fix.files] == ["targets.yaml", "tasks.yaml"]
    assert fix.refusal is None


def test_a_folder_without_a_plan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        fix_plan(tmp_path, ())


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("title: 某市方案", "title: 某市方案  # 注", False),
        ("period: ２０１９", "period: 2019", False),
        ("period: ２０１９", "period: 2018", True),
        ("title: 某市方案", "title: 他市方案", True),
        ("no: 1", "no: 2", True),
        ("    no: 1\n", "", True),
        ("      - 学校\n", "      - 学校\n      - 建学校\n", False),
        ("      - 学校\n", "      - 学校\n      - 小学\n", True),
        ("      - 学校\n", "      - 建学校\n", True),
        ("kind: rate", "kind: growth", True),
        ("lead: 市公安局", "lead: [市公安局]", True),
        ("lead: [市教育局]", "lead: [市教育局, 市公安局]", True),
        ("plan:", "plan: [", True),
        ("printed: 4所", "printed: ４所", True),
    ],
)
def test_the_proof_refuses_what_no_correction_means(tmp_path: Path, old: str, new: str, refused: bool) -> None:  # noqa: FBT001
    assert old in TARGETS
    changed = TARGETS.replace(old, new)
    before = {path.name: path.read_bytes() for path in plan_in(tmp_path).iterdir()}
    why = differs(before, before | {"targets.yaml": changed.encode()}, {"targets.yaml": (TARGETS, changed)})
    assert (why is not None) is refused


def test_the_proof_reads_the_plan_too() -> None:
    before = {name: text.encode() for name, text in WANTED.items()}
    assert differs(before, before, {}) is None
    other = before | {"targets.yaml": before["targets.yaml"].replace("某市方案".encode(), "他市方案".encode())}
    assert differs(before, other, {}) is not None
    broken = before | {"targets.yaml": b"plan: {}"}
    assert differs(before, broken, {}) is not None


ENTRY = (
    "no: {n}",
    "name: 指标{n}",
    "category: 甲类",
    "unit: 个",
    "kind: stock",
    "lead: 市公安局",
    "target: {sign}{n}0",
)
MORE = (
    "baseline: ４",
    "deadline: '２０１９'",
    "cited: [{{at: 一, wording: 说法{n}, printed: ４}}]",
    "aliases: 别名{n}",
)


@st.composite
def messy(draw: st.DrawFn) -> str:
    rows = ["plan: {title: 题, region: 某市, period: ２０１９}", "categories: 甲类", "indicators:"]
    for n in range(1, draw(st.integers(2, 4))):
        keys = draw(st.permutations([f"id: i{n}", *ENTRY, *draw(st.sets(st.sampled_from(MORE))), "deadline: 2019"]))
        result = {key.partition(":")[0]: key for key in keys}
        sign = draw(st.sampled_from(["≥", "＞＝", "≤", "＝", "=>"]))
        for place, text in enumerate(result.values()):
            rows += draw(st.lists(st.sampled_from(["", "    # 注", "      # 深"]), max_size=1)) if place else []
            tail = draw(st.sampled_from(["", "  # 尾"]))
            rows.append(("    " if place else "  - ") + text.format(n=n, sign=sign) + tail)
        rows += draw(st.lists(st.sampled_from(["", "  # ── 节 ──"]), max_size=2))
    return draw(st.sampled_from(["\n", "\r\n"])).join(rows) + draw(st.sampled_from(["", "\n"]))


@settings(max_examples=40)
@given(messy())
def test_whatever_it_corrects_says_the_same_and_needs_no_second_run(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "targets.yaml").write_bytes(text.encode())
    (folder / "departments.yaml").write_text("departments: [{name: 市公安局}]", encoding="utf-8")
    before = read_plan(folder)[0]
    first = fix_plan(folder, ())
    assert first.refusal is None
    result = first.files[0]
    assert sorted(re.findall(r"#[^\r\n]*", result.old)) == sorted(re.findall(r"#[^\r\n]*", result.new))
    result.path.write_bytes(result.corrected)
    assert [again.changed for again in fix_plan(folder, ()).files] == [False, False]
    after = read_plan(folder)[0]
    assert (before is None) or (after is not None and len(after.indicators) == len(before.indicators))


@pytest.mark.parametrize("folder", ["docs", "docs/zh"])
@pytest.mark.parametrize(
    ("heading", "shape"),
    [("  - id: jobs_added", IndicatorShape), ("      - no: 6", TaskShape), ("  - {name: 市人力", DepartmentShape)],
)
def test_the_order_is_the_one_that_the_page_shows(
    repo: Path, folder: str, heading: str, shape: type[IndicatorShape]
) -> None:
    page = (repo / folder / "reference/plan-format.md").read_text(encoding="utf-8")
    entry = page[page.index(heading) :].partition("```")[0]
    entry = re.split(r"\n(?=groups:)", entry)[0]
    column = len(heading) - len(heading.lstrip(" -"))
    shown = [
        name for line in entry.splitlines() if (name := line[column:].partition(":")[0].strip("{ ")).isidentifier()
    ]
    known = [name for name in shown if name in keys_of(shape)]
    assert known == [name for name in keys_of(shape) if name in known]
    assert len(known) > 0
