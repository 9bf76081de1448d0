"""Texts in, a DataFrame out, one row per text; no statistics and no files."""

from rejoinder.measure import (
    claim_matching,
    key_points,
    keyness,
    sentiment,
    target_sentiment,
    terms,
    themes,
    thesis,
)
