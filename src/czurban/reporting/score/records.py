"""Make the JSON and CSV records of scores."""

from collections.abc import Sequence

from czurban.model.finding import say
from czurban.model.over_time.score import RatedIndicator, Rating, Scores, ScoreTotal
from czurban.model.text import exact
from czurban.reporting.document import Json
from czurban.reporting.documents.records import head_record
from czurban.reporting.score.texts import ScoreRow
from czurban.reporting.score.working import working
from czurban.reporting.texts import exact_text
from czurban.words.translator import Translator


def score_record(
    scores: Scores, rated: Sequence[RatedIndicator], totals: Sequence[ScoreTotal], translate: Translator
) -> dict[str, Json]:
    """Make the record of the scores."""
    rules = scores.rules
    return {
        **head_record(scores.plan, scores.period),
        "periods": [str(period) for period in scores.periods],
        "rules": {
            "title": rules.title,
            "source": rules.source,
            "file": rules.file or None,
            "missing": {str(case): str(policy) for case, policy in rules.missing.items()},
            "rollups": {str(level): str(way) for level, way in rules.rollups.items()},
        },
        "total": _total_record(scores.total),
        "totals": [_total_record(total) for total in totals],
        "indicators": [
            {
                **indicator_score_record(ScoreRow(each, scores), translate),
                "measures": {name: exact(measured.value) for name, measured in each.rating.measures.items()},
                "history": [_history_record(rating) for rating in each.history],
            }
            for each in rated
        ],
    }


def _total_record(total: ScoreTotal) -> dict[str, Json]:
    return {
        "level": str(total.level),
        "name": total.name or None,
        "way": str(total.way),
        "points": exact_text(total.points),
        "status": total.band.status if total.band else None,
        "rank": total.rank,
        "counted": [rating.result.indicator.id for rating in total.counted],
        "left_out": [rating.result.indicator.id for rating in total.left_out],
        "veto": total.veto.result.indicator.id if total.veto else None,
    }


def _history_record(rating: Rating) -> dict[str, Json]:
    return {
        "period": str(rating.period),
        "actual": exact_text(rating.result.actual),
        "status": rating.band.status if rating.band else None,
        "points": exact_text(rating.points),
        "missing": str(rating.missing) if rating.missing else None,
    }


def indicator_score_record(row: ScoreRow, translate: Translator) -> dict[str, Json]:
    """Make the record of an indicator, flat so that it can be a row of CSV."""
    rating = row.rating
    indicator = rating.result.indicator
    part = row.scores.plan.part_of(indicator)
    return {
        "id": indicator.id,
        "no": indicator.no,
        "name": indicator.name,
        "unit": indicator.unit.name,
        "category": indicator.category or (part.title if part else None),
        "lead": list(indicator.leads),
        "target": str(indicator.target.interval),
        "actual": exact_text(rating.result.actual),
        "verdict": str(rating.result.verdict),
        "pace": str(rating.pace.status),
        "rule": rating.rule.id if rating.rule else None,
        "status": rating.band.status if rating.band else None,
        "word": rating.band.word if rating.band else None,
        "colour": str(rating.band.colour) if rating.band else None,
        "points": exact_text(rating.points),
        "full": exact_text(rating.full),
        "rank": rating.rank,
        "weight": exact(rating.weight),
        "missing": str(rating.missing) if rating.missing else None,
        "policy": str(rating.policy) if rating.policy else None,
        "working": translate(say("; ")).join(working(row, translate)),
    }
