"""Texts in, a DataFrame out, one row per text; no statistics and no files."""

from rejoinder.measure import (
    actors,
    claim_matching,
    keyness,
    sentiment,
    themes,
    thesis,
    topic_clusters,
)

__all__ = ["actors", "claim_matching", "keyness", "sentiment", "themes", "thesis", "topic_clusters"]
