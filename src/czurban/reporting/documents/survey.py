"""Compose the report of `check --each-region`: how many regions met what, by indicator and by family of regions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from czurban.model.assessment import Verdict
from czurban.model.finding import Message, say
from czurban.model.survey import RegionCount, Survey, Verdicts, added
from czurban.reporting.document import Block, Document, DocumentTable, Heading, Json, Paragraph, TableCell, Tone
from czurban.reporting.documents.check import judged_line, sources
from czurban.reporting.documents.records import finding_record, head_record
from czurban.reporting.documents.results import thousands_cell, verdict_counts, with_unit
from czurban.reporting.labels import VERDICTS
from czurban.reporting.tables import VERDICT_COUNTS, TableColumn, plain_table
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
    judged = judged_line(plan, survey.period, translate)
    yield Paragraph(f"{judged} {sources(plan.source, survey.files, translate)}", Tone.QUIET)
    regions, total = f"{survey.regions:,}", f"{sum(counts.values()):,}"
    several = say("{regions} regions, {total} targets in all")
    single = say("1 region, {total} targets in all")
    sums = translate(single if survey.regions == 1 else several, regions=regions, total=total)
    parts = translate(say(", ")).join(verdict_counts(counts, translate))
    yield Paragraph(sums + (translate(say(": ")) + parts if parts else "") + translate(say(".")))
    for rows in sorted(set(survey.unchecked.values())):
        codes = ", ".join(code for code, count in survey.unchecked.items() if count == rows)
        text = say("Rows that an engine counted: {count}. These checks were not run for them: {codes}.")
        yield Paragraph(translate(text, count=f"{rows:,}", codes=codes), Tone.DOUBT)


class _SurveyRow(NamedTuple):
    """An indicator, a family of regions or a region, with how many targets have each verdict."""

    name: str
    counts: Verdicts
    regions: int = 0
    target: str = ""


def _verdict_columns(verdicts: Iterable[Verdict]) -> Iterator[TableColumn[_SurveyRow]]:
    for verdict in verdicts:
        count = partial(lambda verdict, row, _: thousands_cell(row.counts.get(verdict, 0)), verdict)
        yield TableColumn(VERDICTS[verdict], count, number=True, fold=VERDICT_COUNTS.folds.get(verdict, 0))


def _table(
    survey: Survey, title: Message, second: TableColumn[_SurveyRow], rows: Iterable[_SurveyRow], translate: Translator
) -> DocumentTable:
    """Compose a table with a column for met, for missed, and for each other verdict that occurs."""
    shown = (verdict for verdict in Verdict if survey.all.get(verdict) or verdict in _RANKED)
    name = TableColumn[_SurveyRow](
        title, lambda row, words: TableCell(row.name, chart=VERDICT_COUNTS.strip(row.counts, words)), main=True
    )
    return plain_table((name, second, *_verdict_columns(shown)), rows, translate)


_RANKED = (Verdict.MET, Verdict.MISSED)
_TARGET = TableColumn[_SurveyRow](say("Target"), lambda row, _: row.target, number=True, fold=4)
_REGIONS = TableColumn[_SurveyRow](say("Regions"), lambda row, _: thousands_cell(row.regions), number=True)


def _indicators(survey: Survey, translate: Translator) -> DocumentTable:
    counted = ((survey.plan.by_id[name], counts) for name, counts in survey.by_indicator())
    rows = (_SurveyRow(with_unit(each), counts, target=str(each.target.interval)) for each, counts in counted)
    return _table(survey, say("Indicator"), _TARGET, rows, translate)


def _families(survey: Survey, translate: Translator) -> DocumentTable:
    others = translate(say("Regions without a code")) if len(survey.families) > 1 else translate(say("All regions"))
    rows = (
        _SurveyRow(family.name or others, added(iter(family.verdicts.values())), family.regions)
        for family in survey.families[:MOST_FAMILIES]
    )
    return _table(survey, say("Region"), _REGIONS, rows, translate)


def _ranked(survey: Survey, counts: Iterable[RegionCount], translate: Translator) -> DocumentTable:
    """Compose the table of some regions, with their name where the plan has it."""
    name = TableColumn[_SurveyRow](say("Region"), lambda row, _: row.name, main=True)
    counted = ((_region_name(survey, each.region), each) for each in counts)
    rows = (_SurveyRow(region, {Verdict.MET: each.met, Verdict.MISSED: each.missed}) for region, each in counted)
    return plain_table((name, *_verdict_columns(_RANKED)), rows, translate)


def _region_name(survey: Survey, region: str) -> str:
    known = survey.plan.regions.with_code(region)
    return survey.plan.regions.full_name(known) if known else region or survey.plan.region


def _counts_record(counts: Mapping[Verdict, int]) -> dict[str, Json]:
    return {str(verdict): counts.get(verdict, 0) for verdict in Verdict}


def _record_rows(survey: Survey) -> Iterator[dict[str, Json]]:
    """Make a row for each family and indicator."""
    for family in survey.families:
        for name, counts in family.verdicts.items():
            row: dict[str, Json] = {"region": family.name, "regions": family.regions, "id": name}
            yield {**row, "name": survey.plan.by_id[name].name, **_counts_record(counts)}


def _record(survey: Survey, translate: Translator) -> dict[str, Json]:
    return {
        **head_record(survey.plan, survey.period),
        "files": list(survey.files),
        "rows": asdict(survey.rows),
        "unchecked": dict(survey.unchecked),
        "regions": survey.regions,
        "tally": {"total": sum(survey.all.values()), **_counts_record(survey.all)},
        "indicators": [{"id": name, **_counts_record(counts)} for name, counts in survey.by_indicator()],
        "families": [
            {
                "name": family.name,
                "regions": family.regions,
                **_counts_record(added(iter(family.verdicts.values()))),
                "indicators": [{"id": name, **_counts_record(counts)} for name, counts in family.verdicts.items()],
            }
            for family in survey.families
        ],
        **{
            name: [
                {"region": _region_name(survey, each.region), "met": each.met, "missed": each.missed} for each in counts
            ]
            for name, counts in (("most_missed", survey.most_missed), ("most_met", survey.most_met))
        },
        "finding_counts": dict(sorted(survey.codes.items())),
        "findings": [finding_record(finding, translate) for finding in survey.findings],
    }
