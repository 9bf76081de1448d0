"""Text to numbers, row by row: no statistics, no pictures, no files."""

from rejoinder.measure import (
    actors,
    claim_matching,
    keyness,
    sentiment,
    stance,
    themes,
    thesis,
    topic_clusters,
)

__all__ = ["actors", "clusters", "keyness", "links", "sentiment", "stance", "themes", "thesis"]
