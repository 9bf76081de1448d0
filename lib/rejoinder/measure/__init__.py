"""Text to numbers, row by row: no statistics, no pictures, no files."""

from rejoinder.measure import actors, clusters, keyness, links, sentiment, stance, themes, thesis

__all__ = ["actors", "clusters", "keyness", "links", "sentiment", "stance", "themes", "thesis"]
