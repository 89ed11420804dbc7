"""Every kind of line that a CSV may have, cut by Spark as by Python's csv module."""

import csv
import io
from pathlib import Path

import pytest

from czurban.computing.engines.engine import TableSource
from czurban.computing.engines.spark import csv_source as spark_csv_source
from czurban.computing.engines.spark.engine import SparkEngine
from czurban.computing.engines.spark.session import explained
from czurban.computing.engines.spark.sql import name
from czurban.errors import BrokenTableError, EngineError
from czurban.reading.sources.csv_sheet import Broken, records

COLUMNS = ("指标", "数 值", "file")
WHOLE = (
    "1,2,3",
    '"a ""q"" b",2,3',
    '"""",2,""""""',
    r'"a\",2,3',
    r"a\,2,3",
    r"\"a,2,\n",
    'x"y,2,3"',
    ' "x",2,3',
    " x , y ,z ",
    '"",2,3',
    ",2,3",
    ",,",
    '"a,b","c;d","e\tf"',
    "nul\0x,2,3",
    "#c,2,3",
    "--,//,'x'",
    "\u00a0x\u00a0,２,\u3000",
    "\ufeffz,2,3",
    "x\u2028y,z\x85,\x0b\x0c",
    "null,NULL,NaN",
    "1,234.5,%",
    "$1,${x},{y}",
    "😀,𠮷,é",
)
OVER_LINES = ('"a\nb",2,3', '1,"c\r\nd",3', '1,2,"e\rf\n\n"', '"g""\n""h","i\n,j",3')
BROKEN = ('"x"y,2,3', '"x" ,2,3', 'a,"b"c"d",3', '"un,2,3', '1,2,"un')


def source(path: Path, delimiter: str = ",", skip: int = 1) -> TableSource:
    return TableSource((str(path),), "csv", COLUMNS, delimiter, skip)


def write(path: Path, *lines: str, end: str = "\n", head: str = "a,b,c") -> Path:
    path.write_bytes(end.join([head, *lines]).encode())
    return path


def python(path: Path, delimiter: str = ",", skip: int = 1) -> list[tuple[str, ...]]:
    lines = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="").readlines()
    return [tuple(row) for row in csv.reader(lines[skip:], delimiter=delimiter, strict=True) if row]


def numbered(spark: SparkEngine, path: Path, delimiter: str = ",", skip: int = 1) -> list[tuple[object, ...]]:
    assert spark.view("t", source(path, delimiter, skip)) == COLUMNS
    return sorted(spark.rows(f"SELECT * FROM {spark.numbered('t')}"), key=lambda row: int(str(row[-1])))


@pytest.mark.parametrize(("delimiter", "end"), [(",", "\n"), ("\t", "\r\n"), (";", "\r")])
def test_lines_that_are_records(spark: SparkEngine, tmp_path: Path, delimiter: str, end: str) -> None:
    lines = [line.replace(",", delimiter) for line in WHOLE if "e\tf" not in line and "1,234" not in line]
    path = write(tmp_path / "a [1] 中.csv", *lines, "", *lines, end=end)
    expected = python(path, delimiter)
    assert len(expected) == 2 * len(lines)
    numbers = [*range(1, len(lines) + 1), *range(len(lines) + 2, 2 * len(lines) + 2)]  # a blank line is one too
    assert numbered(spark, path, delimiter) == [(*row, at) for row, at in zip(expected, numbers, strict=True)]
    assert spark.first_lines(str(path), 3) == ["a,b,c", *lines[:2]]


def test_records_over_several_lines(spark: SparkEngine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "title", *WHOLE[:3], *OVER_LINES, "", *WHOLE[3:10], end="\r\n", head="\ufefft")
    found = numbered(spark, path, skip=2)
    assert [row[:-1] for row in found] == python(path, skip=2)
    assert [row[-1] for row in found] == [1, 2, 3, 4, 6, 8, 12, *range(16, 23)]


def test_broken_records_cost_what_they_cost_python(spark: SparkEngine, tmp_path: Path) -> None:
    lines = [line for pair in zip(BROKEN, WHOLE, strict=False) for line in pair]
    path = write(tmp_path / "a.csv", *lines, "5,6", *OVER_LINES, *BROKEN)
    with pytest.raises(BrokenTableError, match="11 rows"):
        spark.view("t", source(path))
    text = io.StringIO(path.read_bytes().decode(), newline="").readlines()
    expected = [
        None if isinstance(cells, Broken) else cells for number, cells in records(text, ",", 32_767) if number > 1
    ]
    with explained():
        found = spark._session.sql(f"SELECT cells FROM {name('t records')} WHERE kept ORDER BY nth").collect()  # noqa: SLF001
    assert [row[0] for row in found] == expected


@pytest.mark.parametrize(
    ("body", "many"),
    [
        (b"1,2,3\n1,2\n", 1),
        (b"1,2,3\n1,2,3,4\n   \n", 2),
        (b"1,2,\xff\n1,2,3\n", 1),
        (b"1,2," + b"x" * 32_768, 1),
        (b'1,2,"' + b"x" * 32_768 + b'"', 1),
    ],
)
def test_rows_that_do_not_fit_are_told(spark: SparkEngine, tmp_path: Path, body: bytes, many: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b,c\n" + body)
    with pytest.raises(BrokenTableError, match=f"^{many} rows"):
        spark.view("t", source(path))


def test_the_longest_cell_is_read(spark: SparkEngine, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "1,2," + "x" * 32_767, f'"{"y" * 32_767}",2,3')
    assert numbered(spark, path) == [(*row, at) for at, row in enumerate(python(path), 1)]


def test_several_files_number_their_rows_in_the_order_they_were_named(spark: SparkEngine, tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name_}.csv", f"{name_},1,2", f"{name_},3,4") for name_ in ("z", "a b", "中%20")]
    spark.view("t", TableSource(tuple(map(str, paths)), "csv", COLUMNS))
    found = sorted(spark.rows(f"SELECT * FROM {spark.numbered('t')}"), key=lambda row: int(str(row[-1])))
    assert [row[0] for row in found] == ["z", "z", "a b", "a b", "中%20", "中%20"]
    assert [row[-1] for row in found] == [1, 2, 3, 4, 5, 6]
    assert spark.first_lines(str(tmp_path / "*.csv"), 2) == ["a,b,c", "a b,1,2"]


def test_a_file_in_many_parts_keeps_its_order(
    spark: SparkEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.csv", *(f"{at},{'x' * (at % 90)},3" for at in range(5000)))
    with explained():
        spark._session.conf.set("spark.sql.files.maxPartitionBytes", "20000")  # noqa: SLF001
        spark._session.conf.set("spark.sql.files.openCostInBytes", "20000")  # noqa: SLF001
    try:
        assert [(int(str(row[0])), row[-1]) for row in numbered(spark, path)] == [(at, at + 1) for at in range(5000)]
        with explained():
            parts = spark._session.sql("SELECT DISTINCT part FROM `t records`").count()  # noqa: SLF001
        assert parts > 5
    finally:
        with explained():
            spark._session.conf.set("spark.sql.files.maxPartitionBytes", "64m")  # noqa: SLF001
            spark._session.conf.set("spark.sql.files.openCostInBytes", "64m")  # noqa: SLF001


def test_a_file_too_large_for_one_piece_is_refused(
    spark: SparkEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_csv_source, "MOST_IN_ONE_PIECE", 10)
    with pytest.raises(EngineError, match="over several lines"):
        spark.view("t", source(write(tmp_path / "a.csv", *OVER_LINES)))
