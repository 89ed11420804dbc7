"""datacontract-cli: an Open Data Contract with SQL rules, which count the rows of an indicator and those that break it.

Not done: units, cells as people write them, findings with their lines, one region's indicator reported twice. A rule
gives one number, so each indicator needs three.
"""

import json
import logging

from asked import COLUMNS, Bound, answer, asked
from datacontract.data_contract import DataContract

question = asked()
logging.disable(logging.ERROR)
VALUE = 'TRY_CAST("数值" AS DECIMAL(18, 4))'


def rules(bound: Bound) -> list[dict[str, object]]:
    """The rules of one indicator: values that break its bound, rows, and values that are no number."""
    broken = f"{VALUE} < {bound.low}" if bound.low else f"{VALUE} > {bound.high}"
    conditions = {"missed": f"AND {broken}", "rows": "", "unread": f"AND {VALUE} IS NULL"}
    return [
        {
            "type": "sql",
            "description": f"{name} {bound.indicator}",
            "query": f"SELECT count(*) FROM figures WHERE \"指标\" = '{bound.indicator}' {condition}",
            "mustBe": 0,
        }
        for name, condition in conditions.items()
    ]


contract = {
    "apiVersion": "v3.1.0",
    "kind": "DataContract",
    "id": "figures",
    "version": "1.0.0",
    "status": "active",
    "servers": [
        {"server": "here", "type": "local", "path": str(question.table), "format": question.table.suffix[1:]},
    ],
    "schema": [
        {
            "name": "figures",
            "properties": [{"name": name, "logicalType": "string"} for name in COLUMNS],
            "quality": [rule for bound in question.bounds for rule in rules(bound)],
        }
    ],
}
run = DataContract(data_contract_str=json.dumps(contract, ensure_ascii=False), check_categories={"quality"}).test()
found = {check.name: int(check.diagnostics["value"]) for check in run.checks if check.category == "quality"}
counts, unread = {}, 0
for bound in question.bounds:
    missed, rows, strange = (found[f"{name} {bound.indicator}"] for name in ("missed", "rows", "unread"))
    counts[bound.indicator] = (rows - missed - strange, missed)
    unread += strange
answer(counts, unread)
