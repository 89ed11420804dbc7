"""The report of `check --each-region`: how many regions met what, by indicator, by family of regions, in all."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from czurban.model.assessment import Family, Survey, Verdict, Verdicts, added
from czurban.model.finding import say
from czurban.reporting.document import (
    Block,
    Column,
    Document,
    DocumentTable,
    Heading,
    Json,
    Paragraph,
    RowGroup,
    Strip,
    TableCell,
    Tone,
)
from czurban.reporting.documents.records import FORMAT, finding_record, plan_record
from czurban.reporting.labels import TONES, VERDICTS
from czurban.words.translator import Translator

if TYPE_CHECKING:
    from czurban.reporting.document import Checks

MOST_FAMILIES = 60
"""How many families a page lists; machines get all."""
_FOLDS = {Verdict.NOT_DUE: 1, Verdict.UNREADABLE: 2, Verdict.UNREPORTED: 3}


def survey_report(survey: Survey, translate: Translator) -> Document:
    """Compose the report."""
    blocks: list[Block] = [*_head(survey, translate)]
    if survey.regions:
        blocks += [Heading(translate(say("By indicator")), 2), _indicators(survey, translate)]
        blocks += [Heading(translate(say("By region")), 2), _families(survey, translate), *_rest(survey, translate)]
    else:
        blocks.append(Paragraph(translate(say("No row names a region that could be judged.")), Tone.DOUBT))

    def checks() -> "Checks":
        from czurban.reporting.documents.checks import validation_checks  # noqa: PLC0415 - for the formats that ask

        return validation_checks(
            survey.files, survey.findings, [one.text for one in blocks[1:3] if isinstance(one, Paragraph)], translate
        )

    return Document(tuple(blocks), lambda: _record(survey, translate), lambda: list(_rows(survey)), checks)


def _head(survey: Survey, translate: Translator) -> Iterable[Heading | Paragraph]:
    plan, period = survey.plan, survey.period
    yield Heading(plan.title)
    judged = translate(say("Figures of {period} against the targets of {plan}."), period=period, plan=plan.period)
    source = translate(say("Plan: {source}."), source=plan.source)
    sent = translate(say("Figures from: {files}."), files="、".join(survey.files))
    yield Paragraph(f"{judged} {source} {sent}", Tone.QUIET)
    counts = survey.all
    total = sum(counts.values())
    parts = [
        translate(say("{count} {verdict}"), count=f"{counts[one]:,}", verdict=translate(VERDICTS[one]))
        for one in Verdict
        if counts.get(one)
    ]
    head = translate(
        say("{regions} regions, {total} targets in all"), regions=f"{survey.regions:,}", total=f"{total:,}"
    )
    counted = translate(say(": ")) + translate(say(", ")).join(parts) if parts else ""
    yield Paragraph(head + counted + translate(say(".")))
    if plan.formulas and survey.regions:
        names = "、".join(plan.by_id[one.indicator].name for one in plan.formulas)
        words = say("Formulas are not reckoned region by region: {names} count where they were sent, and else not.")
        yield Paragraph(translate(words, names=names), Tone.DOUBT)


def _indicators(survey: Survey, translate: Translator) -> DocumentTable:
    known, shown = {one.id: one for one in survey.plan.indicators}, _shown(survey)
    columns = (
        Column(translate(say("Indicator")), main=True),
        Column(translate(say("Target")), number=True, fold=4),
        *_verdict_columns(shown, translate),
    )
    rows = tuple(
        (
            TableCell(f"{known[name].name}（{known[name].unit.name}）", chart=_strip(counts, translate)),
            TableCell(str(known[name].target.interval)),
            *_counts(counts, shown),
        )
        for name, counts in survey.by_indicator()
    )
    return DocumentTable(columns, (RowGroup("", rows),))


def _families(survey: Survey, translate: Translator) -> DocumentTable:
    shown = _shown(survey)
    columns = (
        Column(translate(say("Region")), main=True),
        Column(translate(say("Regions")), number=True),
        *_verdict_columns(shown, translate),
    )
    rows = tuple(
        (TableCell(one.name, chart=_strip(_of(one), translate)), _count(one.regions), *_counts(_of(one), shown))
        for one in survey.families[:MOST_FAMILIES]
    )
    return DocumentTable(columns, (RowGroup("", rows),))


def _rest(survey: Survey, translate: Translator) -> Iterable[Paragraph]:
    more = len(survey.families) - MOST_FAMILIES
    if more > 0:
        yield Paragraph(translate(say("… and {count} more; --format json lists all."), count=more), Tone.QUIET)


def _shown(survey: Survey) -> Sequence[Verdict]:
    """The verdicts that have a column: met and missed, and whatever else there is."""
    return [one for one in Verdict if survey.all.get(one) or one in (Verdict.MET, Verdict.MISSED)]


def _verdict_columns(shown: Sequence[Verdict], translate: Translator) -> Sequence[Column]:
    return [Column(translate(VERDICTS[one]), number=True, fold=_FOLDS.get(one, 0)) for one in shown]


def _counts(counts: Verdicts, shown: Sequence[Verdict]) -> Sequence[TableCell]:
    return [_count(counts.get(one, 0)) for one in shown]


def _count(number: int) -> TableCell:
    return TableCell(f"{number:,}", value=Fraction(number))


def _strip(counts: Verdicts, translate: Translator) -> Strip:
    return Strip(tuple((translate(VERDICTS[one]), counts[one], TONES[one]) for one in Verdict if counts.get(one)))


def _of(family: Family) -> Verdicts:
    return added(iter(family.verdicts.values()))


def _spelled(counts: Verdicts) -> dict[str, Json]:
    return {str(one): counts.get(one, 0) for one in Verdict}


def _rows(survey: Survey) -> Iterator[dict[str, Json]]:
    """A row for each family and indicator."""
    known = {one.id: one for one in survey.plan.indicators}
    for family in survey.families:
        for name, counts in family.verdicts.items():
            row: dict[str, Json] = {"region": family.name, "regions": family.regions, "id": name}
            yield row | {"name": known[name].name} | _spelled(counts)


def _record(survey: Survey, translate: Translator) -> dict[str, Json]:
    rows = survey.rows
    return {
        "format": FORMAT,
        "plan": plan_record(survey.plan),
        "period": str(survey.period),
        "files": list(survey.files),
        "rows": {"read": rows.read, "used": rows.used, "refused": rows.refused, "ignored": rows.ignored},
        "regions": survey.regions,
        "tally": {"total": sum(survey.all.values()), **_spelled(survey.all)},
        "indicators": [{"id": name, **_spelled(counts)} for name, counts in survey.by_indicator()],
        "families": [
            {
                "name": one.name,
                "regions": one.regions,
                **_spelled(_of(one)),
                "indicators": [{"id": name, **_spelled(counts)} for name, counts in one.verdicts.items()],
            }
            for one in survey.families
        ],
        "finding_counts": dict(sorted(survey.codes.items())),
        "findings": [finding_record(one, translate) for one in survey.findings],
    }
