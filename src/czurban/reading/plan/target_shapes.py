"""Declare the keys of targets.yaml."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated

from czurban.model.formulas.formula import Missing
from czurban.model.indicator import Elapsed, IndicatorKind
from czurban.model.target import Basis
from czurban.model.years import OverYears
from czurban.reading.yaml.shapes import Latin, MappingShape, OrFormula, OrValue, ShortText, Text, Texts


class IssuerShape(MappingShape):
    """`issuer:` – the office that collects the figures and sends letters and reports."""

    name: Text
    contact: Text = ""
    phone: Text = ""


class PlanShape(MappingShape):
    """`plan:` – the plan's title, region and periods, and who issues letters about it."""

    title: Text
    region: Text
    period: Text
    baseline_period: Text | None = None
    issuer: IssuerShape | None = None


class UnitShape(MappingShape):
    """One entry of `units:` – a new unit, or a multiple of a known one."""

    name: Text
    of: Text | None = None
    factor: Text = "1"


class CitationShape(MappingShape):
    """One entry of `cited:` – a place that prints the figure."""

    at: Text
    printed: Text
    wording: Text | None = None


class FormulaShape(MappingShape):
    """`formula:` – how an indicator is computed from others: a text, or a mapping with options."""

    is_: Text
    missing: Missing = Missing.UNREPORTED
    rounding: Text = "none"


class BaselineShape(MappingShape):
    """`baseline:` – the figure that the plan starts from: a text, or a mapping with a year of its own."""

    value: Text
    year: Text | None = None


class PersonsShape(MappingShape):
    """`persons:` – who answers for a department's work, a task or an indicator."""

    leader: Text = ""
    person: Text = ""
    phone: Text = ""


class IndicatorShape(MappingShape):
    """One entry of `indicators:`."""

    id: Latin
    no: ShortText | None = None
    name: Text
    aliases: Texts = ()
    category: Text | None = None
    task: ShortText | None = None
    unit: Text
    unit_aliases: Texts = ()
    kind: IndicatorKind
    annual: bool = False
    elapsed: Elapsed = Elapsed.MONTHS
    path: Mapping[str, Text] = MappingProxyType({})
    formula: Annotated[FormulaShape | None, OrFormula] = None
    scope: Text | None = None
    lead: Texts
    reporters: Texts = ()
    baseline: Annotated[BaselineShape | None, OrValue] = None
    target: Text
    steps: Mapping[Text, Text] | None = None
    years: OverYears = OverYears.LEVEL
    basis: Basis = Basis.PRINTED
    reason: Text | None = None
    side: Text | None = None
    tolerance: Text | None = None
    jump: Text | None = None
    ignore: Texts = ()
    adds: Text | None = None
    binding: bool | None = None
    grade: Text | None = None
    stages: Texts = ()
    reference: Mapping[Text, Text] = MappingProxyType({})
    compared_with: Latin | None = None
    by_type: Mapping[Text, Text] = MappingProxyType({})
    deadline: Text
    persons: PersonsShape | None = None
    cited: Sequence[CitationShape] = ()


class WordsShape(MappingShape):
    """`words:` – the plan's own header words, by the content of their columns."""

    indicator: Texts = ()
    value: Texts = ()
    target: Texts = ()
    baseline: Texts = ()
    unit: Texts = ()
    period: Texts = ()
    region: Texts = ()
    sender: Texts = ()
    qualifier: Texts = ()
    note: Texts = ()
    other: Texts = ()


class TargetsShape(MappingShape):
    """targets.yaml."""

    plan: PlanShape
    categories: Texts = ()
    units: Sequence[UnitShape] = ()
    words: WordsShape | None = None
    indicators: Sequence[IndicatorShape]
    breakdown: Text | None = None
