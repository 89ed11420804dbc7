"""`czurban new`, `czurban import` and `czurban read-target`: what an author of a plan needs."""

from datetime import datetime
from typing import Annotated

from czurban.app.destination import destination, folder_destination
from czurban.app.writing_plans import new_plan, read_target_phrase
from czurban.cli.console import print_error, print_notices, show, translator
from czurban.cli.options import FormatOption, OutputOption, argument, option
from czurban.model.finding import mark, say
from czurban.reporting.findings_text import findings_text

NewFolderArgument = Annotated[str, argument("FOLDER", mark("The folder of the new plan."))]
TitleOption = Annotated[str | None, option("--title TITLE", mark("The plan's title."))]
RegionNameOption = Annotated[str | None, option("--region NAME", mark("The plan's region."))]
YearsOption = Annotated[str | None, option("--period YEARS", mark("The plan's year, or 2021-2025 (else this year)."))]
DocumentArgument = Annotated[
    str,
    argument(
        "DOCUMENT",
        mark("The plan as Word file or text, or a table of its targets: DOCX, TXT, MD, XLSX, XLS, ODS, CSV."),
    ),
]
PlanFolderOption = Annotated[str | None, option("--output -o FOLDER", mark("The folder that the plan is written to."))]
PlanYearsOption = Annotated[
    str | None, option("--period YEARS", mark("The plan's year, or 2021-2025 (else as printed)."))
]
PhraseArgument = Annotated[str, argument("TEXT", mark("The target as printed, such as 1100万人以上."))]
UnitOption = Annotated[str, option("--unit UNIT", mark("The indicator's unit."))]
NameOption = Annotated[str, option("--name NAME", mark("The indicator's name."))]
GrowthOption = Annotated[bool, option("--growth", mark("The indicator is a rate of growth."))]


def new(
    folder: NewFolderArgument, title: TitleOption = None, region: RegionNameOption = None, period: YearsOption = None
) -> None:
    """Write a small plan that validates, with comments that teach."""
    years = period if period is not None else str(datetime.now().astimezone().year)
    print_notices(new_plan(folder, translator().language, title=title, region=region, period=years))
    print_notices([say("`czurban validate {folder}` checks it.", folder=folder)])


def import_(
    document: DocumentArgument,
    folder: PlanFolderOption = None,
    title: TitleOption = None,
    region: RegionNameOption = None,
    period: PlanYearsOption = None,
) -> None:
    """Write a plan's files from its printed text or table of targets, and list what is left to decide."""
    from czurban.app.import_plan import import_plan  # noqa: PLC0415 - for this command alone

    where = str(folder_destination(None, folder, ("yaml",)).path)
    imported = import_plan(document, where, translator(), period=period, title=title, region=region)
    print_error(findings_text(imported.findings, translator()))
    print_notices([*imported.notices, *imported.summary])


def read_target(
    text: PhraseArgument,
    unit: UnitOption = "",
    name: NameOption = "",
    *,
    growth: GrowthOption = False,
    form: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Show how a printed target is read, or what is missing in it."""
    where = destination(form, output)
    show(read_target_phrase(text, unit, translator(), name=name, growth=growth), where)
