"""Forms as they go out and as they come back, filled in from the made-up figures of 2019."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

import pytest

from czurban.model.plan import Department, Plan
from czurban.reporting.forms.form import Ask, Form, form_of
from czurban.reporting.forms.form_formats import render_form
from czurban.words.translator import Translator

Figures = Mapping[str, tuple[str, str]]
Fill = Callable[..., bytes]


@pytest.fixture
def figures(repo: Path, plan: Plan) -> Callable[[str], Figures]:
    """What the made-up figures hold from a department, by the indicator's name: the number and its status."""
    text = (repo / "examples" / "actuals-2019.csv").read_text(encoding="utf-8-sig")
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        sender, one = plan.department(row["填报单位"]), plan.indicator(row["id"])
        assert sender
        assert one
        found.setdefault(sender.name, {})[one.name] = (row["数值"], row["数据状态"])
    return lambda office: found.get(office, {})


def answers(form: Form, figures: Figures, stages: Mapping[str, str]) -> Iterator[tuple[str, int, int, str]]:
    """The cells to be filled in, as table, row and column, with what is typed there."""
    for table in form.tables:
        for r, row in enumerate(table.rows, len(table.lines) + 1):
            asked = [n for n, one in enumerate(row) if isinstance(one, Ask)]
            name = cast("str", row[1])
            texts = figures.get(name) or ((stages[name],) if name in stages else ())
            for n, text in zip(asked, texts, strict=False):
                yield table.name, r, n, text


def fill_csv(form: Form, data: bytes, figures: Figures, stages: Mapping[str, str]) -> bytes:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    first = 1
    starts = {}
    for table in form.tables:
        starts[table.name] = first - len(table.lines)
        first += len(table.rows) + 2
    for name, r, n, text in answers(form, figures, stages):
        rows[starts[name] + r][n] = text
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def fill_xlsx(form: Form, data: bytes, figures: Figures, stages: Mapping[str, str]) -> bytes:
    """Put the answers where a spreadsheet program puts them: numbers as numbers, texts as texts."""
    parts = {table.name: f"xl/worksheets/sheet{n}.xml" for n, table in enumerate(form.tables, 1)}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        texts = {name: old.read(name).decode() for name in old.namelist()}
        for name, r, n, text in answers(form, figures, stages):
            at = f"{chr(65 + n)}{r + 1}"
            number = re.fullmatch(r"-?[\d.]+", text)
            value = f"><v>{text}</v></c>" if number else f' t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            texts[parts[name]], count = re.subn(rf'(<c r="{at}" s="\d+")/>', rf"\g<1>{value}", texts[parts[name]])
            assert count == 1
        for name, text in texts.items():
            new.writestr(name, text)
    return stream.getvalue()


FILLERS = {"csv": fill_csv, "xlsx": fill_xlsx}


@pytest.fixture
def fill(plan: Plan, figures: Callable[[str], Figures]) -> Fill:
    """A department's form, filled in; unless others are given, with the made-up figures."""

    def filled(  # noqa: PLR0913, PLR0917 - what the form is, and what is typed there
        office: Department,
        kind: str,
        given: Figures | None = None,
        stages: Mapping[str, str] | None = None,
        language: str = "zh",
        other: Plan | None = None,
    ) -> bytes:
        form = form_of(other or plan, office, Translator(language))
        typed = figures(office.name) if given is None else given
        return FILLERS[kind](form, render_form(form, kind), typed, stages or {})

    return filled
