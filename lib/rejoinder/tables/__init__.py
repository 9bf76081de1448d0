"""Discussion in, DataFrame out; a module per question; writes no sentence and no file."""

from rejoinder.tables import (
    account,
    accuracy,
    across,
    adjudication,
    claims,
    groups,
    reliability,
    robustness,
    stance,
    target_sentiment,
    threads,
    tone,
    topics,
)
