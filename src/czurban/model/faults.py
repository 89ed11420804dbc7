"""The catalogue of faults: every code, how bad it is, and the demand that the file did not meet."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from czurban.model.finding import Finding, Message, Place, Severity, mark

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault(NamedTuple):
    """What a code demands of a file, and how bad it is when it does not."""

    severity: Severity
    demand: str


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        # P1xx: the shape of a plan's files.
        "P101": Fault(_E, mark("A plan's file is YAML that can be read.")),
        "P102": Fault(_E, mark("A key stands once in its place.")),
        "P103": Fault(_E, mark("A plan's file uses no tags, and neither depth nor aliases swell it beyond reading.")),
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
        "P114": Fault(_E, mark("A comment that hides a finding says why.")),
        "P115": Fault(_W, mark("A comment that hides a finding has one to hide.")),
        "P116": Fault(_E, mark("A comment that hides a finding names codes of the sense of a plan (P2).")),
        "P117": Fault(_E, mark("A formula can be read, and names indicators of the plan.")),
        "P118": Fault(_E, mark("A baseline is in the indicator's own unit.")),
        "P119": Fault(_E, mark("A department is added to a task by one that leads it.")),
        "P120": Fault(_E, mark("An added department is not on the task already.")),
        "P121": Fault(_E, mark("An added department has the date on which it was added.")),
        "P122": Fault(_E, mark("No indicator is reckoned from itself.")),
        "P123": Fault(_E, mark("Only a sum may lack a part of what it is reckoned from.")),
        "P127": Fault(_E, mark("Regions form one tree, and the plan's region is in it.")),
        "P128": Fault(_E, mark("No region stands below itself.")),
        "P129": Fault(_E, mark("A region's code is its own alone, and so is its name below one parent.")),
        "P130": Fault(_E, mark("What a breakdown says of the whole is the plan's own target.")),
        "P131": Fault(_E, mark("A region or department that a breakdown names is one, and one alone.")),
        "P132": Fault(_E, mark("A list of regions and a breakdown are tables that can be read, each in one file.")),
        "P133": Fault(_E, mark("A row of a breakdown says what, whose, and how much.")),
        "P134": Fault(_E, mark("A part's target goes the way of the whole's, in a unit that converts to a decimal.")),
        "P135": Fault(_E, mark("A part of a target is given once.")),
        "P136": Fault(_I, mark("Columns of a breakdown are known; others are named and ignored.")),
        # P137 to P142: the shape of a file of metrics.
        "P137": Fault(_E, mark("A metric is one amount, or a numerator over a denominator.")),
        "P138": Fault(
            _E, mark("An expression of a metric counts or sums, and holds only what may be asked of a record.")
        ),
        "P139": Fault(_E, mark("An expression asks for declared columns, each as what it holds.")),
        "P140": Fault(_E, mark("A metric's numbers have no more digits than engines reckon with.")),
        "P141": Fault(_E, mark("A metric is for one indicator, in a unit that measures what the indicator measures.")),
        "P142": Fault(
            _E, mark("The columns of records say what they hold, and one of them, or the file, where and when.")
        ),
        "P143": Fault(_E, mark("A hierarchy of regions is at most 20 levels deep.")),
        # P2xx: the sense of a plan.
        "P201": Fault(_I, mark("A direction that the printed words do not settle is listed.")),
        "P202": Fault(_I, mark("A baseline that is missing or approximate is listed.")),
        "P203": Fault(_E, mark("A share and its target lie between 0 and 100 %.")),
        "P204": Fault(_E, mark("Every place that cites a figure prints the same one, whatever its unit.")),
        "P205": Fault(_W, mark("Every wording that the plan uses for an indicator is its name or an alias.")),
        "P206": Fault(_W, mark("A department that leads an indicator is on one of the tasks that carry it.")),
        "P207": Fault(_W, mark("A target asks for no less than the baseline has already.")),
        "P208": Fault(_I, mark("A target that only keeps the baseline is listed.")),
        "P209": Fault(_W, mark("Every department of the list has something to do in the plan.")),
        "P210": Fault(_E, mark("Every indicator has a lead department.")),
        "P211": Fault(_W, mark("A deliverable that the plan only tries for is not marked as firm.")),
        "P212": Fault(_W, mark("An indicator's task and the task's list of quantities agree.")),
        "P213": Fault(_I, mark("A formula that the printed figures keep is shown with its sum.")),
        "P214": Fault(_W, mark("The printed figures keep the plan's formulas, as far as rounding goes.")),
        "P215": Fault(_I, mark("A formula that cannot be judged for want of a figure is listed.")),
        "P216": Fault(_W, mark("The targets that a formula ties together can all be met at once.")),
        "P217": Fault(_E, mark("A formula measures what its indicator measures.")),
        "P222": Fault(_E, mark("The parts of a target that the plan adds up make the whole.")),
        "P223": Fault(_W, mark("The parts of a target are not short of the whole.")),
        "P224": Fault(_I, mark("Parts that make the whole are shown with their sum.")),
        "P225": Fault(_W, mark("A breakdown by regions leaves none of them out.")),
        "P226": Fault(_E, mark("What is added up can be added.")),
        "P227": Fault(_E, mark("Where printed words say which side is met, the target says the same.")),
        "P228": Fault(_W, mark("A printed figure can be read, so that it can be compared with the target.")),
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
        "S116": Fault(_I, mark("A header of several rows is said.")),
        "S117": Fault(_I, mark("A footnote mark behind a name is no part of it.")),
        "S118": Fault(_I, mark("A table with a column for each period or region is said.")),
        "S119": Fault(_I, mark("A row of totals is no indicator.")),
        "S120": Fault(_E, mark("A file can be opened and read to its end.")),
        "S135": Fault(_E, mark("A figure is a result of the whole, and no target, forecast or part.")),
        "S136": Fault(
            _I, mark("Forecasts, targets and parts that stand with the result of the whole are passed over.")
        ),
        "S137": Fault(
            _E, mark("A row with a figure has a name of its own, or says which part of the one above it is.")
        ),
        "S138": Fault(_E, mark("Columns of periods, units and regions are called so in the header.")),
        # S2xx: the sense of a submission.
        "S201": Fault(_E, mark("A row names an indicator of the plan.")),
        "S202": Fault(_E, mark("The number and the name in a row mean the same indicator.")),
        "S203": Fault(_E, mark("A value is a number as people write it, or a dash.")),
        "S204": Fault(_E, mark("A unit is known and measures what the indicator measures.")),
        "S205": Fault(_E, mark("A row states one unit.")),
        "S206": Fault(_E, mark("A value without a unit of its own is of the size of the baseline or the target.")),
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
        "S218": Fault(_W, mark("A value with a unit of its own is of the size of the baseline or the target.")),
        "S225": Fault(_E, mark("A later status reports a figure where an earlier one did.")),
        "S229": Fault(_E, mark("A stock or a count of works is not below zero.")),
        "S220": Fault(_W, mark("Reported figures keep the plan's formulas, as far as rounding goes.")),
        "S221": Fault(_W, mark("A value differs from the baseline by no more than the plan declares likely.")),
        "S222": Fault(_W, mark("The column of values is not the column of targets.")),
        "S223": Fault(_W, mark("A figure that is summed up over the year does not fall within it.")),
        "S224": Fault(_W, mark("The total is the sum of its parts.")),
        "S219": Fault(_I, mark("A period taken from elsewhere than the row is said.")),
        "S226": Fault(_E, mark("A target that a submission prints is the plan's own.")),
        "S227": Fault(_W, mark("A baseline that a submission prints is the plan's own.")),
        "S228": Fault(_I, mark("Columns for other periods and regions are said, and not judged.")),
        # S25x: regions.
        "S254": Fault(_W, mark("An amount of another region is judged by a target of its own.")),
        "S255": Fault(_W, mark("An amount of a part of the plan's region has a target of its own.")),
        "S256": Fault(_W, mark("A value says which region it is for where one is asked for.")),
        "S257": Fault(_E, mark("The region that a value names is one of the plan's, and one alone.")),
        "S258": Fault(_W, mark("The figures of the parts make the whole's, where the plan says so.")),
        "S259": Fault(_I, mark("A total that lacks a part, and values of regions not asked for, are said.")),
        # S26x: tables that have not one row an indicator.
        "S264": Fault(_I, mark("A table that has not one row an indicator is reported with how it is read.")),
        "S265": Fault(_E, mark("A table can be read in one way alone.")),
        "S266": Fault(_E, mark("What stands before the figures of a row says what they are of.")),
        "S267": Fault(_E, mark("A series says for how long each of its figures is.")),
        # S24x: forms that come back, and stages.
        "S240": Fault(_E, mark("A form is of the plan it is held against.")),
        "S241": Fault(_E, mark("A form is of the year the plan is for.")),
        "S242": Fault(_W, mark("What a form asks for is what the plan asks for.")),
        "S243": Fault(_E, mark("A form's mark is whole, and names a department of the plan.")),
        "S244": Fault(_E, mark("A form carries the figures of its own department alone.")),
        "S245": Fault(_E, mark("A stage is one of the milestone's ladder.")),
        "S246": Fault(_E, mark("A stage is reported for a milestone of the plan.")),
        "S247": Fault(_E, mark("A stage comes from a department that is on the task.")),
        "S248": Fault(_E, mark("Stages reported for one milestone agree.")),
        "S249": Fault(_I, mark("A value that nobody sent and a formula gives is said, with its working.")),
        "S250": Fault(_W, mark("What a formula is reckoned from can be used.")),
        "S251": Fault(_E, mark("A formula gives a value that its indicator can have.")),
        "S252": Fault(_W, mark("A sum that lacks parts is said, and not judged.")),
        "S230": Fault(_W, mark("A column of periods, units, regions or departments is called so in the header.")),
        # S268 to S277: figures that surprise.
        "S268": Fault(_W, mark("A value lies in the plausible range around baseline and target.")),
        "S269": Fault(_W, mark("A value is not the baseline to the last digit.")),
        "S270": Fault(_W, mark("A value fits its own indicator better than another.")),
        "S271": Fault(_W, mark("What is counted is a whole number.")),
        "S272": Fault(_W, mark("A number has no leading zero.")),
        "S273": Fault(_W, mark("A value has the sign of the baseline and the target.")),
        "S274": Fault(_W, mark("A share is in the plan's own unit, per cent or per thousand.")),
        "S275": Fault(_W, mark("A value stands in a cell of its own, which is not struck through.")),
        "S276": Fault(_I, mark("Parts that cover the year are added up, and that is said.")),
        "S277": Fault(_E, mark("A figure that is summed up over the year is for the whole of it.")),
        # S278 to S285: indicators from records.
        "S278": Fault(_E, mark("A column that the metrics declare is in the records, and can hold what they say.")),
        "S279": Fault(_E, mark("A column of numbers is whole or decimal, or the metrics declare its decimals.")),
        "S280": Fault(_W, mark("A value in the records can be read as what its column holds.")),
        "S281": Fault(_W, mark("A number in the records that is rounded, as the metrics allow, is counted.")),
        "S282": Fault(_I, mark("What a figure leaves out, as the metrics allow, is counted.")),
        "S283": Fault(_E, mark("The records of a figure have the values that it needs.")),
        "S284": Fault(_W, mark("The denominator of a figure is above 0.")),
        "S285": Fault(_W, mark("A record states its period, and a region that is part of the whole.")),
    }
)

SURPRISES = frozenset({"S268", "S269", "S270", "S271", "S272", "S273", "S274"})
"""Findings about a judged value that an indicator may switch off."""


def finding(code: str, place: Place | None, message: Message, hint: Message | None = None) -> Finding:
    """Make a finding of a catalogued code, which gives its severity.

    Raises:
        KeyError: the catalogue has no such code.
    """
    return Finding(code, FAULTS[code].severity, message, place, hint)
