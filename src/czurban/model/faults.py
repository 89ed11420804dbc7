"""List every code of a finding with its severity and its demand."""

from types import MappingProxyType
from typing import NamedTuple

from czurban.model.finding import Finding, Message, Place, Severity, mark

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Fault(NamedTuple):
    """The severity of a code, and the demand that a file does not meet."""

    severity: Severity
    demand: str


_FAULTS = {
    # P1xx: the form of a plan's files.
    "P101": (_E, mark("A plan file is readable YAML.")),
    "P102": (_E, mark("A key occurs once in its place.")),
    "P103": (_E, mark("A plan file uses no tags, and neither nesting nor aliases make it too large to read.")),
    "P104": (_E, mark("Only known keys are used.")),
    "P105": (_E, mark("Every required key is present.")),
    "P106": (_E, mark("A value has the type that its key requires.")),
    "P107": (_E, mark("A target states which values are better, and its bounds leave room for a value.")),
    "P108": (_E, mark("A baseline is a number in a usual form, or a dash.")),
    "P109": (_E, mark("A unit is known, or declared by the plan.")),
    "P110": (_E, mark("An id, number, name or alias belongs to one item only.")),
    "P111": (_E, mark("Every reference has an entry.")),
    "P112": (_E, mark("An interpreted direction has a reason.")),
    "P113": (_E, mark("An indicator is in a category where the plan has any, or else in one task.")),
    "P114": (_E, mark("A comment that hides a finding has a reason.")),
    "P115": (_W, mark("A comment that hides findings has a finding to hide.")),
    "P116": (_E, mark("A comment that hides a finding names codes on the sense of a plan (P2).")),
    "P117": (_E, mark("A formula is readable, and names indicators of the plan.")),
    "P118": (_E, mark("A baseline is in the indicator's own unit.")),
    "P119": (_E, mark("Only a lead of a task adds departments to it.")),
    "P120": (_E, mark("An added department is not already in the task.")),
    "P121": (_E, mark("An added department has the date of its addition.")),
    "P122": (_E, mark("No indicator is computed from itself.")),
    "P123": (_E, mark("Only a sum may lack a part.")),
    "P127": (_E, mark("Regions form one tree, which contains the plan's region.")),
    "P128": (_E, mark("No region is below itself.")),
    "P129": (_E, mark("A region's code is unique, and its name is unique below one parent.")),
    "P130": (_E, mark("The whole in a breakdown equals the plan's target.")),
    "P131": (_E, mark("A region or department in a breakdown is exactly one of the plan's.")),
    "P132": (_E, mark("A list of regions and a breakdown are readable tables, each in one file.")),
    "P133": (_E, mark("A row of a breakdown states the indicator, the region or department, and the target.")),
    "P134": Fault(_E, mark("A part's target has the direction of the whole's, in a unit that converts to a decimal.")),
    "P135": (_E, mark("A part of a target occurs once.")),
    "P136": (_I, mark("Columns of a breakdown are known; others are listed and ignored.")),
    # P137 to P142: the form of a file of metrics.
    "P137": (_E, mark("A metric is an amount, or a numerator over a denominator.")),
    "P138": (_E, mark("An expression of a metric counts or sums, with conditions on single records only.")),
    "P139": (_E, mark("An expression uses declared columns according to their types.")),
    "P140": (_E, mark("A number in a metric has no more digits than engines support.")),
    "P141": (_E, mark("A metric is for one indicator, in a unit of the same dimension.")),
    "P142": Fault(
        _E, mark("Every column of the records has its type, and a column or the file states region and period.")
    ),
    "P143": (_E, mark("A hierarchy of regions is at most 20 levels deep.")),
    "P144": (_E, mark("A target over several years fits its plan, its kind and its unit.")),
    # P150 to P154: a file of rating rules.
    "P150": (_E, mark("A condition of a rule compares measures, and points are computed from them.")),
    "P151": (_E, mark("The bands of a rule cover every value.")),
    "P152": (_E, mark("The bands of a rule do not overlap.")),
    "P153": (_W, mark("Every band has values that are in it.")),
    "P154": (_E, mark("The points of a rule are complete and leave room for a value.")),
    # P160: what an imported document leaves open.
    "P160": (_W, mark("What an imported document leaves open is decided by a person.")),
    # P2xx: the sense of a plan.
    "P201": (_I, mark("A direction that the printed words do not decide is listed.")),
    "P202": (_I, mark("A baseline that is missing or approximate is listed.")),
    "P203": (_E, mark("A share and its target lie between 0 and 100 %.")),
    "P204": (_E, mark("Every place that cites a figure prints the same one, whatever its unit.")),
    "P205": (_W, mark("Every wording for an indicator in the plan is its name or an alias.")),
    "P206": (_W, mark("A department that leads an indicator is in one of the indicator's tasks.")),
    "P207": (_W, mark("A target is not easier than the baseline.")),
    "P208": (_I, mark("A target that only keeps the baseline is listed.")),
    "P209": (_W, mark("Every listed department is in an indicator, a task or the breakdown.")),
    "P210": (_E, mark("Every indicator has a lead department.")),
    "P211": (_W, mark("A deliverable that the plan only aims at is not marked as firm.")),
    "P212": (_W, mark("An indicator's task and the task's list of quantities agree.")),
    "P213": (_I, mark("A formula that agrees with the printed figures is listed with its working.")),
    "P214": (_W, mark("The printed figures agree with the plan's formulas, as far as rounding goes.")),
    "P215": (_I, mark("A formula that cannot be checked because a figure is missing is listed.")),
    "P216": (_W, mark("The targets in a formula can all be met at once.")),
    "P217": (_E, mark("A formula has the dimension of its indicator.")),
    "P222": (_E, mark("Where the plan adds up parts of a target, they make the whole.")),
    "P223": (_W, mark("The parts of a target are not less than the whole.")),
    "P224": (_I, mark("Parts that make the whole are listed with their sum.")),
    "P225": (_W, mark("A breakdown by regions includes every region.")),
    "P226": (_E, mark("A figure that is added up has a sum.")),
    "P227": (_E, mark("Where printed words state a direction, the target has the same.")),
    "P228": (_W, mark("A printed figure is readable, so that it can be compared with the target.")),
    "P229": (_E, mark("The steps of a target lie within the plan and lead to the target.")),
    "P230": (_E, mark("The year of a baseline is at most ten years before the plan, and not in it.")),
    "P231": (_E, mark("Every point of a path lies within the time of its target, and has a time of its own.")),
    "P232": (_E, mark("A path leads to its target and not beyond it.")),
    "P233": (_E, mark("A path never goes back.")),
    "P234": (_E, mark("Only sums and levels have a path.")),
    "P240": (_W, mark("The plan's period is one that its title states.")),
    "P241": (_W, mark("A deadline lies within the plan's period.")),
    "P242": (_E, mark("The plan's baselines are of a time before it, and at most ten years before.")),
    "P243": (_W, mark("A cited task or number of the main table exists, and carries the indicator.")),
    "P244": Fault(
        _W, mark("Where the plan cites its tasks and its main table, each one that has an indicator is cited.")
    ),
    "P245": (_W, mark("A place that prints a figure is cited once.")),
    "P246": (_W, mark("The numbers of tasks, of parts and of the main table have no gap.")),
    "P247": (_W, mark("Indicators of one category stand together in the main table.")),
    "P248": (_W, mark("The kind of an indicator fits its unit and its name.")),
    "P249": (_W, mark("A direction that no printed words give is marked as interpreted.")),
    "P250": (_W, mark("A baseline is of the size of its target.")),
    "P251": (_W, mark("A milestone occurs once.")),
    "P252": Fault(
        _W, mark("The stage of a milestone is the one that its printed words name, and that they have elsewhere.")
    ),
    "P253": (_W, mark("A deliverable that is marked as an aspiration is printed as one.")),
    "P254": (_W, mark("An alias is one name, and not several in one text.")),
    "P255": (_W, mark("The name of an indicator has no unit in brackets.")),
    "P256": (_W, mark("A task lists each department and each quantity once.")),
    "P257": Fault(
        _W,
        mark("Where codes are those of GB/T 2260, each has their form and begins like that of the region above it."),
    ),
    "P258": (_W, mark("A part of an amount is not larger than the whole.")),
    "P259": (_W, mark("The reason of an interpreted direction names no other direction.")),
    # S1xx: reading a submission.
    "S101": (_E, mark("A submission is a table: CSV text, XLSX, XLS or ODS.")),
    "S102": (_E, mark("A sheet has a header row that names an indicator column and a value column.")),
    "S103": (_W, mark("A header is followed by rows.")),
    "S104": (_I, mark("Columns are known; others are listed and ignored.")),
    "S105": (_E, mark("A row has as many cells as the header.")),
    "S106": (_E, mark("Quotation marks in CSV are closed.")),
    "S107": (_E, mark("One column holds the values, and each other kind of column occurs once.")),
    "S108": (_W, mark("A hidden sheet is not read.")),
    "S110": (_W, mark("A row has all the cells of the header.")),
    "S111": (_I, mark("A sheet without a table is skipped.")),
    "S112": (_W, mark("Hidden rows and columns are not read.")),
    "S113": (_E, mark("A submission keeps within the limits of rows, columns, characters and size.")),
    "S114": (_E, mark("A file is complete to its last row.")),
    "S115": (_I, mark("The suffix of a file's name matches its content.")),
    "S116": (_I, mark("A header of several rows is reported.")),
    "S117": (_I, mark("A footnote mark after a name is not part of it.")),
    "S118": (_I, mark("A table with a column for each period or region is reported.")),
    "S119": (_I, mark("A row of totals is not an indicator.")),
    "S120": (_E, mark("A file can be opened and read to its end.")),
    "S135": (_E, mark("A figure is a result of the whole, not a target, a forecast or a part.")),
    "S136": (_I, mark("Forecasts, targets and parts in a table of results are ignored.")),
    "S137": (_E, mark("A row with a figure has its own name, or states which part of the row above it is.")),
    "S138": (_E, mark("Columns of periods, units and regions have such a header.")),
    # S2xx: the sense of a submission.
    "S201": (_E, mark("A row names an indicator of the plan.")),
    "S202": (_E, mark("The number and the name in a row mean the same indicator.")),
    "S203": (_E, mark("A value is a number in a usual form, or a dash.")),
    "S204": (_E, mark("A unit is known and has the dimension of the indicator.")),
    "S205": (_E, mark("A row states one unit.")),
    "S206": (_E, mark("A value without its own unit is of the size of the baseline or the target.")),
    "S207": (_E, mark("A share lies between 0 and 100 %.")),
    "S208": (_E, mark("A value is for the period that is judged.")),
    "S209": (_E, mark("A period is readable.")),
    "S210": (_E, mark("Two values for one indicator agree, or are ordered by the status of one sender.")),
    "S211": (_W, mark("A value is reported once.")),
    "S212": (_E, mark("A value comes from a department that may report the indicator.")),
    "S213": (_E, mark("A department is in the plan.")),
    "S214": (_W, mark("A status is one of: preliminary, final, revised.")),
    "S215": (_I, mark("A column that only counts the rows is not the plan's numbering.")),
    "S216": (_I, mark("An earlier figure that a later status replaces is listed.")),
    "S217": (_E, mark("A value is for the plan's region.")),
    "S218": (_W, mark("A value with its own unit is of the size of the baseline or the target.")),
    "S225": (_E, mark("A later status reports a figure where an earlier one did.")),
    "S229": (_E, mark("A stock or a count of works is not below zero.")),
    "S220": (_W, mark("Reported figures agree with the plan's formulas, as far as rounding goes.")),
    "S221": (_W, mark("A value differs from the baseline by no more than the plan declares likely.")),
    "S222": (_W, mark("The column of values is not the column of targets.")),
    "S223": (_W, mark("A sum over the year does not fall within it.")),
    "S224": (_W, mark("The total is the sum of its parts.")),
    "S219": (_I, mark("A period that is not taken from the row is reported.")),
    "S226": (_E, mark("A target that a submission prints equals the plan's.")),
    "S227": (_W, mark("A baseline that a submission prints equals the plan's.")),
    "S228": (_I, mark("Columns for other periods and regions are reported, and not judged.")),
    # S25x: regions.
    "S254": (_W, mark("An amount of another region has its own target.")),
    "S255": (_W, mark("An amount of a part of the plan's region has its own target.")),
    "S256": (_W, mark("A value states its region where one is asked for.")),
    "S257": (_E, mark("The region of a value is exactly one of the plan's.")),
    "S258": (_W, mark("The figures of the parts make the whole's, where the plan declares it.")),
    "S259": Fault(
        _I, mark("A total that lacks a part, and values of other regions than the one asked for, are reported.")
    ),
    # S26x: tables without one row for each indicator.
    "S264": (_I, mark("A table without one row for each indicator is reported with the way it is read.")),
    "S265": (_E, mark("A table can be read in one way only.")),
    "S266": (_E, mark("The texts before the figures of a row state their region or period.")),
    "S267": (_E, mark("A series states the length of the period of each figure.")),
    # S24x: returned forms, and stages.
    "S240": (_E, mark("A form is of the plan that it is checked against.")),
    "S241": (_E, mark("A form is of the plan's year.")),
    "S242": (_W, mark("A form asks for what the plan asks for.")),
    "S243": Fault(
        _E, mark("A form's mark is complete, and names a department of the plan and no other than its file.")
    ),
    "S244": (_E, mark("A form has only its own department's figures.")),
    "S245": (_E, mark("A stage is on the milestone's ladder.")),
    "S246": (_E, mark("A stage is reported for a milestone of the plan.")),
    "S247": (_E, mark("A stage comes from a department of the task.")),
    "S248": (_E, mark("All stages reported for a milestone and a period agree.")),
    "S296": (_W, mark("A milestone's stage does not fall back from one period to the next.")),
    "S249": (_I, mark("A value that a formula gives, because none was sent, is reported with its working.")),
    "S250": (_W, mark("The inputs of a formula are usable.")),
    "S251": (_E, mark("A formula gives a value that is possible for its indicator.")),
    "S252": (_W, mark("A sum that lacks parts is reported, and not judged.")),
    "S230": (_W, mark("A column of periods, units, regions or departments has such a header.")),
    # S268 to S277: figures that surprise.
    "S268": (_W, mark("A value lies in the plausible range around baseline and target.")),
    "S269": (_W, mark("A value differs from the baseline.")),
    "S270": (_W, mark("A value fits its own indicator better than another.")),
    "S271": (_W, mark("A count is a whole number.")),
    "S272": (_W, mark("A number has no leading zero.")),
    "S273": (_W, mark("A value has the sign of the baseline and the target.")),
    "S274": (_W, mark("A share is in the plan's unit, per cent or per thousand.")),
    "S275": (_W, mark("A value is in a cell of its own that is not struck through.")),
    "S276": (_I, mark("Parts of a year or years of a plan that make up a figure are reported.")),
    "S277": (_E, mark("A sum over the year is for the whole year.")),
    # S278 to S285: indicators from records.
    "S278": (_E, mark("A column that the metrics declare is in the records and has the declared type.")),
    "S279": Fault(_E, mark("A column of numbers has whole numbers or decimals, or the metrics declare its decimals.")),
    "S280": (_W, mark("A value in the records is readable as the type of its column.")),
    "S281": (_W, mark("Numbers that are rounded, as the metrics allow, are counted.")),
    "S282": (_I, mark("Records that a figure leaves out, as the metrics allow, are counted.")),
    "S283": (_E, mark("The records of a figure have the values that it needs.")),
    "S284": (_W, mark("The denominator of a figure is above 0.")),
    "S285": (_W, mark("A record states its period, and a region within the whole.")),
    "S287": (_W, mark("An id in the records occurs once in each period.")),
    # S286 and S291 to S292: figures of several periods.
    "S286": Fault(_I, mark("An indicator without a figure of the judged period, but with older ones, is reported.")),
    "S291": (_W, mark("Months and quarters of a sum are reported without a gap.")),
    "S295": (_E, mark("The figure that a target is relative to is known for the judged period.")),
    "S292": (_W, mark("Figures of a time and of its parts can be put together, and agree.")),
}
FAULTS = MappingProxyType({code: Fault(*fault) for code, fault in _FAULTS.items()})
"""The severity and the demand of every code."""

NO_RESULT, IGNORED_NO_RESULT = "S135", "S136"
"""A figure is no result, and the same where its table has a result of its indicator."""
TO_DECIDE = "P160"
"""The finding for a decision that an import left open; it is reported only where nothing else is in its line."""
DOUBTED_SIZES = frozenset({"S218", "S268"})
"""Findings on a judged value whose size the figures of the plan do not explain."""
SURPRISES = frozenset({"S268", "S269", "S270", "S271", "S272", "S273", "S274"})
"""Findings on a judged value that an indicator can turn off with `ignore:`."""
QUESTIONS = SURPRISES | {"S218", "S220", "S221", "S223", "S224"}
"""Findings on figures that are used and that the department which sent them is asked to check."""


def finding(code: str, place: Place | None, message: Message, hint: Message | None = None) -> Finding:
    """Return a finding with the severity of its code.

    Raises:
        KeyError: the code is unknown.
    """
    return Finding(code, FAULTS[code].severity, message, place, hint)
