"""A form as CSV: its mark in the first line for everybody to see, then its tables under each other."""

import csv
import io

from czurban.model.form_mark import HEAD, mark_texts
from czurban.reporting.as_csv import cell
from czurban.reporting.form import Form


def form_csv(form: Form) -> bytes:
    """Spell a form in UTF-8 with a byte order mark, by which Excel knows the encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(cell, [f"{HEAD}（{form.mark_said}）", *mark_texts(form.mark)]))
    for table in form.tables:
        writer.writerow([cell(column.title) for column in table.columns])
        for row in table.rows:
            writer.writerow([cell(one) if isinstance(one, str) else "" for one in row])
        writer.writerow([])
    return stream.getvalue().encode("utf-8-sig")
