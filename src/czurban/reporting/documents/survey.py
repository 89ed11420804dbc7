"""Compose the report of `check --each-region`: how many regions met what, by indicator and by family of regions."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Verdict
from czurban.model.finding import Message, say
from czurban.model.indicator import Indicator
from czurban.model.survey import Family, RegionCount, Survey, Verdicts, added
from czurban.reporting.document import Block, Document, DocumentTable, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import sources
from czurban.reporting.documents.records import FORMAT, finding_record, plan_record, rows_record
from czurban.reporting.documents.results import verdict_counts
from czurban.reporting.labels import VERDICTS
from czurban.reporting.tables import VERDICT_FOLDS, TableColumn, plain_table, verdict_strip
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.reporting.checks import Checks

MOST_FAMILIES = 60
"""How many families the text lists; the record has all."""


def survey_report(survey: Survey, translate: Translator) -> Document:
    """Compose the report."""
    blocks: list[Block] = [*_head(survey, translate)]
    if survey.regions:
        blocks += [Heading(translate(say("By indicator")), 2), _indicators(survey, translate)]
        blocks += [Heading(translate(say("By region")), 2), _families(survey, translate)]
    else:
        blocks.append(Paragraph(translate(say("No row names a region that could be judged.")), Tone.DOUBT))
    if (more := len(survey.families) - MOST_FAMILIES) > 0:
        text = translate(say("… and {count} more; --format json lists all."), count=more)
        blocks.append(Paragraph(text, Tone.QUIET))
    for title, counts in (
        (say("Regions that miss most targets"), survey.most_missed),
        (say("Regions that meet most targets"), survey.most_met),
    ):
        if shown := counts[: survey.regions // 2]:
            blocks += [Heading(translate(title), 2), _ranked(survey, shown, translate)]

    def checks() -> "Checks":
        from czurban.reporting.documents.checks import validation_checks  # noqa: PLC0415 - only some formats need it

        texts = [block.text for block in blocks[1:3] if isinstance(block, Paragraph)]
        return validation_checks(survey.files, survey.findings, texts, translate)

    return Document(
        tuple(blocks),
        lambda: _record(survey, translate),
        lambda: list(_record_rows(survey)),
        checks,
        translate.language,
    )


def _head(survey: Survey, translate: Translator) -> Iterable[Heading | Paragraph]:
    plan, counts = survey.plan, survey.all
    yield Heading(plan.title)
    judged = say("Figures of {period} against the targets of {plan}.", period=survey.period, plan=plan.period)
    yield Paragraph(f"{translate(judged)} {sources(plan.source, survey.files, translate)}", Tone.QUIET)
    text = say(
        "{regions} regions, {total} targets in all", regions=f"{survey.regions:,}", total=f"{sum(counts.values()):,}"
    )
    parts = translate(say(", ")).join(verdict_counts(counts, translate))
    yield Paragraph(translate(text) + (translate(say(": ")) + parts if parts else "") + translate(say(".")))
    for rows in sorted(set(survey.unchecked.values())):
        codes = ", ".join(code for code, count in survey.unchecked.items() if count == rows)
        text = say("Rows that an engine counted: {count}. These checks were not run for them: {codes}.")
        yield Paragraph(translate(text, count=f"{rows:,}", codes=codes), Tone.DOUBT)


class _SurveyRow(NamedTuple):
    """An indicator, or a family of regions, with how many targets have each verdict."""

    name: str
    counts: Verdicts
    regions: int = 0
    indicator: Indicator | None = None


def _count_column(title: Message | str, count: Verdict | None, fold: int = 0) -> TableColumn[_SurveyRow]:
    """Make a column of the count of a verdict, or of the regions, with thousands set off."""

    def cell(row: _SurveyRow, _: Translator) -> TableCell:
        number = row.regions if count is None else row.counts.get(count, 0)
        return TableCell(f"{number:,}", value=Fraction(number))

    return TableColumn(title, cell, number=True, fold=fold)


def _target(row: _SurveyRow, _: Translator) -> str:
    return str(row.indicator.target.interval) if row.indicator else ""


def _table(
    survey: Survey, title: Message, second: TableColumn[_SurveyRow], rows: Iterable[_SurveyRow], translate: Translator
) -> DocumentTable:
    """Compose a table with a column for met, for missed, and for each other verdict that occurs."""
    total = survey.all
    shown = [verdict for verdict in Verdict if total.get(verdict) or verdict in (Verdict.MET, Verdict.MISSED)]
    columns = (
        TableColumn[_SurveyRow](
            title, lambda row, words: TableCell(row.name, chart=verdict_strip(row.counts, words)), main=True
        ),
        second,
        *(_count_column(VERDICTS[verdict], verdict, VERDICT_FOLDS.get(verdict, 0)) for verdict in shown),
    )
    return plain_table(columns, rows, translate)


def _indicators(survey: Survey, translate: Translator) -> DocumentTable:
    by_id = {indicator.id: indicator for indicator in survey.plan.indicators}
    rows = (
        _SurveyRow(f"{by_id[name].name}（{by_id[name].unit.name}）", counts, indicator=by_id[name])
        for name, counts in survey.by_indicator()
    )
    second = TableColumn[_SurveyRow](say("Target"), _target, number=True, fold=4)
    return _table(survey, say("Indicator"), second, rows, translate)


def _families(survey: Survey, translate: Translator) -> DocumentTable:
    others = translate(say("Regions without a code")) if len(survey.families) > 1 else translate(say("All regions"))
    rows = (
        _SurveyRow(family.name or others, _counts_of(family), family.regions)
        for family in survey.families[:MOST_FAMILIES]
    )
    return _table(survey, say("Region"), _count_column(say("Regions"), None), rows, translate)


def _ranked(survey: Survey, counts: Iterable[RegionCount], translate: Translator) -> DocumentTable:
    """Compose the table of some regions, with their name where the plan has it."""
    rows = (
        _SurveyRow(_region_name(survey, each.region), {Verdict.MET: each.met, Verdict.MISSED: each.missed})
        for each in counts
    )
    columns = (
        TableColumn[_SurveyRow](say("Region"), lambda row, _: TableCell(row.name), main=True),
        *(_count_column(VERDICTS[verdict], verdict) for verdict in (Verdict.MET, Verdict.MISSED)),
    )
    return plain_table(columns, rows, translate)


def _region_name(survey: Survey, region: str) -> str:
    known = survey.plan.regions.with_code(region)
    return survey.plan.regions.full_name(known) if known else region or survey.plan.region


def _counts_of(family: Family) -> Verdicts:
    return added(iter(family.verdicts.values()))


def _counts_record(counts: Mapping[Verdict, int]) -> dict[str, Json]:
    return {str(verdict): counts.get(verdict, 0) for verdict in Verdict}


def _ranked_record(survey: Survey, count: RegionCount) -> dict[str, Json]:
    return {"region": _region_name(survey, count.region), "met": count.met, "missed": count.missed}


def _record_rows(survey: Survey) -> Iterator[dict[str, Json]]:
    """Make a row for each family and indicator."""
    for family in survey.families:
        for name, counts in family.verdicts.items():
            row: dict[str, Json] = {"region": family.name, "regions": family.regions, "id": name}
            yield {**row, "name": survey.plan.by_id[name].name, **_counts_record(counts)}


def _record(survey: Survey, translate: Translator) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "plan": plan_record(survey.plan),
        "period": str(survey.period),
        "files": list(survey.files),
        "rows": rows_record(survey.rows),
        "unchecked": dict(survey.unchecked),
        "regions": survey.regions,
        "tally": {"total": sum(survey.all.values()), **_counts_record(survey.all)},
        "indicators": [{"id": name, **_counts_record(counts)} for name, counts in survey.by_indicator()],
        "families": [
            {
                "name": family.name,
                "regions": family.regions,
                **_counts_record(_counts_of(family)),
                "indicators": [{"id": name, **_counts_record(counts)} for name, counts in family.verdicts.items()],
            }
            for family in survey.families
        ],
        "most_missed": [_ranked_record(survey, each) for each in survey.most_missed],
        "most_met": [_ranked_record(survey, each) for each in survey.most_met],
        "finding_counts": dict(sorted(survey.codes.items())),
        "findings": [finding_record(finding, translate) for finding in survey.findings],
    }
