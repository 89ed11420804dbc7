"""Make the records of the pace of targets, with exact values."""

from czurban.model.over_time.pace import PaceStatus
from czurban.model.over_time.tracking import PacedTarget, Tracking, pace_tally
from czurban.reporting.document import Json
from czurban.reporting.pace.headline import headline
from czurban.reporting.texts import exact_text
from czurban.words.translator import Translator


def pace_record(target: PacedTarget) -> dict[str, Json]:
    """Make the record of a pace, flat so that it can be a part of a row of CSV; values are exact."""
    pace = target.pace
    return {
        "pace": str(pace.status),
        "not_assessed": str(pace.not_assessed) if pace.not_assessed else None,
        "elapsed": exact_text(pace.clock.share) if pace.clock else None,
        "due": exact_text(pace.due),
        "due_at_most": exact_text(pace.due_high),
        "too_high": pace.too_high,
        "due_share": exact_text(pace.due_share),
        "reached_share": exact_text(pace.completion),
        "ahead_by": exact_text(pace.lead),
        "ahead_in": (str(pace.lead_unit) if pace.lead is not None else None),
        "remaining": exact_text(pace.remaining),
        "needed": exact_text(pace.needed),
        "rate": exact_text(pace.rate),
        "per": str(pace.span.unit) if pace.rate is not None or pace.needed is not None else None,
        "time_left": exact_text(pace.span.left) if pace.clock else None,
        "at_this_rate": exact_text(pace.projected),
        "reachable": pace.reachable,
    }


def tracking_record(tracking: Tracking, translate: Translator) -> dict[str, Json]:
    """Make the record of the time that has passed and of the tally."""
    counts = pace_tally(tracking.targets)
    clock = tracking.clock
    return {
        "elapsed": {
            "passed": exact_text(clock.passed),
            "total": exact_text(clock.total),
            "in": str(clock.unit),
            "share": exact_text(clock.share),
        },
        "headline": headline(tracking, translate),
        "tally": {
            "total": counts.total,
            "assessed": counts.assessed,
            "keeping": counts.keeping,
            "annual": counts.annual,
            **{str(status): counts.counts[status] for status in PaceStatus},
        },
    }
