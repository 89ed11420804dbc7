"""A stand-in for PySpark: it takes what PySpark takes, remembers it, and answers what it is told to."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest


class Frame:
    """Stands for a table of Spark's."""

    def __init__(self, session: "Session", said: str, columns: tuple[str, ...] = ()) -> None:
        self.session = session
        self.said = said
        fields = [SimpleNamespace(name=one, dataType=SimpleNamespace(simpleString=lambda: "string")) for one in columns]
        self.schema = SimpleNamespace(fields=fields, names=list(columns))

    def selectExpr(self, *columns: str) -> "Frame":  # noqa: N802 - PySpark's name
        return Frame(
            self.session, f"{', '.join(columns)} OF {self.said}", tuple(c.split("`")[1] for c in columns if "`" in c)
        )

    def where(self, condition: str) -> "Frame":
        return Frame(self.session, f"{self.said} WHERE {condition}")

    def createOrReplaceTempView(self, name: str) -> None:  # noqa: N802 - as above
        self.session.views[name] = self

    def inputFiles(self) -> list[str]:  # noqa: N802 - as above
        return self.session.files

    def hint(self, word: str) -> "Frame":
        return Frame(self.session, f"{word}({self.said})")

    def join(self, other: "Frame", on: list[str]) -> "Frame":
        return Frame(self.session, f"{self.said} JOIN {other.said} ON {on}")

    def groupBy(self, column: str) -> "Frame":  # noqa: N802 - as above
        return Frame(self.session, f"{self.said} BY {column}")

    def count(self) -> "Frame":
        return self

    def collect(self) -> list[tuple[Any, ...]]:
        return next((rows for part, rows in self.session.answers.items() if part in self.said), [])

    def toLocalIterator(self) -> Any:  # noqa: N802, ANN401 - as above
        return iter(self.collect())


class Session:
    """Stands for a Spark session: `answers` has rows by what stands in a statement."""

    def __init__(self) -> None:
        self.views: dict[str, Frame] = {}
        self.kept: list[str] = []
        self.files = ["file:///a.csv"]
        self.answers: dict[str, list[tuple[Any, ...]]] = {}
        self.settings: dict[str, str] = {"spark.sql.ansi.enabled": "true"}
        self.conf = SimpleNamespace(get=self.settings.get, set=self.settings.__setitem__)
        self.read = SimpleNamespace(
            text=lambda paths, wholetext=False: Frame(self, f"{'WHOLE' if wholetext else 'LINES'} {paths}"),
            parquet=lambda *paths: Frame(self, f"PARQUET {paths}", ("a", "b c")),
            option=lambda *_, **__: self.read,
        )
        self.catalog = SimpleNamespace(cacheTable=self.kept.append, uncacheTable=self.kept.remove)
        self.stopped = False

    def sql(self, statement: str) -> Frame:
        return Frame(self, statement)

    def table(self, name: str) -> Frame:
        return Frame(self, f"TABLE {name}", ("a",))

    def createDataFrame(self, rows: Any, schema: str = "") -> Frame:  # noqa: N802, ANN401 - as above
        return Frame(self, f"{rows} {schema}".strip())

    def stop(self) -> None:
        self.stopped = True


def fake_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `pyarrow` be one that keeps what it is given."""
    made = ModuleType("pyarrow")
    kinds = {"string": "text", "int64": "whole", "bool_": "truth"}
    vars(made).update({name: lambda kind=kind: kind for name, kind in kinds.items()})
    vars(made)["decimal128"] = lambda precision, scale: f"decimal({precision},{scale})"
    vars(made)["array"] = lambda values, type: (type, list(values))  # noqa: A006 - pyarrow's name
    vars(made)["table"] = lambda arrays, names: dict(zip(names, arrays, strict=True))
    monkeypatch.setitem(sys.modules, "pyarrow", made)
