"""The catalogue of faults: every code, how bad it is, and the demand that the file did not meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from czurban.model.finding import Finding, Severity
from czurban.model.message import Message, mark
from czurban.model.place import Place

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Fault:
    """What a code demands of a file, and how bad it is when it does not."""

    severity: Severity
    demand: str


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        # P1xx: the shape of a plan's files.
        "P101": Fault(_E, mark("A plan's file is YAML that can be read.")),
        "P102": Fault(_E, mark("A key stands once in its place.")),
        "P103": Fault(_E, mark("A plan's file uses no anchors, aliases or tags, and is not nested beyond reading.")),
        "P104": Fault(_E, mark("Only known keys are used.")),
        "P105": Fault(_E, mark("Everything that must be there is there.")),
        "P106": Fault(_E, mark("A value is of the kind its key asks for.")),
        "P107": Fault(_E, mark("A target says which way is better, and its bounds leave room for a value.")),
        "P108": Fault(_E, mark("A baseline is a number as people write it, or a dash.")),
        "P109": Fault(_E, mark("A unit is known, or declared by the plan.")),
        "P110": Fault(_E, mark("An id, a number, a name or an alias belongs to one thing only.")),
        "P111": Fault(_E, mark("What is referred to exists.")),
        "P112": Fault(_E, mark("An interpreted direction gives its reason.")),
        "P113": Fault(_E, mark("An indicator stands under one category of the main table or under one task.")),
        # P2xx: the sense of a plan.
        "P201": Fault(_I, mark("A direction that the printed words do not settle is listed.")),
        "P202": Fault(_I, mark("A baseline that is missing or approximate is listed.")),
        # S1xx: reading a submission.
        "S101": Fault(_E, mark("A submission is a table: CSV text, XLSX, XLS or ODS.")),
        "S102": Fault(_E, mark("A sheet has a header row that names an indicator column and a value column.")),
        "S103": Fault(_W, mark("A header is followed by rows.")),
        "S104": Fault(_I, mark("Columns are known; others are named and ignored.")),
        "S105": Fault(_E, mark("A row has as many cells as the header.")),
        "S106": Fault(_E, mark("Quotation marks in CSV are closed.")),
        "S107": Fault(_E, mark("One column holds the values, and each other kind of column stands once.")),
        "S108": Fault(_W, mark("A hidden sheet is not read.")),
        "S110": Fault(_W, mark("A row keeps all the cells that the header announces.")),
        "S111": Fault(_I, mark("A sheet without a table is left out.")),
        "S112": Fault(_W, mark("Hidden rows and columns are not read.")),
        "S113": Fault(_E, mark("A submission keeps within the limits of rows, columns, characters and size.")),
        "S114": Fault(_E, mark("A file is whole to its last row.")),
        "S115": Fault(_I, mark("The end of a file's name says what the file is.")),
        "S116": Fault(_I, mark("A header of two rows is said.")),
        "S117": Fault(_I, mark("A footnote mark behind a name is no part of it.")),
        "S118": Fault(_I, mark("A table with a column for each period or region is said.")),
        "S119": Fault(_I, mark("A row of totals is no indicator.")),
        # S2xx: the sense of a submission.
        "S201": Fault(_E, mark("A row names an indicator of the plan.")),
        "S202": Fault(_E, mark("The number and the name in a row mean the same indicator.")),
        "S203": Fault(_E, mark("A value is a number as people write it, or a dash.")),
        "S204": Fault(_E, mark("A unit is known and measures what the indicator measures.")),
        "S205": Fault(_E, mark("A row states one unit.")),
        "S206": Fault(_E, mark("A value without a unit is of the baseline's size.")),
        "S207": Fault(_E, mark("A share lies between 0 and 100 %.")),
        "S208": Fault(_E, mark("A value is for the period that is judged.")),
        "S209": Fault(_E, mark("A period can be read.")),
        "S210": Fault(_E, mark("Two values for one indicator agree, or their status orders them.")),
        "S211": Fault(_W, mark("A value is reported once.")),
        "S212": Fault(_E, mark("A value comes from a department that answers for the indicator.")),
        "S213": Fault(_E, mark("A department is one of the plan's.")),
        "S214": Fault(_W, mark("A status is one of: preliminary, final, revised.")),
        "S215": Fault(_I, mark("A column that only counts the rows is not the plan's numbering.")),
        "S216": Fault(_I, mark("An earlier figure that a later status replaces is listed.")),
        "S217": Fault(_E, mark("A value is for the plan's region.")),
        "S218": Fault(_W, mark("A value with its unit is of the baseline's size.")),
        "S219": Fault(_I, mark("A period taken from elsewhere than the row is said.")),
        "S226": Fault(_E, mark("A target that a submission prints is the plan's own.")),
        "S227": Fault(_W, mark("A baseline that a submission prints is the plan's own.")),
        "S228": Fault(_I, mark("Columns for other periods and regions are said, and not judged.")),
    }
)


def finding(code: str, place: Place | None, message: Message, hint: Message | None = None) -> Finding:
    """Make a finding of a catalogued code, which gives its severity.

    Raises:
        KeyError: the catalogue has no such code.
    """
    return Finding(code, FAULTS[code].severity, message, place, hint)
