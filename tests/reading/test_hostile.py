"""Nothing that a file contains crashes, hangs or fills the memory: each input ends in a sentence, most with a place."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from czurban.cli.app import run
from czurban.reading.plan.cases import PLAN

BIG = "9" * 5000
"""More digits than Python turns into a number."""
HEADER = "指标,数值,单位,年份\n"
FIGURES = HEADER + "城镇常住人口,120,万人,2019\n"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command with a good plan and good figures; return the exit code and the text on standard error."""
    monkeypatch.setenv("CZURBAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PLAN, "plan")
    Path("figures.csv").write_text(FIGURES, encoding="utf-8")

    def called(*words: str) -> tuple[int, str]:
        code = run(words)
        return code, capfd.readouterr().err

    return called


def replaced(file: str, old: str, new: str) -> None:
    path = Path("plan", file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


TARGET, FACTOR, FORMULA = "≥110", "factor: 2", "residents − residents@baseline"
IN_TARGETS = {
    "digits": (TARGET, "≥" + BIG, "P107"),
    "decimals": (TARGET, "≥0." + BIG, "P107"),
    "range": (TARGET, "1~" + BIG, "P107"),
    "exponent": (TARGET, "≥1e999999999", "P107"),
    "tolerance": (f"target: {TARGET}", f"target: 30左右\n    side: floor\n    tolerance: {BIG}", "P107"),
    "factor": (FACTOR, f"factor: {BIG}", "P109"),
    "factor's exponent": (FACTOR, "factor: 1e999999999", "P109"),
    "factor's negative exponent": (FACTOR, "factor: 1e-999999999", "P109"),
    "fraction": (FACTOR, f"factor: 1/{BIG}", "P109"),
    "no number": (FACTOR, "factor: NaN", "P109"),
    "number": ("no: 1\n", f"no: {BIG}\n", "P106"),
    "period": ("period: 2019", f"period: {BIG}", "P106"),
    "baseline": ("baseline: 100", f"baseline: {BIG}", "P1"),
    "jump": ("jump: 60%", f"jump: {BIG}%", "P1"),
    "deadline": ("deadline: 2019年底", f"deadline: {BIG}年底", "P106"),
    "printed": ("printed: 达到110万人", f"printed: 达到{BIG}万人", ""),
    "brackets": (FORMULA, "(" * 1900, "P117"),
    "signs": (FORMULA, f'"{"-" * 1900}1"', "P117"),
    "calls": (FORMULA, "sum(" * 300 + "1" + ")" * 300, "P117"),
    "sums": (FORMULA, "residents" + "+residents" * 180, "P117"),
    "digits in a formula": (FORMULA, "1" * 5000, "P117"),
    "year in a formula": (FORMULA, f"residents@{'9' * 1000}", "P117"),
    "rounding": (f"formula: {FORMULA}", f"formula: {{is: residents * 2, rounding: {BIG}}}", "P106"),
}


@pytest.mark.parametrize("name", IN_TARGETS)
def test_a_value_in_a_plan(invoke: Run, name: str) -> None:
    old, new, code = IN_TARGETS[name]
    replaced("targets.yaml", old, new)
    for words in (("validate", "plan"), ("check", "figures.csv", "--plan", "plan"), ("fix", "plan")):
        _, err = invoke(*words)
        assert "plan/targets.yaml:" in err or words[0] == "fix" or not code
        assert code in err or words[0] == "fix"


YAML = {
    "flow": "[" * 100_000,
    "maps": "{a: " * 5000,
    "block": "".join(f"{' ' * n}a:\n" for n in range(900)),
    "dashes": "- " * 490 + "x",
    "control character": "a: \x00",
    "surrogate": 'a: "\\uD800"',
    "no character": 'a: "\\UFFFFFFFF"',
    "object": "!!python/object/apply:os.system ['x']",
    "alias of itself": "a: &a [*a]",
    "bomb": "b0: &b0 [x,x]\n" + "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 9)),
    "version": "%YAML 9.9\n---\na: 1",
    "two documents": "a: 1\n---\nb: 1\n",
}  # fmt: skip


@pytest.mark.parametrize("file", ["targets.yaml", "departments.yaml", "tasks.yaml", "regions.yaml", "metrics.yaml"])
@pytest.mark.parametrize("name", YAML)
def test_a_text_that_is_hardly_yaml(invoke: Run, name: str, file: str) -> None:
    Path("plan", file).write_bytes(YAML[name].encode("utf-8", "surrogatepass"))
    code, err = invoke("validate", "plan")
    assert code == 1
    assert f"plan/{file}" in err
    assert invoke("check", "figures.csv", "--plan", "plan")[0] == (0 if file == "metrics.yaml" else 2)


def test_regions_that_are_nested_deep(invoke: Run) -> None:
    rows = (f'  - {{code: "{n}", name: 某{n}, parent: "{n - 1}"}}\n' for n in range(1, 3000))
    Path("plan/regions.yaml").write_text(f'regions:\n  - {{code: "0", name: 某市}}\n{"".join(rows)}', encoding="utf-8")
    code, err = invoke("validate", "plan")
    assert (code, err.count("P143")) == (1, 1)


def test_regions_in_a_large_cycle(invoke: Run) -> None:
    rows = (f'  - {{code: "{n}", name: 某{n}, parent: "{(n + 1) % 3000}"}}\n' for n in range(3000))
    Path("plan/regions.yaml").write_text(f"regions:\n{''.join(rows)}", encoding="utf-8")
    code, err = invoke("validate", "plan")
    assert (code, err.count("P128")) == (1, 1)
    assert len(err) < 3000


@pytest.mark.parametrize(
    "text", ['code,name,parent\n"' + "x" * 200_000, "code,name,parent\n" + "x" * 200_000 + ",a,b\n", "\x00", '"\r"\n']
)
def test_a_list_of_regions(invoke: Run, text: str) -> None:
    Path("plan/regions.yaml").unlink()
    Path("plan/regions.csv").write_text(text, encoding="utf-8")
    code, err = invoke("validate", "plan")
    assert (code, "plan/regions.csv" in err) == (1, True)


@pytest.mark.parametrize("cell", [BIG, "≥" + BIG, "（" * 5000, "1" + "万" * 5000])
def test_a_breakdown(invoke: Run, cell: str) -> None:
    Path("plan/breakdown.csv").write_text(f"指标,甲县\n城镇常住人口,{cell}\n", encoding="utf-8")
    code, err = invoke("validate", "plan")
    assert (code, "plan/breakdown.csv" in err) == (1, True)


EXPRESSIONS = {
    "digits": f"sum(age) where age > {BIG}",
    "exponent": "sum(age * 1e999999999)",
    "calls": "sum(" * 1000,
    "brackets": f"sum(age) where {'(' * 2000}urban{')' * 2000}",
    "negations": f"sum(age) where {'not ' * 3000}urban",
    "junctions": f"sum(age) where urban{' and urban' * 3000}",
    "additions": f"sum(age{'+age' * 3000})",
    "signs": f"sum({'-' * 3000}age)",
    "product": f"sum(age * {' * '.join(['9' * 30] * 200)})",
}
METRICS = """\
records:
  columns:
    region: {kind: region}
    date: {kind: period, grain: year}
    urban: {kind: flag}
    age: {kind: number, type: integer}
metrics:
  - id: people
    name: 人数
    unit: 人
    value: """


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_of_metrics(invoke: Run, name: str) -> None:
    Path("metrics.yaml").write_text(f'{METRICS}"{EXPRESSIONS[name]}"\n', encoding="utf-8")
    Path("records.csv").write_text("region,date,urban,age\n某市,2019,1,3\n", encoding="utf-8")
    code, err = invoke("validate", "metrics.yaml", "--plan", "plan")
    assert code in (0, 1)
    assert code == 0 or "metrics.yaml:" in err
    words = ("compute", "--records", "records.csv", "--metrics", "metrics.yaml", "--plan", "plan")
    assert invoke(*words)[0] in (0, 1, 2)


SETTINGS = {
    "lists": "select = " + "[" * 3000,
    "tables": "select = " + "{a=" * 3000,
    "digits": f"max-findings = {BIG}",
    "encoding": "\udcff",
    "escape": 'plan = "\\UFFFFFFFF"',
    "no path": 'plan = "a\\u0000b"',
    "date": "max-findings = 1979-99-99",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(invoke: Run, name: str) -> None:
    text = f"[tool.czurban]\n{SETTINGS[name]}\n"
    Path("pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    code, err = invoke("list", "indicators")
    assert (code, "pyproject.toml" in err) == (2, True)


SENT = {
    "value": f"{HEADER}城镇常住人口,{BIG},万人,2019\n",
    "decimals": f"{HEADER}城镇常住人口,0.{BIG},万人,2019\n",
    "year": f"{HEADER}城镇常住人口,1,万人,{BIG}\n",
    "unit": f"{HEADER}城镇常住人口,1,{BIG},2019\n",
    "scales": f"{HEADER}城镇常住人口,1,{'万' * 5000}人,2019\n",
    "name": f"{HEADER}{BIG},1,万人,2019\n",
    "brackets": f"{HEADER}城镇常住人口{'（' * 5000},1,万人,2019\n",
    "closed brackets": f"{HEADER}城镇常住人口{'（' * 5000}{'）' * 5000},1,万人,2019\n",
    "header": f"指标,{'（' * 5000},数值\n城镇常住人口,1,2\n",
    "words in the header": f"指标,2019年{'目标' * 3000},数值\n城镇常住人口,1,2\n",
    "number": f"序号,指标,数值\n{BIG},城镇常住人口,1\n",
    "target": f"指标,目标,数值\n城镇常住人口,≥{BIG},1\n",
    "baseline": f"指标,基期,数值\n城镇常住人口,{BIG},1\n",
    "stage": f"任务编号,里程碑,阶段,填报单位\n{BIG},x,已完成,市公安局\n",
    "mark": f"czurban填报表{'x' * 100_000},方案：x\n{FIGURES}",
    "quotes": '"' * 200_000,
    "zeros": "\0" * 1000,
    "no text": "\udcff" * 1000,
}


@pytest.mark.parametrize("engine", ["python", "duckdb"])
@pytest.mark.parametrize("name", SENT)
def test_figures_in_text(invoke: Run, name: str, engine: str) -> None:
    Path("figures.csv").write_bytes(SENT[name].encode("utf-8", "surrogateescape"))
    code, err = invoke("check", "figures.csv", "--plan", "plan", "--engine", engine)
    assert code in (0, 1, 2)
    assert "figures.csv" in err


PACKED = {
    "f.csv.gz": b"\x1f\x8b\x08\x00" + b"x" * 20,
    "f.csv.zst": b"\x28\xb5\x2f\xfd" + b"\xff" * 20,
    "window.csv.zst": b"\x28\xb5\x2f\xfd\x00\xf8\x01\x00\x00",
    "f.parquet": b"PAR1\x15" + b"x" * 100 + b"PAR1",
    "length.parquet": b"PAR1\x15" + bytes(100) + b"\xff\xff\xff\x7fPAR1",
    "f.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
}


@pytest.mark.parametrize("name", PACKED)
def test_packed_and_binary_files(invoke: Run, name: str) -> None:
    Path(name).write_bytes(PACKED[name])
    code, err = invoke("check", name, "--plan", "plan")
    assert (code, name in err) == (2, True)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c><c r="B1" t="inlineStr"><is><t>数值</t></is></c></row>'
)


def xlsx(row: str = "2", address: str = "A2", value: str = "140", code: str = "0", rest: str = "") -> bytes:
    """A workbook with one figure, spelled by hand so that it may be spelled wrongly."""
    cells = f'<c r="{address}" t="inlineStr"><is><t>城镇常住人口</t></is></c><c r="B2" s="0"><v>{value}</v></c>'
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    sheet = f'<sheetData>{HEAD}<row r="{row}">{cells}</row></sheetData>{rest}'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return packed(parts)


def ods(rows: str = "1", columns: str = "1", high: str = "1", value: str = "140") -> bytes:
    """The same as an OpenDocument, with what a row and a cell are repeated."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{item}="{names}{item}:1.0"' for item in ("office", "table", "text"))
    text = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    figure = f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    repeated = f' table:number-columns-repeated="{columns}" table:number-rows-spanned="{high}"'
    head = f"<table:table-row>{text.format('', '指标')}{text.format('', '数值')}</table:table-row>"
    row = f'<table:table-row table:number-rows-repeated="{rows}">{text.format(repeated, "城镇常住人口")}{figure}'
    body = f'<table:table table:name="a">{head}{(row + "</table:table-row>") * 2}</table:table>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def packed(parts: dict[str, str]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return into.getvalue()


FAR = "9" * 4000
"""A number that Python takes, and that no row or column has."""
BOOKS = {
    "row.xlsx": xlsx(row=BIG),
    "far row.xlsx": xlsx(row=FAR),
    "address.xlsx": xlsx(address="A" + BIG),
    "far address.xlsx": xlsx(address="A4000000000"),
    "letters.xlsx": xlsx(address="Z" * 5000 + "2"),
    "format.xlsx": xlsx(code="[$" * 5000),
    "many columns.xlsx": xlsx(address="ZZZ2"),
    "value.xlsx": xlsx(value=BIG),
    "endless value.xlsx": xlsx(value="1e999"),
    "large value.xlsx": xlsx(value="1e300"),
    "all merged.xlsx": xlsx(rest='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    "merged far.xlsx": xlsx(rest=f'<mergeCells><mergeCell ref="A1:A{FAR}"/></mergeCells>'),
    "all hidden.xlsx": xlsx(rest=f'<cols><col min="1" max="{FAR}" hidden="1"/></cols>'),
    "deep.xlsx": xlsx(rest="<a>" * 50_000 + "</a>" * 50_000),
    "rows.ods": ods(rows=BIG),
    "far rows.ods": ods(rows="4000000000"),
    "signed rows.ods": ods(rows="+4000000000"),
    "columns.ods": ods(columns=BIG),
    "far columns.ods": ods(columns="4000000000"),
    "spanned.ods": ods(high=FAR),
    "value.ods": ods(value=BIG),
}
"""Each with what stands in its name at odds."""


@pytest.mark.parametrize("name", BOOKS)
def test_figures_in_workbooks(invoke: Run, name: str) -> None:
    Path(name).write_bytes(BOOKS[name])
    code, err = invoke("check", name, "--plan", "plan")
    assert code in (0, 1, 2)
    assert f"{name}:" in err
    assert len(err) < 3000


@pytest.mark.parametrize(("make", "end"), [(xlsx, "xlsx"), (ods, "ods")])
def test_the_workbooks_above_are_good_but_for_what_is_at_odds(invoke: Run, make: Callable[[], bytes], end: str) -> None:
    Path(f"f.{end}").write_bytes(make())
    code, err = invoke("check", f"f.{end}", "--plan", "plan")
    assert "S101" not in err
    assert code in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "figures.csv", "--period", BIG),
        ("check", "figures.csv", "--region", BIG),
        ("check", "figures.csv", "--max-rows", BIG),
        ("show", BIG),
        ("show", "T" + BIG),
        ("why", BIG, "figures.csv"),
        ("report", "figures.csv", "--task", BIG),
        ("compute", "--records", "figures.csv", "--metrics", "metrics.yaml", "--by", f"region:{BIG}"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_options(invoke: Run, words: tuple[str, ...]) -> None:
    code, err = invoke(*words, "--plan", "plan")
    assert (code, err.startswith(("error", "Usage"))) == (2, True)


def test_the_moment_of_a_report(invoke: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for moment in (BIG, "²", "-1", "99999999999"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        assert invoke("report", "figures.csv", "--plan", "plan")[0] in (0, 1)
