"""Discussion in, DataFrame out; a module per question; writes no sentence and no file."""

from rejoinder.tables import (
    accuracy,
    across,
    adjudication,
    claims,
    reliability,
    robustness,
    stance,
    target_sentiment,
    threads,
    tone,
    topics,
)
